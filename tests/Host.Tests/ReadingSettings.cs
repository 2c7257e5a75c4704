using BusinessM.Engines.Postgres;
using BusinessM.Testing;

namespace BusinessM.Host.Tests;

public sealed class ReadingSettings : IDisposable
{
    private readonly string _folder = Directory.CreateDirectory(TestCluster.Folder("settings-"
        + Path.GetRandomFileName())).FullName;
    private readonly Dictionary<string, string> _flags = [], _environment = [];

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private Settings Read() =>
        Settings.Read(s => _flags.GetValueOrDefault(s.Name), _environment.GetValueOrDefault, _folder);

    [Fact]
    public void takes_the_flag_then_the_variable_then_the_file_then_the_default()
    {
        Read()["log"].ShouldBe("text");
        File.WriteAllText(Path.Combine(_folder, "m.json"), """{ "log": "file" /* comments may be */ }""");
        Read()["log"].ShouldBe("file");
        _environment["M_LOG"] = "variable";
        Read()["log"].ShouldBe("variable");
        _flags["log"] = "flag";
        Read()["log"].ShouldBe("flag");
    }

    [Theory]
    [InlineData("""{ "lgo": "json" }""", "lgo")]
    [InlineData("{ \"log\": ", "not valid JSON")]
    public void refuses_a_file_that_would_be_misread(string content, string named)
    {
        File.WriteAllText(Path.Combine(_folder, "m.json"), content);
        Should.Throw<StartupFault>(Read).What.ShouldContain(named);
    }

    [Theory]
    [InlineData("Host=h;Username=u;Password=p1", "Host=h;Username=u;Password=***")]
    [InlineData("Host=h;PWD=p1", "Host=h;PWD=***")]
    [InlineData("p1", "***")]
    public void masks_what_is_secret(string value, string shown)
    {
        var setting = new Setting("x", null, "", Secret: true);
        new SettingValue(setting, value, Origin.Flag, "--x").Shown.ShouldBe(shown);
    }
}

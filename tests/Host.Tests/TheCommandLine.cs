using System.Text.Json;

namespace BusinessM.Host.Tests;

[Trait("Category", "NoCulture")]
public sealed class TheCommandLine : IDisposable
{
    private readonly HostProcess _host = new();

    public void Dispose() => _host.Dispose();

    [Fact]
    public async Task explains_itself_without_a_word()
    {
        var told = await _host.RunWith([]);
        told.ExitCode.ShouldBe(0);
        foreach (var command in new[] { "serve", "migrate", "user", "api-key", "doctor", "config" })
            told.Output.ShouldContain(Environment.NewLine + "  " + command);
    }

    [Fact]
    public async Task shows_the_settings_with_their_origin_and_without_secrets()
    {
        var told = await _host.RunWith(
            new() { ["M_DATABASE"] = "Host=db;Username=admin;Password=hush", ["M_SECRET"] = "hush",
                ["M_URLS"] = "http://127.0.0.1:1" },
            "config", "--json", "--urls", "http://127.0.0.1:2");
        told.ExitCode.ShouldBe(0, told.Error);
        told.Output.ShouldNotContain("hush");
        var rows = JsonDocument.Parse(told.Output).RootElement.EnumerateArray()
            .ToDictionary(r => r.GetProperty("name").GetString()!);
        rows["urls"].GetProperty("value").GetString().ShouldBe("http://127.0.0.1:2");
        rows["urls"].GetProperty("origin").GetString().ShouldBe("flag");
        rows["database"].GetProperty("value").GetString().ShouldBe("Host=db;Username=admin;Password=***");
        rows["database"].GetProperty("from").GetString().ShouldBe("M_DATABASE");
        rows["mode"].GetProperty("origin").GetString().ShouldBe("default");
    }

    [Fact]
    public async Task says_in_one_line_each_what_is_wrong_and_what_to_do()
    {
        var away = await _host.RunWith([], "migrate", "--database", "Host=127.0.0.1;Port=1;Username=a;Timeout=2");
        away.ExitCode.ShouldBe(1);
        away.Error.Trim().Split('\n').Length.ShouldBe(2);
        away.Error.ShouldContain("business-m doctor");
        var json = await _host.RunWith([], "migrate", "--json", "--database",
            "Host=127.0.0.1;Port=1;Username=a;Timeout=2");
        JsonDocument.Parse(json.Output).RootElement.GetProperty("remedy").GetString().ShouldNotBeNullOrEmpty();
    }
}

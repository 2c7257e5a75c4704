using System.Diagnostics;
using System.Text.Json;

namespace BusinessM.Scenarios;

/// <summary>The program's commands, on a database: each with all that it does from its first word on, but without a
/// process of its own, whose start would be most of the time (Host.Tests start some; so does what is killed).</summary>
internal sealed record Cli(int Exit, string Output, string Errors)
{
    private static readonly string Program = Path.Combine(AppContext.BaseDirectory, "business-m.dll");
    private static readonly AsyncLocal<StringWriter?> Said = new();
    private static readonly AsyncLocal<StringWriter?> Complained = new();

    static Cli()
    {
        Console.SetOut(new OfTheCommand(Said, Console.Out));
        Console.SetError(new OfTheCommand(Complained, Console.Error));
    }

    public JsonElement Json => Output.Length > 0 ? JsonDocument.Parse(Output).RootElement
        : throw new InvalidOperationException($"Exit {Exit}, and no answer: {Errors}");

    /// <summary>Runs to its end; a refusal is an exit code like any other.</summary>
    public static async Task<Cli> Run(string database, params string[] words)
    {
        (Said.Value, Complained.Value) = (new StringWriter(), new StringWriter());
        var exit = await Host.CommandLine.Run([.. words, "--database", database]);
        return new Cli(exit, Said.Value.ToString(), Complained.Value.ToString());
    }

    /// <summary>Runs to its end, and expects it to be good.</summary>
    public static async Task<Cli> Good(string database, params string[] words)
    {
        var done = await Run(database, words);
        done.Exit.ShouldBe(0, $"{string.Join(' ', words)}\n{done.Output}\n{done.Errors}");
        return done;
    }

    /// <summary>As a process, to be killed.</summary>
    public static Process Start(string database, params string[] words)
    {
        var start = new ProcessStartInfo("dotnet", [Program, .. words])
        {
            RedirectStandardOutput = true, RedirectStandardError = true, WorkingDirectory = Path.GetTempPath(),
        };
        start.Environment["M_DATABASE"] = database;
        return Process.Start(start)!;
    }
}

/// <summary>What a command writes, apart from what others write at the same time.</summary>
internal sealed class OfTheCommand(AsyncLocal<StringWriter?> own, TextWriter usual) : TextWriter
{
    public override System.Text.Encoding Encoding => usual.Encoding;

    private TextWriter Writer => own.Value ?? usual;

    public override void Write(char value)
    {
        lock (Writer) Writer.Write(value);
    }

    public override void Write(string? value)
    {
        lock (Writer) Writer.Write(value);
    }

    public override void Write(char[] buffer, int index, int count)
    {
        lock (Writer) Writer.Write(buffer, index, count);
    }

    public override void WriteLine(string? value) => Write(value + Environment.NewLine);
}

/// <summary>A folder for a test's files.</summary>
internal sealed class Scratch : IDisposable
{
    public string Folder { get; } = Directory.CreateTempSubdirectory("business-m-scenario-").FullName;

    public string File(string name, string? text = null)
    {
        var path = Path.Combine(Folder, name);
        if (text is not null) System.IO.File.WriteAllText(path, text);
        return path;
    }

    public void Dispose() => Directory.Delete(Folder, recursive: true);
}

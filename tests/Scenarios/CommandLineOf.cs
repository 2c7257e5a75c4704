using System.Diagnostics;
using System.Text.Json;

namespace BusinessM.Scenarios;

/// <summary>The program started as a user starts it, on a database.</summary>
internal sealed record Cli(int Exit, string Output, string Errors)
{
    private static readonly string Program = Path.Combine(AppContext.BaseDirectory, "business-m.dll");

    public JsonElement Json => Output.Length > 0 ? JsonDocument.Parse(Output).RootElement
        : throw new InvalidOperationException($"Exit {Exit}, and no answer: {Errors}");

    /// <summary>Runs to its end; a refusal is an exit code like any other.</summary>
    public static async Task<Cli> Run(string database, params string[] words)
    {
        using var process = Start(database, words);
        var (output, errors) = (process.StandardOutput.ReadToEndAsync(), process.StandardError.ReadToEndAsync());
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        return new Cli(process.ExitCode, await output, await errors);
    }

    /// <summary>Runs to its end, and expects it to be good.</summary>
    public static async Task<Cli> Good(string database, params string[] words)
    {
        var done = await Run(database, words);
        done.Exit.ShouldBe(0, $"{string.Join(' ', words)}\n{done.Output}\n{done.Errors}");
        return done;
    }

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

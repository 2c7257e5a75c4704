using System.ComponentModel;
using System.Diagnostics;

namespace BusinessM.Engines.Postgres;

/// <summary>One run of an outside program to its end.</summary>
internal static class Command
{
    internal sealed record Outcome(int ExitCode, string Output);

    internal static async Task<Outcome> Run(IReadOnlyList<string> words, CancellationToken ct)
    {
        var start = new ProcessStartInfo(words[0], words.Skip(1))
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            RedirectStandardInput = true,
            WorkingDirectory = "/",     // the user it drops to may not enter ours
        };
        start.Environment["LC_ALL"] = "C";
        start.Environment["TZ"] = "UTC";
        foreach (var name in start.Environment.Keys.Where(k => k.StartsWith("PG", StringComparison.Ordinal)).ToList())
            start.Environment.Remove(name);
        using var process = Launch(start);
        process.StandardInput.Close();
        var output = process.StandardOutput.ReadToEndAsync(ct);
        var error = process.StandardError.ReadToEndAsync(ct);
        await process.WaitForExitAsync(ct);
        return new Outcome(process.ExitCode, (await output + await error).Trim());
    }

    private static Process Launch(ProcessStartInfo start)
    {
        try
        {
            return Process.Start(start)!;
        }
        catch (Win32Exception e)
        {
            throw new StartupFault($"{start.FileName} cannot be run: {e.Message}",
                "It belongs to every Debian; on another system install util-linux and coreutils.", e);
        }
    }
}

using System.Globalization;

namespace BusinessM.Engines.Postgres;

/// <summary>What <c>postmaster.pid</c> and the process table say about the server of one cluster folder.</summary>
internal sealed record Postmaster(int Process, string SocketFolder)
{
    internal const int Quit = 3, Term = 15, KillNow = 9;

    /// <summary>The server that runs on this folder now, whoever started it; null where none does.</summary>
    internal static Postmaster? Running(string cluster)
    {
        string[] lines;
        try
        {
            lines = File.ReadAllLines(Path.Combine(cluster, "postmaster.pid"));
        }
        catch (IOException)
        {
            return null;
        }
        if (lines.Length < 5 || !int.TryParse(lines[0], CultureInfo.InvariantCulture, out var process)) return null;
        return Works(process, cluster) ? new Postmaster(process, lines[4].Trim()) : null;
    }

    internal static bool Alive(int process)
    {
        if (!OperatingSystem.IsLinux()) return ProcessExists(process);
        try
        {
            // "123 (postgres) S ...": Z is a process that has ended and that nobody has collected
            var stat = File.ReadAllText($"/proc/{process}/stat");
            return stat[(stat.LastIndexOf(')') + 2)..][0] is not ('Z' or 'X');
        }
        catch (IOException)
        {
            return false;
        }
    }

    /// <summary>
    /// Ends what a dead postmaster left: its children mostly notice by themselves, one in a long statement does not,
    /// and while one lives no new server may start. They cannot commit any more; killing them loses nothing.
    /// </summary>
    internal static async Task ClearOrphans(string cluster, CancellationToken ct)
    {
        for (var tenths = 0; ; tenths++)
        {
            var left = WorkingIn(cluster);
            if (left.Count == 0) return;
            if (tenths >= 15) left.ForEach(p => Libc.Signal(p, KillNow));
            await Task.Delay(100, ct);
        }
    }

    /// <summary>
    /// The server and its children have the cluster's folder as working directory: no other process does.
    /// </summary>
    private static List<int> WorkingIn(string cluster)
    {
        if (!OperatingSystem.IsLinux()) return [];
        return [.. Directory.EnumerateDirectories("/proc").Select(Path.GetFileName)
            .Select(name => int.TryParse(name, NumberStyles.None, CultureInfo.InvariantCulture, out var id) ? id : 0)
            .Where(id => id > 0 && Works(id, cluster))];
    }

    private static bool Works(int process, string cluster)
    {
        if (!Alive(process)) return false;
        if (!OperatingSystem.IsLinux()) return true;
        try
        {
            return File.ReadAllText($"/proc/{process}/comm").Trim() == "postgres"
                && File.ResolveLinkTarget($"/proc/{process}/cwd", false)?.FullName == Libc.Real(cluster);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return false;
        }
    }

    private static bool ProcessExists(int process)
    {
        try
        {
            using var found = System.Diagnostics.Process.GetProcessById(process);
            return !found.HasExited;
        }
        catch (ArgumentException)
        {
            return false;
        }
    }
}

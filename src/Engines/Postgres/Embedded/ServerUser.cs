using System.Globalization;

namespace BusinessM.Engines.Postgres;

/// <summary>
/// The user that the server runs as. PostgreSQL refuses root, so root drops to: the owner of an existing cluster, else
/// the owner of the data folder where that is not root, else <c>postgres</c>, else <c>nobody</c>.
/// </summary>
internal sealed record ServerUser(uint User, uint Group, bool Drops)
{
    // PostgreSQL asks access(2) about its own binaries, which forgets the capabilities unless told not to
    private static readonly string[] AnyFolder =
        ["--securebits=+no_setuid_fixup", "--inh-caps=-all,+dac_override,+dac_read_search",
            "--ambient-caps=-all,+dac_override,+dac_read_search"];

    internal static async Task<ServerUser> For(string dataFolder, string cluster, CancellationToken ct)
    {
        var me = Libc.EffectiveUser();
        if (me != 0) return new ServerUser(me, 0, Drops: false);
        foreach (var folder in new[] { cluster, dataFolder })
            if (Directory.Exists(folder) && await OwnerOf(folder, ct) is var owner and not 0)
                return new ServerUser(owner, GroupOf(owner) ?? owner, Drops: true);
        var user = UserNamed("postgres") ?? UserNamed("nobody") ?? 65534;
        return new ServerUser(user, GroupOf(user) ?? 65534, Drops: true);
    }

    /// <summary>
    /// The command as this user runs it; folders that the user may not enter are opened by two capabilities.
    /// </summary>
    internal IReadOnlyList<string> Command(IReadOnlyList<string> words, params string[] folders)
    {
        if (!Drops) return words;
        string[] capabilities = folders.All(OpenToAll) ? [] : AnyFolder;
        string[] drop = ["setpriv", $"--reuid={User}", $"--regid={Group}", "--clear-groups"];
        return [.. drop, .. capabilities, "--", .. words];
    }

    internal void Own(string path)
    {
        if (Drops) Libc.Give(path, User, Group);
    }

    internal static async Task<uint> OwnerOf(string path, CancellationToken ct)
    {
        var told = await Postgres.Command.Run(["stat", OperatingSystem.IsMacOS() ? "-f%u" : "-c%u", path], ct);
        if (told.ExitCode != 0) throw new IOException(told.Output);
        return uint.Parse(told.Output, CultureInfo.InvariantCulture);
    }

    private static bool OpenToAll(string folder)
    {
        for (var at = new DirectoryInfo(folder).Parent; at is not null; at = at.Parent)
            if (at.Exists && !at.UnixFileMode.HasFlag(UnixFileMode.OtherExecute)) return false;
        return true;
    }

    private static uint? UserNamed(string name) =>
        Passwd().FirstOrDefault(f => f[0] == name) is { } row ? uint.Parse(row[2], CultureInfo.InvariantCulture) : null;

    private static uint? GroupOf(uint user) =>
        Passwd().FirstOrDefault(f => f[2] == user.ToString(CultureInfo.InvariantCulture)) is { } row
            ? uint.Parse(row[3], CultureInfo.InvariantCulture) : null;

    private static IEnumerable<string[]> Passwd() =>
        File.Exists("/etc/passwd") ? File.ReadLines("/etc/passwd").Select(l => l.Split(':')).Where(f => f.Length >= 4)
            : [];
}

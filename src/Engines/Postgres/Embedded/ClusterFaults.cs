namespace BusinessM.Engines.Postgres;

/// <summary>What can stop a private cluster from starting, in words that say what to do.</summary>
internal static class ClusterFaults
{
    private const int NoSpace = 28;     // ENOSPC, in the low half of HResult

    internal static bool IsDiskFull(Exception e) => e is IOException && (e.HResult & 0xffff) == NoSpace;

    internal static StartupFault Unwritable(string folder, Exception e) => new(
        $"The data folder {folder} cannot be written: {e.Message}",
        "Give it to the user that runs this program (chown), or choose another one with --data DIR or M_DATA.", e);

    internal static StartupFault DiskFull(string folder, Exception? e = null) => new(
        $"The disk that holds {folder} is full.",
        "Free some space there and start again: nothing that was committed is lost.", e);

    internal static StartupFault LittleSpace(string folder, long free, long wanted) => new(
        $"The disk that holds {folder} has {free >> 20} MB left; a start wants {wanted >> 20} MB.",
        "Free some space there, or choose a folder on another disk with --data DIR or M_DATA.");

    internal static StartupFault ForeignSocketFolder(string folder) => new(
        $"The folder {folder}, where the database's socket belongs, is another user's.",
        "Remove it, or set TMPDIR to a folder of your own.");

    internal static StartupFault Dropping(string output) => new(
        $"The server must not run as root, and dropping to another user failed: {output}",
        "Start as a plain user, or choose a data folder that every user may enter (not under /root) with --data DIR.");

    internal static StartupFault Server(string action, string folder, string output)
    {
        if (output.Contains("No space left on device", StringComparison.Ordinal)) return DiskFull(folder);
        if (output.Contains("setpriv:", StringComparison.Ordinal)) return Dropping(output);
        return new StartupFault($"PostgreSQL did not {action} in {folder}:{Environment.NewLine}{output}",
            "The lines above are the server's own; its full log is postgres/server.log in the data folder. "
            + "business-m doctor checks the usual reasons.");
    }
}

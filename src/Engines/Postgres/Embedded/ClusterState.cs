using System.Text;

namespace BusinessM.Engines.Postgres;

/// <summary>
/// What a look at a data folder tells, without starting or making anything: the major version that made its cluster
/// (null: none yet), where its socket will be, the process of the host that runs on it (null: none), free space.
/// </summary>
public sealed record ClusterState(int? Major, string SocketPath, int? Host, long FreeBytes)
{
    public const int SocketPathBytesMax = 107;

    public bool SocketPathFits => Encoding.UTF8.GetByteCount(SocketPath) <= SocketPathBytesMax;

    /// <exception cref="StartupFault">The folder cannot be written.</exception>
    public static ClusterState Of(string dataFolder)
    {
        var folder = new ClusterFolder(dataFolder);
        var existing = folder.Data;
        while (!Directory.Exists(existing)) existing = Path.GetDirectoryName(existing) ?? "/";
        var probe = Path.Combine(existing, ".business-m-" + Path.GetRandomFileName());
        try
        {
            File.WriteAllText(probe, "");
            File.Delete(probe);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw ClusterFaults.IsDiskFull(e) ? ClusterFaults.DiskFull(dataFolder, e)
                : ClusterFaults.Unwritable(dataFolder, e);
        }
        return new ClusterState(folder.Major(), folder.SocketPath, HostLock.HolderOf(folder.Data)?.Process,
            new DriveInfo(existing).AvailableFreeSpace);
    }
}

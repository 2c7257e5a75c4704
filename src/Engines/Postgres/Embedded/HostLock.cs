using System.Text.Json;

namespace BusinessM.Engines.Postgres;

/// <summary>
/// One host per data folder. The lock is the kernel's (flock on <c>host.lock</c>), so it ends with the process however
/// that ends; <c>host.json</c> beside it tells other commands where the cluster listens.
/// </summary>
internal sealed class HostLock : IDisposable
{
    internal sealed record Holder(int Process, string SocketFolder);

    private readonly FileStream _lock;
    private readonly string _dataFolder;

    private HostLock(FileStream held, string dataFolder) => (_lock, _dataFolder) = (held, dataFolder);

    private static string LockFile(string dataFolder) => Path.Combine(dataFolder, "host.lock");
    private static string HolderFile(string dataFolder) => Path.Combine(dataFolder, "host.json");

    /// <exception cref="StartupFault">Another host has the folder, or the folder cannot be written.</exception>
    internal static async Task<HostLock> Take(string dataFolder, int waitSeconds, CancellationToken ct)
    {
        // A command that looks whether a host runs holds the lock for an instant: even a start without wait asks
        // again.
        for (var left = 3 + waitSeconds * 10; ; left--)
        {
            if (Open(dataFolder) is { } held) return new HostLock(held, dataFolder);
            if (left == 0) throw Taken(dataFolder);
            await Task.Delay(100, ct);
        }
    }

    internal static Holder? HolderOf(string dataFolder)
    {
        if (!File.Exists(HolderFile(dataFolder)) || !File.Exists(LockFile(dataFolder))) return null;
        using var free = Open(dataFolder);
        return free is null ? Read(dataFolder) : null;
    }

    internal void Publish(string socketFolder)
    {
        var whole = HolderFile(_dataFolder) + ".new";
        File.WriteAllText(whole, JsonSerializer.Serialize(new Holder(Environment.ProcessId, socketFolder)));
        File.Move(whole, HolderFile(_dataFolder), overwrite: true);
    }

    public void Dispose()
    {
        File.Delete(HolderFile(_dataFolder));
        _lock.Dispose();
    }

    private static FileStream? Open(string dataFolder)
    {
        try
        {
            return new FileStream(LockFile(dataFolder), FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
        }
        catch (UnauthorizedAccessException e)
        {
            throw ClusterFaults.Unwritable(dataFolder, e);
        }
        catch (IOException e) when (File.Exists(LockFile(dataFolder)) && e is not FileNotFoundException)
        {
            return ClusterFaults.IsDiskFull(e) ? throw ClusterFaults.DiskFull(dataFolder, e) : null;
        }
        catch (IOException e)
        {
            throw ClusterFaults.Unwritable(dataFolder, e);
        }
    }

    private static Holder? Read(string dataFolder)
    {
        try
        {
            return JsonSerializer.Deserialize<Holder>(File.ReadAllText(HolderFile(dataFolder)));
        }
        catch (Exception e) when (e is IOException or JsonException)
        {
            return null;
        }
    }

    private static StartupFault Taken(string dataFolder) => new(
        $"The data folder {dataFolder} is in use by another host"
        + (Read(dataFolder) is { } host ? $" (process {host.Process})." : "."),
        "Stop that one, or start on another folder with --data DIR. Commands such as import, export or check "
        + "use the running host's database by themselves.");
}

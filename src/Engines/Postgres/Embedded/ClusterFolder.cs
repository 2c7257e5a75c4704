using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace BusinessM.Engines.Postgres;

/// <summary>
/// The files of one private cluster: <c>postgres/</c> in the data folder, and a socket folder outside it.
/// </summary>
internal sealed class ClusterFolder
{
    private const string HalfMade = "postgres.new-";

    internal ClusterFolder(string dataFolder)
    {
        Data = Libc.Real(dataFolder);
        Cluster = Path.Combine(Data, "postgres");
        Log = Path.Combine(Cluster, "server.log");
        var hash = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(Data)))[..16];
        string At(string temporary) => Path.Combine(temporary, "business-m-" + hash, ".s.PGSQL.5432");
        SocketPath = At(Path.GetTempPath());
        if (Encoding.UTF8.GetByteCount(SocketPath) > ClusterState.SocketPathBytesMax) SocketPath = At("/tmp");
    }

    /// <summary>Outside the data folder and named by a hash of it, since a socket's path may have 107 bytes.</summary>
    internal string SocketPath { get; }

    internal string Data { get; }
    internal string Cluster { get; }
    internal string Log { get; }

    /// <summary>The major version that made the cluster; null where there is none yet.</summary>
    internal int? Major()
    {
        var version = Path.Combine(Cluster, "PG_VERSION");
        return File.Exists(version) ? int.Parse(File.ReadAllText(version).Trim(), CultureInfo.InvariantCulture) : null;
    }

    internal static void Create(string dataFolder)
    {
        try
        {
            Directory.CreateDirectory(dataFolder);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw ClusterFaults.IsDiskFull(e) ? ClusterFaults.DiskFull(dataFolder, e)
                : ClusterFaults.Unwritable(dataFolder, e);
        }
    }

    internal void DemandSpace(long bytesMin)
    {
        var free = new DriveInfo(Data).AvailableFreeSpace;
        if (free < bytesMin) throw ClusterFaults.LittleSpace(Data, free, bytesMin);
    }

    /// <summary>
    /// Makes the cluster under another name and renames it when it is whole: a start that was killed here leaves a
    /// folder that the next one removes.
    /// </summary>
    internal async Task Init(PostgresBinaries binaries, ServerUser user, CancellationToken ct)
    {
        foreach (var left in Directory.GetDirectories(Data, HalfMade + "*")) Directory.Delete(left, recursive: true);
        if (Major() is not null) return;
        if (Directory.Exists(Cluster) && Directory.EnumerateFileSystemEntries(Cluster).Any())
            throw new StartupFault($"{Cluster} is not a PostgreSQL cluster.",
                "Move it away, or choose another folder with --data DIR.");

        var making = Path.Combine(Data, HalfMade + Environment.ProcessId.ToString(CultureInfo.InvariantCulture));
        Directory.CreateDirectory(making, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        user.Own(making);
        string[] locale = binaries.Major >= 17
            ? ["--locale=C", "--locale-provider=builtin", "--builtin-locale=C.UTF-8"]
            : ["--locale=C.UTF-8"];
        var made = await Command.Run(
            user.Command([binaries.Initdb, "-D", making, "-A", "trust", "-U", "m", "-E", "UTF8", .. locale], making,
                binaries.Initdb), ct);
        if (made.ExitCode != 0) throw ClusterFaults.Server("make its files", Data, made.Output);
        File.AppendAllText(Path.Combine(making, "postgresql.conf"), "include 'business-m.conf'\n");
        File.WriteAllText(Path.Combine(making, "pg_hba.conf"), "local all all trust\n");
        if (Directory.Exists(Cluster)) Directory.Delete(Cluster);
        Directory.Move(making, Cluster);
    }

    /// <summary>
    /// Makes the socket's folder: private (0700), since whoever can enter it is superuser of the database.
    /// </summary>
    internal async Task<string> SocketFolder(ServerUser user, CancellationToken ct)
    {
        var folder = Path.GetDirectoryName(SocketPath)!;
        const UnixFileMode mine = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;
        try
        {
            Directory.CreateDirectory(folder, mine);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new StartupFault($"{folder}, the folder for the database's socket, cannot be made: {e.Message}",
                "Set TMPDIR to a short folder of your own.", e);
        }
        if (new DirectoryInfo(folder).LinkTarget is not null) throw ClusterFaults.ForeignSocketFolder(folder);
        var owner = await ServerUser.OwnerOf(folder, ct);
        if (owner != user.User && owner != Libc.EffectiveUser()) throw ClusterFaults.ForeignSocketFolder(folder);
        user.Own(folder);
        File.SetUnixFileMode(folder, mine);
        return folder;
    }

    /// <summary>Written at each start, so that a new release changes old clusters too.</summary>
    internal void Configure(EmbeddedOptions options, string socketFolder)
    {
        var durable = options.Durable ? "on" : "off";
        File.WriteAllText(Path.Combine(Cluster, "business-m.conf"), $"""
            # Written by business-m at each start; changes here are lost.
            listen_addresses = ''
            port = 5432
            unix_socket_directories = '{socketFolder}'
            unix_socket_permissions = 0700
            max_connections = {options.ConnectionsMax.ToString(CultureInfo.InvariantCulture)}
            fsync = {durable}
            full_page_writes = {durable}
            synchronous_commit = {durable}
            shared_buffers = 128MB
            effective_cache_size = 512MB
            maintenance_work_mem = 64MB
            wal_compression = on
            max_wal_size = 1GB
            min_wal_size = 80MB
            checkpoint_completion_target = 0.9
            random_page_cost = 1.1
            jit = off
            timezone = 'UTC'
            log_timezone = 'UTC'
            log_checkpoints = off
            client_connection_check_interval = 2s
            """ + "\n");
        if (new FileInfo(Log) is { Exists: true, Length: > 10 << 20 }) File.Move(Log, Log + ".1", overwrite: true);
    }

    /// <summary>The server's log from a position on, at most its last 12 lines.</summary>
    internal string LogSince(long position)
    {
        if (!File.Exists(Log)) return "";
        using var file = new FileStream(Log, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
        file.Position = Math.Min(position, file.Length);
        using var reader = new StreamReader(file);
        return string.Join(Environment.NewLine, reader.ReadToEnd().TrimEnd().Split('\n').TakeLast(12));
    }

    internal long LogLength() => new FileInfo(Log) is { Exists: true } log ? log.Length : 0;
}

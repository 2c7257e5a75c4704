using System.Globalization;
using Npgsql;

namespace BusinessM.Engines.Postgres;

/// <summary>
/// A private PostgreSQL in a data folder, on a Unix socket: no port, no password. Started and stopped with its host;
/// commands beside a running host <see cref="Attach"/>. A start recovers from whatever the last one left.
/// </summary>
public sealed class EmbeddedCluster : IAsyncDisposable
{
    public const string Superuser = "m";
    private const string Port = "5432";

    private readonly EmbeddedOptions _options;
    private readonly ClusterFolder? _folder;        // null: attached to another host's
    private readonly HostLock? _lock;
    private readonly CancellationTokenSource _stopping = new();
    private PostgresBinaries? _binaries;
    private ServerUser? _user;
    private Task _watch = Task.CompletedTask;

    private EmbeddedCluster(EmbeddedOptions options, string socketFolder, ClusterFolder? folder, HostLock? held)
    {
        _options = options;
        SocketFolder = socketFolder;
        _folder = folder;
        _lock = held;
    }

    public string SocketFolder { get; }

    /// <summary>
    /// The server's process; changes when a dead one was replaced. 0 while none runs, or when attached.
    /// </summary>
    public int Process { get; private set; }

    public bool Attached => _lock is null;

    /// <summary>
    /// Starts the cluster of a data folder, making it first where there is none, and keeps it running.
    /// </summary>
    /// <exception cref="StartupFault">What is in the way, and what to do.</exception>
    public static async Task<EmbeddedCluster> Start(EmbeddedOptions options, CancellationToken ct)
    {
        ClusterFolder.Create(options.DataFolder);
        var folder = new ClusterFolder(options.DataFolder);
        var held = await HostLock.Take(folder.Data, options.LockWaitSeconds, ct);
        try
        {
            folder.DemandSpace(options.FreeBytesMin);
            var binaries = await PostgresBinaries.Find(options.BinFolder, folder.Major(), ct);
            var user = await ServerUser.For(folder.Data, folder.Cluster, ct);
            await folder.Init(binaries, user, ct);
            var socketFolder = await folder.SocketFolder(user, ct);
            var cluster = new EmbeddedCluster(options, socketFolder, folder, held)
            {
                _binaries = binaries,
                _user = user,
            };
            await cluster.TakeOverOrStart(ct);
            if (!options.KeepRunning)
            {
                held.Publish(socketFolder);
                cluster._watch = cluster.Watch();
            }
            return cluster;
        }
        catch (Exception e)
        {
            held.Dispose();
            if (ClusterFaults.IsDiskFull(e)) throw ClusterFaults.DiskFull(folder.Data, e);
            if (e is UnauthorizedAccessException) throw ClusterFaults.Unwritable(folder.Data, e);
            throw;
        }
    }

    /// <summary>The cluster of the host that runs on this folder; null where none does.</summary>
    public static Task<EmbeddedCluster?> Attach(string dataFolder, CancellationToken ct)
    {
        ct.ThrowIfCancellationRequested();
        var holder = HostLock.HolderOf(Libc.Real(dataFolder));
        return Task.FromResult(holder is null ? null
            : new EmbeddedCluster(new EmbeddedOptions(dataFolder), holder.SocketFolder, null, null));
    }

    /// <summary>
    /// For commands: beside a running host its cluster, else one of their own for as long as they run.
    /// </summary>
    public static async Task<EmbeddedCluster> AttachOrStart(EmbeddedOptions options, CancellationToken ct) =>
        await Attach(options.DataFolder, ct) ?? await Start(options, ct);

    public string ConnectionString(string database, string role) => new NpgsqlConnectionStringBuilder
    {
        Host = SocketFolder,
        Port = int.Parse(Port, CultureInfo.InvariantCulture),
        Database = database,
        Username = role,
    }.ConnectionString;

    public async ValueTask DisposeAsync()
    {
        if (_stopping.IsCancellationRequested) return;
        await _stopping.CancelAsync();
        await _watch;
        if (_folder is not null && !_options.KeepRunning) await Stop(_folder, CancellationToken.None);
        _lock?.Dispose();
    }

    private async Task TakeOverOrStart(CancellationToken ct)
    {
        if (Postmaster.Running(_folder!.Cluster) is { } orphan)
        {
            if (orphan.SocketFolder == SocketFolder && await Answers(ct))
            {
                Process = orphan.Process;
                if (!_options.KeepRunning) await EndOrphanedSessions(ct);
                return;
            }
            _options.Log?.Invoke(
                $"A server left by another host (process {orphan.Process}) does not answer; it is stopped.");
            await Stop(_folder, ct);
        }
        await StartServer(ct);
    }

    private async Task StartServer(CancellationToken ct)
    {
        var folder = _folder!;
        await Postmaster.ClearOrphans(folder.Cluster, ct);
        // Nothing runs here any more, so what these say is about a dead server (or about a process with a recycled id).
        File.Delete(Path.Combine(folder.Cluster, "postmaster.pid"));
        File.Delete(Path.Combine(SocketFolder, ".s.PGSQL." + Port));
        File.Delete(Path.Combine(SocketFolder, $".s.PGSQL.{Port}.lock"));
        folder.Configure(_options, SocketFolder);
        var logged = folder.LogLength();
        var started = await Command.Run(Control("start", "-w", "-t", "300", "-l", folder.Log), ct);
        if (started.ExitCode != 0)
            throw ClusterFaults.Server("start", folder.Data,
                started.Output + Environment.NewLine + folder.LogSince(logged));
        Process = Postmaster.Running(folder.Cluster)?.Process
            ?? throw ClusterFaults.Server("stay up", folder.Data, folder.LogSince(logged));
    }

    private async Task Stop(ClusterFolder folder, CancellationToken ct)
    {
        if (Postmaster.Running(folder.Cluster) is not { } server) return;
        foreach (var (mode, seconds) in new[] { ("fast", "60"), ("immediate", "10") })
        {
            var stopped = await Command.Run(Control("stop", "-w", "-m", mode, "-t", seconds), ct);
            if (stopped.ExitCode == 0 || !Postmaster.Alive(server.Process)) break;
        }
        if (Postmaster.Alive(server.Process)) Libc.Signal(server.Process, Postmaster.KillNow);
        Process = 0;
    }

    private IReadOnlyList<string> Control(string action, params string[] more) =>
        _user!.Command([_binaries!.PgCtl, action, "-s", "-D", _folder!.Cluster, .. more], _folder.Cluster,
            _binaries.PgCtl, SocketFolder);

    /// <summary>
    /// The server of a killed host still runs that host's last statements; they end before ours begin.
    /// </summary>
    private async Task EndOrphanedSessions(CancellationToken ct)
    {
        _options.Log?.Invoke(
            $"The last host ended without stopping its database (process {Process}); it is taken over.");
        await using var connection = await Connect(ct);
        const string others = "from pg_stat_activity where backend_type = 'client backend' and pid <> pg_backend_pid()";
        await using var end = new NpgsqlCommand($"select pg_terminate_backend(pid) {others}", connection);
        await using var left = new NpgsqlCommand($"select count(*) {others}", connection);
        for (var tenths = 0; tenths < 50; tenths++)
        {
            await end.ExecuteNonQueryAsync(ct);
            if (await left.ExecuteScalarAsync(ct) is 0L) return;
            await Task.Delay(100, ct);
        }
        await connection.CloseAsync();
        await Stop(_folder!, ct);
        await StartServer(ct);
    }

    private async Task<bool> Answers(CancellationToken ct)
    {
        for (var tenths = 0; ; tenths++)
        {
            try
            {
                await using var connection = await Connect(ct);
                await using var ask = new NpgsqlCommand("select 1", connection);
                return await ask.ExecuteScalarAsync(ct) is 1;
            }
            catch (PostgresException e) when (e.SqlState == PostgresErrorCodes.CannotConnectNow && tenths < 600)
            {
                await Task.Delay(100, ct);      // it is still recovering from a crash of its own
            }
            catch (Exception e) when (e is NpgsqlException or TimeoutException)
            {
                return false;
            }
        }
    }

    private async Task<NpgsqlConnection> Connect(CancellationToken ct)
    {
        var connection = new NpgsqlConnection(ConnectionString("postgres", Superuser)
            + ";Pooling=false;Timeout=5;Command Timeout=5");
        await connection.OpenAsync(ct);
        return connection;
    }

    /// <summary>
    /// A server that dies under its host is started again; its clients see broken connections and retry.
    /// </summary>
    private async Task Watch()
    {
        var ct = _stopping.Token;
        try
        {
            while (true)
            {
                await Task.Delay(200, ct);
                if (Postmaster.Alive(Process)) continue;
                _options.Log?.Invoke($"The database (process {Process}) ended unasked; it is started again.");
                await Restart(ct);
            }
        }
        catch (OperationCanceledException)
        {
            // the host stops
        }
    }

    private async Task Restart(CancellationToken ct)
    {
        for (var seconds = 1; ; seconds = Math.Min(30, seconds * 2))
        {
            try
            {
                await StartServer(ct);
                return;
            }
            catch (StartupFault fault)
            {
                _options.Log?.Invoke(fault.Message);
                await Task.Delay(TimeSpan.FromSeconds(seconds), ct);
            }
        }
    }
}

using BusinessM.Engines.Postgres;

namespace BusinessM.Host;

/// <summary>
/// The database that the settings name, open: an outside server's, else the private cluster of the data folder, started
/// or (beside a running host) attached to. Disposing it stops what it started.
/// </summary>
internal sealed class Installation : IAsyncDisposable
{
    public const string DatabaseName = "business_m";

    private Installation(Database database, EmbeddedCluster? cluster) => (Database, Cluster) = (database, cluster);

    public Database Database { get; }

    /// <summary>The private cluster; null with an outside server.</summary>
    public EmbeddedCluster? Cluster { get; }

    /// <summary>For a host: the private cluster is its own; a second host on the folder is refused.</summary>
    public static Task<Installation> Host(Settings settings, CancellationToken ct) =>
        Open(settings, EmbeddedCluster.Start, ct);

    /// <summary>
    /// For a command: beside a running host it attaches, else it starts the cluster for as long as it runs.
    /// </summary>
    public static Task<Installation> Command(Settings settings, CancellationToken ct) =>
        Open(settings, EmbeddedCluster.AttachOrStart, ct);

    public static EmbeddedOptions Options(Settings settings) => new(settings.Data)
    {
        BinFolder = settings["postgres-bin"],
        Log = line => Console.Error.WriteLine(line),
    };

    public Migrator Migrator() => new(Database, Schemas.All);

    public async ValueTask DisposeAsync()
    {
        await Database.DisposeAsync();
        if (Cluster is not null) await Cluster.DisposeAsync();
    }

    private static async Task<Installation> Open(Settings settings,
        Func<EmbeddedOptions, CancellationToken, Task<EmbeddedCluster>> open, CancellationToken ct)
    {
        if (settings["database"] is { } outside)
            return new Installation(Database.At(outside, settings["secret"]), null);
        var cluster = await open(Options(settings), ct);
        try
        {
            return new Installation(await Database.Of(cluster, DatabaseName, ct), cluster);
        }
        catch
        {
            await cluster.DisposeAsync();
            throw;
        }
    }
}

namespace BusinessM.Engines.Postgres;

/// <summary>How a private cluster is run. Only <see cref="DataFolder"/> must be given.</summary>
public sealed record EmbeddedOptions(string DataFolder)
{
    /// <summary>The folder with initdb, pg_ctl and postgres (M_POSTGRES_BIN); null searches.</summary>
    public string? BinFolder { get; init; }

    /// <summary>
    /// False gives up durability for speed. For tests only: a crash of the machine loses the cluster.
    /// </summary>
    public bool Durable { get; init; } = true;

    public int ConnectionsMax { get; init; } = 100;

    /// <summary>
    /// The server outlives this process, and the next start takes it over. For the tests' shared cluster.
    /// </summary>
    public bool KeepRunning { get; init; }

    /// <summary>How long a start waits for another one on the same folder before it refuses.</summary>
    public int LockWaitSeconds { get; init; }

    /// <summary>A start with less free space than this is refused: a first start writes about 50 MB.</summary>
    public long FreeBytesMin { get; init; } = 200L << 20;

    /// <summary>Told about what is unusual: a take-over, a restart after a crash.</summary>
    public Action<string>? Log { get; init; }
}

using System.Collections.Concurrent;
using Npgsql;

namespace BusinessM.Engines.Postgres;

/// <summary>
/// One database of an installation and its ways in: <see cref="Lane"/> writes, a <see cref="Reader"/> sees one schema,
/// <see cref="Owner"/> is for migrations and tests. Pools are made on first use.
/// </summary>
public sealed class Database : IAsyncDisposable
{
    private readonly ConcurrentDictionary<string, Lazy<NpgsqlDataSource>> _pools = new(StringComparer.Ordinal);
    private readonly string _login;

    private Database(string login, string? secret, bool isPrivate)
    {
        _login = login;
        Secret = secret;
        IsPrivate = isPrivate;
    }

    internal string? Secret { get; }

    /// <summary>True for the embedded cluster: any role may come through its socket without a password.</summary>
    public bool IsPrivate { get; }

    public string Name => new NpgsqlConnectionStringBuilder(_login).Database!;

    /// <summary>A database of a private cluster, made where it does not exist.</summary>
    public static async Task<Database> Of(EmbeddedCluster cluster, string name, CancellationToken ct)
    {
        var there = new Database(cluster.ConnectionString(name, EmbeddedCluster.Superuser), null, isPrivate: true);
        await using var admin = new NpgsqlConnection(cluster.ConnectionString("postgres", EmbeddedCluster.Superuser)
            + ";Pooling=false");
        await admin.OpenAsync(ct);
        await using var exists = new NpgsqlCommand("select count(*) from pg_database where datname = $1", admin);
        exists.Parameters.Add(new NpgsqlParameter { Value = name });
        if (await exists.ExecuteScalarAsync(ct) is not 0L) return there;
        var quoted = '"' + name.Replace("\"", "\"\"", StringComparison.Ordinal) + '"';
        await using var create = new NpgsqlCommand("create database " + quoted, admin);
        await create.ExecuteNonQueryAsync(ct);
        return there;
    }

    /// <summary>
    /// A database of a server elsewhere (M_DATABASE). The login must be able to make roles; the program's own roles get
    /// passwords derived from <paramref name="secret"/> (else from the login's password), so that several hosts agree.
    /// </summary>
    public static Database At(string connectionString, string? secret)
    {
        var login = new NpgsqlConnectionStringBuilder(connectionString);
        var key = secret ?? login.Password;
        return new Database(login.ConnectionString, key, isPrivate: key is null);
    }

    /// <summary>The login that was given, or the cluster's superuser: migrations and tests only.</summary>
    public NpgsqlDataSource Admin => Pool("", b => b.MaxPoolSize = 4);

    /// <summary>As <c>m_owner</c>, who owns every object: migrations and tests only.</summary>
    public NpgsqlDataSource Owner => Pool(ProgramRoles.Owner, b =>
    {
        b.MaxPoolSize = 4;
        b.Options = $"-c role={ProgramRoles.Owner}";
    });

    /// <summary>
    /// Writes every schema of the process; generic plans, since its statements are few and always the same.
    /// </summary>
    public NpgsqlDataSource Lane => Pool(ProgramRoles.Lane, b =>
    {
        SignIn(b, ProgramRoles.Lane);
        b.MaxPoolSize = 16;
        b.MaxAutoPrepare = 200;
        b.Options = "-c plan_cache_mode=force_generic_plan";
    });

    /// <summary>Sees this schema and no other, and changes nothing.</summary>
    public NpgsqlDataSource Reader(string schema) => Pool("m_" + schema, b => Read(b, schema));

    /// <summary>A <see cref="Reader"/> whose statements are planned anew for each value.</summary>
    public NpgsqlDataSource Lists(string schema) => Pool("m_" + schema + " lists", b =>
    {
        Read(b, schema);
        b.Options = "-c plan_cache_mode=force_custom_plan";
    });

    private void Read(NpgsqlConnectionStringBuilder b, string schema)
    {
        SignIn(b, "m_" + schema);
        b.MaxPoolSize = 16;
        b.MaxAutoPrepare = 100;
        b.NoResetOnClose = true;        // a reader sets nothing in its session
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var pool in _pools.Values)
            if (pool.IsValueCreated) await pool.Value.DisposeAsync();
        _pools.Clear();
    }

    private void SignIn(NpgsqlConnectionStringBuilder connection, string role)
    {
        connection.Username = role;
        connection.Password = ProgramRoles.Password(Secret, role);
    }

    private NpgsqlDataSource Pool(string key, Action<NpgsqlConnectionStringBuilder> shape) =>
        _pools.GetOrAdd(key, _ => new Lazy<NpgsqlDataSource>(() =>
        {
            var connection = new NpgsqlConnectionStringBuilder(_login) { ApplicationName = "business-m" };
            shape(connection);
            return NpgsqlDataSource.Create(connection.ConnectionString);
        })).Value;
}

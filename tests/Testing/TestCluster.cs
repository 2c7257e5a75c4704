using System.Globalization;
using BusinessM.Engines.Postgres;
using Npgsql;

namespace BusinessM.Testing;

/// <summary>
/// The PostgreSQL that tests share: the server named by M_TEST_CLUSTER (a connection string of its superuser), else one
/// per user of the machine, in a folder under the temporary one, started by the first test that needs it and left
/// running for the next. It gives up durability; tests of crashes start clusters of their own.
/// </summary>
public static class TestCluster
{
    public const string Variable = "M_TEST_CLUSTER";
    private const int TemplatesMax = 24;
    private const int LeftOverAfterMinutes = 90;

    private static readonly Lazy<Task<NpgsqlConnectionStringBuilder>> Login = new(Find);

    /// <summary>The superuser's connection string for one database of the shared server.</summary>
    public static async Task<string> ConnectionString(string database)
    {
        var login = new NpgsqlConnectionStringBuilder((await Login.Value).ConnectionString) { Database = database };
        return login.ConnectionString;
    }

    /// <summary>Where tests put files that outlive no run: a folder of its own, under a short path.</summary>
    public static string Folder(string name) => Path.Combine(
        Environment.GetEnvironmentVariable("M_TEST_FOLDER") is { Length: > 0 } given ? given
            : Path.Combine(Path.GetTempPath(), "business-m-tests-" + Environment.UserName), name);

    internal static async Task<NpgsqlConnection> Connect(string database = "postgres")
    {
        var connection = new NpgsqlConnection(await ConnectionString(database)
            + ";Pooling=false;Timeout=60;Command Timeout=120");
        await connection.OpenAsync();
        return connection;
    }

    internal static async Task Run(NpgsqlConnection connection, string sql)
    {
        await using var command = new NpgsqlCommand(sql, connection);
        await command.ExecuteNonQueryAsync();
    }

    private static async Task<NpgsqlConnectionStringBuilder> Find()
    {
        var login = Environment.GetEnvironmentVariable(Variable) is { Length: > 0 } given
            ? new NpgsqlConnectionStringBuilder(given)
            : new NpgsqlConnectionStringBuilder(await StartShared());
        await using var admin = new NpgsqlConnection(login.ConnectionString + ";Pooling=false");
        await admin.OpenAsync();
        await DropLeftOvers(admin);
        return login;
    }

    private static async Task<string> StartShared()
    {
        var bin = Environment.GetEnvironmentVariable("M_POSTGRES_BIN");
        var binaries = await PostgresBinaries.Find(bin, null, CancellationToken.None);
        var options = new EmbeddedOptions(Folder("pg" + binaries.Major.ToString(CultureInfo.InvariantCulture)))
        {
            BinFolder = binaries.Folder,
            Durable = false,
            ConnectionsMax = 400,
            KeepRunning = true,
            LockWaitSeconds = 120,
        };
        await using var cluster = await EmbeddedCluster.Start(options, CancellationToken.None);
        return cluster.ConnectionString("postgres", EmbeddedCluster.Superuser);
    }

    /// <summary>Killed runs leave databases behind: old ones go, and of the templates the newest stay.</summary>
    private static async Task DropLeftOvers(NpgsqlConnection admin)
    {
        var old = new List<string>();
        await using (var list = new NpgsqlCommand($"""
            select datname from pg_database where datname ~ '^t_[0-9]+_' and not exists
                (select from pg_stat_activity a where a.datname = pg_database.datname)
                and to_timestamp(substring(datname from '^t_([0-9]+)_')::bigint) < now() - interval '{LeftOverAfterMinutes} minutes'
            union all
            (select datname from pg_database where datname like 'template\_m\_%' order by oid desc offset {TemplatesMax})
            """, admin))
        await using (var rows = await list.ExecuteReaderAsync())
            while (await rows.ReadAsync()) old.Add(rows.GetString(0));
        foreach (var database in old)
        {
            try
            {
                await Run(admin, $"drop database if exists \"{database}\"");
            }
            catch (PostgresException)
            {
                // somebody began to use it: the next run looks again
            }
        }
    }
}

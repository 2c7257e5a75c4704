using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using BusinessM.Engines.Postgres;
using Npgsql;
using Xunit;

namespace BusinessM.Testing;

/// <summary>
/// A migrated database of a test class's own, copied from a template (0.2 s) and dropped afterwards. Derive a fixture
/// that names its schemas, <c>public sealed class LedgerDatabase() : TestDatabase(record, ledger);</c>, and take it as
/// <c>IClassFixture&lt;LedgerDatabase&gt;</c>; or <see cref="Create"/> one inside a test.
/// </summary>
public class TestDatabase(params MigrationSet[] sets) : IAsyncLifetime
{
    private Database? _database;
    private string? _name;

    public Database Database => _database
        ?? throw new InvalidOperationException("The fixture has not been initialised.");

    /// <summary>
    /// The superuser's connection string, for what only a superuser may do (damage a row, for instance).
    /// </summary>
    public string SuperuserConnection { get; private set; } = "";

    public static async Task<TestDatabase> Create(params MigrationSet[] sets)
    {
        var made = new TestDatabase(sets);
        await made.InitializeAsync();
        return made;
    }

    /// <summary>An empty database, not migrated: for tests of migrations.</summary>
    public static Task<TestDatabase> CreateEmpty() => Create();

    public virtual async ValueTask InitializeAsync()
    {
        var template = sets is [] ? "template0" : await Template();
        var seconds = TimeProvider.System.GetUtcNow().ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture);
        _name = $"t_{seconds}_{Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(6))}";
        await using (var admin = await TestCluster.Connect()) await Copy(admin, _name, template);
        SuperuserConnection = await TestCluster.ConnectionString(_name);
        if (sets is not [])
        {
            await using var inside = await TestCluster.Connect(_name);
            await ProgramRoles.OpenDatabase(inside, sets, default);
        }
        _database = Database.At(SuperuserConnection, null);
    }

    public virtual async ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        if (_database is not null) await _database.DisposeAsync();
        if (_name is null) return;
        await using var admin = await TestCluster.Connect();
        await TestCluster.Run(admin, $"drop database if exists {_name} with (force)");
    }

    /// <summary>One template per content of the migrations; whoever needs it first makes it.</summary>
    private async Task<string> Template()
    {
        var content = string.Join('\n',
            sets.SelectMany(s => s.Files().Select(f => $"{f} {f.Checksum}").Prepend(s.Schema)));
        var template = "template_m_" + Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(content)))[..16];
        await using var admin = await TestCluster.Connect();
        if (await Exists(admin, template)) return template;
        await TestCluster.Run(admin, "select pg_advisory_lock(7003002)");
        if (await Exists(admin, template)) return template;
        var making = template + "_new";
        await TestCluster.Run(admin, $"drop database if exists {making} with (force)");
        await Copy(admin, making, "template0");
        await using (var database = Database.At(await TestCluster.ConnectionString(making) + ";Pooling=false", null))
            await new Migrator(database, sets).Migrate(default);
        await TestCluster.Run(admin, $"alter database {making} rename to {template}");
        return template;
    }

    private static async Task<bool> Exists(NpgsqlConnection admin, string database)
    {
        await using var ask = new NpgsqlCommand("select count(*) from pg_database where datname = $1", admin);
        ask.Parameters.Add(new NpgsqlParameter { Value = database });
        return await ask.ExecuteScalarAsync() is 1L;
    }

    private static Task Copy(NpgsqlConnection admin, string database, string template) =>
        TestCluster.Run(admin, $"create database {database} template {template}");
}

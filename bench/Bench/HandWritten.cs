using System.Diagnostics;
using System.Globalization;
using System.Text.RegularExpressions;
using BusinessM.Engines.Postgres;
using Npgsql;

namespace BusinessM.Bench;

/// <summary>The hand-written SQL on the same server, driven by pgbench.</summary>
internal sealed partial class HandWritten(EmbeddedCluster cluster)
{
    /// <summary>The database of the program itself.</summary>
    public const string Installation = "business_m";

    private const string Name = "bench_sql";

    /// <summary>Makes its database anew.</summary>
    public async Task SetUp()
    {
        await Run(cluster.ConnectionString("postgres", EmbeddedCluster.Superuser), $"drop database if exists {Name} with (force)");
        await Run(cluster.ConnectionString("postgres", EmbeddedCluster.Superuser), $"create database {Name}");
        var script = Path.Combine(AppContext.BaseDirectory, "sql", "same-work.sql");
        await Run(cluster.ConnectionString(Name, EmbeddedCluster.Superuser), await File.ReadAllTextAsync(script));
    }

    /// <summary>Transactions per second of a pgbench script in its own database.</summary>
    public Task<double> PerSecond(string script, int clients, int seconds) =>
        PgBench(clients, seconds, Path.Combine(AppContext.BaseDirectory, "sql", script), EmbeddedCluster.Superuser, Name);

    /// <summary>Transactions per second of a text in the program's database, as one of the program's roles.</summary>
    public async Task<double> PerSecond(int clients, int seconds, string text, string role)
    {
        var file = Path.GetTempFileName();
        await File.WriteAllTextAsync(file, text);
        var perSecond = await PgBench(clients, seconds, file, role, Installation);
        File.Delete(file);
        return perSecond;
    }

    private async Task<double> PgBench(int clients, int seconds, string file, string role, string database)
    {
        var info = new ProcessStartInfo(Program(), [
            "-h", cluster.SocketFolder, "-U", role, "-n", "-M", "prepared",
            "-T", seconds.ToString(CultureInfo.InvariantCulture), "-c", clients.ToString(CultureInfo.InvariantCulture),
            "-f", file, database])
        { RedirectStandardOutput = true, RedirectStandardError = true };
        using var pgbench = Process.Start(info)!;
        var errors = pgbench.StandardError.ReadToEndAsync();
        var output = await pgbench.StandardOutput.ReadToEndAsync();
        await pgbench.WaitForExitAsync();
        var tps = Tps().Match(output);
        return tps.Success ? double.Parse(tps.Groups[1].ValueSpan, CultureInfo.InvariantCulture)
            : throw new InvalidOperationException($"pgbench failed: {await errors}");
    }

    /// <summary>The settings of durability as the server has them.</summary>
    public async Task<string> Durability()
    {
        await using var connection = new NpgsqlConnection(cluster.ConnectionString("postgres", EmbeddedCluster.Superuser));
        await connection.OpenAsync();
        await using var command = new NpgsqlCommand("""
            select string_agg(name || '=' || setting || coalesce(unit, ''), ', ' order by name) from pg_settings where name in
            ('server_version', 'fsync', 'full_page_writes', 'synchronous_commit', 'shared_buffers', 'wal_compression', 'max_wal_size')
            """, connection);
        return (string)(await command.ExecuteScalarAsync())!;
    }

    private static string Program() => Directory.Exists("/usr/lib/postgresql")
        ? Directory.GetFiles("/usr/lib/postgresql", "pgbench", SearchOption.AllDirectories).FirstOrDefault() ?? "pgbench"
        : "pgbench";

    private static async Task Run(string connectionString, string sql)
    {
        await using var connection = new NpgsqlConnection(connectionString + ";Pooling=false");
        await connection.OpenAsync();
        await using var command = new NpgsqlCommand(sql, connection) { CommandTimeout = 0 };
        await command.ExecuteNonQueryAsync();
    }

    [GeneratedRegex(@"tps = ([0-9.]+)")]
    private static partial Regex Tps();
}

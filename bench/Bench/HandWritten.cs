using System.Diagnostics;
using System.Globalization;
using System.Text.RegularExpressions;
using BusinessM.Engines.Postgres;
using Npgsql;

namespace BusinessM.Bench;

/// <summary>The hand-written SQL on the same server, driven by pgbench.</summary>
internal sealed partial class HandWritten(EmbeddedCluster cluster)
{
    private const string Name = "bench_sql";

    /// <summary>Makes its database anew.</summary>
    public async Task SetUp()
    {
        await Run(cluster.ConnectionString("postgres", EmbeddedCluster.Superuser), $"drop database if exists {Name} with (force)");
        await Run(cluster.ConnectionString("postgres", EmbeddedCluster.Superuser), $"create database {Name}");
        var script = Path.Combine(AppContext.BaseDirectory, "sql", "same-work.sql");
        await Run(cluster.ConnectionString(Name, EmbeddedCluster.Superuser), await File.ReadAllTextAsync(script));
    }

    /// <summary>Transactions per second of a pgbench script.</summary>
    public async Task<double> PerSecond(string script, int clients, int seconds)
    {
        var info = new ProcessStartInfo(PgBench(), [
            "-h", cluster.SocketFolder, "-U", EmbeddedCluster.Superuser, "-n", "-M", "prepared",
            "-T", seconds.ToString(CultureInfo.InvariantCulture), "-c", clients.ToString(CultureInfo.InvariantCulture),
            "-f", Path.Combine(AppContext.BaseDirectory, "sql", script), Name])
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

    private static string PgBench() => Directory.Exists("/usr/lib/postgresql")
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

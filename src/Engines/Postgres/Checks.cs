using Npgsql;

namespace BusinessM.Engines.Postgres;

/// <summary>One invariant of <c>business-m check</c>: its name, what it promises, and SQL over what is stored for ever
/// that answers a row (named in text) and what is wrong with it for each breach. It reads no maintained table but the
/// one that it examines.</summary>
public sealed record Check(string Name, string Promise, string Sql);

/// <summary>A row that breaks an invariant.</summary>
public sealed record Finding(string Check, string Row, string What);

/// <summary>How many rows break each invariant; of the rows themselves the first <see cref="Checks.FindingsMax"/>.
/// </summary>
public sealed record CheckResult(Check Check, long Breaches, IReadOnlyList<Finding> Findings, TimeSpan Took);

/// <summary>Runs checks on one snapshot of the database, so that a host that works meanwhile does not disturb.</summary>
public static class Checks
{
    public const int FindingsMax = 20;

    /// <summary>As the owner of all objects, read only. An invariant of a schema that this database does not have is left
    /// out by the caller.</summary>
    public static async IAsyncEnumerable<CheckResult> Run(Database database, IEnumerable<Check> checks,
        [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken ct)
    {
        await using var connection = await database.Owner.OpenConnectionAsync(ct);
        await using var snapshot = await connection.BeginTransactionAsync(System.Data.IsolationLevel.RepeatableRead, ct);
        await using (var set = new NpgsqlCommand("set transaction read only; set local work_mem = '256MB'; "
            + "set local timezone = 'UTC'", connection)) await set.ExecuteNonQueryAsync(ct);
        foreach (var check in checks) yield return await Run(connection, check, ct);
    }

    private static async Task<CheckResult> Run(NpgsqlConnection connection, Check check, CancellationToken ct)
    {
        var began = TimeProvider.System.GetTimestamp();
        await using var command = new NpgsqlCommand($"""
            with breach(line, what) as materialized ({check.Sql})
            select line, what, count(*) over () from breach order by line limit {FindingsMax}
            """, connection) { CommandTimeout = 0 };
        await using var rows = await command.ExecuteReaderAsync(ct);
        var (findings, breaches) = (new List<Finding>(), 0L);
        while (await rows.ReadAsync(ct))
        {
            findings.Add(new Finding(check.Name, rows.GetString(0), rows.GetString(1)));
            breaches = rows.GetInt64(2);
        }
        return new CheckResult(check, breaches, findings, TimeProvider.System.GetElapsedTime(began));
    }
}

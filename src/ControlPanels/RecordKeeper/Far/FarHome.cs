using Microsoft.Extensions.Logging;

namespace BusinessM.Records.Far;

/// <summary>Opens the protocol on a database when the process starts, and notices there that the database was restored
/// since: it is another place than before (another server, timeline, database or table), or it has taken fewer steps
/// than the host's witness has seen. Then the incarnation is renewed, and the context is closed until all others have
/// answered (rule 8).</summary>
public sealed partial class FarHome(IRecordDatabase database, FarWitness witness, TimeProvider clock,
    ILogger<FarHome> log)
{
    // A recovery to a point in time, and a promoted standby, are on a new timeline.
    private const string Here = """
        select system_identifier::text || ' ' || substr(pg_walfile_name(pg_current_wal_insert_lsn()), 1, 8)
          || ' ' || (select oid from pg_database where datname = current_database())::text
          || ' ' || 'record.far_home'::regclass::oid::text
        from pg_control_system()
        """;

    /// <summary>Gives the first incarnation where there is none yet. Repeating it is harmless.</summary>
    /// <param name="others">All other contexts of the mesh. Those that this database has heard of are added, but it may
    /// have forgotten one.</param>
    public async Task Begin(string context, IReadOnlyCollection<string> others, CancellationToken ct)
    {
        var seen = witness.Seen;
        await using var connection = await database.OpenLane(ct);
        await using var transaction = await connection.BeginTransactionAsync(ct);
        await connection.Execute([
            new LaneCommand("insert into record.far_row (kind, id, waiting, body) values ('self', '', false, "
                + "jsonb_build_object('context', $1::text, 'incarnation', 1)) on conflict do nothing", context),
            new LaneCommand($"insert into record.far_home (place, mark) select here, 0 from ({Here}) h (here) "
                + "on conflict do nothing")]);
        FarRows rows;
        string was, here;
        await using (var look = connection.Batch([FarSql.Lock, FarSql.Look([new FarScope([])]),
            new LaneCommand($"select place, here from record.far_home, ({Here}) h (here)")]))
        await using (var reader = await look.ExecuteReaderAsync(ct))
        {
            await reader.NextResultAsync(ct);
            rows = (await FarSql.Read(reader, ct))!;
            await reader.NextResultAsync(ct);
            await reader.ReadAsync(ct);
            (was, here) = (reader.GetString(0), reader.GetString(1));
        }
        var mark = rows.Mark;
        if (was != here || seen > rows.Mark)
        {
            mark = Math.Max(rows.Mark, seen) + 1;
            var renewed = FarRestore.Renew(rows, FarRestore.Next(rows, clock.GetUtcNow()),
                [.. others.Union(rows.Peers.Select(p => p.Context)).Where(o => o != context)]);
            await connection.Execute([.. FarSql.Write(renewed.Rows),
                new LaneCommand("update record.far_home set place = $1, mark = $2", here, mark)]);
        }
        await transaction.CommitAsync(ct);
        if (mark > rows.Mark) Restored(context, was, here, rows.Mark, seen);
        witness.Saw(mark);
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "The database of {Context} was restored (place {Was}, now "
        + "{Here}; {Mark} steps, {Seen} seen): it stays closed until every other context has answered")]
    private partial void Restored(string context, string was, string here, long mark, long seen);
}

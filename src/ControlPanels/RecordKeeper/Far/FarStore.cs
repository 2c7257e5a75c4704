using System.Data.Common;

namespace BusinessM.Records.Far;

/// <summary>The rows of the protocol in the context's database. One step is one transaction.</summary>
public sealed class FarStore(IRecordDatabase database, FarWitness witness)
{
    /// <summary>How long a step waits for a commit on its way before it leaves the matter undecided.</summary>
    public const int LockTimeoutMs = 2_000;

    /// <summary>The rows as they are now; nothing is locked.</summary>
    public async Task<FarRows> Read(FarScope scope, CancellationToken ct)
    {
        await using var connection = await database.OpenLane(ct);
        await using var batch = connection.Batch([FarSql.Look([scope])]);
        await using var reader = await batch.ExecuteReaderAsync(ct);
        var rows = Begun(await FarSql.Read(reader, ct));
        witness.Saw(rows.Mark);
        return rows;
    }

    /// <summary>A step without any keeper's part in it: locks, looks, decides, writes. Null: busy with a commit,
    /// nothing was decided.</summary>
    public async Task<T?> Step<T>(FarScope scope, Func<FarRows, (FarStep Step, T Answer)> decide, CancellationToken ct)
        where T : class
    {
        await using var connection = await database.OpenLane(ct);
        await using var transaction = await connection.BeginTransactionAsync(ct);
        try
        {
            FarRows rows;
            await using (var look = connection.Batch([
                new LaneCommand(FormattableString.Invariant($"set local lock_timeout = {LockTimeoutMs}")), FarSql.Lock,
                FarSql.Look([scope])]))
            await using (var reader = await look.ExecuteReaderAsync(ct))
            {
                await reader.NextResultAsync(ct);
                rows = Begun(await FarSql.Read(reader, ct));
            }
            var (step, answer) = decide(rows);
            if (!step.Ops.IsEmpty) throw new InvalidOperationException("A keeper's part belongs to the lane");
            if (!step.Rows.IsEmpty) await connection.Execute([.. FarSql.Write(step.Rows)]);
            await transaction.CommitAsync(ct);
            witness.Saw(step.Rows.IsEmpty ? rows.Mark : rows.Mark + 1);
            return answer;
        }
        catch (DbException fault) when (fault.SqlState == "55P03")
        {
            return null;
        }
    }

    private static FarRows Begun(FarRows? rows) =>
        rows ?? throw new InvalidOperationException("The context has not begun: no incarnation");
}

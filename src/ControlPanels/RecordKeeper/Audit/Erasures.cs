using System.Data.Common;
using BusinessM.Contracts.RecordKeeper;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace BusinessM.Records;

/// <summary>What documents were before is to be erased: from the values beside the audit chain, from their notes, and
/// from kept answers that show them (policy 19). Ordered with the commit, done soon after it. The same commit empties
/// the documents themselves; its own link says what fields changed, and not what they were.</summary>
/// <param name="Reason">Kept and sealed.</param>
public sealed record HistoryErased(CompanyId Company, IReadOnlyList<Guid> Documents, string Reason) : IEffect;

/// <summary>Does the erasures that are ordered: the links and their hashes stay, the values of these documents go, and
/// the digest of what is left stands beside, so that <c>check</c> still finds any other change.</summary>
public sealed partial class Erasures(Lane lane, TimeProvider clock, ILogger<Erasures> log) : BackgroundService
{
    private static readonly TimeSpan Hourly = TimeSpan.FromHours(1);
    private readonly SemaphoreSlim _wake = new(0);

    /// <summary>Something was ordered.</summary>
    public void Wake() => _wake.Release();

    /// <summary>Does all that is ordered. Repeating it is harmless.</summary>
    public Task Run() => lane.Remove("select record.erase($1)", clock.GetUtcNow());

    public override void Dispose()
    {
        _wake.Dispose();
        base.Dispose();
    }

    protected override async Task ExecuteAsync(CancellationToken ct)
    {
        while (!ct.IsCancellationRequested)
        {
            try
            {
                await Run();
            }
            catch (DbException fault)
            {
                Failed(fault);
            }
            await _wake.WaitAsync(Hourly, ct);
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "Erasures could not be done; trying again in an hour")]
    private partial void Failed(Exception fault);
}

/// <summary>Writes the orders with the units that give them.</summary>
internal sealed class ErasureOrders : ILanePart
{
    private const string Insert = """
        insert into record.erasure (company, document, seq, reason, at)
        select * from unnest($1::uuid[], $2::uuid[], $3::bigint[], $4::text[], $5::timestamptz[])
        on conflict (company, document) do update
            set seq = excluded.seq, reason = excluded.reason, at = excluded.at, done_at = null
        """;

    public ILaneWork? Begin(IReadOnlyList<LaneUnit> units) =>
        units.Any(unit => unit.Effects.Any(effect => effect is HistoryErased)) ? new Work() : null;

    private sealed class Work : ILaneWork
    {
        public bool Recall() => true;

        public IReadOnlyList<LaneCommand> Look() => [];

        public Task Read(DbDataReader reader, CancellationToken ct) => Task.CompletedTask;

        public void Reset()
        {
        }

        public Result<Done> Decide(LaneUnit unit) => Done.Ok;

        public byte[]? Digest(LaneUnit unit, CompanyId company) => null;

        public LaneWrites Write(IReadOnlyList<LaneUnit> accepted)
        {
            var rows = (from unit in accepted
                        from order in unit.Effects.OfType<HistoryErased>()
                        from document in order.Documents
                        let recorded = unit.Recorded(order.Company)
                        select (order.Company, document, recorded.Sequence, order.Reason, recorded.At)).ToArray();
            return rows is [] ? LaneWrites.Nothing : new LaneWrites([new LaneCommand(Insert,
                Array.ConvertAll(rows, r => r.Company.Value), Array.ConvertAll(rows, r => r.document),
                Array.ConvertAll(rows, r => r.Sequence), Array.ConvertAll(rows, r => r.Reason),
                Array.ConvertAll(rows, r => r.At))]);
        }

        public void Committed(IReadOnlyList<LaneUnit> accepted)
        {
        }
    }
}

using System.Collections.Immutable;
using System.Data.Common;
using BusinessM.Contracts.RecordKeeper;

namespace BusinessM.Records.Far;

/// <summary>A step of the protocol that takes effect with a unit's commit: decided again under the lock, on the rows as
/// they are then. <paramref name="Planned"/>: what the keepers' effects in the unit were made for; if the step says
/// otherwise by then, the unit is refused and planned anew.</summary>
public sealed class FarDecision(CompanyId company, FarScope scope, ImmutableArray<FarOp> planned,
    Func<FarRows, Result<FarStep>> decide) : IEffect
{
    public CompanyId Company { get; } = company;

    public FarScope Scope { get; } = scope;

    /// <summary>The step that became durable; null before.</summary>
    public FarStep? Taken { get; internal set; }

    /// <summary>Numbers of the documents that parts come from, handed out in the lane after the decision.</summary>
    internal IReadOnlyDictionary<FarId, FarNumber> Numbers { get; init; } = new Dictionary<FarId, FarNumber>();

    internal FarStep? Accepted { get; set; }

    /// <summary>The accepted step with the numbers in what it confirms.</summary>
    internal FarStep Numbered() => Accepted! with
    {
        Rows = [.. Accepted.Rows.Select(row => row is ConfirmRow c && NumberOf(c.Id) is { } number
            ? c with { Effect = c.Effect with { Number = number } } : row)],
        Sends = [.. Accepted.Sends.Select(e => e.Message is Confirm c && NumberOf(c.Id) is { } number
            ? e with { Message = c with { Effect = c.Effect with { Number = number } } } : e)],
    };

    private string? NumberOf(FarId id) => Numbers.TryGetValue(id, out var number) ? number.Value : null;

    internal Result<FarStep> Decide(FarRows rows)
    {
        var decided = decide(rows);
        if (decided.Failed) return decided;
        var same = planned.Select(o => (o.Kind, o.Id)).SequenceEqual(decided.Value.Ops.Select(o => (o.Kind, o.Id)));
        return same ? decided : RecordErrors.FarMoved.With($"Another step came first; it is decided again");
    }
}

/// <summary>Hears the number of the document that a far call comes from.</summary>
public sealed class FarNumber(CompanyId company, Guid source) : INumberedEffect
{
    public CompanyId Company { get; } = company;

    public Guid Source { get; } = source;

    public string? Value { get; private set; }

    public void Numbered(string number) => Value = number;
}

/// <summary>The protocol's part in the lane. It holds the protocol's lock from the look to the commit, so a tombstone
/// waits for a commit on its way, and the unique key of the outcome is the last word.</summary>
public sealed class FarLanePart(FarPost post, FarWitness witness) : ILanePart
{
    public ILaneWork? Begin(IReadOnlyList<LaneUnit> units)
    {
        FarDecision[] all = [.. units.SelectMany(Of)];
        return all.Length == 0 ? null : new Work(all, post, witness);
    }

    private static IEnumerable<FarDecision> Of(LaneUnit unit) => unit.Effects.OfType<FarDecision>();

    private sealed class Work(FarDecision[] all, FarPost post, FarWitness witness) : ILaneWork
    {
        private FarRows? _before;
        private FarRows? _rows;
        private long _mark;

        // The protocol's rows are also changed outside the companies' heads.
        public bool Recall() => false;

        public IReadOnlyList<LaneCommand> Look() => [FarSql.Lock, FarSql.Look([.. all.Select(d => d.Scope)])];

        public async Task Read(DbDataReader reader, CancellationToken ct)
        {
            await reader.NextResultAsync(ct);
            _before = await FarSql.Read(reader, ct);
        }

        public void Reset() => _rows = _before;

        public Result<Done> Decide(LaneUnit unit)
        {
            var rows = _rows ?? throw new InvalidOperationException("The context has not begun: no incarnation");
            foreach (var decision in Of(unit))
            {
                var step = decision.Decide(rows);
                if (step.Failed) return step.Failure;
                decision.Accepted = step.Value;
                rows = rows.With(step.Value.Rows);
            }
            _rows = rows;
            return Done.Ok;
        }

        public byte[]? Digest(LaneUnit unit, CompanyId company) => null;

        public LaneWrites Write(IReadOnlyList<LaneUnit> accepted)
        {
            LaneCommand[] written = [.. FarSql.Write(accepted.SelectMany(Of).SelectMany(d => d.Numbered().Rows))];
            _mark = _before!.Mark + (written.Length > 0 ? 1 : 0);
            return new LaneWrites(written);
        }

        public void Committed(IReadOnlyList<LaneUnit> accepted)
        {
            witness.Saw(_mark);
            foreach (var decision in accepted.SelectMany(Of))
            {
                decision.Taken = decision.Numbered();
                post.Send(decision.Taken);
            }
        }
    }
}

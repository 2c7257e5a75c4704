using System.Collections.Immutable;

namespace BusinessM.Records.Far;

/// <summary>A durable row of the far protocol. Rows are only inserted or replaced by their key, in one transaction per
/// step; <see cref="OutcomeRow"/> is only ever inserted.</summary>
public abstract record FarRow;

/// <summary>This context and the incarnation of its database.</summary>
public sealed record SelfRow(string Context, long Incarnation) : FarRow;

/// <summary>The newest incarnation heard of another context; what an older one sent is dropped.</summary>
public sealed record PeerRow(string Context, long Incarnation) : FarRow;

/// <summary>While contexts are waited for after a restore, this one is closed.</summary>
public sealed record ReopeningRow(ImmutableArray<string> Waiting, ImmutableArray<HeldPart> Held) : FarRow;

/// <summary>An idempotency key bound to an attempt; ordinal counts the attempts of the key.</summary>
public sealed record AttemptRow(AttemptId Id, string Key, string Fingerprint, int Ordinal, DateTimeOffset Deadline)
    : FarRow;

public enum Outcome { Committed, Aborted }

/// <summary>What became of an attempt, unique by T: a tombstone makes a late commit fail, a commit makes a late
/// tombstone fail. Answer: what the caller was told; null for a tombstone, and for what a restore found committed
/// elsewhere.</summary>
public sealed record OutcomeRow(AttemptId Id, Outcome Outcome, string? Answer) : FarRow;

/// <summary>A row of the outbox: the confirmation for one participant with the whole effect, numbered without gaps per
/// callee within one incarnation, and kept past the backup horizon.</summary>
public sealed record ConfirmRow(string Callee, long Incarnation, long Number, FarId Id, string Key, FarEffect Effect,
    bool Acknowledged) : FarRow;

/// <summary>The last number given to a callee in an incarnation.</summary>
public sealed record CounterRow(string Callee, long Incarnation, long Last) : FarRow;

public enum ReservationState { Reserved, Posted, Released }

/// <summary>A participant's part. Posted and Released are terminal, and kept. The number is that of the confirmation;
/// none where the answer to an inquiry came first.</summary>
public sealed record ReservationRow(FarId Id, string From, string Key, ReservationState State, DateTimeOffset Deadline,
    FarCall? Call, FarEffect Effect, long? NumberIncarnation = null, long? Number = null) : FarRow;

/// <summary>An attempt known here to be aborted: nothing more is reserved for it.</summary>
public sealed record SealRow(AttemptId Attempt) : FarRow;

/// <summary>The numbers received from a sender: all up to <paramref name="Upto"/>, and those above it.</summary>
public sealed record InboxRow(string From, long Incarnation, long Upto, ImmutableArray<long> Above) : FarRow
{
    public bool Has(long number) => number <= Upto || Above.Contains(number);

    public InboxRow And(long number)
    {
        if (Has(number)) return this;
        var above = Above.Add(number).Sort();
        var upto = Upto;
        while (above is [var next, ..] && next == upto + 1) (upto, above) = (next, above.RemoveAt(0));
        return this with { Upto = upto, Above = above };
    }
}

/// <summary>What a participant still has of a restored origin: reported to it before it opens.</summary>
public sealed record HeldPart(FarId Id, string Callee, string Key, bool Posted, FarEffect Effect);

/// <summary>The rows that a step sees: all that belong to its key, attempts and peers (more does no harm).</summary>
public sealed record FarRows
{
    public required SelfRow Self { get; init; }
    public ReopeningRow? Reopening { get; init; }
    public ImmutableArray<PeerRow> Peers { get; init; } = [];
    public ImmutableArray<AttemptRow> Attempts { get; init; } = [];
    public ImmutableArray<OutcomeRow> Outcomes { get; init; } = [];
    public ImmutableArray<ConfirmRow> Confirms { get; init; } = [];
    public ImmutableArray<CounterRow> Counters { get; init; } = [];
    public ImmutableArray<ReservationRow> Reservations { get; init; } = [];
    public ImmutableArray<SealRow> Seals { get; init; } = [];
    public ImmutableArray<InboxRow> Inbox { get; init; } = [];

    /// <summary>How many transactions of the protocol this database has seen; no step is decided by it.</summary>
    public long Mark { get; init; }

    public bool Open => Reopening is null or { Waiting: [] };

    public OutcomeRow? OutcomeOf(AttemptId attempt) => Outcomes.FirstOrDefault(o => o.Id == attempt);

    public AttemptRow? Attempt(AttemptId attempt) => Attempts.FirstOrDefault(a => a.Id == attempt);

    public ReservationRow? Reservation(FarId id) => Reservations.FirstOrDefault(r => r.Id == id);

    public bool Sealed(AttemptId attempt) => Seals.Any(s => s.Attempt == attempt);

    public long PeerIncarnation(string context) =>
        Peers.FirstOrDefault(p => p.Context == context)?.Incarnation ?? 0;

    public InboxRow InboxOf(string from, long incarnation) =>
        Inbox.FirstOrDefault(i => i.From == from && i.Incarnation == incarnation) ?? new(from, incarnation, 0, []);

    public CounterRow Counter(string callee) =>
        Counters.FirstOrDefault(c => c.Callee == callee && c.Incarnation == Self.Incarnation)
        ?? new(callee, Self.Incarnation, 0);

    /// <summary>These rows after the changes, later ones on top of earlier ones.</summary>
    public FarRows With(IEnumerable<FarRow> changes) => changes.Aggregate(this, (rows, change) => rows.With(change));

    private FarRows With(FarRow change) => change switch
    {
        SelfRow r => this with { Self = r },
        ReopeningRow r => this with { Reopening = r },
        PeerRow r => this with { Peers = Put(Peers, r, o => o.Context == r.Context) },
        AttemptRow r => this with { Attempts = Put(Attempts, r, o => o.Id == r.Id) },
        OutcomeRow r => this with { Outcomes = Insert(r) },
        ConfirmRow r => this with { Confirms = Put(Confirms, r, o => o.Callee == r.Callee && o.Id == r.Id) },
        CounterRow r => this with
        {
            Counters = Put(Counters, r, o => (o.Callee, o.Incarnation) == (r.Callee, r.Incarnation)),
        },
        ReservationRow r => this with { Reservations = Put(Reservations, r, o => o.Id == r.Id) },
        SealRow r => this with { Seals = Put(Seals, r, o => o.Attempt == r.Attempt) },
        InboxRow r => this with { Inbox = Put(Inbox, r, o => (o.From, o.Incarnation) == (r.From, r.Incarnation)) },
        _ => throw new InvalidOperationException($"A row of an unknown kind: {change.GetType().Name}"),
    };

    private ImmutableArray<OutcomeRow> Insert(OutcomeRow row) => OutcomeOf(row.Id) is null ? Outcomes.Add(row)
        : throw new InvalidOperationException($"A second outcome for {row.Id}");

    private static ImmutableArray<T> Put<T>(ImmutableArray<T> rows, T row, Func<T, bool> same)
    {
        for (var i = 0; i < rows.Length; i++)
            if (same(rows[i])) return rows.SetItem(i, row);
        return rows.Add(row);
    }
}

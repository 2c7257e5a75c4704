using BusinessM.Contracts.BookKeeper;

namespace BusinessM.Books;

/// <summary>Where the ledger is kept. Every engine decides with <see cref="LedgerRules"/> and answers the same.
/// </summary>
public interface ILedgerEngine : IBooks
{
    /// <summary>A look ahead from what is known now: nothing of it is ever written.</summary>
    LedgerPreview Preview();
}

/// <summary>Loads wanted facts that are not there yet; not fresh: they may be some seconds old. Answers whether they
/// may be.</summary>
public delegate Task<bool> LoadFacts(LedgerState state, LedgerWants wants, bool fresh, CancellationToken ct);

/// <summary>What the ledger would answer to operations one after another; a second sees the first. A refusal never
/// stands on facts that may be old; what is accepted is decided again in the lane.</summary>
public sealed class LedgerPreview(LoadFacts load)
{
    private readonly List<LedgerOperation> _kept = [];
    private LedgerState _state = new();
    private bool _old;

    public async Task<Result<Posted>> Decide(LedgerOperation operation, bool keep, CancellationToken ct)
    {
        _old |= await load(_state, LedgerWants.Of([operation]), fresh: false, ct);
        var mark = _state.Changes.Count;
        var answer = LedgerRules.Decide(_state, operation);
        if (answer.Failed && _old)
        {
            (_state, _old) = (new LedgerState(), false);
            await load(_state, LedgerWants.Of([.. _kept, operation]), fresh: true, ct);
            foreach (var kept in _kept) LedgerRules.Decide(_state, kept);
            mark = _state.Changes.Count;
            answer = LedgerRules.Decide(_state, operation);
        }
        if (!keep) _state.UndoTo(mark);
        else if (!answer.Failed) _kept.Add(operation);
        return answer;
    }

    /// <summary>The document that a reservation comes from, once an operation on it has been decided.</summary>
    public Guid SourceOf(Guid reservation) =>
        _state.Reservations.TryGetValue(reservation, out var entry) ? entry.Content.Source.Id : Guid.Empty;
}

using BusinessM.Contracts.BookKeeper;

namespace BusinessM.Books;

/// <summary>Where the ledger is kept. Every engine decides with <see cref="LedgerRules"/> and answers the same.</summary>
public interface ILedgerEngine : IBooks
{
    /// <summary>Runs units one after another, each all or nothing, each recorded under the next sequence of its
    /// company. The answers of a unit in order of its operations, or the refusal of the first that fails.</summary>
    Task<IReadOnlyList<Result<IReadOnlyList<Posted>>>> Run(IReadOnlyList<LedgerUnit> units, CancellationToken ct);

    /// <summary>A look ahead from what is known now: nothing of it is ever written.</summary>
    LedgerPreview Preview();
}

/// <summary>What the ledger would answer to operations one after another; a second sees the first.</summary>
public sealed class LedgerPreview(Func<LedgerState, LedgerWants, CancellationToken, Task> load)
{
    private readonly LedgerState _state = new();

    public async Task<Result<Posted>> Decide(LedgerOperation operation, bool keep, CancellationToken ct)
    {
        await load(_state, LedgerWants.Of([operation]), ct);
        var mark = _state.Changes.Count;
        var answer = LedgerRules.Decide(_state, operation);
        if (!keep) _state.UndoTo(mark);
        return answer;
    }

    /// <summary>The document that a reservation comes from, once an operation on it has been decided.</summary>
    public Guid SourceOf(Guid reservation) =>
        _state.Reservations.TryGetValue(reservation, out var entry) ? entry.Content.Source.Id : Guid.Empty;
}

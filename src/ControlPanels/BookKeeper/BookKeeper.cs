using BusinessM.Contracts.BookKeeper;
using BusinessM.Contracts.RecordKeeper;
using CompanyBooks = BusinessM.Contracts.BookKeeper.Books;

namespace BusinessM.Books;

/// <summary>The port's near end: looks ahead at once, so that a refusal comes back at once and dooms the unit; what is
/// accepted goes into the unit of work, and the lane decides it finally by the same rules. One per request.</summary>
public sealed class BookKeeper(ILedgerEngine engine, IUnitOfWork unit) : IBookKeeper
{
    private LedgerPreview? _preview;
    private int _seen;

    public Task<Result<Posted>> Post(Journal journal, CancellationToken ct) =>
        Take(new LedgerOperation.Post(journal), ct);

    public Task<Result<Posted>> Reserve(Journal journal, CancellationToken ct) =>
        Take(new LedgerOperation.Reserve(journal), ct);

    public Task<Result<Posted>> Reverse(ReverseJournal reversal, CancellationToken ct) =>
        Take(new LedgerOperation.Reverse(reversal), ct);

    public Task<Result<Posted>> Confirm(ConfirmJournal confirm, CancellationToken ct) =>
        Take(new LedgerOperation.Confirm(confirm), ct);

    public Task<Result<Posted>> Release(ReleaseJournal release, CancellationToken ct) =>
        Take(new LedgerOperation.Release(release), ct);

    public Task<Result<Posted>> DryRun(Journal journal, CancellationToken ct) =>
        LookAhead(new LedgerOperation.Post(journal), keep: false, ct);

    public Task<Result<Done>> Open(CompanyBooks books, CancellationToken ct) =>
        Settle(new LedgerOperation.Open(books), ct);

    public async Task<Result<IReadOnlyList<Result<Posted>>>> PostBatch(JournalBatch batch, CancellationToken ct)
    {
        if (batch.Journals.Count > JournalShape.BatchJournalsMax
            || batch.Journals.Sum(journal => (long)journal.Lines.Count) > JournalShape.BatchLinesMax)
            return unit.Doom(BookErrors.BatchTooLarge.With($"The batch has {batch.Journals.Count} journals",
                "journals"));
        var answers = new List<Result<Posted>>(batch.Journals.Count);
        for (var i = 0; i < batch.Journals.Count; i++)
        {
            var answer = batch.Journals[i].Company == batch.Company
                ? await LookAhead(new LedgerOperation.Post(batch.Journals[i]), keep: true, ct)
                : BookErrors.BatchCompany.With($"The journal is of company {batch.Journals[i].Company}", "company");
            if (answer.TryFailure(out var refusal))
            {
                refusal = refusal.At(FormattableString.Invariant($"journals[{i}]"));
                if (batch.AllOrNothing) return unit.Doom(refusal);
                answer = refusal;
            }
            answers.Add(answer);
        }
        for (var i = 0; i < answers.Count; i++)
            if (answers[i] is { Failed: false, Value.AlreadyThere: false })
                Include(new LedgerOperation.Post(batch.Journals[i]), batch.Journals[i].Source.Id);
        return answers;
    }

    public Task<Result<Done>> PutAccounts(IReadOnlyList<Account> accounts, CancellationToken ct) => accounts.Count == 0
        ? Task.FromResult(Done.Ok) : Settle(new LedgerOperation.PutAccounts(accounts[0].Company, accounts), ct);

    public Task<Result<Done>> PutPeriods(IReadOnlyList<Period> periods, CancellationToken ct) => periods.Count == 0
        ? Task.FromResult(Done.Ok) : Settle(new LedgerOperation.PutPeriods(periods[0].Company, periods), ct);

    private async Task<Result<Done>> Settle(LedgerOperation operation, CancellationToken ct)
    {
        var answer = await Take(operation, ct);
        return answer.Failed ? answer.Failure : new Done();
    }

    private async Task<Result<Posted>> Take(LedgerOperation operation, CancellationToken ct)
    {
        var answer = await LookAhead(operation, keep: true, ct);
        if (answer.Failed) return unit.Doom(answer.Failure);
        if (!answer.Value.AlreadyThere) Include(operation, SourceOf(operation));
        return answer;
    }

    private async Task<Result<Posted>> LookAhead(LedgerOperation operation, bool keep, CancellationToken ct)
    {
        var journal = operation switch
        {
            LedgerOperation.Post post => post.Journal,
            LedgerOperation.Reserve reserve => reserve.Journal,
            _ => null,
        };
        if (journal is not null && JournalShape.RefuseEmptyLine(journal) is { } empty) return empty;
        var preview = _preview ??= engine.Preview();
        for (; _seen < unit.Effects.Count; _seen++)     // what others of this unit have included
            if (unit.Effects[_seen] is LedgerEffect effect) await preview.Decide(effect.Operation, keep: true, ct);
        return await preview.Decide(operation, keep, ct);
    }

    private void Include(LedgerOperation operation, Guid source)
    {
        unit.Include(new LedgerEffect(operation, source));
        _seen = unit.Effects.Count;
    }

    private Guid SourceOf(LedgerOperation operation) => operation switch
    {
        LedgerOperation.Post post => post.Journal.Source.Id,
        LedgerOperation.Reserve reserve => reserve.Journal.Source.Id,
        LedgerOperation.Reverse reverse => reverse.Wish.Source.Id,
        LedgerOperation.Confirm confirm => _preview!.SourceOf(confirm.Wish.Reservation),
        _ => Guid.Empty,
    };
}

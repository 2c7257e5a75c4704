using BusinessM.Contracts.BookKeeper;
using BusinessM.Contracts.Finance;
using BusinessM.Contracts.RecordKeeper;

namespace BusinessM.Finance.Ledger;

/// <summary>The port's near end: other contexts state facts by role, here the accounts are found (policy 17).</summary>
internal sealed class NearLedger(BooksOf booksOf, IBookKeeper keeper, IUnitOfWork unit) : ILedger
{
    public async Task<Result<FactPosted>> Post(BusinessFact fact, CancellationToken ct)
    {
        var books = await booksOf.Of(fact.Company, ct);
        if (books.Failed) return unit.Doom(books.Failure);
        var lines = new JournalLine[fact.Lines.Count];
        for (var i = 0; i < lines.Length; i++)
        {
            var line = fact.Lines[i];
            var account = books.Value.Roles.Of(line.Role);
            if (account.Failed) return unit.Doom(account.Failure.At(FormattableString.Invariant($"lines[{i}].role")));
            if (line.BaseAmount is null && line.Currency != books.Value.Currency.Code)
                return unit.Doom(FinanceErrors.AmountInvalid.With(
                    $"{line.Currency} needs an amount in {books.Value.Currency} too",
                    FormattableString.Invariant($"lines[{i}].baseAmount")));
            lines[i] = new JournalLine(account.Value, line.Side, line.Amount, line.Currency,
                line.BaseAmount ?? line.Amount,
                line.Party?.ToString(), line.Text, line.Dimensions);
        }
        var posted = await keeper.Post(new Journal(fact.Id, fact.Company, fact.Date, fact.Source, lines, fact.Text),
            ct);
        return posted.Failed ? posted.Failure : new FactPosted(posted.Value.Journal, posted.Value.AlreadyThere);
    }

    public async Task<Result<FactPosted>> Reverse(ReverseFact reversal, CancellationToken ct)
    {
        var books = await booksOf.Of(reversal.Company, ct);
        if (books.Failed) return unit.Doom(books.Failure);
        var posted = await keeper.Reverse(new ReverseJournal(reversal.Company, reversal.Fact, reversal.Reversal,
            reversal.Source, reversal.Reason, reversal.Date), ct);
        return posted.Failed ? posted.Failure : new FactPosted(posted.Value.Journal, posted.Value.AlreadyThere);
    }
}

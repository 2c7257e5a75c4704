using BusinessM.Contracts.BookKeeper;

namespace BusinessM.Books;

/// <summary>The decisions of the ledger, pure: the facts and one operation in; the facts changed, or a refusal and
/// nothing changed. Every engine uses this very code. Refusals in the order of <see cref="BookErrors"/>.</summary>
public static class LedgerRules
{
    /// <summary>All of the unit or nothing: the answers in order, or the first refusal.</summary>
    public static Result<IReadOnlyList<Posted>> Decide(LedgerState state, LedgerUnit unit)
    {
        var mark = state.Changes.Count;
        var answers = new List<Posted>(unit.Operations.Count);
        foreach (var operation in unit.Operations)
        {
            if (Decide(state, operation).TryFailure(out var refusal, out var posted))
            {
                state.UndoTo(mark);
                return refusal;
            }
            answers.Add(posted);
        }
        return answers;
    }

    /// <summary>One operation; what concerns no journal answers with an empty id.</summary>
    public static Result<Posted> Decide(LedgerState state, LedgerOperation operation) => operation switch
    {
        LedgerOperation.Post post => Post(state, post),
        LedgerOperation.Reserve reserve => Reserve(state, reserve),
        LedgerOperation.Reverse reverse => Reverse(state, reverse),
        LedgerOperation.Confirm confirm => ReservationRules.Confirm(state, confirm),
        LedgerOperation.Release release => ReservationRules.Release(state, release),
        LedgerOperation.Open open => ChartRules.Open(state, open),
        LedgerOperation.PutAccounts accounts => ChartRules.Put(state, accounts),
        LedgerOperation.PutPeriods periods => ChartRules.Put(state, periods),
        _ => throw new InvalidOperationException($"No rule for {operation.GetType().Name}"),
    };

    internal static Error NoBooks(CompanyId company) =>
        BookErrors.CompanyUnknown.With($"Company {company} has no books");

    internal static Error Differs(Guid id, string field) =>
        BookErrors.JournalDiffers.With($"Journal {id} is there with another {field}", field);

    private static Result<Posted> Post(LedgerState state, LedgerOperation.Post post)
    {
        var journal = post.Journal;
        if (!state.Companies.TryGetValue(journal.Company, out var company)) return NoBooks(journal.Company);
        if (state.Journals.TryGetValue(journal.Id, out var there))
            return SameAs(there, journal) is { } field ? Differs(journal.Id, field) : new Posted(journal.Id, true);
        if (state.Reservations.ContainsKey(journal.Id))
            return BookErrors.JournalReserved.With($"{journal.Id} is a reservation", "id");
        var period = Check(state, company, journal, reserve: false);
        if (period.Failed) return period.Failure;
        state.Do(new LedgerChange.JournalPosted(JournalEntry.Of(journal, period.Value, null, null, post)));
        return new Posted(journal.Id);
    }

    private static Result<Posted> Reserve(LedgerState state, LedgerOperation.Reserve reserve)
    {
        var journal = reserve.Journal;
        if (!state.Companies.TryGetValue(journal.Company, out var company)) return NoBooks(journal.Company);
        if (state.Reservations.TryGetValue(journal.Id, out var there))
            return JournalContent.Difference(there.Content, journal) is { } field
                ? Differs(journal.Id, field) : new Posted(journal.Id, true);
        if (state.Journals.ContainsKey(journal.Id))
            return BookErrors.JournalDiffers.With($"Journal {journal.Id} is posted, not reserved", "id");
        var period = Check(state, company, journal, reserve: true);
        if (period.Failed) return period.Failure;
        var entry = new ReservationEntry(journal, period.Value, ReservationState.Reserved, null, null);
        state.Do(new LedgerChange.Reserved(entry, reserve));
        return new Posted(journal.Id);
    }

    private static Result<Posted> Reverse(LedgerState state, LedgerOperation.Reverse reverse)
    {
        var wish = reverse.Wish;
        if (!state.Companies.TryGetValue(wish.Company, out var company)) return NoBooks(wish.Company);
        if (state.Journals.TryGetValue(wish.Reversal, out var there))
            return ReversalDifference(there, wish) is { } field
                ? Differs(wish.Reversal, field) : new Posted(wish.Reversal, true);
        if (state.Reservations.ContainsKey(wish.Reversal))
            return BookErrors.JournalReserved.With($"{wish.Reversal} is a reservation", "reversal");
        if (!state.Journals.TryGetValue(wish.Journal, out var original) || original.Content.Company != wish.Company)
            return BookErrors.JournalUnknown.With($"There is no journal {wish.Journal}", "journal");
        if (state.ReversedBy.TryGetValue(wish.Journal, out var by))
            return BookErrors.JournalReversed.With($"Journal {wish.Journal} has been reversed by {by}", "journal");
        if (original.Reverses is { } first)
            return BookErrors.JournalIsReversal.With($"Journal {wish.Journal} reverses {first}", "journal");
        if (JournalShape.Text(wish.Reason, "reason", JournalShape.TextMax, needed: true) is { } reason) return reason;
        var dated = DateOfReversal(company, original, wish.Date);
        if (dated.Failed) return dated.Failure;
        var mirror = new Journal(wish.Reversal, wish.Company, dated.Value.Date, wish.Source,
            JournalContent.Mirror(original.Content.Lines), wish.Reason, dated.Value.Adjustment);
        var period = Check(state, company, mirror, reserve: false);
        if (period.Failed) return period.Failure;
        state.Do(new LedgerChange.JournalPosted(JournalEntry.Of(mirror, period.Value, wish.Journal, null, reverse)));
        return new Posted(wish.Reversal);
    }

    /// <summary>The original's day while its period is open, else the first open day after it (policy 5).</summary>
    private static Result<(DateOnly Date, bool Adjustment)> DateOfReversal(CompanyFacts company, JournalEntry original,
        DateOnly? wished)
    {
        var was = original.Content;
        if (wished < was.Date)
            return BookErrors.ReversalTooEarly.With($"{wished:yyyy-MM-dd} is before {was.Date:yyyy-MM-dd}", "date");
        if (wished is { } date) return (date, was.Adjustment && date == was.Date);
        if (company.PeriodOf(was.Date, was.Adjustment) is { State: PeriodState.Open }) return (was.Date,
            was.Adjustment);
        var open = company.Periods.Values.Where(p => p is { State: PeriodState.Open, Adjustment: false }
            && p.To >= was.Date)
            .OrderBy(p => p.From).FirstOrDefault();
        if (open is null) return BookErrors.PeriodMissing.With($"No period is open after {was.Date:yyyy-MM-dd}",
            "date");
        return (open.From > was.Date ? open.From : was.Date, false);
    }

    /// <summary>Shape, period, accounts, limits; answers the period's code.</summary>
    internal static Result<string> Check(LedgerState state, CompanyFacts company, Journal journal, bool reserve)
    {
        if (JournalShape.Refuse(journal, company.Books) is { } shape) return shape;
        if (company.PeriodOf(journal.Date, journal.Adjustment) is not { } period)
            return BookErrors.PeriodMissing.With($"No period holds {journal.Date:yyyy-MM-dd}", "date");
        if (period.State == PeriodState.Closing)
            return BookErrors.PeriodClosing.With($"Period {period.Code} is being closed", "date");
        if (period.State == PeriodState.Closed) return BookErrors.PeriodClosed.With($"Period {period.Code} is closed",
            "date");
        for (var i = 0; i < journal.Lines.Count; i++)
            if (Account(company, journal.Lines[i]) is { } refusal)
                return refusal.At(FormattableString.Invariant($"lines[{i}]"));
        if (LimitRules.Refuse(state, company, journal, reserve) is { } limit) return limit;
        return period.Code;
    }

    private static Error? Account(CompanyFacts company, JournalLine line)
    {
        if (!company.Accounts.TryGetValue(line.Account, out var entry))
            return BookErrors.AccountUnknown.With($"There is no account {line.Account}", "account");
        var account = entry.Account;
        if (account.Group) return BookErrors.AccountIsGroup.With($"Account {account.Code} is a group", "account");
        if (account.Closed) return BookErrors.AccountClosed.With($"Account {account.Code} is closed", "account");
        return account.Currency is { } currency && currency != line.Currency
            ? BookErrors.AccountCurrency.With($"Account {account.Code} takes {currency}, not {line.Currency}",
                "currency")
            : null;
    }

    // A journal that was reserved and confirmed as a whole is the same as one that was posted: the caller who repeats it
    // need not know which way it came.
    private static string? SameAs(JournalEntry there, Journal wanted) =>
        there.Content.Company != wanted.Company ? "id"
        : there.Reverses is not null ? "reverses"
        : JournalContent.Difference(there.Content, wanted);

    private static string? ReversalDifference(JournalEntry there, ReverseJournal wish) =>
        there.Content.Company != wish.Company ? "id"
        : there.Reverses != wish.Journal ? "journal"
        : JournalContent.SourceDifference(there.Content.Source, wish.Source)
            ?? (there.Content.Text != wish.Reason ? "reason"
            : wish.Date is { } date && there.Content.Date != date ? "date" : null);
}

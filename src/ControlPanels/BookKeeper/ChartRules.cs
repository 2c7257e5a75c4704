using BusinessM.Contracts.BookKeeper;

namespace BusinessM.Books;

/// <summary>Books, accounts and periods: what may be opened and what may still change.</summary>
internal static class ChartRules
{
    private static readonly Posted Nothing = new(Guid.Empty);

    internal static Result<Posted> Open(LedgerState state, LedgerOperation.Open open)
    {
        var books = open.Books;
        if (!Currency.TryParse(books.Currency, out _))
            return BookErrors.CurrencyUnknown.With($"'{books.Currency}' is no currency", "currency");
        for (var i = 0; i < books.Dimensions.Count; i++)
            if (JournalShape.Text(books.Dimensions[i], $"dimensions[{i}]", JournalShape.CodeMax,
                needed: true) is { } text)
                return text;
        if (books.Dimensions.Count > JournalShape.DimensionsMax
            || books.Dimensions.Distinct().Count() < books.Dimensions.Count)
            return BookErrors.TextInvalid.With($"At most {JournalShape.DimensionsMax} dimensions, each once",
                "dimensions");
        if (state.Companies.TryGetValue(books.Company, out var facts))
        {
            if (facts.Books.Currency != books.Currency)
                return BookErrors.CompanyCurrencyFixed.With($"The books are kept in {facts.Books.Currency}",
                    "currency");
            if (facts.Books.Dimensions.Except(books.Dimensions).FirstOrDefault() is { } removed)
                return BookErrors.DimensionRemoved.With($"Dimension '{removed}' is missing", "dimensions");
            if (facts.Books.Dimensions.SequenceEqual(books.Dimensions)) return Nothing with { AlreadyThere = true };
        }
        state.Do(new LedgerChange.BooksPut(books));
        return Nothing;
    }

    internal static Result<Posted> Put(LedgerState state, LedgerOperation.PutAccounts put)
    {
        if (!state.Companies.TryGetValue(put.Company, out var company)) return LedgerRules.NoBooks(put.Company);
        var mark = state.Changes.Count;
        for (var i = 0; i < put.Accounts.Count; i++)
        {
            var account = put.Accounts[i];
            if (Refuse(company, account) is { } refusal)
            {
                state.UndoTo(mark);
                return refusal.At(FormattableString.Invariant($"accounts[{i}]"));
            }
            if (company.Accounts.TryGetValue(account.Code, out var there) && there.Account == account) continue;
            state.Do(new LedgerChange.AccountPut(account));
        }
        return Nothing with { AlreadyThere = state.Changes.Count == mark };
    }

    internal static Result<Posted> Put(LedgerState state, LedgerOperation.PutPeriods put)
    {
        if (!state.Companies.TryGetValue(put.Company, out var company)) return LedgerRules.NoBooks(put.Company);
        var mark = state.Changes.Count;
        for (var i = 0; i < put.Periods.Count; i++)
        {
            var period = put.Periods[i];
            if (Refuse(state, company, period) is { } refusal)
            {
                state.UndoTo(mark);
                return refusal.At(FormattableString.Invariant($"periods[{i}]"));
            }
            if (company.Periods.GetValueOrDefault(period.Code) == period) continue;
            state.Do(new LedgerChange.PeriodPut(period));
        }
        return Nothing with { AlreadyThere = state.Changes.Count == mark };
    }

    private static Error? Refuse(CompanyFacts company, Account account)
    {
        if (account.Company != company.Books.Company) return LedgerRules.NoBooks(account.Company);
        if (JournalShape.Text(account.Code, "code", JournalShape.CodeMax, needed: true) is { } code) return code;
        if (JournalShape.Text(account.Name, "name", JournalShape.TextMax, needed: true) is { } name) return name;
        if (account.Currency is { } currency && !Currency.TryParse(currency, out _))
            return BookErrors.CurrencyUnknown.With($"'{currency}' is no currency", "currency");
        var limitIn = account.Currency is { } own ? Currency.Of(own) : company.Currency;
        if (Outside(account.Limit?.MaxDebitBalance,
            limitIn)) return LimitInvalid(account.Limit!.MaxDebitBalance!.Value, limitIn);
        if (Outside(account.Limit?.MaxCreditBalance,
            limitIn)) return LimitInvalid(account.Limit!.MaxCreditBalance!.Value, limitIn);
        if (!company.Accounts.TryGetValue(account.Code, out var there) || there.Uses <= 0) return null;
        var was = there.Account;
        var field = was.Type != account.Type ? "type" : was.Currency != account.Currency ? "currency"
            : was.Group != account.Group ? "group" : null;
        return field is null ? null
            : BookErrors.AccountFixed.With($"Account {account.Code} has postings: its {field} is fixed", field);
    }

    private static bool Outside(decimal? limit, Currency currency) =>
        limit is { } amount && (amount < 0 || !Money.Fits(amount, currency));

    private static Error LimitInvalid(decimal limit, Currency currency) =>
        BookErrors.AccountLimitInvalid.With($"{limit} is no limit in {currency}", "limit");

    private static Error? Refuse(LedgerState state, CompanyFacts company, Period period)
    {
        if (period.Company != company.Books.Company) return LedgerRules.NoBooks(period.Company);
        if (JournalShape.Text(period.Code, "code", JournalShape.CodeMax, needed: true) is { } code) return code;
        if (period.To < period.From)
            return BookErrors.PeriodDates.With($"{period.Code} ends before it begins", "to");
        if (company.Periods.TryGetValue(period.Code, out var was)
            && (was.From, was.To, was.Adjustment) != (period.From, period.To, period.Adjustment))
            return BookErrors.PeriodFixed.With($"{period.Code} is there with other dates", "from");
        var other = company.Periods.Values.FirstOrDefault(p => p.Code != period.Code
            && p.Adjustment == period.Adjustment
            && p.From <= period.To && period.From <= p.To);
        if (other is not null) return BookErrors.PeriodOverlaps.With($"{period.Code} overlaps {other.Code}", "from");
        var open = period.State != PeriodState.Closed ? null : state.Reservations.Values.FirstOrDefault(r =>
            r.State == ReservationState.Reserved && r.Content.Company == period.Company && r.Period == period.Code);
        return open is null ? null
            : BookErrors.PeriodReserved.With($"Reservation {open.Content.Id} is open in {period.Code}", "state");
    }
}

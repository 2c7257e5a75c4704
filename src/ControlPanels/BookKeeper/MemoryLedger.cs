using BusinessM.Contracts.BookKeeper;

namespace BusinessM.Books;

/// <summary>A ledger in memory: for tests, and as the second opinion on the one in PostgreSQL. Balances are summed from
/// the lines at each question; nothing is maintained but what limits need.</summary>
public sealed class MemoryLedger(TimeProvider clock) : ILedgerEngine
{
    private readonly Lock _gate = new();
    private readonly LedgerState _state = new();
    private readonly Dictionary<CompanyId, long> _sequences = [];
    private readonly List<JournalEntry> _recorded = [];

    /// <summary>Runs units one after another, each all or nothing, each recorded under the next sequence of its
    /// company. The answers of a unit in order of its operations, or the refusal of the first that fails.</summary>
    public IReadOnlyList<Result<IReadOnlyList<Posted>>> Run(IReadOnlyList<LedgerUnit> units)
    {
        lock (_gate) return [.. units.Select(Run)];
    }

    public LedgerPreview Preview() => new((state, wants, _, _) =>
    {
        lock (_gate) Copy(state, wants);
        return Task.FromResult(false);
    });

    public Task<Result<IReadOnlyList<Account>>> Accounts(AccountsQuery query, CancellationToken ct) =>
        Read(query.Company, company => Result.Of<IReadOnlyList<Account>>(
            [.. company.Accounts.Values.Select(a => a.Account).OrderBy(a => a.Code, StringComparer.Ordinal)]));

    public Task<Result<IReadOnlyList<Period>>> Periods(PeriodsQuery query, CancellationToken ct) =>
        Read(query.Company, company => Result.Of<IReadOnlyList<Period>>(
            [.. company.Periods.Values.OrderBy(p => p.From).ThenBy(p => p.Adjustment)]));

    public Task<Result<TrialBalance>> TrialBalance(TrialBalanceQuery query, CancellationToken ct) =>
        Read(query.Company, company =>
        {
            var lines = Lines(query.Company, query.AsOf, query.KnownAt)
                .Where(l => query.From is null || l.Entry.Content.Date >= query.From)
                .GroupBy(l => (l.Line.Account, Currency: query.ByCurrency ? l.Line.Currency : null))
                .OrderBy(g => g.Key.Account, StringComparer.Ordinal).ThenBy(g => g.Key.Currency,
                    StringComparer.Ordinal);
            List<TrialBalanceRow> rows = [.. lines.Select(g => Row(company, g.Key.Account, g.Key.Currency,
                [.. g.Select(l => l.Line)]))];
            return Result.Of(new TrialBalance(query.Company, company.Books.Currency, query.AsOf, rows,
                rows.Sum(r => r.Debit), rows.Sum(r => r.Credit)));
        });

    public Task<Result<Balance>> Balance(BalanceQuery query, CancellationToken ct) =>
        Read(query.Company, company =>
        {
            if (!company.Accounts.ContainsKey(query.Account))
                return BookErrors.AccountUnknown.With($"There is no account {query.Account}", "account");
            if (query.Dimension is { } name && !company.Books.Dimensions.Contains(name))
                return BookErrors.DimensionUnknown.With($"'{name}' is not declared", "dimension");
            JournalLine[] posted = [.. Lines(query.Company, query.AsOf, query.KnownAt).Select(l =>
                l.Line).Where(Asked)];
            JournalLine[] reserved = [.. _state.Reservations.Values
                .Where(r => r.State == ReservationState.Reserved && r.Content.Company == query.Company
                    && r.Content.Date <= query.AsOf).SelectMany(r => r.Content.Lines).Where(Asked)];
            return Result.Of(new Balance(Sum(posted, Side.Debit), Sum(posted, Side.Credit),
                Sum(reserved, Side.Debit), Sum(reserved, Side.Credit)));

            bool Asked(JournalLine line) => line.Account == query.Account
                && (query.Party is null || line.Party == query.Party)
                && (query.Currency is null || line.Currency == query.Currency)
                && (query.Dimension is null || (line.Dimensions?.TryGetValue(query.Dimension, out var value) == true
                    && (query.Value is null || value == query.Value)));

            decimal Sum(JournalLine[] lines, Side side) => lines.Where(line => line.Side == side)
                .Sum(line => query.Currency is null ? line.BaseAmount : line.Amount);
        });

    public Task<Result<JournalPage>> Journals(JournalsQuery query, CancellationToken ct) => Read(query.Company, _ =>
    {
        if (!JournalCursor.TryRead(query, out var after)) return JournalCursor.Refusal(query);
        var asked = _recorded.Select((entry, i) => (Entry: entry, At: new JournalCursor(entry.RecordedSequence, i)))
            .Where(e => e.Entry.Content.Company == query.Company && Asked(query, e.Entry.Content)
                && (after is not { } from || e.At.CompareTo(from) > 0)).Take(query.Take + 1).ToList();
        List<RecordedJournal> page = [.. asked.Take(query.Take).Select(e => Recorded(e.Entry))];
        return Result.Of(new JournalPage(page, asked.Count > query.Take ? asked[query.Take - 1].At.ToString() : null));
    });

    private Result<IReadOnlyList<Posted>> Run(LedgerUnit unit)
    {
        var mark = _state.Changes.Count;
        var answer = LedgerRules.Decide(_state, unit);
        if (answer.Failed) return answer;
        var sequences = new Dictionary<CompanyId, long>();
        foreach (var change in _state.Changes.Skip(mark).OfType<LedgerChange.JournalPosted>())
        {
            var company = change.Entry.Content.Company;
            if (!sequences.TryGetValue(company, out var sequence))
                sequences[company] = sequence = _sequences[company] = _sequences.GetValueOrDefault(company) + 1;
            (change.Entry.RecordedSequence, change.Entry.RecordedAt) = (sequence, clock.GetUtcNow());
            _recorded.Add(change.Entry);
        }
        return answer;
    }

    private Task<Result<T>> Read<T>(CompanyId id, Func<CompanyFacts, Result<T>> read)
    {
        lock (_gate)
            return Task.FromResult(_state.Companies.TryGetValue(id, out var company) ? read(company)
                : LedgerRules.NoBooks(id));
    }

    private IEnumerable<(JournalEntry Entry, JournalLine Line)> Lines(CompanyId company, DateOnly asOf,
        long? knownAt) =>
        _recorded.Where(e => e.Content.Company == company && e.Content.Date <= asOf
            && (knownAt is null || e.RecordedSequence <= knownAt)).SelectMany(e =>
                e.Content.Lines.Select(line => (e, line)));

    private static TrialBalanceRow Row(CompanyFacts company, string code, string? currency,
        IReadOnlyList<JournalLine> lines)
    {
        var account = company.Accounts[code].Account;
        decimal Sum(Side side, Func<JournalLine, decimal> of) => lines.Where(line => line.Side == side).Sum(of);
        return new TrialBalanceRow(code, account.Name, account.Type,
            Sum(Side.Debit, line => line.BaseAmount), Sum(Side.Credit, line => line.BaseAmount), currency,
            currency is null ? null : Sum(Side.Debit, line => line.Amount),
            currency is null ? null : Sum(Side.Credit, line => line.Amount));
    }

    private static bool Asked(JournalsQuery query, Journal journal) =>
        (query.From is null || journal.Date >= query.From) && (query.To is null || journal.Date <= query.To)
        && (query.Source is null || journal.Source.Id == query.Source)
        && ((query.Account is null && query.Party is null) || journal.Lines.Any(line =>
            (query.Account is null || line.Account == query.Account) && (query.Party is null
            || line.Party == query.Party)));

    private static RecordedJournal Recorded(JournalEntry entry)
    {
        var source = entry.Content.Source;
        var numbered = entry.Content with { Source = source with { Number = source.Number ?? entry.By?.Number } };
        return new RecordedJournal(numbered, entry.RecordedSequence, entry.RecordedAt, entry.Reverses);
    }

    /// <summary>The facts that are wanted and not there yet; they belong to the copy from then on.</summary>
    private void Copy(LedgerState to, LedgerWants wants)
    {
        foreach (var id in wants.Companies)
        {
            if (!_state.Companies.TryGetValue(id, out var from)) continue;
            if (!to.Companies.TryGetValue(id, out var company)) to.Companies.Add(id,
                company = new CompanyFacts(from.Books));
            foreach (var period in from.Periods.Values) company.Periods.TryAdd(period.Code, period);
            foreach (var (code, entry) in from.Accounts)
            {
                if (!company.Accounts.TryAdd(code, new AccountEntry(entry.Account) { Uses = entry.Uses })) continue;
                foreach (var (key, exposure) in _state.Exposures)
                    if (key.Company == id && key.Account == code) to.Exposures.TryAdd(key, exposure.Copy());
            }
        }
        foreach (var (id, entry) in _state.Reservations)
            to.Reservations.TryAdd(id, new ReservationEntry(entry.Content, entry.Period, entry.State, entry.Journal,
                entry.Part));
        foreach (var id in wants.Ids)
        {
            if (_state.Journals.TryGetValue(id, out var entry)) to.Journals.TryAdd(id, entry);
            if (_state.ReversedBy.TryGetValue(id, out var by)) to.ReversedBy.TryAdd(id, by);
        }
    }
}

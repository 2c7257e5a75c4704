namespace BusinessM.Contracts.BookKeeper;

/// <summary>The book-keeper: takes journals, keeps them for ever. Only Finance calls it; other contexts call
/// <c>ILedger</c>. What changes something takes effect with the caller's commit, and only with it; a refusal comes
/// back at once and dooms the unit, or, where the journal's id is taken, comes from the commit. Refusals:
/// <c>BookErrors</c>, in documented precedence.</summary>
public interface IBookKeeper
{
    Task<Result<Posted>> Post(Journal journal, CancellationToken ct);

    /// <summary>Says what posting would answer, and changes nothing.</summary>
    Task<Result<Posted>> DryRun(Journal journal, CancellationToken ct);

    /// <summary>One result per journal, in order; with AllOrNothing the first refusal refuses all and dooms the unit.
    /// </summary>
    Task<Result<IReadOnlyList<Result<Posted>>>> PostBatch(JournalBatch batch, CancellationToken ct);

    Task<Result<Posted>> Reverse(ReverseJournal reversal, CancellationToken ct);

    /// <summary>Checks in full and pins what was checked; counts on the side that makes a limit tighter.</summary>
    Task<Result<Posted>> Reserve(Journal journal, CancellationToken ct);

    Task<Result<Posted>> Confirm(ConfirmJournal confirm, CancellationToken ct);

    Task<Result<Posted>> Release(ReleaseJournal release, CancellationToken ct);

    /// <summary>Opens a company's books, or changes what may still change (dimensions are only added).</summary>
    Task<Result<Done>> Open(Books books, CancellationToken ct);

    /// <summary>Opens accounts or changes them (name, limit, closed; type and currency only before the first posting).
    /// </summary>
    Task<Result<Done>> PutAccounts(IReadOnlyList<Account> accounts, CancellationToken ct);

    /// <summary>Adds periods or moves their state (policy 31). Periods of one company never overlap.</summary>
    Task<Result<Done>> PutPeriods(IReadOnlyList<Period> periods, CancellationToken ct);
}

/// <summary>Where other contexts reserve in the books: brings in what became of it. Registered where somebody can be
/// far; where nobody is, nothing is in doubt.</summary>
public interface IReservations
{
    /// <summary>Asks the origins what became of all that they have reserved in the period, and takes it in; waits some
    /// seconds at most. Nothing is decided by time: what its origin leaves undecided stays reserved.</summary>
    Task<Result<Done>> Resolve(Period period, CancellationToken ct);
}

/// <summary>Reads of the books. Balances as known now come from maintained rows and at most one period's postings.
/// Amounts are decimal strings on the wire.</summary>
public interface IBooks
{
    Task<Result<IReadOnlyList<Account>>> Accounts(AccountsQuery query, CancellationToken ct);

    Task<Result<IReadOnlyList<Period>>> Periods(PeriodsQuery query, CancellationToken ct);

    Task<Result<TrialBalance>> TrialBalance(TrialBalanceQuery query, CancellationToken ct);

    Task<Result<Balance>> Balance(BalanceQuery query, CancellationToken ct);

    /// <summary>Journals with their lines in recorded order, a page of at most 500.</summary>
    Task<Result<JournalPage>> Journals(JournalsQuery query, CancellationToken ct);
}

public sealed record AccountsQuery(CompanyId Company);

public sealed record PeriodsQuery(CompanyId Company);

/// <summary>As of the end of <paramref name="AsOf"/>; from null: since the beginning. KnownAt: the recorded sequence
/// (audit chain) up to which postings count; null: all that is known now.</summary>
public sealed record TrialBalanceQuery(CompanyId Company, DateOnly AsOf, DateOnly? From = null, long? KnownAt = null,
    bool ByCurrency = false);

public sealed record TrialBalance(CompanyId Company, string Currency, DateOnly AsOf,
    IReadOnlyList<TrialBalanceRow> Rows, decimal TotalDebit, decimal TotalCredit);

/// <summary>Debit and credit turnover in the company's currency; where asked by currency, also in that currency.
/// </summary>
public sealed record TrialBalanceRow(string Account, string Name, AccountType Type, decimal Debit, decimal Credit,
    string? Currency = null, decimal? CurrencyDebit = null, decimal? CurrencyCredit = null);

public sealed record BalanceQuery(CompanyId Company, string Account, DateOnly AsOf, string? Party = null,
    string? Currency = null, string? Dimension = null, string? Value = null, long? KnownAt = null);

/// <summary>Debits and credits in the company's currency, and in the asked currency where one was asked; reserved
/// amounts apart.</summary>
public sealed record Balance(decimal Debit, decimal Credit, decimal ReservedDebit, decimal ReservedCredit);

/// <summary>Filter by dates (inclusive), account, party, source; after: the cursor of the page before.</summary>
public sealed record JournalsQuery(CompanyId Company, DateOnly? From = null, DateOnly? To = null, string? Account = null,
    string? Party = null, Guid? Source = null, string? After = null, int Take = 100);

public sealed record JournalPage(IReadOnlyList<RecordedJournal> Journals, string? Next);

/// <summary>A posted journal: with the recorded sequence and moment in commit order, and the journal it reverses.
/// </summary>
public sealed record RecordedJournal(Journal Journal, long RecordedSequence, DateTimeOffset RecordedAt, Guid? Reverses);

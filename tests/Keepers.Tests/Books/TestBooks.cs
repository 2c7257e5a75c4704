using System.Text;
using BusinessM.Books;
using BusinessM.Contracts.BookKeeper;
using CompanyBooks = BusinessM.Contracts.BookKeeper.Books;

namespace BusinessM.Keepers.Tests.Books;

/// <summary>A company of a test's own with a small chart, in the engine under test.</summary>
public sealed class TestBooks(ILedgerRun run)
{
    public ILedgerEngine Engine => run.Engine;

    public CompanyId Company { get; } = Ids.New<CompanyId>();

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public static DateOnly Day(int month, int day, int year = 2026) => new(year, month, day);

    /// <summary>Books in EUR; every month of 2026 open but January closed and February closing; an adjustment period.
    /// </summary>
    public static async Task<TestBooks> Open(ILedgerRun run)
    {
        var books = new TestBooks(run);
        await books.Must(new LedgerOperation.Open(new CompanyBooks(books.Company, "EUR", ["project"])));
        await books.Must(new LedgerOperation.PutAccounts(books.Company, [
            books.Account("1000"), books.Account("1100"), books.Account("1010", currency: "USD"),
            books.Account("1200", limit: new AccountLimit(LimitScope.Account, 100m, 50m)),
            books.Account("1300", limit: new AccountLimit(LimitScope.Party, 100m, null)),
            books.Account("1400", currency: "USD", limit: new AccountLimit(LimitScope.Account, 100m, null)),
            books.Account("1900", closed: true), books.Account("2000", AccountType.Liability),
            books.Account("4000", AccountType.Income), books.Account("9000", group: true)]));
        await books.Must(new LedgerOperation.PutPeriods(books.Company, [
            .. Enumerable.Range(1, 12).Select(month => books.Month(month)),
            new Period(books.Company, "2026-A", Day(12, 31), Day(12, 31), PeriodState.Open, Adjustment: true)]));
        await books.Must(new LedgerOperation.PutPeriods(books.Company, [
            books.Month(1, PeriodState.Closed), books.Month(2, PeriodState.Closing)]));
        return books;
    }

    public Account Account(string code, AccountType type = AccountType.Asset, string? currency = null,
        bool group = false,
        bool closed = false, AccountLimit? limit = null) =>
        new(Company, code, "Account " + code, type, currency, group, closed, limit);

    public Period Month(int month, PeriodState state = PeriodState.Open) => new(Company,
        FormattableString.Invariant($"2026-{month:00}"), Day(month, 1), Day(month, 1).AddMonths(1).AddDays(-1), state);

    public static JournalLine Debit(string account, decimal amount, string? party = null, string currency = "EUR",
        decimal? inBase = null, string? project = null) =>
        new(account, Side.Debit, amount, currency, inBase ?? amount, party, null, Project(project));

    public static JournalLine Credit(string account, decimal amount, string? party = null, string currency = "EUR",
        decimal? inBase = null, string? project = null) =>
        new(account, Side.Credit, amount, currency, inBase ?? amount, party, null, Project(project));

    public Journal Journal(params JournalLine[] lines) => Journal(Day(4, 10), lines);

    public Journal Journal(DateOnly date, params JournalLine[] lines) =>
        new(Ids.New(), Company, date, new JournalSource("test.paper", Ids.New()), lines, "A journal");

    public Journal Sale(decimal amount = 10m) => Journal(Debit("1100", amount, "C1"), Credit("4000", amount));

    public async Task<Result<Posted>> Run(LedgerOperation operation)
    {
        var unit = (await RunUnit(operation));
        return unit.Failed ? unit.Failure : unit.Value[0];
    }

    public async Task<Result<IReadOnlyList<Posted>>> RunUnit(params LedgerOperation[] operations) =>
        (await run.Run([new LedgerUnit(operations)]))[0];

    public async Task<Posted> Must(LedgerOperation operation)
    {
        var answer = await Run(operation);
        answer.Failed.ShouldBeFalse(answer.TryFailure(out var failure) ? failure.ToString() : "");
        return answer.Value;
    }

    public async Task<Journal> Posted(Journal journal)
    {
        await Must(new LedgerOperation.Post(journal));
        return journal;
    }

    public async Task<Journal> Reserved(Journal journal)
    {
        await Must(new LedgerOperation.Reserve(journal));
        return journal;
    }

    public async Task<Balance> Balance(string account, DateOnly? asOf = null, string? party = null,
        string? currency = null,
        string? project = null, long? knownAt = null) =>
        (await Engine.Balance(new BalanceQuery(Company, account, asOf ?? Day(12, 31), party, currency,
            project is null ? null : "project", project, knownAt), Ct)).Value;

    public async Task<IReadOnlyList<RecordedJournal>> Journals() =>
        (await Engine.Journals(new JournalsQuery(Company, Take: 500), Ct)).Value.Journals;

    /// <summary>All that can be read of the company, as text: two are equal where nothing changed.</summary>
    public async Task<string> Snapshot()
    {
        var text = new StringBuilder();
        var accounts = await Engine.Accounts(new AccountsQuery(Company), Ct);
        if (accounts.Failed) return accounts.Failure.Code;
        foreach (var account in accounts.Value)
            text.Append(account).Append(await Balance(account.Code)).AppendLine();
        text.AppendJoin('\n', (await Engine.Periods(new PeriodsQuery(Company), Ct)).Value);
        text.AppendJoin('\n', (await Engine.TrialBalance(new TrialBalanceQuery(Company, Day(12, 31)), Ct)).Value.Rows);
        foreach (var journal in await Journals())
            text.Append(journal.Journal.Id).Append(journal.RecordedSequence).AppendJoin('\n', journal.Journal.Lines);
        return text.ToString();
    }

    private static Dictionary<string, string>? Project(string? project) =>
        project is null ? null : new(StringComparer.Ordinal) { ["project"] = project };
}

using BusinessM.Books;
using BusinessM.Contracts.BookKeeper;
using static BusinessM.Keepers.Tests.Books.TestBooks;
using CompanyBooks = BusinessM.Contracts.BookKeeper.Books;

namespace BusinessM.Keepers.Tests.Books;

/// <summary>What every engine of the ledger does. One class per engine derives from it.</summary>
public abstract class LedgerContract
{
    protected abstract ILedgerRun Ledger { get; }

    protected ILedgerEngine Engine => Ledger.Engine;

    protected static CancellationToken Ct => TestContext.Current.CancellationToken;

    protected Task<TestBooks> Books() => TestBooks.Open(Ledger);

    [Fact]
    public async Task a_posted_journal_is_in_the_balances_and_can_be_read()
    {
        var books = await Books();
        var sale = await books.Posted(books.Journal(Debit("1100", 12m, "C1"), Credit("4000", 10m, project: "P1"),
            Credit("2000", 2m)));
        (await books.Balance("1100")).ShouldBe(new Balance(12m, 0, 0, 0));
        (await books.Balance("1100", party: "C1")).Debit.ShouldBe(12m);
        (await books.Balance("1100", party: "C2")).Debit.ShouldBe(0m);
        (await books.Balance("4000", project: "P1")).Credit.ShouldBe(10m);
        (await books.Balance("4000", project: "P2")).Credit.ShouldBe(0m);
        var read = (await books.Journals()).ShouldHaveSingleItem();
        JournalContent.Difference(read.Journal, sale).ShouldBeNull();
        read.RecordedSequence.ShouldBeGreaterThan(0);
        read.Reverses.ShouldBeNull();
        var trial = (await Engine.TrialBalance(new TrialBalanceQuery(books.Company, Day(12, 31)), Ct)).Value;
        trial.Rows.Select(r => (r.Account, r.Debit, r.Credit)).ShouldBe([("1100", 12m, 0m), ("2000", 0m, 2m),
            ("4000", 0m, 10m)]);
        (trial.TotalDebit, trial.TotalCredit).ShouldBe((12m, 12m));
    }

    [Fact]
    public async Task every_refusal_comes_in_its_turn_and_changes_nothing()
    {
        foreach (var (code, field, make) in EveryRefusal.All)
        {
            var books = await Books();
            var operation = await make(books);
            var before = await books.Snapshot();
            var refusal = await books.Run(operation);
            refusal.Failed.ShouldBeTrue($"{code.Code} {field}");
            refusal.Failure.Code.ShouldBe(code.Code, refusal.Failure.Message);
            refusal.Failure.Kind.ShouldBe(code.Kind);
            refusal.Failure.Field.ShouldBe(field, code.Code);
            (await books.Snapshot()).ShouldBe(before, code.Code);
            // and nothing of it is left in a unit that did something else before
            var other = books.Sale();
            (await books.RunUnit(new LedgerOperation.Post(other), operation)).Failure.Code.ShouldBe(code.Code);
            (await books.Snapshot()).ShouldBe(before, code.Code);
        }
    }

    [Fact]
    public async Task the_same_again_is_already_there()
    {
        var books = await Books();
        var sale = await books.Posted(books.Sale());
        (await books.Run(new LedgerOperation.Post(sale))).Value.ShouldBe(new Posted(sale.Id, AlreadyThere: true));
        var numbered = sale with { Source = sale.Source with { Number = "SI-1" } };
        (await books.Run(new LedgerOperation.Post(numbered))).Value.AlreadyThere.ShouldBeTrue();
        var reserved = await books.Reserved(books.Sale());
        (await books.Run(new LedgerOperation.Reserve(reserved))).Value.AlreadyThere.ShouldBeTrue();
        var confirm = new LedgerOperation.Confirm(new ConfirmJournal(books.Company, reserved.Id, Ids.New(), 4m));
        (await books.Run(confirm)).Value.AlreadyThere.ShouldBeFalse();
        (await books.Run(confirm)).Value.AlreadyThere.ShouldBeTrue();
        var reverse = Reverse(books, sale.Id);
        (await books.Run(reverse)).Value.AlreadyThere.ShouldBeFalse();
        (await books.Run(reverse)).Value.AlreadyThere.ShouldBeTrue();
        var given = await books.Reserved(books.Sale());
        var release = new LedgerOperation.Release(new ReleaseJournal(books.Company, given.Id));
        (await books.Run(release)).Value.AlreadyThere.ShouldBeFalse();
        (await books.Run(release)).Value.AlreadyThere.ShouldBeTrue();
        (await books.Journals()).Count.ShouldBe(3);
        (await books.Balance("1100")).ShouldBe(new Balance(14m, 10m, 0, 0));
    }

    [Fact]
    public async Task a_refusal_does_not_burn_the_id()
    {
        var books = await Books();
        var sale = books.Sale() with { Date = Day(1, 5) };
        (await books.Run(new LedgerOperation.Post(sale))).Failure.Code.ShouldBe(BookErrors.PeriodClosed.Code);
        await books.Must(new LedgerOperation.PutPeriods(books.Company, [books.Month(1)]));
        (await books.Run(new LedgerOperation.Post(sale))).Value.AlreadyThere.ShouldBeFalse();
    }

    [Fact]
    public async Task a_reversal_mirrors_and_both_stay()
    {
        var books = await Books();
        var sale = await books.Posted(books.Journal(Debit("1100", 12m, "C1"), Credit("4000", 10m, project: "P1"),
            Credit("2000", 2m)));
        await books.Must(Reverse(books, sale.Id));
        var both = await books.Journals();
        both[1].Reverses.ShouldBe(sale.Id);
        both[1].Journal.Date.ShouldBe(sale.Date);
        both[1].Journal.Lines.Select(l => (l.Account, l.Side, l.Amount))
            .ShouldBe([("1100", Side.Credit, 12m), ("4000", Side.Debit, 10m), ("2000", Side.Debit, 2m)]);
        (await books.Balance("1100", party: "C1")).ShouldBe(new Balance(12m, 12m, 0, 0));
        (await books.Balance("4000", project: "P1")).ShouldBe(new Balance(10m, 10m, 0, 0));
    }

    [Fact]
    public async Task a_reversal_is_dated_as_the_original_or_the_first_open_day()
    {
        var books = await Books();
        await books.Must(new LedgerOperation.PutPeriods(books.Company, [books.Month(1), books.Month(2)]));
        var (early, late) = (await books.Posted(books.Sale() with { Date = Day(1, 20) }),
            await books.Posted(books.Sale()));
        var dated = await books.Posted(books.Sale());
        await books.Must(new LedgerOperation.PutPeriods(books.Company,
            [books.Month(1, PeriodState.Closed), books.Month(2, PeriodState.Closed)]));
        await books.Must(Reverse(books, early.Id));
        await books.Must(Reverse(books, late.Id));
        await books.Must(Reverse(books, dated.Id, Day(6, 30)));
        (await books.Journals()).Skip(3).Select(j => j.Journal.Date).ShouldBe([Day(3, 1), late.Date, Day(6, 30)]);
    }

    [Fact]
    public async Task a_reservation_counts_until_it_is_confirmed_or_released()
    {
        var books = await Books();
        var (one, two) = (await books.Reserved(books.Sale(30)), await books.Reserved(books.Sale(5)));
        (await books.Balance("1100")).ShouldBe(new Balance(0, 0, 35, 0));
        (await books.Balance("4000")).ShouldBe(new Balance(0, 0, 0, 35));
        (await books.Journals()).ShouldBeEmpty();
        await books.Must(new LedgerOperation.Confirm(new ConfirmJournal(books.Company, one.Id, one.Id)));
        (await books.Balance("1100")).ShouldBe(new Balance(30, 0, 5, 0));
        await books.Must(new LedgerOperation.Release(new ReleaseJournal(books.Company, two.Id)));
        (await books.Balance("1100")).ShouldBe(new Balance(30, 0, 0, 0));
        (await books.Journals()).ShouldHaveSingleItem().Journal.Id.ShouldBe(one.Id);
    }

    // 100 USD for 91 EUR, a part of 33: 33 x 91 / 100 = 30.03 EUR
    [Fact]
    public async Task a_part_may_be_confirmed_and_the_rest_is_released()
    {
        var books = await Books();
        var reserved = await books.Reserved(books.Journal(
            Debit("1010", 100, currency: "USD", inBase: 91), Credit("4000", 100, currency: "USD", inBase: 91)));
        await books.Must(new LedgerOperation.Confirm(new ConfirmJournal(books.Company, reserved.Id, Ids.New(), 33)));
        (await books.Balance("1010", currency: "USD")).ShouldBe(new Balance(33, 0, 0, 0));
        (await books.Balance("1010")).ShouldBe(new Balance(30.03m, 0, 0, 0));
    }

    [Fact]
    public async Task limits_count_reservations_on_the_tighter_side_only()
    {
        var books = await Books();       // 1200: at most 100 in debit, 50 in credit
        await books.Reserved(books.Journal(Debit("1200", 80), Credit("4000", 80)));
        await books.Reserved(books.Journal(Debit("4000", 40), Credit("1200", 40)));
        // 80 reserved in debit count, 40 reserved in credit do not: 20 more fit, 21 not
        (await books.Run(Post(books, "1200", 21))).Failure.Code.ShouldBe(BookErrors.LimitExceeded.Code);
        await books.Must(Post(books, "1200", 20));
        // credit: 40 reserved - 20 debit posted = 20; 30 more fit, 31 not
        (await books.Run(Post(books, "1200", -31))).Failure.Code.ShouldBe(BookErrors.LimitExceeded.Code);
        await books.Must(Post(books, "1200", -30));
    }

    [Fact]
    public async Task a_limit_per_party_is_the_partys_own()
    {
        var books = await Books();       // 1300: each party at most 100 in debit
        await books.Must(Post(books, "1300", 100, "A"));
        await books.Must(Post(books, "1300", 100, "B"));
        (await books.Run(Post(books, "1300", 0.01m, "A"))).Failure.Code.ShouldBe(BookErrors.LimitExceeded.Code);
        await books.Must(Post(books, "1300", -50, "A"));
        await books.Must(Post(books, "1300", 50, "A"));
        await books.Must(Post(books, "1300", 1000));        // no party, no limit
    }

    [Fact]
    public async Task a_lowered_limit_refuses_what_makes_it_worse_only()
    {
        var books = await Books();
        await books.Must(Post(books, "1000", 500));
        await books.Must(new LedgerOperation.PutAccounts(books.Company,
            [books.Account("1000", limit: new AccountLimit(LimitScope.Account, 100, null))]));
        (await books.Run(Post(books, "1000", 0.01m))).Failure.Code.ShouldBe(BookErrors.LimitExceeded.Code);
        await books.Must(Post(books, "1000", -300));
        (await books.Run(Post(books, "1000", 1))).Failure.Code.ShouldBe(BookErrors.LimitExceeded.Code);
        await books.Must(Post(books, "1000", -199));
        await books.Must(Post(books, "1000", 99));
    }

    [Fact]
    public async Task a_unit_is_all_or_nothing_and_a_second_operation_sees_the_first()
    {
        var books = await Books();
        var reserved = books.Sale(7);
        (await books.RunUnit(new LedgerOperation.Reserve(reserved),
            new LedgerOperation.Confirm(new ConfirmJournal(books.Company, reserved.Id, reserved.Id)),
            Reverse(books, reserved.Id))).Failed.ShouldBeFalse();
        var journals = await books.Journals();
        journals.Select(j => j.RecordedSequence).Distinct().ShouldHaveSingleItem();
        (await books.Balance("1100")).ShouldBe(new Balance(7, 7, 0, 0));
        var units = await Ledger.Run([
            new LedgerUnit(Post(books, "1200", 90)), new LedgerUnit(Post(books, "1200", 90)),
            new LedgerUnit(Post(books, "1200", 10))]);
        units.Select(u => u.Failed).ShouldBe([false, true, false]);
        (await books.Balance("1200")).Debit.ShouldBe(100);
    }

    [Fact]
    public async Task a_look_ahead_sees_what_it_was_shown_and_writes_nothing()
    {
        var books = await Books();
        var before = await books.Snapshot();
        var preview = Engine.Preview();
        (await preview.Decide(Post(books, "1200", 90), keep: true, Ct)).Failed.ShouldBeFalse();
        (await preview.Decide(Post(books, "1200", 20), keep: true,
            Ct)).Failure.Code.ShouldBe(BookErrors.LimitExceeded.Code);
        (await preview.Decide(Post(books, "1200", 10), keep: false, Ct)).Failed.ShouldBeFalse();
        (await preview.Decide(Post(books, "1200", 10), keep: false, Ct)).Failed.ShouldBeFalse();
        (await books.Snapshot()).ShouldBe(before);
    }

    [Fact]
    public async Task chart_and_periods_change_in_one_unit_with_what_needs_them()
    {
        var books = await Books();
        (await books.RunUnit(
            new LedgerOperation.Open(new CompanyBooks(books.Company, "EUR", ["project", "site"])),
            new LedgerOperation.PutAccounts(books.Company, [books.Account("1500"),
                books.Account("1000") with { Name = "Bank" }]),
            new LedgerOperation.PutPeriods(books.Company, [new Period(books.Company, "2027-01", Day(1, 1, 2027),
                Day(1, 31, 2027), PeriodState.Open)]),
            new LedgerOperation.Post(books.Journal(Day(1, 2, 2027), Debit("1500", 5) with
            {
                Dimensions = new Dictionary<string, string> { ["site"] = "S", ["project"] = "P" },
            }, Credit("1000", 5))))).Failed.ShouldBeFalse();
        (await Engine.Accounts(new AccountsQuery(books.Company), Ct)).Value.Single(a =>
            a.Code == "1000").Name.ShouldBe("Bank");
        (await Engine.Balance(new BalanceQuery(books.Company, "1500", Day(1, 2, 2027), Dimension: "site", Value: "S"),
            Ct))
            .Value.Debit.ShouldBe(5);
        (await Engine.Balance(new BalanceQuery(books.Company, "1500", Day(1, 1, 2027)), Ct)).Value.Debit.ShouldBe(0);
    }

    [Fact]
    public async Task companies_do_not_see_each_other()
    {
        var (mine, other) = (await Books(), await Books());
        var sale = await mine.Posted(mine.Sale());
        (await other.Run(Reverse(other, sale.Id))).Failure.Code.ShouldBe(BookErrors.JournalUnknown.Code);
        (await other.Run(new LedgerOperation.Post(sale with { Company = other.Company }))).Failure
            .ShouldSatisfyAllConditions(e => e.Code.ShouldBe(BookErrors.JournalDiffers.Code), e =>
                e.Field.ShouldBe("id"));
        (await other.Journals()).ShouldBeEmpty();
    }

    [Fact]
    public async Task an_exchange_difference_moves_the_companys_amount_only()
    {
        var books = await Books();
        await books.Must(Usd(books, 100, 91));
        await books.Must(Usd(books, 0, 4));
        (await books.Balance("1010", currency: "USD")).Debit.ShouldBe(100);
        (await books.Balance("1010")).Debit.ShouldBe(95);
        var rows = (await Engine.TrialBalance(new TrialBalanceQuery(books.Company, Day(12, 31), ByCurrency: true),
            Ct)).Value.Rows;
        rows.Single(r => r.Account == "1010").ShouldBe(
            new TrialBalanceRow("1010", "Account 1010", AccountType.Asset, 95, 0, "USD", 100, 0));
    }

    [Fact]
    public async Task journals_come_in_pages_and_by_filter()
    {
        var books = await Books();
        var sales = new List<Journal>();
        for (var i = 1; i <= 5; i++) sales.Add(await books.Posted(books.Sale(i) with { Date = Day(4, i) }));
        await books.Must(Post(books, "1300", 1, "Z"));
        var (ids, after) = (new List<Guid>(), (string?)null);
        do
        {
            var page = (await Engine.Journals(new JournalsQuery(books.Company, Account: "1100", After: after, Take: 2),
                Ct)).Value;
            ids.AddRange(page.Journals.Select(j => j.Journal.Id));
            after = page.Next;
        } while (after is not null);
        ids.ShouldBe(sales.Select(s => s.Id));
        async Task<int> Count(JournalsQuery query) => (await Engine.Journals(query, Ct)).Value.Journals.Count;
        (await Count(new JournalsQuery(books.Company, From: Day(4, 2), To: Day(4, 4)))).ShouldBe(3);
        (await Count(new JournalsQuery(books.Company, Party: "Z"))).ShouldBe(1);
        (await Count(new JournalsQuery(books.Company, Source: sales[2].Source.Id))).ShouldBe(1);
        foreach (var bad in new[] { new JournalsQuery(books.Company, Take: 0), new(books.Company, Take: 501),
            new(books.Company, After: "x") })
            (await Engine.Journals(bad, Ct)).Failure.Code.ShouldBe(BookErrors.PageInvalid.Code);
    }

    [Fact]
    public async Task balances_can_be_read_as_of_a_date_and_as_known_at_a_sequence()
    {
        var books = await Books();
        await books.Posted(books.Sale(1) with { Date = Day(3, 31) });
        await books.Posted(books.Sale(2) with { Date = Day(4, 15) });
        await books.Posted(books.Sale(4) with { Date = Day(4, 16) });
        await books.Posted(books.Sale(8) with { Date = Day(3, 1) });
        var known = (await books.Journals()).Select(j => j.RecordedSequence).ToList();
        (await books.Balance("1100", Day(3, 30))).Debit.ShouldBe(8);
        (await books.Balance("1100", Day(3, 31))).Debit.ShouldBe(9);
        (await books.Balance("1100", Day(4, 15), party: "C1")).Debit.ShouldBe(11);
        (await books.Balance("1100", Day(4, 30))).Debit.ShouldBe(15);
        (await books.Balance("1100", Day(4, 15), knownAt: known[2])).Debit.ShouldBe(3);
        async Task<decimal> Trial(DateOnly asOf, DateOnly? from = null, long? knownAt = null) =>
            (await Engine.TrialBalance(new TrialBalanceQuery(books.Company, asOf, from, knownAt), Ct)).Value.TotalDebit;
        (await Trial(Day(4, 15))).ShouldBe(11);
        (await Trial(Day(4, 30))).ShouldBe(15);
        (await Trial(Day(4, 16), from: Day(4, 16))).ShouldBe(4);
        (await Trial(Day(4, 30), from: Day(3, 31))).ShouldBe(7);
        (await Trial(Day(4, 30), knownAt: known[0])).ShouldBe(1);
    }

    protected static LedgerOperation Post(TestBooks books, string account, decimal debit, string? party = null) =>
        new LedgerOperation.Post(debit >= 0
            ? books.Journal(Debit(account, debit, party), Credit("4000", debit))
            : books.Journal(Debit("4000", -debit), Credit(account, -debit, party)));

    private static LedgerOperation Usd(TestBooks books, decimal amount, decimal inBase) =>
        new LedgerOperation.Post(books.Journal(
        Debit("1010", amount, currency: "USD", inBase: inBase), Credit("4000", amount, currency: "USD",
            inBase: inBase)));

    private static LedgerOperation.Reverse Reverse(TestBooks books, Guid journal, DateOnly? date = null) =>
        new(new ReverseJournal(
        books.Company, journal, Ids.Derive(journal, "reversal"), new JournalSource("test.paper",
            Ids.Derive(journal, "paper")), "why", date));
}

public sealed class A_ledger_in_memory : LedgerContract
{
    protected override ILedgerRun Ledger { get; } = new MemoryRun();
}

public sealed class A_ledger_in_PostgreSQL(LedgerDatabase database) : LedgerContract, IClassFixture<LedgerDatabase>
{
    protected override ILedgerRun Ledger => database.Run;
}

using BusinessM.Books;
using BusinessM.Contracts.BookKeeper;
using static BusinessM.Keepers.Tests.Books.TestBooks;
using CompanyBooks = BusinessM.Contracts.BookKeeper.Books;

namespace BusinessM.Keepers.Tests.Books;

/// <summary>One way to each refusal that an engine gives: what has to be there first, the operation, the field at
/// fault.</summary>
public static class EveryRefusal
{
    private static readonly Guid Id = new("01900000-0000-7000-8000-000000000001");

    public static readonly IReadOnlyList<(ErrorCode Code, string? Field, Func<TestBooks,
        Task<LedgerOperation>> Make)> All =
    [
        (BookErrors.CompanyUnknown, null, b => Post(b.Sale() with { Company = Ids.New<CompanyId>() })),
        (BookErrors.CompanyUnknown, "accounts[1]", b => Now(new LedgerOperation.PutAccounts(b.Company,
            [b.Account("1"), b.Account("2") with { Company = Ids.New<CompanyId>() }]))),
        (BookErrors.CompanyUnknown, "periods[1]", b => Now(new LedgerOperation.PutPeriods(b.Company,
            [b.Month(3, PeriodState.Closed), b.Month(4) with { Company = Ids.New<CompanyId>() }]))),
        (BookErrors.JournalDiffers, "lines[1].account", async b => new LedgerOperation.Post(
            Changed(await b.Posted(b.Sale()), 1, line => line with { Account = "2000" }))),
        (BookErrors.JournalDiffers, "lines[0].amount", async b => new LedgerOperation.Post(
            Changed(await b.Posted(b.Sale()), 0, line => line with { Amount = 3 }))),
        (BookErrors.JournalDiffers, "date", async b => new LedgerOperation.Post(
            await b.Posted(b.Sale()) with { Date = Day(5, 1) })),
        (BookErrors.JournalDiffers, "source.kind", async b => new LedgerOperation.Reserve(
            await b.Reserved(b.Sale()) with { Source = new JournalSource("other", Id) })),
        (BookErrors.JournalDiffers, "id", async b => new LedgerOperation.Reserve(await b.Posted(b.Sale()))),
        (BookErrors.JournalDiffers, "reason", async b => { var r = await Reversed(b); return Reverse(b, r, "other"); }),
        (BookErrors.JournalDiffers, "amount", async b => await ConfirmedWithOtherAmount(b)),
        (BookErrors.JournalReserved, "id", async b => new LedgerOperation.Post(await b.Reserved(b.Sale()))),
        (BookErrors.JournalUnknown, "journal", b => Now(Reverse(b, (Ids.New(), Ids.New(), Ids.New()), "why"))),
        (BookErrors.JournalReversed, "journal", async b => { var r = await Reversed(b); return Reverse(b,
            r with { Item2 = Ids.New() }, "why"); }),
        (BookErrors.JournalIsReversal, "journal", async b => { var r = await Reversed(b); return Reverse(b,
            (r.Item2, Ids.New(), r.Item3), "why"); }),
        (BookErrors.ReservationUnknown, "reservation", b => Now(Confirm(b, Ids.New()))),
        (BookErrors.ReservationUnknown, "reservation", b => Now(Release(b, Ids.New()))),
        (BookErrors.ReservationConfirmed, "reservation", async b => Release(b, await Confirmed(b))),
        (BookErrors.ReservationConfirmed, "reservation", async b => Confirm(b, await Confirmed(b))),
        (BookErrors.ReservationReleased, "reservation", async b => Confirm(b, await Released(b))),
        (BookErrors.ReservationDiffers, "content.date", async b => await ConfirmOther(b)),
        (BookErrors.ConfirmLines, "amount", async b => Confirm(b, (await b.Reserved(b.Journal(
            Debit("1000", 2), Credit("4000", 1), Credit("2000", 1)))).Id, 1)),
        (BookErrors.ConfirmAmount, "amount", async b => Confirm(b, (await b.Reserved(b.Sale(10))).Id, 10.01m)),
        (BookErrors.ConfirmAmount, "amount", async b => Confirm(b, (await b.Reserved(b.Sale(10))).Id, -1)),
        (BookErrors.ConfirmAmount, "amount", async b => Confirm(b, (await b.Reserved(b.Sale(10))).Id, 1.001m)),
        (BookErrors.JournalLines, "lines", b => Post(b.Journal(Debit("1000", 1)))),
        (BookErrors.JournalLines, "lines", b => Post(b.Journal([.. Enumerable.Repeat(Debit("1000", 1), 10_001)]))),
        (BookErrors.SourceMissing, "source.kind", b => Post(b.Sale() with { Source = new JournalSource(" ", Id) })),
        (BookErrors.SourceMissing, "source.id", b => Post(b.Sale() with { Source = new JournalSource("x",
            Guid.Empty) })),
        (BookErrors.SourceMissing, "id", b => Post(b.Sale() with { Id = Guid.Empty })),
        (BookErrors.TextInvalid, "text", b => Post(b.Sale() with { Text = "a\0b" })),
        (BookErrors.TextInvalid, "text", b => Post(b.Sale() with { Text = "a\ud800" })),
        (BookErrors.TextInvalid, "text", b => Post(b.Sale() with { Text = new string('x', 1001) })),
        (BookErrors.TextInvalid, "lines[0].party", b => Post(b.Journal(Debit("1000", 1, ""), Credit("4000", 1)))),
        (BookErrors.TextInvalid, "accounts[0].name", b => Accounts(b, b.Account("1") with { Name = " " })),
        (BookErrors.CurrencyUnknown, "lines[0].currency", b => Post(b.Journal(Debit("1000", 1, currency: "EURO"),
            Credit("4000", 1)))),
        (BookErrors.CurrencyUnknown, "currency", b =>
            Now(new LedgerOperation.Open(new CompanyBooks(Ids.New<CompanyId>(), "XAU", [])))),
        (BookErrors.AmountInvalid, "lines[1].amount", b => Post(b.Journal(Debit("1000", 1), Credit("4000", 1.001m)))),
        (BookErrors.AmountInvalid, "lines[0].amount", b => Post(b.Journal(Debit("1000", -1), Credit("4000", -1)))),
        (BookErrors.AmountInvalid, "lines[0].baseAmount", b => Post(b.Journal(Debit("1010", 1, currency: "USD",
            inBase: 0.001m), Credit("4000", 1)))),
        (BookErrors.BaseDiffers, "lines[0].baseAmount", b => Post(b.Journal(Debit("1000", 1, inBase: 2),
            Credit("4000", 1)))),
        (BookErrors.DimensionUnknown, "lines[0].dimensions", b => Post(b.Journal(
            Debit("1000", 1) with { Dimensions = new Dictionary<string, string> { ["cost"] = "1" } },
            Credit("4000", 1)))),
        (BookErrors.Unbalanced, "lines", b => Post(b.Journal(Debit("1000", 1), Credit("4000", 1.01m)))),
        (BookErrors.UnbalancedCurrency, "lines", b => Post(b.Journal(Debit("1010", 1.1m, currency: "USD", inBase: 1),
            Credit("4000", 1)))),
        (BookErrors.PeriodMissing, "date", b => Post(b.Sale() with { Date = Day(1, 1, 2027) })),
        (BookErrors.PeriodMissing, "date", b => Post(b.Sale() with { Adjustment = true })),
        (BookErrors.PeriodClosing, "date", b => Post(b.Sale() with { Date = Day(2, 28) })),
        (BookErrors.PeriodClosed, "date", b => Post(b.Sale() with { Date = Day(1, 31) })),
        (BookErrors.PeriodClosed, "date", b => Now(new LedgerOperation.Reserve(b.Sale() with { Date = Day(1, 31) }))),
        (BookErrors.ReversalTooEarly, "date", async b => Reverse(b, await Sold(b), "why", Day(4, 9))),
        (BookErrors.AccountUnknown, "lines[1].account", b => Post(b.Journal(Debit("1000", 1), Credit("7777", 1)))),
        (BookErrors.AccountIsGroup, "lines[1].account", b => Post(b.Journal(Debit("1000", 1), Credit("9000", 1)))),
        (BookErrors.AccountClosed, "lines[1].account", b => Post(b.Journal(Debit("1000", 1), Credit("1900", 1)))),
        (BookErrors.AccountCurrency, "lines[0].currency", b => Post(b.Journal(Debit("1010", 1), Credit("4000", 1)))),
        (BookErrors.LimitExceeded, "lines[0].amount", b => Post(b.Journal(Debit("1200", 100.01m),
            Credit("4000", 100.01m)))),
        (BookErrors.LimitExceeded, "lines[1].amount", b => Post(b.Journal(Debit("1000", 50.01m),
            Credit("1200", 50.01m)))),
        (BookErrors.LimitExceeded, "lines[0].amount", async b =>
        {
            await b.Reserved(b.Journal(Debit("1300", 60, "A"), Credit("4000", 60)));
            return new LedgerOperation.Post(b.Journal(Debit("1300", 41, "A"), Credit("4000", 41)));
        }),
        (BookErrors.LimitExceeded, "lines[0].amount", b => Post(b.Journal(
            Debit("1400", 101, currency: "USD", inBase: 90), Credit("1010", 101, currency: "USD", inBase: 90)))),
        (BookErrors.CompanyCurrencyFixed, "currency", b => Now(new LedgerOperation.Open(new CompanyBooks(b.Company,
            "USD", ["project"])))),
        (BookErrors.DimensionRemoved, "dimensions", b => Now(new LedgerOperation.Open(new CompanyBooks(b.Company,
            "EUR", ["x"])))),
        (BookErrors.AccountFixed, "accounts[0].type", async b =>
        {
            await Sold(b);
            return (await Accounts(b, b.Account("1100", AccountType.Liability)));
        }),
        (BookErrors.AccountFixed, "accounts[0].group", async b =>
        {
            await b.Reserved(b.Sale());
            return (await Accounts(b, b.Account("1100", group: true)));
        }),
        (BookErrors.AccountLimitInvalid, "accounts[0].limit", b => Accounts(b,
            b.Account("1", limit: new AccountLimit(LimitScope.Account, -1, null)))),
        (BookErrors.PeriodDates, "periods[0].to", b => Periods(b, new Period(b.Company, "x", Day(2, 2), Day(2, 1),
            PeriodState.Open))),
        (BookErrors.PeriodOverlaps, "periods[0].from", b => Periods(b, new Period(b.Company, "x", Day(12, 31),
            Day(1, 1, 2027), PeriodState.Open))),
        (BookErrors.PeriodFixed, "periods[0].from", b => Periods(b, b.Month(3) with { To = Day(3, 30) })),
        (BookErrors.PeriodReserved, "periods[0].state", async b =>
        {
            await b.Reserved(b.Sale());
            return await Periods(b, b.Month(4, PeriodState.Closed));
        }),
    ];

    public static Task<LedgerOperation> Now(LedgerOperation operation) => Task.FromResult(operation);

    private static Task<LedgerOperation> Post(Journal journal) => Now(new LedgerOperation.Post(journal));

    private static Task<LedgerOperation> Accounts(TestBooks b, Account account) =>
        Now(new LedgerOperation.PutAccounts(b.Company, [account]));

    private static Task<LedgerOperation> Periods(TestBooks b, Period period) =>
        Now(new LedgerOperation.PutPeriods(b.Company, [period]));

    private static LedgerOperation.Confirm Confirm(TestBooks b, Guid reservation, decimal? amount = null) =>
        new(new ConfirmJournal(b.Company, reservation, Ids.New(), amount));

    private static LedgerOperation.Release Release(TestBooks b, Guid reservation) =>
        new(new ReleaseJournal(b.Company, reservation));

    private static LedgerOperation.Reverse Reverse(TestBooks b, (Guid Journal, Guid Reversal, Guid Source) of,
        string reason,
        DateOnly? date = null) =>
        new(new ReverseJournal(b.Company, of.Journal, of.Reversal, new JournalSource("test.paper", of.Source), reason,
            date));

    private static Journal Changed(Journal journal, int line, Func<JournalLine, JournalLine> change) =>
        journal with { Lines = [.. journal.Lines.Select((l, i) => i == line ? change(l) : l)] };

    private static async Task<(Guid, Guid, Guid)> Sold(TestBooks b) =>
        ((await b.Posted(b.Sale())).Id, Ids.New(), Ids.New());

    private static async Task<(Guid, Guid, Guid)> Reversed(TestBooks b)
    {
        var of = await Sold(b);
        await b.Must(Reverse(b, of, "why"));
        return of;
    }

    private static async Task<Guid> Confirmed(TestBooks b)
    {
        var reserved = await b.Reserved(b.Sale());
        await b.Must(Confirm(b, reserved.Id));
        return reserved.Id;
    }

    private static async Task<Guid> Released(TestBooks b)
    {
        var reserved = await b.Reserved(b.Sale());
        await b.Must(Release(b, reserved.Id));
        return reserved.Id;
    }

    private static async Task<LedgerOperation> ConfirmOther(TestBooks b)
    {
        var reserved = await b.Reserved(b.Sale());
        return new LedgerOperation.Confirm(new ConfirmJournal(b.Company, reserved.Id, Ids.New(),
            Content: reserved with { Date = Day(5, 5) }));
    }

    private static async Task<LedgerOperation> ConfirmedWithOtherAmount(TestBooks b)
    {
        var reserved = await b.Reserved(b.Sale());
        var confirm = new ConfirmJournal(b.Company, reserved.Id, Ids.New(), 4);
        await b.Must(new LedgerOperation.Confirm(confirm));
        return new LedgerOperation.Confirm(confirm with { Amount = 5 });
    }
}

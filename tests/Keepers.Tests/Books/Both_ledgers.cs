using BusinessM.Books;
using BusinessM.Contracts.BookKeeper;
using BusinessM.Engines.Postgres;
using Npgsql;
using static BusinessM.Keepers.Tests.Books.TestBooks;

namespace BusinessM.Keepers.Tests.Books;

/// <summary>Random work on both ledgers: the same answers, the same balances by every way of asking, and a database in
/// which check finds nothing. The one in memory sums up lines; the one in PostgreSQL maintains.</summary>
public sealed class Both_ledgers(LedgerDatabase database) : IClassFixture<LedgerDatabase>
{
    private static readonly string[] Accounts = ["1000", "1010", "1100", "1200", "1300", "1400", "1900", "4000",
        "9000"];

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public async Task answer_the_same_to_random_work(int seed)
    {
        var random = new Random(seed);
        ILedgerRun[] runs = [new MemoryRun(), database.Run];
        var books = await Open(runs[1]);
        await Replay(books, runs[0]);
        var known = new List<Guid>();
        for (var batch = 0; batch < 25; batch++)
        {
            LedgerUnit[] units = [.. Enumerable.Range(0, random.Next(1, 12)).Select(_ => new LedgerUnit(
                [.. Enumerable.Range(0, random.Next(1, 4)).Select(_ => Any(books, random, known))]))];
            var (memory, postgres) = (await runs[0].Run(units), await runs[1].Run(units));
            for (var i = 0; i < units.Length; i++) Told(postgres[i]).ShouldBe(Told(memory[i]));
        }
        await SameReads(books.Company, runs, random);
        (await Findings()).ShouldBeEmpty();
    }

    // Sums do not depend on the order in which journals are posted, and reversing all of them leaves nothing.
    [Fact]
    public async Task do_not_mind_the_order_and_a_reversal_cancels()
    {
        var random = new Random(7);
        var (one, other) = (await Open(database.Run), await Open(database.Run));
        var journals = Enumerable.Range(0, 40).Select(_ => one.Journal(Day(random.Next(3, 13), 5),
            Debit("1100", random.Next(1, 9999) / 100m, "C" + random.Next(3)),
            Credit("4000", 0))).Select(Balanced).ToList();
        await database.Run.Run([.. journals.Select(j => new LedgerUnit(new LedgerOperation.Post(j)))]);
        await database.Run.Run([.. journals.OrderBy(_ => random.Next()).Select(j =>
            new LedgerUnit(new LedgerOperation.Post(
            j with { Id = Ids.New(), Company = other.Company })))]);
        async Task<IReadOnlyList<TrialBalanceRow>> Trial(TestBooks b, DateOnly asOf) =>
            (await b.Engine.TrialBalance(new TrialBalanceQuery(b.Company, asOf), Ct)).Value.Rows;
        foreach (var asOf in new[] { Day(3, 4), Day(6, 30), Day(8, 5), Day(12, 31) })
            (await Trial(one, asOf)).ShouldBe(await Trial(other, asOf));
        var reversed = await database.Run.Run([.. journals.Select(j => new LedgerUnit(new LedgerOperation.Reverse(
            new ReverseJournal(one.Company, j.Id, Ids.New(), j.Source, "all of it"))))]);
        reversed.ShouldAllBe(r => !r.Failed);
        (await Trial(one, Day(12, 31))).ShouldAllBe(row => row.Debit == row.Credit);
        (await one.Balance("1100", Day(8, 5), party: "C1")).ShouldSatisfyAllConditions(b => b.Debit.ShouldBe(b.Credit));
    }

    // Two hosts, 60 requests of 5 on an account with a limit of 100: 20 fit, whoever comes first.
    [Fact]
    public async Task keep_a_limit_when_several_hosts_post_at_once()
    {
        await using var second = await LaneRun.Start(database.Database);
        var books = await Open(database.Run);
        var outcomes = await Task.WhenAll(Enumerable.Range(0, 60).Select(async i =>
            (await (i % 2 == 0 ? database.Run : second).Run(
            [new LedgerUnit(new LedgerOperation.Post(books.Journal(Debit("1200", 5), Credit("4000", 5))))]))[0]));
        outcomes.Count(o => !o.Failed).ShouldBe(20);
        outcomes.Where(o => o.Failed).ShouldAllBe(o => o.Failure.Code == BookErrors.LimitExceeded.Code);
        (await books.Balance("1200")).Debit.ShouldBe(100);
        var same = books.Sale();
        var posted = await Task.WhenAll(Enumerable.Range(0, 20).Select(async i =>
            (await (i % 2 == 0 ? database.Run : second).Run(
            [new LedgerUnit(new LedgerOperation.Post(same))]))[0].Value[0]));
        posted.Count(p => !p.AlreadyThere).ShouldBe(1);
    }

    // 50,000 lines in 1,000 journals, and one journal of 10,000 lines: 1 + 2 + ... + 9,999 cents against one line.
    [Fact]
    public async Task take_journals_of_ten_thousand_lines_and_batches_of_fifty_thousand()
    {
        var books = await Open(database.Run);
        var large = await books.Posted(books.Journal([.. Enumerable.Range(1, 9_999).Select(i =>
            Debit("1100", i / 100m)),
            Credit("4000", 9_999 * 10_000 / 2 / 100m)]));
        (await books.Balance("1100")).Debit.ShouldBe(499_950m);
        var batch = Enumerable.Range(0, 1_000).Select(_ => new LedgerUnit(new LedgerOperation.Post(books.Journal(
            [.. Enumerable.Range(0, 49).Select(_ => Debit("1000", 1)), Credit("4000", 49)])))).ToList();
        (await database.Run.Run(batch)).ShouldAllBe(r => !r.Failed);
        (await books.Balance("1000")).Debit.ShouldBe(49_000m);
        (await books.Run(new LedgerOperation.Post(large))).Value.AlreadyThere.ShouldBeTrue();
    }

    private static LedgerOperation Any(TestBooks books, Random random, List<Guid> known)
    {
        Guid Known() => known.Count == 0 || random.Next(20) == 0 ? Ids.New() : known[random.Next(known.Count)];
        Guid New()
        {
            known.Add(Ids.New());
            return known[^1];
        }
        var id = random.Next(12) == 0 ? Known() : New();
        return random.Next(10) switch
        {
            < 4 => new LedgerOperation.Post(AnyJournal(books, random) with { Id = id }),
            < 6 => new LedgerOperation.Reserve(AnyJournal(books, random) with { Id = id }),
            6 => new LedgerOperation.Reverse(new ReverseJournal(books.Company, Known(), id,
                new JournalSource("test", Ids.New()),
                "why", random.Next(3) == 0 ? Day(random.Next(1, 13), 9) : null)),
            7 => new LedgerOperation.Confirm(new ConfirmJournal(books.Company, Known(), id,
                random.Next(2) == 0 ? null : random.Next(0, 3000) / 100m)),
            8 => new LedgerOperation.Release(new ReleaseJournal(books.Company, Known())),
            _ => new LedgerOperation.PutPeriods(books.Company,
                [books.Month(random.Next(1, 13), (PeriodState)random.Next(0, 3)) with { Code = "2026-03",
                From = Day(3, 1), To = Day(3, 31) }]),
        };
    }

    private static Journal AnyJournal(TestBooks books, Random random)
    {
        var currency = random.Next(4) == 0 ? "USD" : "EUR";
        string Account() => Accounts[random.Next(random.Next(6) == 0 ? Accounts.Length : 3) is var i
            && currency == "EUR" && i == 1 ? 7 : i];
        var party = random.Next(2) == 0 ? null : "C" + random.Next(3);
        var project = random.Next(3) == 0 ? "P" + random.Next(2) : null;
        var lines = Enumerable.Range(0, random.Next(1, 5)).Select(_ =>
        {
            var amount = random.Next(0, 4000) / 100m;
            var inBase = currency == "EUR" ? amount : Money.Round(amount * 0.9m, Currency.Of("EUR")).Amount;
            return random.Next(2) == 0 ? Debit(Account(), amount, party, currency, inBase, project)
                : Credit(Account(), amount, party, currency, inBase, project);
        }).ToList();
        var date = Day(random.Next(random.Next(5) == 0 ? 1 : 3, 13), random.Next(1, 29));
        var journal = Balanced(books.Journal(date, [.. lines, Debit(random.Next(2) == 0 ? "4000" : "1000", 0,
            currency: currency)]));
        return random.Next(15) == 0 ? journal with { Lines = [.. journal.Lines, Debit("1000", 1)] } : journal;
    }

    /// <summary>The last line takes what the others leave.</summary>
    private static Journal Balanced(Journal journal)
    {
        var others = journal.Lines.SkipLast(1).ToList();
        decimal Sum(Func<JournalLine, decimal> of) => others.Sum(l => l.Side == Side.Debit ? of(l) : -of(l));
        var (amount, inBase) = (Sum(l => l.Amount), Sum(l => l.BaseAmount));
        var last = journal.Lines[^1] with
        {
            Side = inBase > 0 ? Side.Credit : Side.Debit, Amount = Math.Abs(amount), BaseAmount = Math.Abs(inBase),
        };
        return journal with { Lines = [.. others, last] };
    }

    private static async Task Replay(TestBooks books, ILedgerRun into)
    {
        var engine = books.Engine;
        var accounts = (await engine.Accounts(new AccountsQuery(books.Company), Ct)).Value;
        var periods = (await engine.Periods(new PeriodsQuery(books.Company), Ct)).Value;
        (await into.Run([new LedgerUnit(
            new LedgerOperation.Open(new BusinessM.Contracts.BookKeeper.Books(books.Company, "EUR", ["project"])),
            new LedgerOperation.PutAccounts(books.Company, accounts), new LedgerOperation.PutPeriods(books.Company,
                periods))]))[0]
            .Failed.ShouldBeFalse();
    }

    private static async Task SameReads(CompanyId company, ILedgerRun[] runs, Random random)
    {
        async Task Same<T>(Func<ILedgerEngine, Task<Result<T>>> ask, Func<T, object> told)
        {
            var answers = new List<object>();
            foreach (var run in runs)
            {
                var answer = await ask(run.Engine);
                answers.Add(answer.Failed ? answer.Failure : told(answer.Value));
            }
            answers[1].ShouldBe(answers[0]);
        }

        var lists = new List<List<RecordedJournal>>();
        foreach (var run in runs)
        {
            var (all, after) = (new List<RecordedJournal>(), (string?)null);
            do
            {
                var page = (await run.Engine.Journals(new JournalsQuery(company, After: after, Take: 37), Ct)).Value;
                all.AddRange(page.Journals);
                after = page.Next;
            } while (after is not null);
            lists.Add(all);
        }
        lists[1].Select(j => (j.Journal.Id, j.Journal.Date, j.Reverses)).ShouldBe(lists[0].Select(j =>
            (j.Journal.Id, j.Journal.Date, j.Reverses)));
        lists[1].Zip(lists[0]).ShouldAllBe(pair => JournalContent.Difference(pair.First.Journal,
            pair.Second.Journal) == null);
        for (var i = 0; i < 30; i++)
        {
            var (asOf, at) = (Day(random.Next(1, 13), random.Next(1, 29)), random.Next(lists[0].Count));
            var from = random.Next(2) == 0 ? Day(random.Next(1, 13), random.Next(1, 29)) : (DateOnly?)null;
            var (byCurrency, earlier) = (random.Next(2) == 0, random.Next(3) == 0);
            // a sequence counts the links of each ledger's own chain: the same journal stands for the same moment
            long? KnownAt(int run) => earlier ? lists[run][at].RecordedSequence : null;
            await Same(e => e.TrialBalance(new TrialBalanceQuery(company, asOf, from,
                KnownAt(e is MemoryLedger ? 0 : 1), byCurrency), Ct),
                t => string.Join('\n', t.Rows.Where(r => r.Debit != 0 || r.Credit != 0).Select(Told)));
            var account = Accounts[random.Next(Accounts.Length)];
            var party = random.Next(3) == 0 ? "C" + random.Next(3) : null;
            var project = random.Next(3) == 0 ? "P" + random.Next(2) : null;
            var currency = random.Next(3) == 0 ? "USD" : null;
            await Same(e => e.Balance(new BalanceQuery(company, account, asOf, party, currency,
                project is null ? null : "project", project, KnownAt(e is MemoryLedger ? 0 : 1)), Ct), b => b);
        }
    }

    private static string Told(TrialBalanceRow row) => FormattableString.Invariant(
        $"{row.Account} {row.Debit:F2} {row.Credit:F2} {row.Currency} {row.CurrencyDebit:F2} {row.CurrencyCredit:F2}");

    private static string Told(Result<IReadOnlyList<Posted>> answer) =>
        answer.Failed ? answer.Failure.ToString() : string.Join(' ', answer.Value);

    private async Task<List<Finding>> Findings()
    {
        var findings = new List<Finding>();
        await foreach (var result in Checks.Run(database.Database, LedgerCheck.All.Concat(RecordCheck.All), Ct))
            findings.AddRange(result.Findings);
        return findings;
    }
}

using BusinessM.Books;
using BusinessM.Contracts.BookKeeper;
using BusinessM.Contracts.RecordKeeper;
using static BusinessM.Keepers.Tests.Books.TestBooks;

namespace BusinessM.Keepers.Tests.Books;

/// <summary>The port's near end: what it includes in the unit of work, and what dooms that.</summary>
public sealed class The_book_keepers_port
{
    private readonly MemoryRun _run = new();
    private readonly Unit _unit = new();

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task what_is_accepted_is_included_and_nothing_is_written_yet()
    {
        var (books, port) = await Port();
        var before = await books.Snapshot();
        var sale = books.Sale();
        (await port.Post(sale, Ct)).Value.ShouldBe(new Posted(sale.Id));
        (await port.Reverse(new ReverseJournal(books.Company, sale.Id, Ids.New(), sale.Source, "why"),
            Ct)).Failed.ShouldBeFalse();
        var reserved = books.Sale();
        (await port.Reserve(reserved, Ct)).Failed.ShouldBeFalse();
        (await port.Confirm(new ConfirmJournal(books.Company, reserved.Id, Ids.New()), Ct)).Failed.ShouldBeFalse();
        var effects = _unit.Effects.Cast<LedgerEffect>().ToList();
        effects.Select(e => e.Source).ShouldBe([sale.Source.Id, sale.Source.Id, reserved.Source.Id,
            reserved.Source.Id]);
        effects[0].Numbered("SI-1");
        effects[0].Operation.Number.ShouldBe("SI-1");
        (await books.Snapshot()).ShouldBe(before);
        (await _run.Run([new LedgerUnit([.. effects.Select(e => e.Operation)])]))[0].Failed.ShouldBeFalse();
        (await books.Journals())[0].Journal.Source.Number.ShouldBe("SI-1");
        _unit.Doomed.ShouldBeNull();
    }

    [Fact]
    public async Task a_refusal_comes_back_at_once_and_dooms_the_unit()
    {
        var (books, port) = await Port();
        await port.Post(books.Journal(Debit("1200", 90), Credit("4000", 90)), Ct);
        var refused = await port.Post(books.Journal(Debit("1200", 20), Credit("4000", 20)), Ct);
        refused.Failure.Code.ShouldBe(BookErrors.LimitExceeded.Code);
        _unit.Doomed.ShouldBe(refused.Failure);
        _unit.Effects.Count.ShouldBe(1);
    }

    [Fact]
    public async Task a_dry_run_says_the_same_and_dooms_nothing()
    {
        var (books, port) = await Port();
        (await port.DryRun(books.Sale(), Ct)).Failed.ShouldBeFalse();
        (await port.DryRun(books.Journal(Debit("1200", 101), Credit("4000", 101)),
            Ct)).Failure.Code.ShouldBe(BookErrors.LimitExceeded.Code);
        _unit.Effects.ShouldBeEmpty();
        _unit.Doomed.ShouldBeNull();
    }

    [Fact]
    public async Task what_is_already_there_is_not_included_again()
    {
        var (books, port) = await Port();
        var sale = await books.Posted(books.Sale());
        (await port.Post(sale, Ct)).Value.AlreadyThere.ShouldBeTrue();
        _unit.Effects.ShouldBeEmpty();
    }

    [Fact]
    public async Task a_line_that_moves_nothing_is_refused()
    {
        var (books, port) = await Port();
        var refused = await port.Post(books.Journal(Debit("1000", 1), Credit("4000", 1), Debit("2000", 0)), Ct);
        (refused.Failure.Code, refused.Failure.Field).ShouldBe((BookErrors.LineEmpty.Code, "lines[2].amount"));
        _unit.Doomed.ShouldBe(refused.Failure);
    }

    [Fact]
    public async Task a_batch_is_all_or_nothing_or_each()
    {
        var (books, port) = await Port();
        var (good, bad) = (books.Sale(), books.Journal(Debit("1000", 1), Credit("4000", 2)));
        var each = (await port.PostBatch(new JournalBatch(books.Company, [good, bad, books.Sale()],
            AllOrNothing: false), Ct)).Value;
        each.Select(r => r.Failed).ShouldBe([false, true, false]);
        (each[1].Failure.Code, each[1].Failure.Field).ShouldBe((BookErrors.Unbalanced.Code, "journals[1].lines"));
        _unit.Effects.Count.ShouldBe(2);
        _unit.Doomed.ShouldBeNull();
        (await port.PostBatch(new JournalBatch(books.Company, [books.Sale(), bad]),
            Ct)).Failure.Code.ShouldBe(BookErrors.Unbalanced.Code);
        _unit.Effects.Count.ShouldBe(2);
        _unit.Doomed.ShouldNotBeNull();
    }

    [Fact]
    public async Task a_batch_has_its_size_and_one_company()
    {
        var (books, port) = await Port();
        var sale = books.Sale();
        async Task<string> Refused(IReadOnlyList<Journal> journals) =>
            (await port.PostBatch(new JournalBatch(books.Company, journals), Ct)).Failure.Code;
        (await Refused([.. Enumerable.Repeat(sale, 1_001)])).ShouldBe(BookErrors.BatchTooLarge.Code);
        var long_ = sale with { Lines = [.. Enumerable.Repeat(sale.Lines[0], 10_000)] };
        (await Refused([.. Enumerable.Repeat(long_, 5), sale])).ShouldBe(BookErrors.BatchTooLarge.Code);
        (await Refused([sale, books.Sale() with { Company = Ids.New<CompanyId>() }])).ShouldBe(BookErrors.BatchCompany.Code);
        _unit.Effects.ShouldBeEmpty();
    }

    [Fact]
    public async Task the_chart_changes_with_the_commit_too()
    {
        var (books, port) = await Port();
        (await port.PutAccounts([books.Account("1500")], Ct)).Failed.ShouldBeFalse();
        (await port.PutPeriods([books.Month(3, PeriodState.Closed)], Ct)).Failed.ShouldBeFalse();
        (await port.Post(books.Journal(Debit("1500", 1), Credit("4000", 1)), Ct)).Failed.ShouldBeFalse();
        (await port.Post(books.Sale() with { Date = Day(3, 1) },
            Ct)).Failure.Code.ShouldBe(BookErrors.PeriodClosed.Code);
        (await port.PutAccounts([], Ct)).Failed.ShouldBeFalse();
        (await port.PutPeriods([], Ct)).Failed.ShouldBeFalse();
    }

    /// <summary>What no operation of an engine can be refused for has its own tests; together they are all.</summary>
    [Fact]
    public void every_code_of_the_catalogue_is_tested()
    {
        ErrorCode[] atThePort = [BookErrors.LineEmpty, BookErrors.BatchTooLarge, BookErrors.BatchCompany];
        ErrorCode[] inReads = [BookErrors.PageInvalid];
        ErrorCode.In(typeof(BookErrors)).Except(EveryRefusal.All.Select(r => r.Code)).Except(atThePort).Except(inReads)
            .Select(code => code.Code).ShouldBeEmpty();
    }

    private async Task<(TestBooks, BookKeeper)> Port() => (await TestBooks.Open(_run),
        new BookKeeper(_run.Engine, _unit));

    private sealed class Unit : IUnitOfWork
    {
        private readonly List<IEffect> _effects = [];

        public Error? Doomed { get; private set; }

        public IReadOnlyList<IEffect> Effects => _effects;

        public void Include(IEffect effect) => _effects.Add(effect);

        public void Number(NumberWanted wanted) => throw new NotSupportedException();

        public Error Doom(Error refusal)
        {
            Doomed ??= refusal;
            return refusal;
        }
    }
}

using BusinessM.Books;
using BusinessM.Contracts.BookKeeper;
using BusinessM.Contracts.RecordKeeper;
using BusinessM.Records;
using BusinessM.Testing;
using Microsoft.Extensions.DependencyInjection;

namespace BusinessM.Keepers.Tests.Books;

/// <summary>Each refusal at the book-keeper's port on PostgreSQL, in a unit that posted and took a number before: it
/// comes at once, but for an id that is taken; the commit answers the same, and no row of any table is another one
/// afterwards. The codes named here are those that no user meets over HTTP; the others are in Finance's tests too.
/// </summary>
public sealed class The_port_refuses(LedgerDatabase database) : IClassFixture<LedgerDatabase>
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    [Produces("books.company.unknown")]
    [Produces("books.company.currency-fixed")]
    [Produces("books.dimension.removed")]
    [Produces("books.account.fixed")]
    [Produces("books.account.limit-invalid")]
    [Produces("books.period.dates")]
    [Produces("books.period.overlaps")]
    [Produces("books.period.fixed")]
    [Produces("books.journal.unknown")]
    [Produces("books.journal.reversed")]
    [Produces("books.journal.is-reversal")]
    [Produces("books.reversal.too-early")]
    [Produces("books.reservation.unknown")]
    [Produces("books.reservation.confirmed")]
    [Produces("books.reservation.released")]
    [Produces("books.reservation.differs")]
    [Produces("books.confirm.lines")]
    [Produces("books.confirm.amount")]
    public async Task each_operation_for_each_reason()
    {
        var late = new SortedSet<string>(StringComparer.Ordinal);
        foreach (var (code, field, make) in EveryRefusal.All)
        {
            var books = await TestBooks.Open(database.Run);
            var operation = await make(books);
            if (!await Refused(code.Code, field, books, keeper => Ask(keeper, operation)))
                late.Add($"{code.Code} {field}");
        }
        // Plain posting is looked at against the chart that is remembered; that its id is taken, the lane sees.
        late.ShouldBe(["books.journal.differs date", "books.journal.differs id",
            "books.journal.differs lines[1].account", "books.journal.differs source.kind",
            "books.journal.reserved id"]);
    }

    [Fact, Produces("books.batch.too-large"), Produces("books.batch.company")]
    public async Task a_batch_without_measure_or_of_two_companies()
    {
        var books = await TestBooks.Open(database.Run);
        var sale = books.Sale();
        var longest = sale with { Lines = [.. Enumerable.Repeat(sale.Lines[0], 10_000)] };
        var foreign = books.Sale() with { Company = Ids.New<CompanyId>() };
        (string Code, string Field, IReadOnlyList<Journal> Journals)[] batches =
        [
            ("books.batch.too-large", "journals", [.. Enumerable.Repeat(sale, 1_001)]),
            ("books.batch.too-large", "journals", [.. Enumerable.Repeat(longest, 5), sale]),
            ("books.batch.company", "journals[1].company", [sale, foreign]),
        ];
        foreach (var (code, field, journals) in batches)
            (await Refused(code, field, books, keeper => Refusal(keeper.PostBatch(
                new JournalBatch(books.Company, journals), Ct)))).ShouldBeTrue(code);
    }

    /// <summary>Whether it was refused at once, not at the commit only.</summary>
    private async Task<bool> Refused(string code, string? field, TestBooks books, Func<IBookKeeper, Task<Error?>> ask)
    {
        var (refusal, committed) = await Unchanged.During(database, async () =>
        {
            await using var scope = database.Run.Services.CreateAsyncScope();
            scope.ServiceProvider.GetRequiredService<Caller>().ActAsSystem("tester");
            var unit = scope.ServiceProvider.GetRequiredService<UnitOfWork>();
            var keeper = scope.ServiceProvider.GetRequiredService<IBookKeeper>();
            var before = books.Sale();
            unit.Number(new NumberWanted(books.Company, "sales", "S-{00000}", before.Source.Id, _ => { }));
            (await keeper.Post(before, Ct)).Failed.ShouldBeFalse(code);
            var refusal = await ask(keeper);
            return (refusal, await unit.Commit(() => new Done(), 204, Ct));
        });
        committed.ShouldBeRefused(code).Field.ShouldBe(field, code);
        if (refusal is not null) refusal.ShouldBe(committed.Failure);
        return refusal is not null;
    }

    private static Task<Error?> Ask(IBookKeeper keeper, LedgerOperation operation) => operation switch
    {
        LedgerOperation.Post post => Refusal(keeper.Post(post.Journal, Ct)),
        LedgerOperation.Reserve reserve => Refusal(keeper.Reserve(reserve.Journal, Ct)),
        LedgerOperation.Reverse reverse => Refusal(keeper.Reverse(reverse.Wish, Ct)),
        LedgerOperation.Confirm confirm => Refusal(keeper.Confirm(confirm.Wish, Ct)),
        LedgerOperation.Release release => Refusal(keeper.Release(release.Wish, Ct)),
        LedgerOperation.Open open => Refusal(keeper.Open(open.Books, Ct)),
        LedgerOperation.PutAccounts put => Refusal(keeper.PutAccounts(put.Accounts, Ct)),
        LedgerOperation.PutPeriods put => Refusal(keeper.PutPeriods(put.Periods, Ct)),
        _ => throw new InvalidOperationException($"The port has no {operation.GetType().Name}"),
    };

    private static async Task<Error?> Refusal<T>(Task<Result<T>> answer) =>
        (await answer).TryFailure(out var refusal) ? refusal : null;
}

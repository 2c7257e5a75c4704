using BusinessM.Contracts.BookKeeper;
using BusinessM.Records.Far;
using Microsoft.Extensions.DependencyInjection;

namespace BusinessM.Keepers.Tests.Far;

/// <summary>A call that would be refused because of a reservation first hears what became of that (rule 7): the user
/// saw it done, or given up, before the message arrived.</summary>
[Trait("Category", "NoCulture")]
public sealed class ResolvingFirst(FarDatabases databases, ITestOutputHelper output) : IClassFixture<FarDatabases>
{
    [Theory]
    [InlineData("far")]
    [InlineData("chain")]
    public async Task what_was_given_up_is_no_reason_to_refuse(string way)
    {
        await using var topology = await Topology.Start(databases, way);
        topology.Network.Loses = e => e.Message is Release;
        (await topology.Submit(Ids.New(), 80m, commit: false)).Failed.ShouldBeFalse();     // 80 of 100
        await topology.Quiet();
        (await topology.Balance()).ReservedDebit.ShouldBe(80m);
        (await topology.Submit(Ids.New(), 70m)).Failed.ShouldBeFalse();
        await topology.Settle();
        (await topology.Balance()).ShouldBe(new(70m, 0m, 0m, 0m));
    }

    [Fact]
    public async Task what_was_committed_can_be_reversed_at_once()
    {
        await using var topology = await Topology.Start(databases, "far");
        topology.Network.Loses = e => e.Message is Confirm;
        var id = Ids.New();
        (await topology.Submit(id, 10m)).Failed.ShouldBeFalse();
        await topology.Quiet();
        (await topology.Journals()).ShouldBeEmpty();
        (await topology.Reverse(id, Ids.New())).Failed.ShouldBeFalse();
        (await topology.Journals()).ShouldHaveSingleItem().Journal.Source.Number.ShouldBe("N-00001");
        await topology.Settle();
        (await topology.Balance()).ShouldBe(new(10m, 10m, 0m, 0m));
    }

    [Fact]
    public async Task what_is_undecided_still_counts_and_is_asked_for_once()
    {
        await using var topology = await Topology.Start(databases, "far");
        var (code, answers) = ("", new List<FarMessage>());
        topology.Network.Loses = e =>
        {
            lock (answers) if (e.Message is Inquire or Decided) answers.Add(e.Message);
            return false;
        };
        (await topology.Submit(Ids.New(), 80m, meanwhile: async () =>
            code = (await topology.Submit(Ids.New(), 80m)).Failure.Code)).Failed.ShouldBeFalse();
        code.ShouldBe("books.account.limit-exceeded");
        answers.Count.ShouldBe(2);
        answers.OfType<Decided>().ShouldHaveSingleItem().Verdict.ShouldBe(Verdict.Undecided);
        await topology.Settle();
        (await topology.Balance()).ShouldBe(new(80m, 0m, 0m, 0m));
    }

    [Fact]
    public async Task an_origin_that_does_not_answer_leaves_the_refusal()
    {
        await using var topology = await Topology.Start(databases, "far");
        topology.Network.Loses = e => e.Message is Release or Inquire;
        (await topology.Submit(Ids.New(), 80m, commit: false)).Failed.ShouldBeFalse();
        await topology.Quiet();
        (await topology.Submit(Ids.New(), 80m)).Failure.Code.ShouldBe("books.account.limit-exceeded");
        await topology.Settle();
        (await topology.Balance()).ShouldBe(new(0m, 0m, 0m, 0m));
    }

    [Fact]
    public async Task a_read_shows_what_was_committed_and_not_what_was_given_up()
    {
        await using var topology = await Topology.Start(databases, "far");
        topology.Network.Loses = e => e.Message is Confirm or Release;
        (await topology.Submit(Ids.New(), 10m)).Failed.ShouldBeFalse();
        (await topology.Submit(Ids.New(), 20m, commit: false)).Failed.ShouldBeFalse();
        await topology.Quiet();
        var ct = TestContext.Current.CancellationToken;
        var end = new DateOnly(2026, 12, 31);
        var reads = topology.Finance.Services.GetRequiredService<IBooks>();
        (await topology.Balance()).ShouldBe(new(0m, 0m, 30m, 0m));
        (await reads.TrialBalance(new TrialBalanceQuery(topology.Company, end, KnownAt: 0), ct)).Value.Rows
            .ShouldBeEmpty();                                          // as of then: nothing is asked
        (await topology.Balance()).ShouldBe(new(0m, 0m, 30m, 0m));
        (await reads.TrialBalance(new TrialBalanceQuery(topology.Company, end), ct)).Value.TotalDebit.ShouldBe(10m);
        (await topology.Balance()).ShouldBe(new(10m, 0m, 0m, 0m));

        (await topology.Submit(Ids.New(), 5m)).Failed.ShouldBeFalse();
        (await reads.Balance(new BalanceQuery(topology.Company, "1200", end), ct)).Value
            .ShouldBe(new(15m, 0m, 0m, 0m));
        (await topology.Submit(Ids.New(), 3m)).Failed.ShouldBeFalse();
        (await reads.Journals(new JournalsQuery(topology.Company), ct)).Value.Journals.Count.ShouldBe(3);

        topology.Network.Loses = e => e.Message is Confirm or Inquire;
        (await topology.Submit(Ids.New(), 2m)).Failed.ShouldBeFalse();
        (await reads.Balance(new BalanceQuery(topology.Company, "1200", end), ct)).Value
            .ShouldBe(new(18m, 0m, 2m, 0m));                           // no answer: the books as they are
        await topology.Settle();
        (await topology.Balance()).ShouldBe(new(20m, 0m, 0m, 0m));
    }

    [Fact, Trait("Category", "Slow")]
    public async Task a_crash_at_every_point_of_it_leaves_all_or_nothing()
    {
        var points = await Story(null);
        foreach (var point in points) await Story(point);
        output.WriteLine($"{points.Count} points: {string.Join("; ", points)}");
        points.Count.ShouldBeGreaterThan(25);
        points.ShouldContain(p => p.Host == "finance" && p.Where == "after Decided");
    }

    private async Task<IReadOnlyList<Point>> Story(Point? at)
    {
        await using var topology = await Topology.Start(databases, "far");
        topology.Network.Loses = e => e.Message is Release;
        (await topology.Submit(Ids.New(), 80m, commit: false)).Failed.ShouldBeFalse();
        await topology.Quiet();
        var crash = topology.Network.Crash = new Crash(at);
        var (id, key) = (Ids.New(), Ids.New().ToString());
        var told = await topology.Try(id, 70m, key);
        await topology.Quiet();
        if (crash.Dead is { } dead) await topology.Restart(dead);
        topology.Network.Loses = _ => false;
        for (var times = 0; !told && !await topology.Noted(id); times++)
        {
            times.ShouldBeLessThan(5, at?.ToString());
            await topology.Try(id, 70m, key);
        }
        await topology.Settle();
        (await topology.Noted(id)).ShouldBeTrue(at?.ToString());
        (await topology.Balance()).ShouldBe(new(70m, 0m, 0m, 0m), at?.ToString());
        return crash.Passed;
    }
}

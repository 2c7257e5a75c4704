namespace BusinessM.Keepers.Tests.Far;

/// <summary>One contract of <c>ILedger</c>, kept near, near through text, far, and far through a
/// context in between: the same answers, the same refusals,
/// the same books.</summary>
public sealed class TheLedgerThreeWays(FarDatabases databases) : IClassFixture<FarDatabases>
{
    public static readonly TheoryData<string> Ways = ["near", "text", "far", "chain"];

    public static readonly TheoryData<string> Direct = ["near", "text", "far"];

    [Theory, MemberData(nameof(Ways))]
    public async Task posts_with_the_commit(string way)
    {
        await using var topology = await Topology.Start(databases, way);
        var id = Ids.New();
        (await topology.Submit(id, 60m)).Value.Number.ShouldBe("N-00001");
        await topology.Settle();
        var journal = (await topology.Journals()).ShouldHaveSingleItem().Journal;
        journal.Id.ShouldBe(Topology.FactId(id, 0));
        journal.Source.Number.ShouldBe("N-00001");
        (await topology.Balance()).ShouldBe(new(60m, 0m, 0m, 0m));
    }

    [Theory, MemberData(nameof(Ways))]
    public async Task posts_nothing_without_the_commit(string way)
    {
        await using var topology = await Topology.Start(databases, way);
        (await topology.Submit(Ids.New(), 60m, commit: false)).Failed.ShouldBeFalse();
        await topology.Settle();
        (await topology.Journals()).ShouldBeEmpty();
        (await topology.Balance()).ShouldBe(new(0m, 0m, 0m, 0m));
        (await topology.Submit(Ids.New(), 100m)).Failed.ShouldBeFalse();
    }

    [Theory, MemberData(nameof(Ways))]
    public async Task refuses_at_once_and_dooms_the_unit(string way)
    {
        await using var topology = await Topology.Start(databases, way);
        var id = Ids.New();
        (await topology.Submit(id, 10m, role: "7777")).Failure.Code.ShouldBe("books.account.unknown");
        (await topology.Submit(id, 10m, month: 1)).Failure.Code.ShouldBe("books.period.closed");
        (await topology.Submit(id, 100.01m)).Failure.Code.ShouldBe("books.account.limit-exceeded");
        (await topology.Noted(id)).ShouldBeFalse();
        (await topology.Submit(id, 100m)).Failed.ShouldBeFalse();      // no refusal burnt the id
        await topology.Settle();
        (await topology.Balance()).Debit.ShouldBe(100m);
    }

    [Theory, MemberData(nameof(Ways))]
    public async Task a_second_call_sees_the_first(string way)
    {
        await using var topology = await Topology.Start(databases, way);
        (await topology.Submit(Ids.New(), 60m, times: 2)).Failure.Code.ShouldBe("books.account.limit-exceeded");
        await topology.Settle();
        (await topology.Submit(Ids.New(), 50m, times: 2)).Failed.ShouldBeFalse();      // 50 + 50 = 100, the limit
        await topology.Settle();
        (await topology.Balance()).ShouldBe(new(100m, 0m, 0m, 0m));
    }

    [Theory, MemberData(nameof(Ways))]
    public async Task a_commit_that_is_refused_posts_nothing(string way)
    {
        await using var topology = await Topology.Start(databases, way);
        (await topology.Submit(Ids.New(), 10m, code: "twice")).Failed.ShouldBeFalse();
        (await topology.Submit(Ids.New(), 10m, code: "twice")).Failure.Code.ShouldBe("record.document.duplicate");
        await topology.Settle();
        (await topology.Balance()).ShouldBe(new(10m, 0m, 0m, 0m));
        (await topology.Submit(Ids.New(), 10m)).Value.Number.ShouldBe("N-00002");
    }

    [Theory, MemberData(nameof(Ways))]
    public async Task the_same_fact_is_posted_once_and_another_content_is_named(string way)
    {
        await using var topology = await Topology.Start(databases, way);
        var id = Ids.New();
        (await topology.Submit(id, 10m)).Failed.ShouldBeFalse();
        await topology.Settle();
        // The fact is there already, which is no refusal; the note is refused.
        (await topology.Submit(id, 10m)).Failure.Code.ShouldBe("record.document.exists");
        var other = (await topology.Submit(id, 11m)).Failure;
        other.Code.ShouldBe("books.journal.differs");
        await topology.Settle();
        (await topology.Balance()).ShouldBe(new(10m, 0m, 0m, 0m));
    }

    [Theory, MemberData(nameof(Direct))]
    public async Task reverses(string way)
    {
        await using var topology = await Topology.Start(databases, way);
        var id = Ids.New();
        (await topology.Submit(id, 10m)).Failed.ShouldBeFalse();
        await topology.Settle();
        (await topology.Reverse(id, Ids.New())).Failed.ShouldBeFalse();
        await topology.Settle();
        (await topology.Balance()).ShouldBe(new(10m, 10m, 0m, 0m));
        (await topology.Reverse(id, Ids.New())).Failure.Code.ShouldBe("books.journal.reversed");
        (await topology.Reverse(Ids.New(), Ids.New())).Failure.Code.ShouldBe("books.journal.unknown");
    }
}

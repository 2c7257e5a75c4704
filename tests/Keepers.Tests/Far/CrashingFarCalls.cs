using BusinessM.Contracts.Finance;
using BusinessM.Records;
using BusinessM.Records.Far;
using BusinessM.Testing;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;

namespace BusinessM.Keepers.Tests.Far;

/// <summary>Far calls between two real databases, with the death of either process at every point between two steps,
/// and with every message lost once. The client repeats with its key, or goes away.</summary>
[Trait("Category", "NoCulture")]
public sealed class CrashingFarCalls(FarDatabases databases, ITestOutputHelper output) : IClassFixture<FarDatabases>
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("far", true)]
    [InlineData("far", false)]
    [InlineData("chain", true)]
    [InlineData("chain", false)]
    public async Task a_crash_at_every_point_leaves_all_or_nothing(string way, bool repeats)
    {
        await using var topology = await Topology.Start(databases, way);
        var points = await Story(topology, null, repeats);          // without a crash: the points on the way
        foreach (var point in points) await Story(topology, point, repeats);
        output.WriteLine($"{points.Count} points: {string.Join("; ", points)}");
        points.Count.ShouldBeGreaterThan(25);
        points.Select(p => p.Host).Distinct().Order()
            .ShouldBe(way == "far" ? ["finance", "probe"] : ["finance", "middle", "probe"]);
        await Books(topology);
    }

    [Fact]
    public async Task of_commit_and_deadline_whoever_writes_first_decides()
    {
        await using var topology = await Topology.Start(databases, "far");
        var (first, second) = (Ids.New(), Ids.New());
        topology.Network.Crash = new Crash(new Point("probe", "before the look", 1), () => Ask(topology).Wait());
        (await topology.Submit(first, 1m)).ShouldBeRefused("record.attempt.aborted");
        await topology.Settle();
        await WholeOrNothing(topology, first, false, "the tombstone was first");
        (await topology.Noted(first)).ShouldBeFalse();

        Task? asking = null;
        topology.Network.Crash = new Crash(new Point("probe", "before the commit", 1), () => asking = Ask(topology));
        (await topology.Submit(second, 1m)).Value.Number.ShouldBe("N-00001");    // the first one took none
        await asking!;
        await topology.Settle();
        await WholeOrNothing(topology, second, true, "the commit was first");
    }

    [Theory]
    [InlineData(typeof(Reserve))]
    [InlineData(typeof(Reserved))]
    [InlineData(typeof(Confirm))]
    [InlineData(typeof(Confirmed))]
    public async Task a_lost_message_is_made_good(Type lost)
    {
        await using var topology = await Topology.Start(databases, "far");
        var once = 1;
        topology.Network.Loses = e => e.Message.GetType() == lost && Interlocked.Exchange(ref once, 0) == 1;
        var (id, key) = (Ids.New(), Ids.New().ToString());
        (await topology.Submit(id, 10m, key)).Failed.ShouldBeFalse();
        await topology.Settle();
        once.ShouldBe(0);
        await WholeOrNothing(topology, id, true, lost.Name);
    }

    [Fact]
    public async Task a_callee_that_never_answers_is_an_accident_and_nothing_stays()
    {
        await using var topology = await Topology.Start(databases, "far");
        topology.Network.Loses = e => e.Message is Reserved;
        var id = Ids.New();
        await Should.ThrowAsync<TimeoutException>(() => topology.Submit(id, 10m));
        await topology.Settle();
        await WholeOrNothing(topology, id, false, "no answer");
        (await topology.Balance()).ShouldBe(new(0m, 0m, 0m, 0m));
    }

    [Fact]
    public async Task a_retry_supersedes_what_the_first_attempt_reserved()
    {
        await using var topology = await Topology.Start(databases, "far");
        topology.Network.Loses = e => e.Message is Release or Inquire;
        var (id, key) = (Ids.New(), Ids.New().ToString());
        (await topology.Submit(id, 80m, key, commit: false)).Failed.ShouldBeFalse();   // reserved 80 of 100, given up
        await topology.Probe.Quiet();
        (await topology.Balance()).ReservedDebit.ShouldBe(80m);
        (await topology.Submit(Ids.New(), 80m)).Failure.Code.ShouldBe("books.account.limit-exceeded");
        (await topology.Submit(id, 80m, key)).Failed.ShouldBeFalse();                  // the first 80 do not count
        await topology.Settle();
        (await topology.Balance()).ShouldBe(new(80m, 0m, 0m, 0m));
    }

    [Fact]
    public async Task a_late_and_repeated_message_changes_nothing()
    {
        await using var topology = await Topology.Start(databases, "far");
        var seen = new List<Envelope>();
        topology.Network.Loses = e => { lock (seen) seen.Add(e); return false; };
        (await topology.Submit(Ids.New(), 10m, commit: false)).Failed.ShouldBeFalse();
        (await topology.Submit(Ids.New(), 20m)).Failed.ShouldBeFalse();
        await topology.Settle();
        Envelope[] all;
        lock (seen) all = [.. seen.Where(e => e.Message is not (Reserved or Refused))];
        all.Select(e => e.Message.GetType().Name).Distinct().Order()
            .ShouldBe(["Confirm", "Confirmed", "Release", "Reserve"]);
        foreach (var envelope in all.Concat(all.Reverse())) await topology.Network.Carry(envelope);
        await topology.Settle();
        (await topology.Balance()).ShouldBe(new(20m, 0m, 0m, 0m));
        (await topology.Journals()).Count.ShouldBe(1);
    }

    [Fact]
    public async Task a_message_leaves_when_the_witness_knows_its_step()
    {
        await using var topology = await Topology.Start(databases, "far");
        var marks = new List<(string Message, long Seen, long Mark)>();
        topology.Network.Loses = e =>
        {
            var host = e.From == "probe" ? topology.Probe : topology.Finance;
            var database = e.From == "probe" ? databases.Probe : databases.Finance;
            using var mark = database.Lane.CreateCommand("select mark from record.far_home");
            lock (marks)
                marks.Add((e.Message.GetType().Name, host.Services.GetRequiredService<FarWitness>().Seen,
                    (long)mark.ExecuteScalar()!));
            return false;
        };
        (await topology.Submit(Ids.New(), 10m)).Failed.ShouldBeFalse();
        await topology.Quiet();
        marks.Select(m => m.Message).ShouldBe(["Reserve", "Reserved", "Confirm", "Confirmed"]);
        marks.ShouldAllBe(m => m.Seen == m.Mark && m.Mark > 0);
    }

    [Fact]
    public async Task a_confirmation_of_an_unknown_reservation_posts_from_its_content()
    {
        await using var topology = await Topology.Start(databases, "far");
        topology.Network.Loses = e => e.Message is Confirm;
        (await topology.Submit(Ids.New(), 30m)).Failed.ShouldBeFalse();
        await topology.Probe.Quiet();
        await Forget(topology, "reservation");                     // as if finance had lost it with its disk
        await topology.Settle();
        (await topology.Balance()).Debit.ShouldBe(30m);
        (await topology.Journals()).Count.ShouldBe(1);
    }

    [Fact, Produces("record.reservation.other-content"), Produces("record.attempt.aborted")]
    public async Task a_repeated_reserve_with_other_content_and_one_after_its_release_are_refused()
    {
        await using var topology = await Topology.Start(databases, "far");
        Envelope? seen = null;
        topology.Network.Loses = e =>
        {
            if (e.Message is Reserve) seen = e;
            return e.Message is Release;
        };
        (await topology.Submit(Ids.New(), 10m, commit: false)).Failed.ShouldBeFalse();
        await topology.Quiet();
        var reserve = (Reserve)seen!.Message;
        var other = reserve with { Call = reserve.Call with { Body = reserve.Call.Body + " " } };
        await Refuses("record.reservation.other-content", topology, seen with { Message = other });
        await topology.Settle();
        await Refuses("record.attempt.aborted", topology, seen);
    }

    [Fact, Produces("record.attempt.moved")]
    public async Task a_decision_on_rows_that_moved_is_refused_by_the_lane()
    {
        await using var topology = await Topology.Start(databases, "far");
        var id = new FarId(new AttemptId("probe", 1, Ids.New()), "1");
        var outcome = await databases.Unchanged(() => topology.Finance.InUnit(async services =>
        {
            var unit = services.GetRequiredService<UnitOfWork>();
            var ledger = services.GetRequiredService<ILedger>();
            (await ledger.Post(topology.Fact(Ids.New(), 1m, "1200", 4, 0), Ct)).Failed.ShouldBeFalse();
            unit.Include(new FarDecision(topology.Company, new FarScope([id.Attempt]), [],
                rows => FarStep.Nothing.Do(FarOpKind.Post, id, new FarEffect("", "", "", []))));
            return await unit.Commit(() => new Done(), 204, Ct);
        }));
        outcome.ShouldBeRefused("record.attempt.moved");
    }

    [Fact]
    public async Task the_relay_runs_by_itself()
    {
        await using var topology = await Topology.Start(databases, "far");
        var once = 1;
        topology.Network.Loses = e => e.Message is Confirm && Interlocked.Exchange(ref once, 0) == 1;
        var relay = topology.Probe.Services.GetRequiredService<FarRelay>();
        await relay.StartAsync(TestContext.Current.CancellationToken);
        (await topology.Submit(Ids.New(), 10m)).Failed.ShouldBeFalse();
        for (var waited = 0; (await topology.Journals()).Count == 0; waited++)
        {
            waited.ShouldBeLessThan(200, "not confirmed after 10 s");
            await Task.Delay(50, TestContext.Current.CancellationToken);
        }
        once.ShouldBe(0);
        await relay.StopAsync(TestContext.Current.CancellationToken);
        await topology.Settle();
    }

    [Fact]
    public async Task the_unique_key_of_the_outcome_is_the_last_word()
    {
        await using var topology = await Topology.Start(databases, "far");
        await topology.Submit(Ids.New(), 10m);
        await topology.Settle();
        await using var owner = databases.Probe.Lane.CreateCommand(
            "insert into record.far_outcome (attempt, outcome) select attempt, 'Aborted' from record.far_outcome");
        (await Should.ThrowAsync<PostgresException>(() => owner.ExecuteNonQueryAsync())).SqlState.ShouldBe("23505");
        await using var change = databases.Probe.Lane.CreateCommand(
            "update record.far_outcome set outcome = 'Aborted'");
        (await Should.ThrowAsync<PostgresException>(() => change.ExecuteNonQueryAsync())).SqlState.ShouldBe("42501");
    }

    private async Task Refuses(string code, Topology topology, Envelope envelope)
    {
        var answer = await databases.Unchanged(() => topology.Network.Carry(envelope));
        Result<Done> refusal = answer!.Message.ShouldBeOfType<Refused>().Error;
        refusal.ShouldBeRefused(code);
    }

    // The deadline passes and finance asks, while the other end is in the middle of something.
    private async Task Ask(Topology topology)
    {
        databases.Clock.Shift += TimeSpan.FromMinutes(1);
        await topology.Finance.Far.Relay(TestContext.Current.CancellationToken);
        await topology.Finance.Quiet();
    }

    private static async Task<IReadOnlyList<Point>> Story(Topology topology, Point? at, bool repeats)
    {
        var (id, key) = (Ids.New(), Ids.New().ToString());
        var crash = topology.Network.Crash = new Crash(at);
        var acknowledged = await topology.Try(id, 1m, key);
        await topology.Quiet();
        if (crash.Dead is { } dead) await topology.Restart(dead);
        topology.Network.Crash = Crash.Never;
        if (repeats && !acknowledged) await Repeat(topology, id, key);
        await topology.Settle();
        await WholeOrNothing(topology, id, acknowledged || repeats, $"{at}");
        return crash.Passed;
    }

    private static async Task Repeat(Topology topology, Guid id, string key)
    {
        for (var times = 0; !await topology.Answered(key) && !await topology.Try(id, 1m, key); times++)
            times.ShouldBeLessThan(5, "the client repeats for ever");
    }

    private static async Task WholeOrNothing(Topology topology, Guid id, bool must, string point)
    {
        var noted = await topology.Noted(id);
        var posted = (await topology.Journals()).Count(j => j.Journal.Id == Topology.FactId(id, 0));
        posted.ShouldBe(noted ? 1 : 0, point);
        if (must) noted.ShouldBeTrue(point);
        (await topology.Balance()).ReservedDebit.ShouldBe(0m, point);
    }

    /// <summary>The books add up to what the journals say; numbers of the notes have no gap.</summary>
    private static async Task Books(Topology topology)
    {
        var journals = await topology.Journals();
        (await topology.Balance()).Debit.ShouldBe(journals.Count * 1m);
        journals.Select(j => j.Journal.Source.Number).Order(StringComparer.Ordinal).ShouldBe(
            Enumerable.Range(1, journals.Count).Select(n => FormattableString.Invariant($"N-{n:00000}")));
    }

    private async Task Forget(Topology topology, string kind)
    {
        await using var command = databases.Finance.Owner.CreateCommand(
            $"delete from record.far_row where kind = '{kind}' and body::text like '%{topology.Company.Value}%'");
        (await command.ExecuteNonQueryAsync()).ShouldBe(1);
    }
}

using BusinessM.Keepers.Tests.Far.Search;
using BusinessM.Records.Far;

namespace BusinessM.Keepers.Tests.Far;

/// <summary>A search that never fails proves nothing: here one rule at a time is broken, and the search must say so.
/// </summary>
public sealed class BrokenRules(ITestOutputHelper output)
{
    [Fact]
    public void deciding_by_time_is_caught() => Caught(new DecidesByTime(), Of(1), "Contradicted");

    [Fact]
    public void answering_aborted_without_a_tombstone_is_caught() => Caught(new NoTombstone(), Of(1), "Contradicted");

    [Fact]
    public void retrying_without_a_tombstone_is_caught() => Caught(new RetryLeavesTheOldOne(), Of(1), "Contradicted");

    [Fact]
    public void believing_that_a_lost_commit_failed_is_caught() =>
        Caught(new BelievesTheError(), Of(1), "Contradicted");

    [Fact]
    public void refusing_an_unknown_confirmation_is_caught() =>
        Caught(new RefusesTheUnknown(), Of(1, restorable: "B"), "of 1 parts are posted");

    [Fact]
    public void posting_a_repeated_confirmation_is_caught() => Caught(new PostsAgain(), Of(1), "posted 2 times");

    [Fact]
    public void a_restored_callee_that_opens_at_once_is_caught() =>
        Caught(new OpensAtOnce(), Of(1, restorable: "B"), "of 1 parts are posted");

    [Fact]
    public void a_restored_origin_that_opens_at_once_is_caught() =>
        Caught(new OpensAtOnce(), Of(2, restorable: "A"), "aborted at its origin|not committed");

    [Fact]
    public void hearing_an_incarnation_from_before_the_restore_is_caught() =>
        Caught(new HearsTheDead(), Of(1, restorable: "A"), "posted");

    [Fact]
    public void answering_for_the_attempt_and_not_for_the_part_is_caught() =>
        Caught(new AnswersForTheAttempt(), new("wavering", 2, true, 1, 1, Wavering: true), "no part of the commit");

    private static Scenario Of(int participants, string? restorable = null) =>
        new("broken", participants, false, 2, 1, restorable);

    private void Caught(Rules broken, Scenario scenario, string how)
    {
        var space = new StateSpace(scenario, broken, statesMax: 200_000);
        var found = space.Run();
        output.WriteLine($"{space}: {found}");
        found.ShouldNotBeNull();
        found.What.ShouldMatch(how);
    }

    private static FarStep Says(FarRows rows, Envelope e, FarId id, Verdict verdict) =>
        FarStep.Nothing.Send(rows, e.From, id.Attempt.Origin, new Decided(id, verdict));

    private sealed class DecidesByTime : Rules
    {
        public override FarStep Receive(FarRows rows, Envelope e) => e.Message is Inquire m
            ? Says(rows, e, m.Id, Verdict.Aborted) : base.Receive(rows, e);
    }

    private sealed class NoTombstone : Rules
    {
        public override FarStep Receive(FarRows rows, Envelope e) =>
            e.Message is Inquire m && rows.OutcomeOf(m.Id.Attempt) is null
                ? Says(rows, e, m.Id, Verdict.Aborted) : base.Receive(rows, e);
    }

    private sealed class RetryLeavesTheOldOne : Rules
    {
        public override Bound Bind(FarRows rows, string key, Guid id)
        {
            var bound = base.Bind(rows, key, id);
            return bound with { Step = bound.Step with { Rows = bound.Step.Rows.RemoveAll(r => r is OutcomeRow) } };
        }
    }

    private sealed class BelievesTheError : Rules
    {
        public override bool WaitsForLock => false;

        public override (FarStep Step, Verdict Verdict) InDoubt(FarRows rows, AttemptId id) =>
            (FarStep.Nothing, Verdict.Aborted);
    }

    private sealed class RefusesTheUnknown : Rules
    {
        public override FarStep Receive(FarRows rows, Envelope e) =>
            e.Message is Confirm m && rows.Reservation(m.Id) is null && FarNode.Admit(rows, e).In
                ? FarStep.Nothing.Send(rows, e.From, m.Id.Attempt.Origin, new Confirmed(m.Id)) : base.Receive(rows, e);
    }

    private sealed class PostsAgain : Rules
    {
        public override FarStep Receive(FarRows rows, Envelope e) => e.Message is Confirm m
            ? base.Receive(rows with { Reservations = [.. rows.Reservations.Select(r => r.Id == m.Id
                ? r with { State = ReservationState.Reserved } : r)] }, e)
            : base.Receive(rows, e);
    }

    private sealed class OpensAtOnce : Rules
    {
        public override FarStep Renew(FarRows rows, long incarnation, string[] others) =>
            base.Renew(rows, incarnation, []);
    }

    private sealed class HearsTheDead : Rules
    {
        private static Envelope Raised(FarRows rows, Envelope e) =>
            e with { Incarnation = Math.Max(e.Incarnation, rows.PeerIncarnation(e.From)) };

        public override (bool In, FarStep Learnt) Admit(FarRows rows, Envelope e) => base.Admit(rows, Raised(rows, e));

        public override FarStep Receive(FarRows rows, Envelope e) => base.Receive(rows, Raised(rows, e));
    }

    private sealed class AnswersForTheAttempt : Rules
    {
        public override FarStep Receive(FarRows rows, Envelope e) =>
            e.Message is Inquire m && rows.OutcomeOf(m.Id.Attempt) is { Outcome: Outcome.Committed }
                ? Says(rows, e, m.Id, Verdict.Committed) : base.Receive(rows, e);
    }
}

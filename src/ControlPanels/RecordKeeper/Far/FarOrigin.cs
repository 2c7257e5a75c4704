namespace BusinessM.Records.Far;

/// <summary>What became of binding a key: a live attempt to work with, or the outcome found.</summary>
public sealed record Bound(FarStep Step, FarAttempt? Attempt, OutcomeRow? Committed = null, bool OtherContent = false);

/// <summary>The origin's side: the only one that decides. Pure: rows and an event in, a step out; each step is one
/// transaction. Sources: design section 4, far, rules 1 to 5.</summary>
public static class FarOrigin
{
    /// <summary>Binds a key to a new attempt, durably, before the first far call. A retry finds the last attempt
    /// committed, or writes its tombstone in the same transaction and supersedes it.</summary>
    public static Bound Bind(FarRows rows, string key, string fingerprint, Guid id, DateTimeOffset deadline)
    {
        RequireOpen(rows);
        var earlier = rows.Attempts.Where(a => a.Key == key).OrderBy(a => a.Ordinal).ToList();
        if (earlier.Any(a => a.Fingerprint != fingerprint && a.Fingerprint.Length > 0))
            return new(FarStep.Nothing, null, OtherContent: true);

        var step = FarStep.Nothing;
        foreach (var attempt in earlier)
        {
            var outcome = rows.OutcomeOf(attempt.Id);
            if (outcome is { Outcome: Outcome.Committed }) return new(FarStep.Nothing, null, outcome);
            if (outcome is null) step = step.Write(new OutcomeRow(attempt.Id, Outcome.Aborted, null));
        }
        var attemptId = new AttemptId(rows.Self.Context, rows.Self.Incarnation, id);
        step = step.Write(new AttemptRow(attemptId, key, fingerprint, earlier.Count + 1, deadline));
        return new(step, new FarAttempt(attemptId, key, deadline, [.. earlier.Select(a => a.Id)]));
    }

    /// <summary>The rows of T that go with the commit of the origin's own: the outcome, and per participant a numbered
    /// confirmation. The messages are sent right after the commit; the relay repeats them.</summary>
    public static FarStep Commit(FarRows rows, FarAttempt attempt, string answer)
    {
        if (attempt.CannotCommit) throw new InvalidOperationException($"{attempt.Id} has calls without an answer");
        var step = FarStep.Nothing.Write(new OutcomeRow(attempt.Id, Outcome.Committed, answer));
        foreach (var call in attempt.Calls)
            (rows, step) = Confirming(rows, step, new(call.Id, call.Callee, call.Fixed!), attempt.Key);
        return step;
    }

    /// <summary>Tries to abort T: the tombstone is durable before anybody is told. The store answers that it is busy
    /// while a commit of T is still on its way; then nothing is decided.</summary>
    public static (FarStep Step, Verdict Verdict) Abort(FarRows rows, AttemptId attempt) =>
        rows.OutcomeOf(attempt)?.Outcome switch
        {
            Outcome.Committed => (FarStep.Nothing, Verdict.Committed),
            Outcome.Aborted => (FarStep.Nothing, Verdict.Aborted),
            _ => (FarStep.Nothing.Write(new OutcomeRow(attempt, Outcome.Aborted, null)), Verdict.Aborted),
        };

    /// <summary>Answers a participant in doubt with what is durable. Before the attempt's deadline a live attempt is
    /// left alone; after it, whoever writes the outcome first decides, the commit or this tombstone.</summary>
    public static FarStep Answer(FarRows rows, string asker, Inquire inquiry, DateTimeOffset now)
    {
        var attempt = inquiry.Id.Attempt;
        if (attempt.Origin != rows.Self.Context) return FarStep.Nothing.Alert(FarAlertKind.ForeignSubject, inquiry.Id);
        if (rows.OutcomeOf(attempt) is null && rows.Attempt(attempt) is { } live && now < live.Deadline)
            return FarStep.Nothing.Send(rows, asker, attempt.Origin, new Decided(inquiry.Id, Verdict.Undecided));

        var (step, verdict) = Abort(rows, attempt);
        // A part that a repeated call left behind at another participant is in no committed effect: it is given up.
        var effect = verdict == Verdict.Committed ? InEffect(rows, inquiry.Id) : null;
        if (verdict == Verdict.Committed && effect is null) verdict = Verdict.Aborted;
        return step.Send(rows, asker, attempt.Origin, new Decided(inquiry.Id, verdict, effect));
    }

    public static FarStep Acknowledged(FarRows rows, string callee, Confirmed message) =>
        rows.Confirms.FirstOrDefault(c => c.Callee == callee && c.Id == message.Id) is { Acknowledged: false } row
            ? FarStep.Nothing.Write(row with { Acknowledged = true })
            : FarStep.Nothing;

    /// <summary>The relay: every confirmation that is not acknowledged, again.</summary>
    public static FarStep Relay(FarRows rows) => !rows.Open ? FarStep.Nothing
        : rows.Confirms.Where(c => !c.Acknowledged)
            .Aggregate(FarStep.Nothing, (step, c) => step.Send(rows, c.Callee, c.Id.Attempt.Origin, MessageOf(c)));

    internal static Confirm MessageOf(ConfirmRow row) => new(row.Id, row.Key, row.Effect, row.Incarnation, row.Number);

    /// <summary>Writes and sends the next numbered confirmation to a callee.</summary>
    internal static (FarRows Rows, FarStep Step) Confirming(FarRows rows, FarStep step, FarPart part, string key)
    {
        var counter = rows.Counter(part.Callee);
        counter = counter with { Last = counter.Last + 1 };
        var confirm = new ConfirmRow(part.Callee, counter.Incarnation, counter.Last, part.Id, key, part.Effect, false);
        step = step.Write(counter).Write(confirm)
            .Send(rows, part.Callee, part.Id.Attempt.Origin, MessageOf(confirm));
        return (rows.With([counter, confirm]), step);
    }

    internal static void RequireOpen(FarRows rows)
    {
        if (!rows.Open) throw new FarClosedException(rows.Self.Context);
    }

    private static FarEffect? InEffect(FarRows rows, FarId asked) => rows.Confirms
        .Where(c => c.Id.Attempt == asked.Attempt && c.Id.Direct)
        .Select(c => c.Effect.Of(c.Id, asked)).FirstOrDefault(found => found is not null);
}

/// <summary>An accident: the context was restored and has not yet heard from all others. Callers retry.</summary>
public sealed class FarClosedException(string context)
    : Exception($"{context} was restored from a backup and stays closed until every other context has answered it");

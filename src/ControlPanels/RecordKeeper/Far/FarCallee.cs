namespace BusinessM.Records.Far;

/// <summary>How a reserve is met. Answer: known already, nothing to check. Else the keeper first gives up what
/// <paramref name="First"/> says, then checks and reserves, all in one transaction.</summary>
public sealed record ReservePlan(FarMessage? Answer, FarStep First);

/// <summary>The participant's side. Pure: rows and an event in, a step out; each step is one transaction. It never
/// decides by itself: not by time, not by guess. Sources: design section 4, far, rules 1, 3 to 7.</summary>
public static class FarCallee
{
    public static ReservePlan Plan(FarRows rows, Reserve message)
    {
        if (rows.Reservation(message.Id) is { } row)
            return new(Repeated(row, message), FarStep.Nothing);
        if (rows.Sealed(message.Id.Attempt))
            return new(new Refused(message.Id, Aborted(message.Id)), FarStep.Nothing);

        var step = FarStep.Nothing;
        foreach (var attempt in message.Supersedes)
        {
            foreach (var old in rows.Reservations.Where(r => r.Id.Attempt == attempt)) step = GiveUp(rows, step, old);
            if (!rows.Sealed(attempt)) step = step.Write(new SealRow(attempt));
        }
        return new(null, step);
    }

    /// <summary>A call which this participant makes in turn, while it decides a reserve: same T, same key, a longer
    /// path; the origin in T stays the only one that decides.</summary>
    public static Envelope Nested(FarRows rows, Reserve message, int ordinal, string callee, FarCall call) =>
        new(rows.Self.Context, rows.Self.Incarnation, callee, message.Id.Attempt.Origin,
            new Reserve(message.Id.Child(ordinal), message.Key, message.Deadline, call, message.Supersedes));

    /// <summary>Completes a reserve with what the keeper fixed, or its refusal. What was superseded is given up either
    /// way. The answer is sent when the transaction is durable.</summary>
    public static FarStep Reserve(FarRows rows, string from, Reserve message, Result<FarEffect> decided)
    {
        var plan = Plan(rows, message);
        var origin = message.Id.Attempt.Origin;
        if (plan.Answer is { } known) return FarStep.Nothing.Send(rows, from, origin, known);
        if (decided.Failed) return plan.First.Send(rows, from, origin, new Refused(message.Id, decided.Failure));
        return plan.First
            .Write(new ReservationRow(message.Id, from, message.Key, ReservationState.Reserved, message.Deadline,
                message.Call, decided.Value))
            .Send(rows, from, origin, new Reserved(message.Id, decided.Value));
    }

    /// <summary>Posts once, and never refuses. A confirmation for an unknown reservation posts from its content, with
    /// an alert (none while catching up after a restore, where it is expected).</summary>
    public static FarStep Confirm(FarRows rows, string from, Confirm message, bool catchingUp = false)
    {
        var row = rows.Reservation(message.Id);
        var inbox = rows.InboxOf(from, message.NumberIncarnation);
        var step = FarStep.Nothing;
        if (!inbox.Has(message.Number)) step = step.Write(inbox.And(message.Number));
        if (row is { State: ReservationState.Posted, Number: null })
            step = step.Write(row with { NumberIncarnation = message.NumberIncarnation, Number = message.Number });
        if (row?.State != ReservationState.Posted)
        {
            var whole = row is null ? Unknown(from, message) : row with { Effect = message.Effect };
            step = Post(rows, step, whole, message, row is not null, catchingUp);
        }
        return step.Send(rows, from, message.Id.Attempt.Origin, new Confirmed(message.Id));
    }

    /// <summary>The origin's tombstone is durable. An unknown part is remembered, so that its reserve, still on its
    /// way, finds the attempt closed.</summary>
    public static FarStep Release(FarRows rows, Release message)
    {
        if (rows.Reservation(message.Id) is { } row) return GiveUp(rows, FarStep.Nothing, row);
        return rows.Sealed(message.Id.Attempt) ? FarStep.Nothing
            : FarStep.Nothing.Write(new SealRow(message.Id.Attempt));
    }

    /// <summary>The origin's answer to an inquiry.</summary>
    public static FarStep Decided(FarRows rows, Decided message)
    {
        if (rows.Reservation(message.Id) is not { State: ReservationState.Reserved } row) return FarStep.Nothing;
        return message.Verdict switch
        {
            Verdict.Aborted => GiveUp(rows, FarStep.Nothing, row),
            Verdict.Committed => Post(rows, FarStep.Nothing, row with { Effect = message.Effect ?? row.Effect }, null,
                known: true, catchingUp: false),
            _ => FarStep.Nothing,
        };
    }

    /// <summary>Asks the origin about everything that is reserved past its deadline.</summary>
    public static FarStep InDoubt(FarRows rows, DateTimeOffset now) => Ask(rows, r => r.Deadline <= now);

    /// <summary>Asks the origin about what a reader or a closing period touches, whatever the time (rule 7).</summary>
    public static FarStep Touch(FarRows rows, Func<ReservationRow, bool> touched) => Ask(rows, touched);

    private static FarStep Ask(FarRows rows, Func<ReservationRow, bool> which) => !rows.Open ? FarStep.Nothing
        : rows.Reservations.Where(r => r.State == ReservationState.Reserved && which(r)).Aggregate(FarStep.Nothing,
            (step, r) => step.Send(rows, r.Id.Attempt.Origin, r.Id.Attempt.Origin, new Inquire(r.Id)));

    private static FarMessage Repeated(ReservationRow row, Reserve message) => row switch
    {
        { State: ReservationState.Released } => new Refused(message.Id, Aborted(message.Id)),
        { Call: { } call } when call != message.Call => new Refused(message.Id,
            RecordErrors.ReservedOtherwise.With($"{message.Id} is reserved here with other content")),
        _ => new Reserved(message.Id, row.Effect),
    };

    private static Error Aborted(FarId id) =>
        RecordErrors.AttemptAborted.With($"The attempt {id} was given up before this call arrived");

    private static ReservationRow Unknown(string from, Confirm message) => new(message.Id, from, message.Key,
        ReservationState.Posted, DateTimeOffset.UnixEpoch, null, message.Effect);

    private static FarStep Post(FarRows rows, FarStep step, ReservationRow row, Confirm? message, bool known,
        bool catchingUp)
    {
        if (row.State == ReservationState.Released || (!known && rows.Sealed(row.Id.Attempt)))
            step = step.Alert(FarAlertKind.ContradictedOutcome, row.Id);
        else if (!known && !catchingUp) step = step.Alert(FarAlertKind.UnknownReservation, row.Id);

        var reserved = known && row.State == ReservationState.Reserved;
        step = step.Do(reserved ? FarOpKind.Post : FarOpKind.PostFromContent, row.Id, row.Effect)
            .Write(row with
            {
                State = ReservationState.Posted,
                NumberIncarnation = message?.NumberIncarnation,
                Number = message?.Number,
            });
        foreach (var part in row.Effect.NumberedParts) (rows, step) = FarOrigin.Confirming(rows, step, part, row.Key);
        return step;
    }

    private static FarStep GiveUp(FarRows rows, FarStep step, ReservationRow row)
    {
        if (row.State == ReservationState.Released) return step;
        if (row.State == ReservationState.Posted) return step.Alert(FarAlertKind.ContradictedOutcome, row.Id);
        step = step.Do(FarOpKind.Release, row.Id, row.Effect)
            .Write(row with { State = ReservationState.Released });
        return row.Effect.Parts.Aggregate(step,
            (s, part) => s.Send(rows, part.Callee, row.Id.Attempt.Origin, new Release(part.Id)));
    }
}

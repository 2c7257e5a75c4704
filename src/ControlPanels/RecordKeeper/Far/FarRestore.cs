using System.Collections.Immutable;

namespace BusinessM.Records.Far;

/// <summary>What a context does after its database was restored: it renews its incarnation and stays closed until
/// every other context has answered; each answer drops, from then on, what the older incarnation sent. Sources: design
/// section 4, far, rule 8.</summary>
public static class FarRestore
{
    /// <summary>Greater than every incarnation before; the same for all hosts of the database.</summary>
    public static FarStep Renew(FarRows rows, long incarnation, ImmutableArray<string> others)
    {
        if (incarnation <= rows.Self.Incarnation) throw new ArgumentOutOfRangeException(nameof(incarnation));
        FarRow[] renewed = [rows.Self with { Incarnation = incarnation }, new ReopeningRow(others, [])];
        return (FarStep.Nothing with { Rows = [.. renewed] }).Then(Ask(rows.With(renewed)));
    }

    /// <summary>An incarnation that no earlier life of the database has had, nor one that the restore forgot.</summary>
    public static long Next(FarRows rows, DateTimeOffset now) =>
        Math.Max(rows.Self.Incarnation + 1, now.ToUnixTimeMilliseconds());

    /// <summary>Asks those that have not answered yet; repeated until they have.</summary>
    public static FarStep Ask(FarRows rows) => rows.Open ? FarStep.Nothing
        : rows.Reopening!.Waiting.Aggregate(FarStep.Nothing, (step, other) => step.Send(rows, other, rows.Self.Context,
            new Reopen([.. rows.Inbox.Where(i => i.From == other)], [.. rows.Counters.Where(c => c.Callee == other)])));

    /// <summary>Answers a restored context, also while closed itself (two restored ones must not wait for each other).
    /// </summary>
    public static FarStep Reopen(FarRows rows, string from, long incarnation, Reopen message)
    {
        var missing = rows.Confirms.Where(c => c.Callee == from && !Received(message, c.Incarnation, c.Number, rows))
            .Select(FarOrigin.MessageOf);
        var held = rows.Reservations
            .Where(r => r.Id.Attempt.Origin == from && r.Id.Attempt.Incarnation < incarnation && Forgotten(r, message))
            .Select(r => new HeldPart(r.Id, rows.Self.Context, r.Key, r.State == ReservationState.Posted, r.Effect));
        return FarStep.Nothing.Send(rows, from, from, new Reopened(incarnation, [.. missing], [.. held]));
    }

    /// <summary>Takes one context's answer: posts the missing confirmations, keeps what it holds; with the last one,
    /// settles the forgotten attempts and opens.</summary>
    public static FarStep Reopened(FarRows rows, string from, Reopened message)
    {
        if (rows.Reopening is not { } reopening || message.For != rows.Self.Incarnation
            || !reopening.Waiting.Contains(from)) return FarStep.Nothing;

        var step = FarStep.Nothing;
        foreach (var confirm in message.Missing)
        {
            var posted = FarCallee.Confirm(rows, from, confirm, catchingUp: true);
            (rows, step) = (rows.With(posted.Rows), step.Then(posted));
        }
        var heard = new ReopeningRow(reopening.Waiting.Remove(from), [.. reopening.Held, .. message.Held]);
        if (!heard.Waiting.IsEmpty) return step.Write(heard);

        foreach (var parts in heard.Held.GroupBy(h => h.Id.Attempt))
            if (rows.OutcomeOf(parts.Key) is null)
                (rows, step) = Settle(rows, step, parts.Key, [.. parts]);
        return step.Write(new ReopeningRow([], []));
    }

    /// <summary>Posted anywhere means that it had been committed: so it is again, and the other participants get their
    /// confirmation from what they hold. Posted nowhere, with all asked: aborted.</summary>
    private static (FarRows, FarStep) Settle(FarRows rows, FarStep step, AttemptId attempt, HeldPart[] parts)
    {
        var committed = parts.Any(p => p.Posted);
        List<FarRow> settled = [new OutcomeRow(attempt, committed ? Outcome.Committed : Outcome.Aborted, null)];
        if (rows.Attempt(attempt) is null)
        {
            var ordinal = rows.Attempts.Count(a => a.Key == parts[0].Key) + 1;
            settled.Add(new AttemptRow(attempt, parts[0].Key, "", ordinal, DateTimeOffset.UnixEpoch));
        }
        (rows, step) = (rows.With(settled), step with { Rows = [.. step.Rows, .. settled] });
        if (!committed) return (rows, step);

        step = step.Alert(FarAlertKind.OwnEffectLost, parts[0].Id);
        foreach (var part in parts.Where(p => p.Id.Direct))
            (rows, step) = FarOrigin.Confirming(rows, step, new(part.Id, part.Callee, part.Effect), part.Key);
        return (rows, step);
    }

    private static bool Received(Reopen message, long incarnation, long number, FarRows rows) => message.Received
        .Any(i => i.From == rows.Self.Context && i.Incarnation == incarnation && i.Has(number));

    /// <summary>May the restored origin have forgotten this? Not what came under a number that it still knows.
    /// </summary>
    private static bool Forgotten(ReservationRow row, Reopen message) => row.State switch
    {
        ReservationState.Released => false,
        ReservationState.Reserved => true,
        _ => row.Number is null || (row.Id.Direct && !message.Sent
            .Any(c => c.Incarnation == row.NumberIncarnation && row.Number <= c.Last)),
    };
}

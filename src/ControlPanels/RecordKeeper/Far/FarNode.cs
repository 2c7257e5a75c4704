namespace BusinessM.Records.Far;

/// <summary>The one door for messages, but for <see cref="Far.Reserve"/>, which needs the keeper's decision between
/// <see cref="Admit"/> and <see cref="FarCallee.Reserve"/>.</summary>
public static class FarNode
{
    /// <summary>May the message come in, and what is learnt from it? Dropped: what an older incarnation sent, what
    /// comes while closed (except what opens), and what names another origin than T does (rule 9).</summary>
    public static (bool In, FarStep Learnt) Admit(FarRows rows, Envelope envelope)
    {
        var known = rows.PeerIncarnation(envelope.From);
        if (envelope.Incarnation < known) return (false, FarStep.Nothing);
        var learnt = envelope.Incarnation == known ? FarStep.Nothing
            : FarStep.Nothing.Write(new PeerRow(envelope.From, envelope.Incarnation));

        if (!rows.Open && envelope.Message is not (Far.Reopen or Far.Reopened)) return (false, learnt);
        if (PartOf(envelope.Message) is { } id && !Named(rows, envelope, id))
            return (false, learnt.Alert(FarAlertKind.ForeignSubject, id));
        return (true, learnt);
    }

    public static FarStep Receive(FarRows rows, Envelope envelope, DateTimeOffset now)
    {
        var (admitted, learnt) = Admit(rows, envelope);
        if (!admitted) return learnt;
        rows = rows.With(learnt.Rows);
        return learnt.Then(envelope.Message switch
        {
            Confirm m => FarCallee.Confirm(rows, envelope.From, m),
            Release m => FarCallee.Release(rows, m),
            Decided m => FarCallee.Decided(rows, m),
            Inquire m => FarOrigin.Answer(rows, envelope.From, m, now),
            Confirmed m => FarOrigin.Acknowledged(rows, envelope.From, m),
            Reopen m => FarRestore.Reopen(rows, envelope.From, envelope.Incarnation, m),
            Reopened m => FarRestore.Reopened(rows, envelope.From, m),
            _ => throw new InvalidOperationException($"{envelope.Message.GetType().Name} is not for this door"),
        });
    }

    /// <summary>The part that the message settles or asks for; null: it is about none.</summary>
    internal static FarId? PartOf(FarMessage message) => message switch
    {
        Reserve m => m.Id,
        Confirm m => m.Id,
        Release m => m.Id,
        Decided m => m.Id,
        _ => null,
    };

    /// <summary>The subject names the origin in T; a part that the origin called itself comes from it, any other from
    /// whoever reserved it. Verdicts come from the origin alone.</summary>
    private static bool Named(FarRows rows, Envelope envelope, FarId id)
    {
        if (envelope.Origin != id.Attempt.Origin) return false;
        if (envelope.Message is Decided || id.Direct) return envelope.From == id.Attempt.Origin;
        return rows.Reservation(id) is not { } row || row.From == envelope.From;
    }
}

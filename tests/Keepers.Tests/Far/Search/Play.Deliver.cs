using System.Collections.Immutable;
using BusinessM.Records.Far;

namespace BusinessM.Keepers.Tests.Far.Search;

internal sealed partial class Play
{
    private void Deliver(World w, Parcel parcel)
    {
        var n = w.IndexOf(parcel.Envelope.To);
        Take("gets", w.Without(parcel), n, parcel);
        if (w.Faults == 0) return;
        var spent = w with { Faults = w.Faults - 1 };
        Take("gets (and will again)", spent, n, parcel);
        _moves.Add(new("never gets", n, parcel, spent.Without(parcel)));
        if (w.Nodes[n].Live.Length + w.Nodes[n].Serving.Length > 0)
            _moves.Add(new("crashes on", n, parcel, spent.Without(parcel).With(n, w.Nodes[n].Crashed())));
    }

    private void Take(string kind, World w, int n, Parcel parcel)
    {
        var node = w.Nodes[n];
        switch (parcel.Envelope.Message)
        {
            case Reserve m: TakeReserve(kind, w, n, parcel, m); break;
            case Reserved or Refused: TakeAnswer(kind, w, n, parcel); break;
            default: Emit(kind, parcel, w, n, node, rules.Receive(node.Rows, parcel.Envelope)); break;
        }
    }

    private void TakeReserve(string kind, World w, int n, Parcel parcel, Reserve m)
    {
        var (node, from) = (w.Nodes[n], parcel.Envelope.From);
        var (admitted, learnt) = rules.Admit(node.Rows, parcel.Envelope);
        if (!admitted) { Emit(kind, parcel, w, n, node, learnt); return; }
        var rows = node.Rows.With(learnt.Rows);

        if (rules.Plan(rows, m).Answer is not null)
        {
            Emit(kind, parcel, w, n, node, learnt.Then(rules.Reserve(rows, from, m, new FarEffect("", "", "", []))));
            return;
        }
        if (scenario.Refusing)
            Emit(kind + " and refuses", parcel, w, n, node,
                learnt.Then(rules.Reserve(rows, from, m, Error.Conflict("test.limit.reached", $"No."))));
        if (scenario.Chain && node.Context == "B")
        {
            if (node.Serving.Any(s => s.Message.Id == m.Id)) { Emit(kind, parcel, w, n, node, learnt); return; }
            var nested = FarCallee.Nested(rows, m, 1, "C", new("effect", "e"));
            Emit(kind, parcel, w, n, node with { Serving = node.Serving.Add(new(m, from, nested)) },
                learnt with { Sends = learnt.Sends.Add(nested) });
            if (!scenario.Wavering) return;
            kind += " alone";
        }
        Emit(kind, parcel, w, n, node, learnt.Then(rules.Reserve(rows, from, m, new FarEffect("effect", "e", "", []))));
    }

    private void TakeAnswer(string kind, World w, int n, Parcel parcel)
    {
        var (node, message) = (w.Nodes[n], parcel.Envelope.Message);
        var (admitted, learnt) = rules.Admit(node.Rows, parcel.Envelope);
        if (!admitted) { Emit(kind, parcel, w, n, node, learnt); return; }
        var rows = node.Rows.With(learnt.Rows);

        var id = message is Reserved r ? r.Id : ((Refused)message).Id;
        if (node.Live.FirstOrDefault(l => l.Id == id.Attempt) is { Phase: AttemptPhase.Open } live)
            Answered(kind, parcel, w, n, live, learnt);
        else if (node.Serving.FirstOrDefault(s => ((Reserve)s.Nested.Message).Id == id) is { } serving)
        {
            Result<FarEffect> decided = message is Reserved got
                ? new FarEffect("effect", "e", "", [new(id, parcel.Envelope.From, got.Effect)])
                : ((Refused)message).Error;
            Emit(kind, parcel, w, n, node with { Serving = node.Serving.Remove(serving) },
                learnt.Then(rules.Reserve(rows, serving.From, serving.Message, decided)));
        }
        else Emit(kind, parcel, w, n, node, learnt);
    }

    private void Answered(string kind, Parcel parcel, World w, int n, FarAttempt live, FarStep learnt)
    {
        var node = w.Nodes[n];
        var (next, sends) = GoesOn(live.Answered(parcel.Envelope.Message));
        node = node with { Live = node.Live.Replace(live, next) };
        if (!next.CannotCommit && next.Calls.Length == scenario.Callees.Length && node.Pending is null)
            node = Committing(node, next);
        Emit(kind, parcel, w, n, node, learnt with { Sends = sends });
    }

    /// <summary>One transaction and its messages; or a crash just between the two.</summary>
    private void Emit(string kind, object? about, World w, int n, Node node, FarStep step, World? unanswered = null)
    {
        foreach (var row in step.Rows)
            if (row is OutcomeRow o && node.Busy(o.Id) && rules.WaitsForLock)
            {
                // The unique key waits for the commit on its way: the origin answers "undecided", nothing changes.
                if (about is Parcel) _moves.Add(new(kind + " while busy", n, about, w));
                return;
            }
        var after = Applied(w, n, node, step with { Sends = step.Sends.RemoveAll(IsAcknowledgement) });
        _moves.Add(new(kind, n, about, Acknowledging(after, step)));
        if (w.Faults == 0 || (step.Sends.IsEmpty && node.Live.IsEmpty && node.Serving.IsEmpty)) return;
        var died = Applied((unanswered ?? w) with { Faults = w.Faults - 1 }, n, node, step with { Sends = [] });
        _moves.Add(new(kind + ", then crashes", n, about, died.With(n, died.Nodes[n].Crashed())));
    }

    private static bool IsAcknowledgement(Envelope e) => e.Message is Confirmed;

    /// <summary>An acknowledgement only stops the relay, which sends nothing meanwhile anyway: to hear it late is the
    /// same as at once, and to lose it is a fault (the crash after the step).</summary>
    private World Acknowledging(World w, FarStep step)
    {
        foreach (var ack in step.Sends.Where(IsAcknowledgement))
        {
            var n = w.IndexOf(ack.To);
            w = Applied(w, n, w.Nodes[n], rules.Receive(w.Nodes[n].Rows, ack)) with { Broken = w.Broken };
        }
        return w;
    }

    private static World Applied(World w, int n, Node node, FarStep step)
    {
        string? broken = null;
        var rows = node.Rows;
        foreach (var row in step.Rows)
        {
            if (row is OutcomeRow o && rows.OutcomeOf(o.Id) is not null) broken = $"a second outcome for {o.Id}";
            else rows = rows.With([row]);
        }
        var ledger = step.Ops.Aggregate(node.Ledger, Book);
        foreach (var row in step.Rows)
            if (row is ReservationRow { State: ReservationState.Reserved } r
                && node.Rows.Reservation(r.Id) is null) ledger = Put(ledger, r.Id, e => e with { Reserved = true });
        foreach (var alert in step.Alerts)
            if (!Expected(w, node, alert)) broken = $"alert {alert.Kind} {alert.Id}";
        return w.With(n, node with { Rows = rows, Ledger = ledger }).Sending(step.Sends) with { Broken = broken };
    }

    private static bool Expected(World w, Node node, FarAlert alert) => alert.Kind switch
    {
        FarAlertKind.UnknownReservation => node.Restored,
        FarAlertKind.OwnEffectLost => node.Restored && w.Committed.Any(t => t.Attempt == alert.Id.Attempt),
        _ => false,
    };

    private static ImmutableArray<Entry> Book(ImmutableArray<Entry> ledger, FarOp op) => op.Kind switch
    {
        FarOpKind.Release => Put(ledger, op.Id, e => e with { Reserved = false, Released = true }),
        _ => Put(ledger, op.Id, e => e with { Reserved = false, Posted = e.Posted + 1 }),
    };

    private static ImmutableArray<Entry> Put(ImmutableArray<Entry> ledger, FarId id, Func<Entry, Entry> change)
    {
        for (var i = 0; i < ledger.Length; i++)
            if (ledger[i].Id == id) return ledger.SetItem(i, change(ledger[i]));
        return ledger.Add(change(new(id, false, false, 0)));
    }
}

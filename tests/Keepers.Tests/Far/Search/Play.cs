using System.Collections.Immutable;
using System.Globalization;
using BusinessM.Records.Far;

namespace BusinessM.Keepers.Tests.Far.Search;

/// <summary>Who takes part, and how much may happen. Chain: A calls B, and B calls C while it decides; else A calls
/// every other one itself. Wavering: B, deciding again, may do without C. Restorable: the one that may be restored,
/// once, to any earlier moment. Refusing: callees may refuse a reserve (an origin may always give up).</summary>
internal sealed record Scenario(string Name, int Participants, bool Chain, int Attempts, int Faults,
    string? Restorable = null, bool Wavering = false, bool Refusing = false)
{
    public string[] Contexts => [.. "ABCD"[..(Participants + 1)].Select(c => c.ToString())];
    public string[] Callees => Chain ? ["B"] : Contexts[1..];

    public World Start() => new([.. Contexts.Select(c => new Node(new FarRows { Self = new(c, 1) }))], [])
    {
        Faults = Faults, Restores = Restorable is null ? 0 : 1,
    };
}

internal readonly record struct Move(string Kind, int Node, object? About, World After)
{
    public override string ToString() => string.Create(CultureInfo.InvariantCulture,
        $"{After.Nodes[Node].Context}: {Kind} {Text(About)}");

    private static string Text(object? about) => about switch
    {
        Parcel { Envelope: var e } =>
            $"{e.Message.GetType().Name} {Part(e.Message)} {e.From}#{e.Incarnation}->{e.To}",
        AttemptId t => Short(t),
        _ => about?.ToString() ?? "",
    };

    private static string Part(FarMessage message) => message.GetType().GetProperty("Id")?.GetValue(message) is FarId id
        ? $"{Short(id.Attempt)}/{id.Path}{(message is Decided d ? " " + d.Verdict : "")}" : "";

    private static string Short(AttemptId t) => $"T{t.Id.ToString()[^1]}";
}

/// <summary>Everything that may happen next in a world. Each move is one step of the production machine, or one fault.
/// </summary>
internal sealed partial class Play(Scenario scenario, Rules rules)
{
    private const string Key = "k";
    private const string Unheard = "inquires, hears nothing";
    private readonly List<Move> _moves = [];

    public List<Move> Moves(World w)
    {
        _moves.Clear();
        Begin(w);
        for (var n = 0; n < w.Nodes.Length; n++)
        {
            Attempts(w, n);
            Database(w, n);
            Timers(w, n);
            Disasters(w, n);
        }
        foreach (var parcel in w.Net) Deliver(w, parcel);
        return _moves;
    }

    /// <summary>What happens next when nothing goes wrong and the client is gone: the first of a fair order.</summary>
    public Move? Alone(World w)
    {
        w = w with { Faults = 0, Restores = 0 };
        return First("gets", () => { foreach (var parcel in w.Net) Deliver(w, parcel); })
            ?? First("commit", () => Each(w, n => Database(w, n)))
            ?? First("asks again", () => Each(w, n => Timers(w, n)))
            ?? First("", () => Each(w, n => Goes(w, n)))
            ?? First("", () => Each(w, n => Timers(w, n)));
    }

    private Move? First(string kind, Action fill)
    {
        _moves.Clear();
        fill();
        foreach (var move in _moves)
            if (move.Kind.StartsWith(kind, StringComparison.Ordinal) && move.Kind != Unheard) return move;
        return null;
    }

    private static void Each(World w, Action<int> act)
    {
        for (var n = 0; n < w.Nodes.Length; n++) act(n);
    }

    private void Goes(World w, int n)
    {
        Attempts(w, n);
        _moves.RemoveAll(m => m.Kind == "gives up");
    }

    // The client: asks, and asks again as long as it has no answer.
    private void Begin(World w)
    {
        var a = w.Nodes[0];
        if (w.Acknowledged is not null || w.Begun == scenario.Attempts || !a.Rows.Open) return;
        var bound = rules.Bind(a.Rows, Key, new Guid(w.Begun + 1, 0, 0, [0, 0, 0, 0, 0, 0, 0, (byte)(w.Begun + 1)]));
        if (bound.Committed is { } replay)
        {
            _moves.Add(new("replays", 0, replay.Id, w with { Acknowledged = replay.Id }));
            return;
        }
        var (attempt, sends) = GoesOn(bound.Attempt!);
        Emit("binds", attempt.Id, w with { Begun = w.Begun + 1 }, 0,
            a with { Live = a.Live.Add(attempt) }, bound.Step with { Sends = sends });
    }

    private void Attempts(World w, int n)
    {
        var node = w.Nodes[n];
        foreach (var live in node.Live)
        {
            if (live.Phase == AttemptPhase.InDoubt) TriesTombstone(w, n, live, "asks its own database");
            if (live.Phase != AttemptPhase.Open) continue;
            TriesTombstone(w, n, live, live.Doom is null ? "gives up" : "gives up refused");
            if (live.Doom is not null) continue;
            if (live.Calls.FirstOrDefault(c => c.Fixed is null) is { } open) CallsAgain(w, n, live.MessageOf(open));
            else if (node.Pending is null)
                _moves.Add(new("begins commit", n, live.Id, w.With(n, Committing(node, live))));
        }
        foreach (var serving in node.Serving) CallsAgain(w, n, serving.Nested);
    }

    private static Node Committing(Node node, FarAttempt live) => node with
    {
        Pending = new(live, true), Live = node.Live.Replace(live, live.Committing()),
    };

    /// <summary>What the origin does as soon as it can: to wait in between is the same as a slower message.</summary>
    private (FarAttempt Attempt, ImmutableArray<Envelope> Sends) GoesOn(FarAttempt live)
    {
        if (live.Doom is not null || live.Calls.Any(c => c.Fixed is null)
            || live.Calls.Length == scenario.Callees.Length) return (live, []);
        var (next, message) = live.Call(scenario.Callees[live.Calls.Length], new("effect", "e"));
        return (next, [message]);
    }

    private void CallsAgain(World w, int n, Envelope message)
    {
        var id = ((Reserve)message.Message).Id;
        foreach (var p in w.Net)
            if (p.Envelope.Message is Reserve r && r.Id == id || p.Envelope.Message is Reserved d && d.Id == id
                || p.Envelope.Message is Refused f && f.Id == id) return;
        foreach (var s in w.Nodes[w.IndexOf(message.To)].Serving)
            if (s.Message.Id == id) return;
        _moves.Add(new("calls again", n, message.To, w.Sending([message])));
    }

    private void TriesTombstone(World w, int n, FarAttempt live, string kind)
    {
        var node = w.Nodes[n];
        var (step, verdict) = live.Phase == AttemptPhase.InDoubt
            ? rules.InDoubt(node.Rows, live.Id) : rules.Abort(node.Rows, live.Id);
        if (verdict == Verdict.Undecided || (rules.WaitsForLock && node.Busy(live.Id))) return;
        if (verdict == Verdict.Aborted)
            step = step with { Sends = [.. step.Sends, .. live.Releases(node.Rows.Self.Incarnation)] };
        if (verdict == Verdict.Committed) w = w with { Acknowledged = live.Id };
        Emit(kind, live.Id, w, n, node with { Live = node.Live.Remove(live) }, step);
    }

    // The database finishes a commit, or not, whoever listens.
    private void Database(World w, int n)
    {
        var node = w.Nodes[n];
        if (node.Pending is not { } pending) return;
        var id = pending.Attempt.Id;
        var live = node.Live.FirstOrDefault(l => l.Id == id);
        var fails = node with { Pending = null, Live = Doubting(node.Live, live) };

        if (node.Rows.OutcomeOf(id) is not null) _moves.Add(new("commit fails: tombstone", n, id, w.With(n, fails)));
        else Applies(w, n, node, pending, live);

        if (!pending.Connected) _moves.Add(new("backend rolls back", n, id, w.With(n, fails)));
        else if (w.Faults > 0)
        {
            var spent = w with { Faults = w.Faults - 1 };
            _moves.Add(new("backend dies in commit", n, id, spent.With(n, fails)));
            _moves.Add(new("connection lost in commit", n, id, spent.With(n, node with
            {
                Pending = pending with { Connected = false }, Live = Doubting(node.Live, live),
            })));
        }
    }

    private void Applies(World w, int n, Node node, Pending pending, FarAttempt? live)
    {
        var step = rules.Commit(node.Rows, pending.Attempt);
        var truth = new Truth(pending.Attempt.Id,
            [.. pending.Attempt.Calls.SelectMany(c => Parts(c.Id, c.Callee, c.Fixed!))]);
        w = w with { Committed = w.Committed.Add(truth) };
        var after = node with { Pending = null };
        if (!pending.Connected)
        {
            _moves.Add(new("commits unheard", n, truth.Attempt, Applied(w, n, after, step with { Sends = [] })));
            return;
        }
        if (live is not null) after = after with { Live = after.Live.Remove(live) };
        Emit("commits", truth.Attempt, w with { Acknowledged = truth.Attempt }, n, after, step, unanswered: w);
    }

    private static ImmutableArray<FarAttempt> Doubting(ImmutableArray<FarAttempt> all, FarAttempt? live) =>
        live is { Phase: AttemptPhase.Committing } ? all.Replace(live, live.CommitLost()) : all;

    private static IEnumerable<(FarId, string)> Parts(FarId id, string callee, FarEffect effect) =>
        [(id, callee), .. effect.Parts.SelectMany(p => Parts(p.Id, p.Callee, p.Effect))];

    private void Timers(World w, int n)
    {
        var rows = w.Nodes[n].Rows;
        foreach (var again in rules.Relay(rows).Sends)
            if (!w.Flies(again)) _moves.Add(new("relays", n, new Parcel(again), w.Sending([again])));
        foreach (var inquiry in rules.InDoubt(rows).Sends) Inquires(w, inquiry);
        foreach (var ask in rules.AskAgain(rows).Sends)
            if (!w.Flies(ask) && !w.Net.Any(p => p.Envelope.From == ask.To && p.Envelope.To == ask.From
                && p.Envelope.Message is Reopened r && r.For == rows.Self.Incarnation))
                _moves.Add(new("asks again to open", n, new Parcel(ask), w.Sending([ask])));
    }

    /// <summary>An inquiry changes nothing where it comes from, so to be asked late is to ask late: one move. The
    /// verdict, once durable, stays, so to hear it late is to ask again; but after a restore of the origin it may be
    /// another one, so there it flies by itself.</summary>
    private void Inquires(World w, Envelope inquiry)
    {
        var id = ((Inquire)inquiry.Message).Id;
        if (w.Net.Any(p => p.Envelope.Message is Decided d && d.Id == id)) return;
        var (n, origin) = (w.IndexOf(inquiry.From), w.IndexOf(inquiry.To));
        var step = rules.Receive(w.Nodes[origin].Rows, inquiry);
        if (step.Rows.Any(r => r is OutcomeRow o && w.Nodes[origin].Busy(o.Id)) && rules.WaitsForLock) return;
        if (scenario.Restorable is not null)
        {
            _moves.Add(new("inquires", n, id, Applied(w, origin, w.Nodes[origin], step)));
            return;
        }
        var decided = Applied(w, origin, w.Nodes[origin], step with { Sends = [] });
        if (step.Rows.Length > 0) _moves.Add(new(Unheard, n, id, decided));
        foreach (var verdict in step.Sends)
            Emit("inquires", id, decided, n, decided.Nodes[n], rules.Receive(decided.Nodes[n].Rows, verdict));
    }

    private void Disasters(World w, int n)
    {
        var node = w.Nodes[n];
        if (w.Faults > 0 && (node.Live.Length > 0 || node.Serving.Length > 0))
            _moves.Add(new("crashes", n, null, (w with { Faults = w.Faults - 1 }).With(n, node.Crashed())));
        if (w.Restores == 0 || node.Context != scenario.Restorable) return;
        if (node.Saved is not { } saved)
        {
            _moves.Add(new("is backed up", n, null, w.With(n, node with { Saved = new(node.Rows, node.Ledger) })));
            return;
        }
        var restored = new Node(saved.Rows) { Ledger = saved.Ledger, Restored = true };
        var step = rules.Renew(saved.Rows, node.Rows.Self.Incarnation + 1,
            [.. scenario.Contexts.Where(c => c != node.Context)]);
        Emit("is restored", null, w with { Restores = w.Restores - 1 }, n, restored, step);
    }
}

using BusinessM.Records.Far;

namespace BusinessM.Keepers.Tests.Far.Search;

/// <summary>What must hold, told from the outside: from the keepers' entries and from what had once been durable, not
/// from what the machine believes.</summary>
internal static class Checks
{
    /// <summary>In every state.</summary>
    public static string? Safe(World w)
    {
        AttemptId? postedAttempt = null;
        for (var n = 0; n < w.Nodes.Length; n++)
            foreach (var entry in w.Nodes[n].Ledger)
            {
                if (entry.Posted > 1) return $"{entry.Id} is posted {entry.Posted} times";
                if (entry is { Posted: > 0, Released: true }) return $"{entry.Id} is posted and released";
                if (entry.Posted == 0) continue;
                if (postedAttempt is { } other && other != entry.Id.Attempt)
                    return $"one request is posted twice, as {other} and as {entry.Id.Attempt}";
                postedAttempt = entry.Id.Attempt;
                if (Contradiction(w, entry) is { } wrong) return wrong;
            }
        return Acknowledged(w);
    }

    private static string? Contradiction(World w, Entry posted)
    {
        var truth = w.Committed.FirstOrDefault(t => t.Attempt == posted.Id.Attempt);
        if (truth is null) return $"{posted.Id} is posted, and was never committed";
        if (!truth.Parts.Any(p => p.Id == posted.Id)) return $"{posted.Id} is posted, and is no part of the commit";
        if (w.Nodes[0].Rows.OutcomeOf(truth.Attempt) is { Outcome: Outcome.Aborted })
            return $"{posted.Id} is posted, and aborted at its origin";
        foreach (var (id, callee) in truth.Parts)
            if (w.Nodes[w.IndexOf(callee)].Ledger.Any(e => e.Id == id && e.Released))
                return $"{posted.Id} is posted, and {id} released";
        return null;
    }

    private static string? Acknowledged(World w)
    {
        if (w.Acknowledged is not { } told) return null;
        if (!w.Committed.Any(t => t.Attempt == told)) return $"{told} is acknowledged, and was never committed";
        return w.Nodes[0] is { Restored: false } a && a.Rows.OutcomeOf(told)?.Outcome != Outcome.Committed
            ? $"{told} is acknowledged, and not committed at its origin" : null;
    }

    /// <summary>When nothing moves any more and nothing goes wrong.</summary>
    public static string? AtRest(World w)
    {
        foreach (var node in w.Nodes)
        {
            if (!node.Rows.Open) return $"{node.Context} stays closed";
            if (node.Live.Length > 0 || node.Serving.Length > 0 || node.Pending is not null)
                return $"{node.Context} is not at rest";
            foreach (var r in node.Rows.Reservations)
                if (r.State == ReservationState.Reserved) return $"{r.Id} stays reserved";
            foreach (var e in node.Ledger)
                if (e.Reserved) return $"{e.Id} stays reserved in the books";
            foreach (var c in node.Rows.Confirms)
                if (!c.Acknowledged) return $"the confirmation of {c.Id} stays without acknowledgement";
        }
        foreach (var truth in w.Committed)
            if (Torn(w, truth) is { } torn) return torn;
        return null;
    }

    /// <summary>All of it, or, where the origin was restored to before its commit and nobody had posted yet, none.
    /// </summary>
    private static string? Torn(World w, Truth truth)
    {
        var posted = truth.Parts.Count(p =>
            w.Nodes[w.IndexOf(p.Callee)].Ledger.Any(e => e.Id == p.Id && e.Posted == 1));
        var committed = w.Nodes[0].Rows.OutcomeOf(truth.Attempt)?.Outcome == Outcome.Committed;
        if (posted == truth.Parts.Length && committed) return null;
        if (posted == 0 && !committed && w.Nodes[0].Restored) return null;
        return $"{truth.Attempt} was committed; at rest {posted} of {truth.Parts.Length} parts are posted"
            + $" and the origin says {(committed ? "committed" : "not committed")}";
    }
}

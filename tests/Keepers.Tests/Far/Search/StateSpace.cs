using System.Diagnostics;
using System.Globalization;
using BusinessM.Records.Far;

namespace BusinessM.Keepers.Tests.Far.Search;

internal sealed record Found(string What, IReadOnlyList<string> Trace)
{
    public override string ToString() => What + Environment.NewLine + string.Join(Environment.NewLine, Trace);
}

/// <summary>Breadth first, fewest faults first, through every state that the moves reach, each once. Every state is
/// checked, and from every state the system, left alone, must come to rest in agreement.</summary>
internal sealed class StateSpace(Scenario scenario, Rules rules, int statesMax = int.MaxValue)
{
    private readonly Dictionary<Print, Print> _parents = [];
    private readonly HashSet<Print> _rests = [];
    private readonly Play _play = new(scenario, rules);

    public int States => _parents.Count;
    public long Steps { get; private set; }
    public bool Complete { get; private set; } = true;
    public TimeSpan Elapsed { get; private set; }

    public Found? Run()
    {
        var watch = Stopwatch.StartNew();
        var found = Walk();
        Elapsed = watch.Elapsed;
        return found;
    }

    public override string ToString() => string.Create(CultureInfo.InvariantCulture,
        $"{scenario.Name}: participants {scenario.Participants}{(scenario.Chain ? " in a chain" : "")}, "
        + $"attempts {scenario.Attempts}, faults {scenario.Faults}, "
        + $"restores {(scenario.Restorable is null ? "none" : "1 of " + scenario.Restorable)}: "
        + $"{States} states, {Steps} steps, {(Complete ? "complete" : "CUT OFF")}, "
        + $"{Elapsed.TotalSeconds:0.0} s");

    private Found? Walk()
    {
        var start = scenario.Start();
        _parents[start.Print] = default;
        var byFaultsLeft = Enumerable.Range(0, scenario.Faults + 1).Select(_ => new Queue<World>()).ToArray();
        byFaultsLeft[^1].Enqueue(start);
        for (var left = scenario.Faults; left >= 0; left--)
            while (byFaultsLeft[left].TryDequeue(out var world))
            {
                if (Expand(world, byFaultsLeft) is { } found) return found;
                if (States <= statesMax) continue;
                Complete = false;
                return null;
            }
        return null;
    }

    /// <summary>A state is met first with the most faults left, so it need not be looked at again with fewer.</summary>
    private Found? Expand(World world, Queue<World>[] queues)
    {
        var print = world.Print;
        if (Unrest(world) is { } unrest) return new(unrest, Trace(print));
        foreach (var move in _play.Moves(world))
        {
            Steps++;
            if (move.After.Broken is { } broken) return new(broken, [.. Trace(print), move.ToString()]);
            var reached = move.After.Print;
            if (!_parents.TryAdd(reached, print)) continue;
            if (Checks.Safe(move.After) is { } wrong) return new(wrong, [.. Trace(print), move.ToString()]);
            queues[move.After.Faults].Enqueue(move.After);
        }
        return null;
    }

    /// <summary>Follows the one fair schedule without faults to its end. A path that meets an earlier one ends there.
    /// </summary>
    private string? Unrest(World world)
    {
        List<Print> path = [];
        var w = world with { Faults = 0, Restores = 0 };
        for (var steps = 0; ; steps++)
        {
            var print = w.Print;
            if (!_rests.Add(print)) return path.Contains(print) ? "the system, left alone, goes in circles" : null;
            path.Add(print);
            if (steps > 300) return "the system, left alone, does not come to rest";
            if (_play.Alone(w) is not { After: var next }) return Checks.AtRest(w);
            if (next.Broken is { } broken) return broken + " (left alone)";
            if (Checks.Safe(next) is { } wrong) return wrong + " (left alone)";
            w = next;
        }
    }

    private List<string> Trace(Print to)
    {
        List<Print> path = [to];
        while (_parents[path[^1]] is var parent && parent != default) path.Add(parent);
        path.Reverse();
        List<string> trace = [];
        var world = scenario.Start();
        foreach (var print in path.Skip(1))
        {
            var move = _play.Moves(world).Where(m => m.After.Print == print).MaxBy(m => m.After.Faults);
            trace.Add(move.ToString());
            world = move.After;
        }
        return trace;
    }
}

using System.Collections.Immutable;
using BusinessM.Records.Far;

namespace BusinessM.Keepers.Tests.Far.Search;

/// <summary>What a keeper did with one part, as its rows would show it.</summary>
internal sealed record Entry(FarId Id, bool Reserved, bool Released, int Posted);

/// <summary>A commit that the database works on: it holds the lock on T, whoever still listens.</summary>
internal sealed record Pending(FarAttempt Attempt, bool Connected);

/// <summary>A callee between a reserve and its own nested call's answer.</summary>
internal sealed record Serving(Reserve Message, string From, Envelope Nested);

internal sealed record Saved(FarRows Rows, ImmutableArray<Entry> Ledger);

internal sealed record Node(FarRows Rows)
{
    private Print? _print;

    public ImmutableArray<Entry> Ledger { get; init; } = [];
    public Pending? Pending { get; init; }
    public ImmutableArray<FarAttempt> Live { get; init; } = [];
    public ImmutableArray<Serving> Serving { get; init; } = [];
    public Saved? Saved { get; init; }
    public bool Restored { get; init; }

    // The copy has another print, unlike what a record would do by itself.
    private Node(Node other)
    {
        (Rows, Ledger, Pending, Live, Serving, Saved, Restored) = (other.Rows, other.Ledger, other.Pending, other.Live,
            other.Serving, other.Saved, other.Restored);
    }

    public string Context => Rows.Self.Context;

    public bool Busy(AttemptId attempt) => Pending?.Attempt.Id == attempt;

    /// <summary>The process is gone; its database is not, and may still finish what it was given.</summary>
    public Node Crashed() => this with
    {
        Live = [], Serving = [], Pending = Pending is null ? null : Pending with { Connected = false },
    };

    public Print Print => _print ??= Search.Print.Of(Rows).Mix(Ledgers(Ledger))
        .Mix(Pending is null ? Search.Print.Of(1)
            : Search.Print.Of(2).Mix(Search.Print.Of(Pending.Attempt)).Mix(Pending.Connected ? 1UL : 2UL))
        .Mix(Search.Print.Sum(Live, Search.Print.Of))
        .Mix(Search.Print.Sum(Serving, s => Search.Print.Of(s.Nested)))
        .Mix(Saved is null ? Search.Print.Of(3) : Search.Print.Of(Saved.Rows).Mix(Ledgers(Saved.Ledger)))
        .Mix(Restored ? 1UL : 2UL);

    private static Print Ledgers(ImmutableArray<Entry> ledger) => Search.Print.Sum(ledger, e => Search.Print.Of(5)
        .Mix(e.Id).Mix(e.Reserved ? 1UL : 2UL).Mix(e.Released ? 1UL : 2UL).Mix((ulong)e.Posted));
}

internal sealed record Parcel(Envelope Envelope, Print Print)
{
    public Parcel(Envelope envelope) : this(envelope, Search.Print.Final(Search.Print.Of(envelope))) { }
}

/// <summary>An attempt that was durable once, with the parts of its effect. The machine does not know this.</summary>
internal sealed record Truth(AttemptId Attempt, ImmutableArray<(FarId Id, string Callee)> Parts);

/// <summary>A whole system at one moment: databases, processes, the messages on their way, and what may still go wrong.
/// </summary>
internal sealed record World(ImmutableArray<Node> Nodes, ImmutableArray<Parcel> Net)
{
    public int Faults { get; init; }
    public int Restores { get; init; }
    public int Begun { get; init; }
    public AttemptId? Acknowledged { get; init; }
    public ImmutableArray<Truth> Committed { get; init; } = [];

    /// <summary>What went wrong on the way here, where a rule was broken by the step itself.</summary>
    public string? Broken { get; init; }

    public int IndexOf(string context)
    {
        for (var i = 0; i < Nodes.Length; i++)
            if (Nodes[i].Context == context) return i;
        throw new InvalidOperationException(context);
    }

    public bool Flies(Envelope envelope) => Flies(new Parcel(envelope));

    private bool Flies(Parcel parcel)
    {
        foreach (var p in Net)
            if (p.Print == parcel.Print) return true;
        return false;
    }

    /// <summary>The net is a set: the same message twice is a duplicate, which is a fault of its own.</summary>
    public World Sending(IEnumerable<Envelope> envelopes)
    {
        var net = Net;
        foreach (var parcel in envelopes.Select(e => new Parcel(e)))
            if (net.All(p => p.Print != parcel.Print)) net = net.Add(parcel);
        return this with { Net = net };
    }

    public World Without(Parcel parcel) => this with { Net = Net.Remove(parcel) };

    public World With(int index, Node node) => this with { Nodes = Nodes.SetItem(index, node) };

    /// <summary>Without the faults left: whoever was here with more of them has seen all that follows.</summary>
    public Print Print
    {
        get
        {
            var print = Search.Print.Of(100);
            foreach (var node in Nodes) print = print.Mix(node.Print);
            var net = default(Print);
            foreach (var parcel in Net) net += parcel.Print;
            print = print.Mix(net).Mix((ulong)Restores).Mix((ulong)Begun);
            print = Acknowledged is { } acknowledged ? print.Mix(acknowledged) : print.Mix(7UL);
            return print.Mix(Search.Print.Sum(Committed, t => Search.Print.Of(6).Mix(t.Attempt)));
        }
    }
}

using System.Collections.Immutable;
using System.Globalization;

namespace BusinessM.Records.Far;

public sealed record AttemptCall(FarId Id, string Callee, FarCall Call, FarEffect? Fixed = null);

/// <summary>Open: calls are made. Committing: the commit is on its way. InDoubt: an error came instead of its answer,
/// and until the own tombstone was tried nobody knows. Ended: the outcome is durable.</summary>
public enum AttemptPhase { Open, Committing, InDoubt, Ended }

/// <summary>The part of an attempt that lives in memory and dies with the process; nothing depends on its survival.
/// </summary>
public sealed record FarAttempt(AttemptId Id, string Key, DateTimeOffset Deadline, ImmutableArray<AttemptId> Supersedes)
{
    public ImmutableArray<AttemptCall> Calls { get; init; } = [];
    public AttemptPhase Phase { get; init; } = AttemptPhase.Open;

    /// <summary>The first refusal; it dooms the unit.</summary>
    public Error? Doom { get; init; }

    public bool CannotCommit => Doom is not null || Phase != AttemptPhase.Open || Calls.Any(c => c.Fixed is null);

    /// <summary>Makes the next far call; its ordinal follows from its place, so a repeat has the same id.</summary>
    public (FarAttempt Attempt, Envelope Message) Call(string callee, FarCall call)
    {
        if (Phase != AttemptPhase.Open) throw new InvalidOperationException($"{Id} is {Phase}: no more calls");
        var id = new FarId(Id, (Calls.Length + 1).ToString(CultureInfo.InvariantCulture));
        var made = new AttemptCall(id, callee, call);
        return (this with { Calls = Calls.Add(made) }, MessageOf(made));
    }

    /// <summary>The same call again, when its answer did not come.</summary>
    public Envelope MessageOf(AttemptCall call) => new(Id.Origin, Id.Incarnation, call.Callee, Id.Origin,
        new Reserve(call.Id, Key, Deadline, call.Call, Supersedes));

    public FarAttempt Answered(FarMessage answer) => answer switch
    {
        Reserved r => this with
        {
            Calls = [.. Calls.Select(c => c.Id == r.Id && c.Fixed is null ? c with { Fixed = r.Effect } : c)],
        },
        Refused r when Calls.Any(c => c.Id == r.Id && c.Fixed is null) => this with { Doom = Doom ?? r.Error },
        _ => this,
    };

    public FarAttempt Committing() => this with { Phase = AttemptPhase.Committing };

    /// <summary>An error came instead of the commit's answer: it may be durable, or not, or yet to become so.</summary>
    public FarAttempt CommitLost() => this with { Phase = AttemptPhase.InDoubt };

    public FarAttempt Ended() => this with { Phase = AttemptPhase.Ended };

    /// <summary>Tells every participant, once, to give up. Only after the tombstone is durable.</summary>
    public ImmutableArray<Envelope> Releases(long incarnation) =>
        [.. Calls.Select(c => new Envelope(Id.Origin, incarnation, c.Callee, Id.Origin, new Release(c.Id)))];
}

using System.Collections.Immutable;
using System.Text.Json.Serialization;

namespace BusinessM.Records.Far;

/// <summary>A message on its way. <paramref name="Incarnation"/> is the sender's; <paramref name="Origin"/> is the
/// context that the subject names, which the transport lets only those publish whom it concerns.</summary>
public sealed record Envelope(string From, long Incarnation, string To, string Origin, FarMessage Message);

[JsonDerivedType(typeof(Reserve), "reserve")]
[JsonDerivedType(typeof(Reserved), "reserved")]
[JsonDerivedType(typeof(Refused), "refused")]
[JsonDerivedType(typeof(Confirm), "confirm")]
[JsonDerivedType(typeof(Confirmed), "confirmed")]
[JsonDerivedType(typeof(Release), "release")]
[JsonDerivedType(typeof(Inquire), "inquire")]
[JsonDerivedType(typeof(Decided), "decided")]
[JsonDerivedType(typeof(Reopen), "reopen")]
[JsonDerivedType(typeof(Reopened), "reopened")]
public abstract record FarMessage;

/// <summary>Check in full, write as reserved. Supersedes: earlier attempts of the same key, each with a durable
/// tombstone; what is reserved for them is given up first, in the same transaction.</summary>
public sealed record Reserve(FarId Id, string Key, DateTimeOffset Deadline, FarCall Call,
    ImmutableArray<AttemptId> Supersedes) : FarMessage;

public sealed record Reserved(FarId Id, FarEffect Effect) : FarMessage;

public sealed record Refused(FarId Id, Error Error) : FarMessage;

/// <summary>T is committed: post. Never refused.</summary>
public sealed record Confirm(FarId Id, string Key, FarEffect Effect, long NumberIncarnation, long Number) : FarMessage;

public sealed record Confirmed(FarId Id) : FarMessage;

/// <summary>T is durably aborted: give up. Not repeated; whoever misses it asks after the deadline.</summary>
public sealed record Release(FarId Id) : FarMessage;

/// <summary>What became of T, for this part of it? Always asked of the origin in T.</summary>
public sealed record Inquire(FarId Id) : FarMessage;

public enum Verdict { Undecided, Committed, Aborted }

/// <summary>The answer; where it is committed, with what was.</summary>
public sealed record Decided(FarId Id, Verdict Verdict, FarEffect? Effect = null) : FarMessage;

/// <summary>Sent by a restored context to every other one, until each has answered: what it still has of theirs
/// (numbers received), and how far its own numbers to this one go.</summary>
public sealed record Reopen(ImmutableArray<InboxRow> Received, ImmutableArray<CounterRow> Sent) : FarMessage;

/// <summary>The confirmations that the restored context lacks, and what is held here of attempts that it may have
/// forgotten.</summary>
public sealed record Reopened(long For, ImmutableArray<Confirm> Missing, ImmutableArray<HeldPart> Held) : FarMessage;

/// <summary>What the book-keeper (or any keeper) of this context does in the transaction of the step.</summary>
public enum FarOpKind { Post, PostFromContent, Release }

public sealed record FarOp(FarOpKind Kind, FarId Id, FarEffect Effect);

/// <summary>UnknownReservation: posted from the confirmation's content. ContradictedOutcome: released before, and
/// confirmed now (posted all the same), or posted before and now called aborted (stays posted). ForeignSubject: the
/// subject does not name the origin in T (dropped). OwnEffectLost: a restore found the attempt committed elsewhere, its
/// own rows are lost.</summary>
public enum FarAlertKind { UnknownReservation, ContradictedOutcome, ForeignSubject, OwnEffectLost }

public sealed record FarAlert(FarAlertKind Kind, FarId Id);

/// <summary>What one event brings: rows and operations of one transaction, then the messages, sent only when that
/// transaction is durable.</summary>
public sealed record FarStep(ImmutableArray<FarRow> Rows, ImmutableArray<FarOp> Ops, ImmutableArray<Envelope> Sends,
    ImmutableArray<FarAlert> Alerts)
{
    public static readonly FarStep Nothing = new([], [], [], []);

    public FarStep Then(FarStep next) =>
        new([.. Rows, .. next.Rows], [.. Ops, .. next.Ops], [.. Sends, .. next.Sends], [.. Alerts, .. next.Alerts]);

    public FarStep Write(FarRow row) => this with { Rows = Rows.Add(row) };

    public FarStep Do(FarOpKind kind, FarId id, FarEffect effect) =>
        this with { Ops = Ops.Add(new(kind, id, effect)) };

    public FarStep Send(FarRows from, string to, string origin, FarMessage message) =>
        this with { Sends = Sends.Add(new(from.Self.Context, from.Self.Incarnation, to, origin, message)) };

    public FarStep Alert(FarAlertKind kind, FarId id) => this with { Alerts = Alerts.Add(new(kind, id)) };
}

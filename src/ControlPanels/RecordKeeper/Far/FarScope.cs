using System.Collections.Immutable;

namespace BusinessM.Records.Far;

/// <summary>Which rows a step has to see. The few rows about the other contexts are always among them.</summary>
public sealed record FarScope(ImmutableArray<AttemptId> Attempts, string? Key = null, bool Waiting = false,
    string? AllOf = null)
{
    /// <summary>What waits for somebody: confirmations without acknowledgement, reservations without outcome.</summary>
    public static readonly FarScope WhatWaits = new([], Waiting: true);

    public static FarScope Of(FarMessage message, string from) => message switch
    {
        Reserve m => new([m.Id.Attempt, .. m.Supersedes]),
        Reserved m => new([m.Id.Attempt]),
        Refused m => new([m.Id.Attempt]),
        Confirm m => new([m.Id.Attempt]),
        Confirmed m => new([m.Id.Attempt]),
        Release m => new([m.Id.Attempt]),
        Inquire m => new([m.Id.Attempt]),
        Decided m => new([m.Id.Attempt]),
        Reopen => new([], AllOf: from),
        Reopened m => new([.. m.Missing.Select(c => c.Id.Attempt), .. m.Held.Select(h => h.Id.Attempt)]),
        _ => throw new InvalidOperationException($"No scope for {message.GetType().Name}"),
    };
}

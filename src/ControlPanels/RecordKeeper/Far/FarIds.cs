using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json.Serialization;

namespace BusinessM.Records.Far;

/// <summary>The transaction id T of one attempt: the context that decides it, the incarnation of that context's
/// database when it began (renewed by every restore), and a version 7 id.</summary>
public readonly record struct AttemptId(string Origin, long Incarnation, Guid Id)
{
    public override string ToString() =>
        string.Create(CultureInfo.InvariantCulture, $"{Origin}.{Incarnation}.{Id:N}");

    /// <summary>The inverse of <see cref="ToString"/>.</summary>
    public static AttemptId Parse(string text)
    {
        var parts = text.Split('.');
        return new(parts[0], long.Parse(parts[1], CultureInfo.InvariantCulture), Guid.ParseExact(parts[2], "N"));
    }
}

/// <summary>One participant's part of an attempt. The path counts the calls: <c>2</c> is the origin's second call,
/// <c>2/1</c> the first call which that callee made in turn. Whatever the path, the origin in T alone decides.
/// </summary>
public readonly record struct FarId(AttemptId Attempt, string Path)
{
    /// <summary>Called by the origin itself, not by another participant.</summary>
    [JsonIgnore]
    public bool Direct => !Path.Contains('/', StringComparison.Ordinal);

    public FarId Child(int ordinal) =>
        this with { Path = string.Create(CultureInfo.InvariantCulture, $"{Path}/{ordinal}") };

    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Attempt}/{Path}");
}

/// <summary>What a caller asks of a callee: the port's method (<c>finance.ledger.post</c>) and its request as text.
/// </summary>
public sealed record FarCall(string Method, string Body);

/// <summary>The whole effect of a call as the callee fixed it when it reserved (cost, layers, ids and all), with the
/// parts that the callee reserved at others in turn; enough to post from when the reservation itself is lost. Number:
/// that of the caller's document, known with its commit only.</summary>
public sealed record FarEffect(string Method, string Body, string Answer, ImmutableArray<FarPart> Parts,
    string? Number = null)
{
    /// <summary>What was fixed for a path: the effect's own (at <paramref name="own"/>), or one of its parts'; null: it
    /// is none of them.</summary>
    public FarEffect? Of(FarId own, FarId asked) => own == asked ? this
        : NumberedParts.Select(p => p.Effect.Of(p.Id, asked)).FirstOrDefault(found => found is not null);

    /// <summary>The parts, with the number that the whole has.</summary>
    [JsonIgnore]
    public IEnumerable<FarPart> NumberedParts =>
        Number is null ? Parts : Parts.Select(p => p with { Effect = p.Effect with { Number = Number } });
}

/// <summary>A call that a participant made in turn, and what the next one fixed for it.</summary>
public sealed record FarPart(FarId Id, string Callee, FarEffect Effect);

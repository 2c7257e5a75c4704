namespace BusinessM;

/// <summary>A refusal as the catalogue lists it (<c>docs/errors.md</c>): its code, which is never renamed, its kind,
/// and what it means and what to do about it. Each owner lists its own in one <c>XxxErrors.cs</c>.</summary>
public sealed record ErrorCode(string Code, ErrorKind Kind, string Meaning)
{
    /// <summary>The HTTP status where it is not the kind's own (401, 405, 413, 415, 429).</summary>
    public int? Status { get; init; }

    /// <summary>The refusal itself, with what was wrong and where, in this case.</summary>
    public Error With(FormattableString message, string? field = null) =>
        new(Kind, Code, FormattableString.Invariant(message), field);

    /// <summary>All codes that a catalogue class lists as public static fields, in written order.</summary>
    public static IReadOnlyList<ErrorCode> In(Type catalogue) =>
        [.. catalogue.GetFields(System.Reflection.BindingFlags.Public | System.Reflection.BindingFlags.Static)
            .Select(field => field.GetValue(null)).OfType<ErrorCode>()];
}

using BusinessM.Contracts.RecordKeeper;

namespace BusinessM.Records;

/// <summary>The declarative checks of fields. They run in the field's owner, from data, without the code of the region
/// or administrator who wrote them.</summary>
public static class FieldChecks
{
    /// <summary>Runs the checks of a field on its text, in their order; the first that fails is the refusal, with the
    /// check's own message. <paramref name="other"/> gives the text of another field of the same document.</summary>
    public static Error? Check(FieldDefinition field, string text, Func<string, string?> other)
    {
        foreach (var check in field.Checks ?? [])
        {
            // an empty text has no form; whether it may be empty is what "required" says
            if (text.Length == 0 != (check.Kind == Kinds.Required)) continue;
            if (check.When is { } when && !Holds(when, text, other)) continue;
            if (Refused(check, text) is { } code) return code.With($"{check.Message}", field.Name);
        }
        return null;
    }

    /// <summary>Why a definition cannot be accepted, or null: from a region in another process or an administrator,
    /// before it becomes a column.</summary>
    public static Error? Refuse(FieldDefinition field) => FieldRules.Refuse(field);

    private static ErrorCode? Refused(FieldCheck check, string text) => check.Kind switch
    {
        Kinds.Pattern => Patterns.IsWhole(check.Pattern!, text) ? null : RecordErrors.FieldPattern,
        Kinds.Checksum => Checksums.Fits(check.Checksum, text) ? null : RecordErrors.FieldChecksum,
        Kinds.Options => IsOption(check, text) ? null : RecordErrors.FieldOption,
        Kinds.Required => RecordErrors.FieldRequired,
        _ => throw new InvalidOperationException($"A check of kind {check.Kind} was accepted, which nobody knows"),
    };

    private static bool IsOption(FieldCheck check, string text)
    {
        var count = check.Count == 0 ? text.Length - check.Start : check.Count;
        if (count <= 0 || check.Start + count > text.Length) return false;
        var part = text.AsSpan(check.Start, count);
        foreach (var option in check.Options!)
            if (part.SequenceEqual(option)) return true;
        return false;
    }

    private static bool Holds(FieldCondition when, string text, Func<string, string?> other)
    {
        if (when.Field is { } name)
        {
            var value = other(name) ?? "";
            if (when.Values is { } values ? !values.Contains(value) : value.Length == 0) return false;
        }
        return when.Pattern is not { } pattern || Patterns.Begins(pattern, text);
    }

    /// <summary>The kinds of checks.</summary>
    internal static class Kinds
    {
        internal const string Pattern = "pattern";
        internal const string Checksum = "checksum";
        internal const string Options = "options";
        internal const string Required = "required";
    }
}

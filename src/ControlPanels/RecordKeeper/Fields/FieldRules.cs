using System.Globalization;
using BusinessM.Contracts.RecordKeeper;

namespace BusinessM.Records;

/// <summary>What a definition of a field must be like before its owner accepts it.</summary>
internal static class FieldRules
{
    private const int LengthMax = 10_000;
    private const int ScaleMax = 12;
    private const int LabelMax = 200;
    private const int OptionsMax = 2_000;

    internal static Error? Refuse(FieldDefinition field)
    {
        if (field.Name is null || !Patterns.IsWhole("[a-z][A-Za-z0-9]{0,49}|x_[a-z][a-z0-9_]{0,47}", field.Name))
            return RecordErrors.FieldInvalid.With(
                $"A field's name is camel case, or x_ and snake case, of at most 50 characters", "name");
        var fault = Shape(field) ?? Kind(field) ?? Defaults(field);
        if (fault is null) return CheckRules.Refuse(field);
        return RecordErrors.FieldInvalid.With($"The field {field.Name}: {fault.Value.Why}", fault.Value.Where);
    }

    private static (string Why, string Where)? Shape(FieldDefinition field)
    {
        if (!IsLine(field.Label, LabelMax)) return ($"a label has 1 to {LabelMax} characters on one line", "label");
        if (!Enum.IsDefined(field.Kind)) return ("its kind is unknown", "kind");
        if (field.Length is < 1 or > LengthMax) return ($"a length is 1 to {LengthMax}", "length");
        if (field.Scale is < 0 or > ScaleMax) return ($"a scale is 0 to {ScaleMax}", "scale");
        if (field.Min > field.Max) return ("its least value is above its greatest", "min");
        if (field.Countries is { } countries && (countries.Count == 0 || !countries.All(IsCountry)))
            return ("countries are codes of ISO 3166, such as IN", "countries");
        return null;
    }

    private static (string Why, string Where)? Kind(FieldDefinition field)
    {
        if (field.Kind == FieldKind.Link && !IsDocument(field.Target))
            return ("a link names the document that it leads to, such as masters.party", "target");
        if (field.Kind != FieldKind.Choice) return null;
        if (field.Options is not { Count: > 0 and <= OptionsMax } options)
            return ($"a choice has 1 to {OptionsMax} options", "options");
        if (!options.All(o => o is not null && IsLine(o.Value, field.Length ?? LabelMax) && IsLine(o.Label, LabelMax)))
            return ("each option has a value and a label", "options");
        if (options.DistinctBy(o => o.Value, StringComparer.Ordinal).Count() != options.Count)
            return ("a value stands twice among the options", "options");
        return null;
    }

    private static (string Why, string Where)? Defaults(FieldDefinition field)
    {
        if (field.Default is not { } text) return null;
        var fits = field.Kind switch
        {
            FieldKind.Text => text.Length <= (field.Length ?? 1_000) && !text.Any(char.IsControl),
            FieldKind.LongText => text.Length <= (field.Length ?? LengthMax) && !text.Contains('\0'),
            FieldKind.Whole => int.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture,
                out var whole) && InRange(field, whole),
            FieldKind.Decimal => decimal.TryParse(text, NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint,
                CultureInfo.InvariantCulture, out var number) && number.Scale <= (field.Scale ?? 4)
                && InRange(field, number),
            FieldKind.Flag => text is "true" or "false",
            FieldKind.Date => DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture,
                DateTimeStyles.None, out _),
            FieldKind.Moment => text.EndsWith('Z') && DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture,
                DateTimeStyles.None, out _),
            FieldKind.Choice => field.Options!.Any(o => o.Value == text),
            FieldKind.Link => field.ByCode ? IsLine(text, 100) : Guid.TryParseExact(text, "D", out _),
            _ => false,
        };
        return fits ? null : ("its default is no value of its kind", "default");
    }

    private static bool InRange(FieldDefinition field, decimal value) =>
        (field.Min is not { } min || value >= min) && (field.Max is not { } max || value <= max);

    private static bool IsCountry(string? code) => code is { Length: 2 } && code.All(char.IsAsciiLetterUpper);

    private static bool IsDocument(string? target) =>
        target is not null && Patterns.IsWhole(@"[a-z][a-z0-9-]{0,49}\.[a-z][a-z0-9-]{0,49}", target);

    internal static bool IsLine(string? text, int lengthMax) => text is { Length: > 0 } && text.Length <= lengthMax
        && !string.IsNullOrWhiteSpace(text) && !text.Any(char.IsControl);
}

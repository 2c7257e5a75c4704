using System.Data.Common;
using System.Globalization;
using System.Text.Json;
using BusinessM.Contracts.RecordKeeper;

namespace BusinessM.Records;

/// <summary>Values of fields between how they travel (docs/documents.md) and the shape of the store.</summary>
internal static class FieldValue
{
    /// <summary>Characters of a text field whose length is not declared.</summary>
    public const int TextMax = 1_000;

    /// <summary>Characters of a long text field whose length is not declared.</summary>
    public const int LongTextMax = 10_000;

    private static readonly string[] MomentFormats =
        ["yyyy-MM-ddTHH:mm:ss.FFFFFFFK", "yyyy-MM-ddTHH:mmK", "yyyy-MM-dd"];

    /// <summary>From a JSON value; null and the empty text are empty.</summary>
    public static Result<object?> Read(DocumentField field, JsonElement json)
    {
        var kind = field.Definition.Kind;
        switch (json.ValueKind)
        {
            case JsonValueKind.Null: return (object?)null;
            case JsonValueKind.True or JsonValueKind.False when kind == FieldKind.Flag: return json.GetBoolean();
            case JsonValueKind.Number when kind == FieldKind.Whole && json.TryGetInt32(out var whole):
                return Bounded(field, whole, whole.ToString(CultureInfo.InvariantCulture));
            case JsonValueKind.String when kind is not (FieldKind.Flag or FieldKind.Whole):
                return Parse(field, json.GetString()!);
            default: return Wrong(field, json.GetRawText());
        }
    }

    /// <summary>From text as it travels: of a cell of a file, a default, a term of a filter.</summary>
    public static Result<object?> Parse(DocumentField field, string text)
    {
        if (text.Length == 0) return (object?)null;
        var invariant = CultureInfo.InvariantCulture;
        return field.Definition.Kind switch
        {
            FieldKind.Flag => bool.TryParse(text, out var flag) ? flag : Wrong(field, text),
            FieldKind.Whole => int.TryParse(text, NumberStyles.AllowLeadingSign, invariant, out var whole)
                ? Bounded(field, whole, text) : Wrong(field, text),
            FieldKind.Decimal => decimal.TryParse(text, NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint,
                invariant, out var number) ? Bounded(field, number, text) : Wrong(field, text),
            FieldKind.Date => DateOnly.TryParseExact(text, "yyyy-MM-dd", invariant, DateTimeStyles.None, out var day)
                ? day : Wrong(field, text),
            FieldKind.Moment => DateTimeOffset.TryParseExact(text, MomentFormats, invariant,
                DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out var at) ? at : Wrong(field, text),
            FieldKind.Link when !field.Definition.ByCode => Guid.TryParseExact(text, "D", out var id)
                ? id : Wrong(field, text),
            FieldKind.Choice => Chosen(field, text),
            FieldKind.Json => Wrong(field, text),
            _ => Fitting(field, text),
        };
    }

    /// <summary>Writes a value of the store's shape.</summary>
    public static void Write(Utf8JsonWriter json, DocumentField field, object value)
    {
        switch (value)
        {
            case string text when field.Definition.Kind == FieldKind.Json: json.WriteRawValue(text); break;
            case string text: json.WriteStringValue(field.Wire(text)); break;
            case decimal number: json.WriteStringValue(Plain(number)); break;
            case bool flag: json.WriteBooleanValue(flag); break;
            case int whole: json.WriteNumberValue(whole); break;
            case Guid id: json.WriteStringValue(id); break;
            case DateOnly day: json.WriteStringValue(day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture)); break;
            case DateTimeOffset at: json.WriteStringValue(at); break;
            default: throw new InvalidOperationException($"{value.GetType()} is no value of a field");
        }
    }

    /// <summary>Writes a column of a row; an empty one is left out.</summary>
    public static object? Write(Utf8JsonWriter json, DocumentField field, DbDataReader row, int column)
    {
        if (row.IsDBNull(column)) return null;
        var value = Get(field, row, column);
        json.WritePropertyName(field.Name);
        Write(json, field, value);
        return value;
    }

    /// <summary>A column of a row in the shape of the store.</summary>
    public static object Get(DocumentField field, DbDataReader row, int column) => field.Definition.Kind switch
    {
        FieldKind.Whole => row.GetInt32(column),
        FieldKind.Decimal => row.GetDecimal(column),
        FieldKind.Flag => row.GetBoolean(column),
        FieldKind.Date => row.GetFieldValue<DateOnly>(column),
        FieldKind.Moment => row.GetFieldValue<DateTimeOffset>(column),
        FieldKind.Link when !field.Definition.ByCode => row.GetGuid(column),
        _ => row.GetString(column),
    };

    /// <summary>As it travels, in text: of a cell of a file, a cursor, a rule on the text of a field.</summary>
    public static string? ToText(DocumentField field, object? value) => value switch
    {
        null => null,
        string text => field.Wire(text),
        decimal number => Plain(number),
        bool flag => flag ? "true" : "false",
        DateOnly day => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
        DateTimeOffset at => at.UtcDateTime.ToString("yyyy-MM-ddTHH:mm:ss.FFFFFFF'Z'", CultureInfo.InvariantCulture),
        IFormattable other => other.ToString(null, CultureInfo.InvariantCulture),
        _ => throw new InvalidOperationException($"{value.GetType()} is no value of a field"),
    };

    // Without trailing noughts: what the column's scale added.
    private static string Plain(decimal number) =>
        (number / 1.0000000000000000000000000000m).ToString(CultureInfo.InvariantCulture);

    private static Result<object?> Bounded(DocumentField field, decimal value, string text)
    {
        var definition = field.Definition;
        if (value < definition.Min || value > definition.Max)
            return RecordErrors.FieldValue.With($"{definition.Label}: {text} is not {Bounds(definition)}", field.Name);
        if (definition.Kind == FieldKind.Whole) return (int)value;
        var (scale, digits) = (definition.Scale ?? 4, definition.Scale is 6 ? 12 : 24 - (definition.Scale ?? 4));
        if (decimal.Round(value, scale) != value) return RecordErrors.FieldValue.With(
            $"{definition.Label}: {text} has more than {scale} decimals", field.Name);
        return Math.Abs(decimal.Truncate(value)) < Power(digits) ? value
            : RecordErrors.FieldValue.With($"{definition.Label}: {text} has more than {digits} digits", field.Name);
    }

    private static decimal Power(int digits)
    {
        var power = 1m;
        for (var i = 0; i < digits; i++) power *= 10;
        return power;
    }

    private static string Bounds(FieldDefinition definition) => FormattableString.Invariant(
        $"{(definition.Min is { } min ? $"{min} or more" : "")}{(definition is { Min: not null, Max: not null } ? ", " : "")}{(definition.Max is { } max ? $"{max} or less" : "")}");

    private static Result<object?> Chosen(DocumentField field, string text) =>
        field.Definition.Options!.Any(option => option.Value == text) ? field.Stored(text)
            : RecordErrors.FieldValue.With($"{field.Definition.Label}: '{Short(text)}' is not one of {Choices(field)}",
                field.Name);

    private static string Choices(DocumentField field) =>
        string.Join(", ", field.Definition.Options!.Take(20).Select(option => option.Value));

    private static Result<object?> Fitting(DocumentField field, string text)
    {
        var definition = field.Definition;
        var max = definition.Length ?? (definition.Kind == FieldKind.LongText ? LongTextMax : TextMax);
        if (text.Length > max) return RecordErrors.FieldValue.With(
            $"{definition.Label}: {text.Length} characters are more than {max}", field.Name);
        foreach (var letter in text.EnumerateRunes())
            if (letter.Value == 0xFFFD || (System.Text.Rune.IsControl(letter)
                && !(definition.Kind == FieldKind.LongText && letter.Value is '\n' or '\r' or '\t')))
                return RecordErrors.FieldValue.With($"{definition.Label} has a character that is no text", field.Name);
        if (definition.Kind == FieldKind.LongText) return text;
        if (text.Trim().Length != text.Length) return RecordErrors.FieldValue.With(
            $"{definition.Label} begins or ends with a blank", field.Name);
        return field.IsCurrency && !Currency.TryParse(text, out _)
            ? RecordErrors.FieldValue.With($"{definition.Label}: '{Short(text)}' is no currency of ISO 4217", field.Name)
            : text;
    }

    private static Error Wrong(DocumentField field, string text) => RecordErrors.FieldValue.With(
        $"{field.Definition.Label}: '{Short(text)}' is not {Expected(field.Definition)}", field.Name);

    private static string Short(string text) => text.Length <= 40 ? text : text[..40] + "...";

    private static string Expected(FieldDefinition definition) => definition.Kind switch
    {
        FieldKind.Whole => "a whole number",
        FieldKind.Decimal => "a decimal string, such as \"12.50\"",
        FieldKind.Flag => "true or false",
        FieldKind.Date => "a date, such as \"2026-11-28\"",
        FieldKind.Moment => "a moment, such as \"2026-11-28T10:00:00Z\"",
        FieldKind.Link when !definition.ByCode => "the id of a document",
        FieldKind.Json => "to be set",
        _ => "a text",
    };
}

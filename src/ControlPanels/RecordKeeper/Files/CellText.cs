using System.Globalization;
using System.Text.Json;
using BusinessM.Contracts.RecordKeeper;
using NodaTime;

namespace BusinessM.Records.Files;

/// <summary>The text of a cell as the value of a field, as it travels (docs/documents.md). Whether the value keeps the
/// field's own rules, as its length, is for who takes it.</summary>
public static class CellText
{
    private const int ShownMax = 40;

    private static readonly string[] Yes = ["true", "yes", "y", "1", "x", "\u2713"];
    private static readonly string[] No = ["false", "no", "n", "0"];

    /// <summary>The value, null for a blank cell. Refused where the text is not what the field holds, or can be read in
    /// two ways: <c>record.file.cell</c>, which names row and column.</summary>
    /// <param name="column">The cell of the row, counted from 0.</param>
    public static Result<string?> Parse(FieldDefinition field, TableRow row, int column, FileCulture culture)
    {
        var cell = row.Cells[column];
        if (cell.IsBlank) return Result.Of<string?>(null);
        var (heading, mark, dayFirst) = culture.Columns[column];
        var read = cell.Kind == CellKind.Error ? Reading.Not("a value, but an error. Correct the formula")
            : field.Kind switch
            {
                FieldKind.Whole => Whole(cell, mark),
                FieldKind.Decimal => Number(cell, mark),
                FieldKind.Flag => Flag(cell.Text.Trim()),
                FieldKind.Date => Date(cell, dayFirst),
                FieldKind.Moment => Moment(cell, dayFirst, culture.Zone),
                FieldKind.Choice => Choice(cell.Text.Trim(), field.Options ?? []),
                FieldKind.Json => Json(cell.Text),
                FieldKind.LongText => new Reading(cell.Text),
                _ => new Reading(cell.Text.Trim()),
            };
        return read.Value is { } value ? value : RecordErrors.FileCell.With(
            $"Row {row.Number}, column {heading}: '{Short(cell.Text)}' is not {read.Wanted}", field.Name);
    }

    private static Reading Number(TableCell cell, char? mark)
    {
        var number = cell.Kind switch
        {
            CellKind.Text => NumberText.Of(cell.Text),
            CellKind.Number => NumberText.Of(cell.Text) with { WithComma = null },
            _ => default,
        };
        if (!number.IsNumber) return Reading.Not("a number");
        if (number.IsAmbiguous && mark is null)
            return Reading.Not("clear: the column has decimal points and commas, and it may be either. Write one");
        var plain = number.IsAmbiguous && mark == ',' ? number.WithComma! : number.WithPoint ?? number.WithComma!;
        return decimal.TryParse(plain, NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint,
            CultureInfo.InvariantCulture, out var value) && Digits(value) == Digits(plain)
            ? new Reading(value.ToString(CultureInfo.InvariantCulture))
            : Reading.Not("a number of up to 28 digits");
    }

    private static Reading Whole(TableCell cell, char? mark)
    {
        var number = Number(cell, mark);
        if (number.Value is null) return number;
        var value = decimal.Parse(number.Value, NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint,
            CultureInfo.InvariantCulture);
        return decimal.Truncate(value) == value
            ? new Reading(value.ToString("0", CultureInfo.InvariantCulture)) : Reading.Not("a whole number");
    }

    private static Reading Flag(string text) => text.ToLowerInvariant() is var lower && Yes.Contains(lower)
        ? new Reading("true") : No.Contains(lower) ? new Reading("false")
        : Reading.Not("yes or no: write yes, no, true, false, 1, 0 or x");

    private static Reading Date(TableCell cell, bool? dayFirst)
    {
        var date = Stamped(cell, dayFirst, out var refused);
        if (date is null) return refused;
        if (date.Value.Time is { } time && time != TimeOnly.MinValue)
            return Reading.Not("a date alone: it has a time of day, which the field does not hold");
        return new Reading(date.Value.Day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture));
    }

    private static Reading Moment(TableCell cell, bool? dayFirst, string zone)
    {
        if (Stamped(cell, dayFirst, out var refused) is not { } stamp) return refused;
        var local = stamp.Day.ToDateTime(stamp.Time ?? TimeOnly.MinValue);
        if (stamp.Offset is { } offset) return Utc(new DateTimeOffset(local, TimeSpan.Zero) - offset);
        if (stamp.Time is null) return Utc(Zones.StartOf(stamp.Day, zone));
        var moments = DateTimeZoneProviders.Tzdb[zone].MapLocal(LocalDateTime.FromDateTime(local));
        return moments.Count == 1 ? Utc(moments.Single().ToDateTimeOffset())
            : Reading.Not($"one moment in {zone}, where clocks change then. Write it with its distance from UTC");
    }

    private static Reading Utc(DateTimeOffset moment) => new(moment.UtcDateTime.ToString(
        "yyyy-MM-dd'T'HH:mm:ss.FFFFFFF'Z'", CultureInfo.InvariantCulture));

    private static Stamp? Stamped(TableCell cell, bool? dayFirst, out Reading refused)
    {
        var date = cell.Kind is CellKind.Text or CellKind.Date ? DateText.Of(cell.Text) : default;
        refused = !date.IsDate
            ? Reading.Not(cell.Kind == CellKind.Number ? "a date, but a number. Format its column as dates"
                : "a date. Write it as 2026-02-03, the year with four digits")
            : date.IsAmbiguous && dayFirst is null
                ? Reading.Not("clear: the column has the day first and the month first. Write it as 2026-02-03")
                : default;
        if (refused.Wanted is not null) return null;
        return date.IsAmbiguous && dayFirst == false ? date.MonthFirst : date.DayFirst ?? date.MonthFirst;
    }

    // The value or the label as it is written; else without regard to capitals, where that leaves one.
    private static Reading Choice(string text, IReadOnlyList<FieldOption> options)
    {
        if (options.Any(o => o.Value == text)) return new Reading(text);
        foreach (var how in (StringComparison[])[StringComparison.Ordinal, StringComparison.OrdinalIgnoreCase])
        {
            var found = options.Where(o => o.Value.Equals(text, how) || o.Label.Equals(text, how)).ToList();
            if (found.Count == 1) return new Reading(found[0].Value);
            if (found.Count > 1)
                return Reading.Not($"clear: it may be {string.Join(" or ", found.Select(o => o.Value))}");
        }
        return Reading.Not($"one of {string.Join(", ", options.Take(20).Select(o => o.Value))}");
    }

    private static Reading Json(string text)
    {
        try
        {
            using var read = JsonDocument.Parse(text, new JsonDocumentOptions { MaxDepth = 32 });
            return new Reading(text.Trim());
        }
        catch (JsonException)
        {
            return Reading.Not("JSON");
        }
    }

    // A decimal drops digits beyond its 28 silently.
    private static int Digits(decimal value) => Digits(value.ToString(CultureInfo.InvariantCulture));

    private static int Digits(string plain) => plain.AsSpan().TrimStart('-').TrimStart('0').Length;

    private static string Short(string text) => text.Length <= ShownMax ? text : text[..ShownMax] + "...";

    /// <summary>A value; or what the text is not.</summary>
    private readonly record struct Reading(string? Value, string? Wanted = null)
    {
        public static Reading Not(string what) => new(null, what);
    }
}

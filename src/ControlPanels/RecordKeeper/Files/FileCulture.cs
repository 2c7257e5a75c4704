using BusinessM.Contracts.RecordKeeper;

namespace BusinessM.Records.Files;

/// <summary>What is taken where a file leaves it open.</summary>
/// <param name="DecimalMark">A point or a comma.</param>
/// <param name="DayFirst">Whether 03/02/2026 is in February.</param>
/// <param name="Zone">The IANA time zone of moments that name none.</param>
public sealed record CultureDefaults(char DecimalMark, bool DayFirst, string Zone);

/// <summary>How a column is written.</summary>
/// <param name="Heading">What the column is called, for messages.</param>
/// <param name="DecimalMark">Null: its values contradict each other; what can be read in two ways is refused.</param>
/// <param name="DayFirst">Null: likewise.</param>
public sealed record ColumnCulture(string Heading, char? DecimalMark, bool? DayFirst);

/// <summary>A column that can be read in two ways, and that neither its own values nor those of the other columns
/// decide; or one where a program may have mixed them. The sentence is for who imports.</summary>
public sealed record CultureDoubt(int Column, string Message);

/// <summary>How the numbers and dates of a file are written, decided once for all of its rows.</summary>
/// <param name="Columns">One for each column of the heading.</param>
/// <param name="Doubts">What is to be looked at before the import.</param>
public sealed record FileCulture(IReadOnlyList<ColumnCulture> Columns, string Zone, IReadOnlyList<CultureDoubt> Doubts)
{
    /// <summary>Decides by all values: those of the column; else those of the other columns of numbers or of dates,
    /// where they agree; else the default, and says so.</summary>
    /// <param name="fields">The field that each column is read into; null where it is not read.</param>
    public static FileCulture Of(Table table, IReadOnlyList<FieldDefinition?> fields, CultureDefaults defaults)
    {
        var (columns, doubts) = (new List<ColumnCulture>(), new List<CultureDoubt>());
        List<Reading> numbers = [.. Where(k => k is FieldKind.Whole or FieldKind.Decimal).Select(e => e.Numbers)];
        List<Reading> dates = [.. Where(k => k is FieldKind.Date or FieldKind.Moment).Select(e => e.Dates)];
        for (var c = 0; c < table.Header.Count; c++)
        {
            var (evidence, kind) = (table.Evidence[c], c < fields.Count ? fields[c]?.Kind : null);
            var heading = $"'{table.Header[c]}' ({ColumnName.Of(c + 1)})";
            var (point, open) = Decide(evidence.Numbers, numbers, defaults.DecimalMark == '.');
            if (open is { } number && kind is FieldKind.Whole or FieldKind.Decimal)
                doubts.Add(new CultureDoubt(c, $"Column {heading}, " + Assumed(number, point == true
                    ? "a decimal point" : "a decimal comma")));
            (var dayFirst, open) = Decide(evidence.Dates, dates, defaults.DayFirst);
            if (kind is FieldKind.Date or FieldKind.Moment && DateDoubt(evidence, open, dayFirst) is { } doubt)
                doubts.Add(new CultureDoubt(c, $"Column {heading}, {doubt}"));
            columns.Add(new ColumnCulture(heading, point is null ? null : point.Value ? '.' : ',', dayFirst));
        }
        return new FileCulture(columns, defaults.Zone, doubts);

        IEnumerable<ColumnEvidence> Where(Func<FieldKind, bool> kind) =>
            table.Evidence.Where((_, c) => c < fields.Count && fields[c] is { } field && kind(field.Kind));
    }

    // Answers too a value that stays open where the default was taken.
    private static (bool? First, (int Row, string Text)? Open) Decide(Reading column, List<Reading> others,
        bool @default)
    {
        if (column.First && column.Second) return (null, null);
        if (column.First || column.Second) return (column.First, null);
        var (first, second) = (others.Exists(o => o.First), others.Exists(o => o.Second));
        return first != second ? (first, null) : (@default, column.Open);
    }

    private static string? DateDoubt(ColumnEvidence evidence, (int Row, string Text)? open, bool? dayFirst)
    {
        if (open is { } date) return Assumed(date, dayFirst == true ? "the day first" : "the month first");
        return evidence is { HasDates: true, Dates: { First: true } or { Second: true } }
            ? "some are dates and others texts: a program that expected another order may have swapped days and months"
            : null;
    }

    private static string Assumed((int Row, string Text) value, string how) => FormattableString.Invariant(
        $"row {value.Row}: '{value.Text}' is read with {how}; no value of the file tells");
}

/// <summary>Which of two ways the values of a column are written: the first (a decimal point, the day first), the
/// second, and one value at which both are possible.</summary>
internal struct Reading
{
    public bool First { get; private set; }

    public bool Second { get; private set; }

    public (int Row, string Text)? Open { get; private set; }

    public void Add(int row, string text, bool first, bool second, bool ambiguous)
    {
        First |= first && !second;
        Second |= second && !first;
        if (ambiguous) Open ??= (row, text);
    }
}

/// <summary>How the texts of a column are written. Numbers and dates of a workbook say nothing.</summary>
internal sealed class ColumnEvidence
{
    private Reading _numbers;
    private Reading _dates;

    public Reading Numbers => _numbers;

    public Reading Dates => _dates;

    /// <summary>Whether a workbook has some of its values as dates.</summary>
    public bool HasDates { get; private set; }

    public void Add(int row, TableCell cell)
    {
        HasDates |= cell.Kind == CellKind.Date;
        if (cell.Kind != CellKind.Text || !cell.Text.AsSpan().ContainsAnyInRange('0', '9')) return;
        var number = NumberText.Of(cell.Text);
        if (number.IsNumber)
            _numbers.Add(row, cell.Text, number.WithPoint is not null, number.WithComma is not null,
                number.IsAmbiguous);
        var date = DateText.Of(cell.Text);
        if (date.IsDate)
            _dates.Add(row, cell.Text, date.DayFirst is not null, date.MonthFirst is not null, date.IsAmbiguous);
    }
}

using System.Globalization;

namespace BusinessM.Records.Files;

/// <summary>A number of a workbook as what it is by its format: a decimal, a percentage, a date, a time.</summary>
internal static class XlsxNumber
{
    /// <summary>The digits of a number that spreadsheet programs keep and show; what a binary number has beyond them
    /// is noise (3.3000000000000003).</summary>
    public const int DigitsMax = 15;

    private const int LastSerial = 2_958_465;
    private const long MillisecondsADay = 86_400_000;

    private static readonly DateOnly Since1904 = new(1904, 1, 1);
    private static readonly DateOnly Since1900 = new(1899, 12, 30);

    public static TableCell Read(string raw, NumberFormat format, bool since1904)
    {
        if (!decimal.TryParse(raw, NumberStyles.Float, CultureInfo.InvariantCulture, out var value)
            || (value == 0 && !IsZero(raw)))
            return new TableCell(raw, CellKind.Number);
        if (raw.Length > DigitsMax) value = Shown(value);
        return format.Look switch
        {
            NumberLook.Date => Date(value, since1904),
            NumberLook.Time => Time(value),
            NumberLook.Percent => new TableCell(Plain(value * 100) + "%", CellKind.Number),
            NumberLook.LeadingZeros when value >= 0 && decimal.Truncate(value) == value =>
                new TableCell(Plain(value).PadLeft(format.Zeros, '0'), CellKind.Number),
            _ => new TableCell(Plain(value), CellKind.Number),
        };
    }

    /// <summary>The number of a date from 1 March 1900 on; earlier ones are off by a day, since 29 February 1900 is
    /// counted, which never was.</summary>
    public static int? Serial(DateOnly date) =>
        date >= new DateOnly(1900, 3, 1) ? date.DayNumber - Since1900.DayNumber : null;

    private static bool IsZero(string raw)
    {
        var exponent = raw.AsSpan().IndexOfAny('e', 'E');
        return raw.AsSpan(0, exponent < 0 ? raw.Length : exponent).IndexOfAnyInRange('1', '9') < 0;
    }

    private static decimal Shown(decimal value)
    {
        var whole = decimal.Truncate(Math.Abs(value));
        var digits = 0;
        for (; whole >= 1; whole /= 10) digits++;
        if (digits == 0)
            for (var part = Math.Abs(value); part != 0 && part < 0.1m; part *= 10) digits--;
        return digits > DigitsMax ? value
            : decimal.Round(value, Math.Min(28, DigitsMax - digits), MidpointRounding.AwayFromZero);
    }

    private static string Plain(decimal value) =>
        value.ToString("0.############################", CultureInfo.InvariantCulture);

    private static TableCell Date(decimal serial, bool since1904)
    {
        var milliseconds = (long)decimal.Floor((serial - decimal.Floor(serial)) * MillisecondsADay + 0.5m);
        var day = (serial < 0 ? -1 : decimal.Floor(serial)) + milliseconds / MillisecondsADay;
        if (day < 0 || day > LastSerial) return new TableCell($"date {Plain(serial)}", CellKind.Error);
        if (!since1904 && day == 0) return Time(serial);
        if (!since1904 && day == 60) return new TableCell("1900-02-29", CellKind.Error);
        var date = since1904 ? Since1904.AddDays((int)day) : Since1900.AddDays((int)day + (day < 60 ? 1 : 0));
        var time = new TimeOnly(milliseconds % MillisecondsADay * TimeSpan.TicksPerMillisecond);
        var text = date.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
        return new TableCell(time == TimeOnly.MinValue ? text
            : text + time.ToString("'T'HH:mm:ss.FFF", CultureInfo.InvariantCulture), CellKind.Date);
    }

    // No field holds a time alone: it stays a text, which no number is taken from by mistake.
    private static TableCell Time(decimal days)
    {
        var seconds = decimal.Floor(Math.Abs(days) * 86_400 + 0.5m);
        if (seconds > int.MaxValue) return new TableCell(Plain(days), CellKind.Number);
        var (hours, rest) = Math.DivRem((int)seconds, 3600);
        return new TableCell(string.Create(CultureInfo.InvariantCulture,
            $"{(days < 0 ? "-" : "")}{hours:00}:{rest / 60:00}:{rest % 60:00}"));
    }
}

using System.Globalization;
using System.Text.RegularExpressions;

namespace BusinessM.Records.Files;

/// <summary>A day, and the time of it and the distance from UTC where they are said.</summary>
internal readonly record struct Stamp(DateOnly Day, TimeOnly? Time, TimeSpan? Offset);

/// <summary>A text as a date, with the day before the month and with the month before it: null where it is none that
/// way. Where both are dates and differ, only the column tells which is meant (03/02/2026).</summary>
internal readonly partial record struct DateText(Stamp? DayFirst, Stamp? MonthFirst)
{
    private const int LengthMax = 60;

    private static readonly string[] Months =
        ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];

    private static readonly string[] LongMonths = ["january", "february", "march", "april", "may", "june", "july",
        "august", "september", "october", "november", "december"];

    public bool IsDate => (DayFirst ?? MonthFirst) is not null;

    public bool IsAmbiguous => DayFirst is not null && MonthFirst is not null && DayFirst != MonthFirst;

    public static DateText Of(string text)
    {
        var date = text.Trim();
        if (date.Length is < 6 or > LengthMax) return default;
        if (YearFirst().Match(date) is { Success: true } y)
            return Both(y, Day(y.Groups["y"].Value, Number(y.Groups["m"].Value), y.Groups["d"].Value));
        if (Named().Match(date) is { Success: true } n)
            return Both(n, Day(n.Groups["y"].Value, Month(n.Groups["m"].Value), n.Groups["d"].Value));
        if (YearLast().Match(date) is not { Success: true } l) return default;
        var (one, two, year) = (l.Groups["a"].Value, l.Groups["b"].Value, l.Groups["y"].Value);
        var dayFirst = At(l, Day(year, Number(two), one));
        // Nobody writes the month first with points.
        return new DateText(dayFirst, l.Groups["s"].Value == "." ? dayFirst : At(l, Day(year, Number(one), two)));
    }

    private static DateText Both(Match match, DateOnly? day) => new(At(match, day), At(match, day));

    private static Stamp? At(Match match, DateOnly? day)
    {
        if (day is null) return null;
        if (!match.Groups["h"].Success) return new Stamp(day.Value, null, null);
        var hour = Number(match.Groups["h"].Value);
        if (match.Groups["half"] is { Success: true, Value: var half })
        {
            if (hour is 0 or > 12) return null;
            hour = hour % 12 + (half[0] is 'p' or 'P' ? 12 : 0);
        }
        var (minute, second) = (Number(match.Groups["min"].Value), Number("0" + match.Groups["sec"].Value));
        if (hour > 23 || minute > 59 || second > 59) return null;
        var ticks = Number(match.Groups["f"].Value.PadRight(7, '0'));
        return new Stamp(day.Value, new TimeOnly(hour, minute, second).Add(TimeSpan.FromTicks(ticks)), Offset(match));
    }

    private static TimeSpan? Offset(Match match)
    {
        if (match.Groups["z"] is not { Success: true, Value: var zone }) return null;
        if (zone == "Z") return TimeSpan.Zero;
        var distance = new TimeSpan(Number(zone[1..3]), Number(zone[^2..]), 0);
        return zone[0] == '-' ? -distance : distance;
    }

    private static DateOnly? Day(string year, int month, string day) => month is >= 1 and <= 12
        && Number(year) is >= 1 and var y && Number(day) is >= 1 and var d && d <= DateTime.DaysInMonth(y, month)
            ? new DateOnly(y, month, d) : null;

    private static int Month(string name)
    {
        var lower = name.ToLowerInvariant();
        return 1 + Math.Max(Array.IndexOf(LongMonths, lower), Array.IndexOf(Months, lower == "sept" ? "sep" : lower));
    }

    private static int Number(string digits) => int.Parse(digits, NumberStyles.None, CultureInfo.InvariantCulture);

    private const string Time = @"(?:(?:T|,?[ \u00A0\u202F]+)(?<h>[0-9]{1,2}):(?<min>[0-9]{2})(?::(?<sec>[0-9]{2})"
        + @"(?:[.,](?<f>[0-9]{1,7}))?)?(?:[ \u00A0\u202F]?(?<half>[AaPp])\.?[Mm]\.?)?"
        + @" ?(?<z>Z|[+-](?:0[0-9]|1[0-4]):?[0-5][0-9])?)?\z";

    [GeneratedRegex(@"\A(?<y>[0-9]{4})(?<s>[-/.]?)(?<m>[0-9]{2}|(?<=[-/.])[0-9])\k<s>"
        + @"(?<d>[0-9]{2}|(?<=[-/.])[0-9])" + Time)]
    private static partial Regex YearFirst();

    [GeneratedRegex(@"\A(?<a>[0-9]{1,2})(?<s>[-/.])(?<b>[0-9]{1,2})\k<s>(?<y>[0-9]{4})" + Time)]
    private static partial Regex YearLast();

    [GeneratedRegex(@"\A(?:(?<d>[0-9]{1,2})(?:st|nd|rd|th)?[-/. ]{0,2}(?<m>[A-Za-z]{3,9})|(?<m>[A-Za-z]{3,9})[-. ]{1,2}"
        + @"(?<d>[0-9]{1,2})(?:st|nd|rd|th)?)[-/., ]{1,2}(?<y>[0-9]{4})" + Time)]
    private static partial Regex Named();
}

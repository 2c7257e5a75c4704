using System.Globalization;
using System.Text.RegularExpressions;

namespace BusinessM.Records;

/// <summary>Number formats (policy 4): tokens <c>{fy}</c>, <c>{branch}</c> and <c>{00000}</c>.</summary>
public static partial class Numbers
{
    /// <summary>Fills in all but the counter.</summary>
    public static string Fill(string format, string fiscalYear, string branch) => format
        .Replace("{fy}", fiscalYear, StringComparison.Ordinal).Replace("{branch}", branch, StringComparison.Ordinal);

    /// <summary>Fills in the counter, with at least as many digits as the token has noughts.</summary>
    internal static string Format(string format, long value) => Counter().Replace(format, match =>
        value.ToString("D" + (match.Length - 2).ToString(CultureInfo.InvariantCulture), CultureInfo.InvariantCulture), 1);

    /// <summary>Whether the format has exactly one counter.</summary>
    public static bool IsFormat(string format) => Counter().Count(format) == 1;

    [GeneratedRegex(@"\{0+\}")]
    private static partial Regex Counter();
}

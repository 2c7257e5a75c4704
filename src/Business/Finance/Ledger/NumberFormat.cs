using System.Globalization;

namespace BusinessM.Finance.Ledger;

/// <summary>The format of a series' numbers (policy 4): tokens <c>{fy}</c>, <c>{branch}</c>, and <c>{00000}</c> once,
/// as many noughts as digits at least.</summary>
public static class NumberFormat
{
    /// <summary>At most 16 characters (India, CGST Rule 46(b)).</summary>
    public const int IndiaMax = 16;

    public static Result<Done> Check(string format, string country, string longestBranch)
    {
        var filled = Fill(format, "2026-27", longestBranch);
        var (open, close) = (filled.IndexOf('{'), filled.IndexOf('}'));
        var digits = close - open - 1;
        if (open < 0 || digits is < 1 or > 12 || filled[(open + 1)..close].Any(letter => letter != '0')
            || filled.IndexOfAny(['{', '}'], close + 1) >= 0)
            return FinanceErrors.NumberFormatInvalid.With($"'{format}' does not have the token {{00000}} once",
                "format");
        if (country == "IN" && filled.Length - 2 > IndiaMax)
            return FinanceErrors.NumberFormatInvalid.With($"'{format}' gives more than {IndiaMax} characters",
                "format");
        return new Done();
    }

    /// <summary>All tokens filled in but the number's own.</summary>
    public static string Fill(string format, string fiscalYear, string branch) => format
        .Replace("{fy}", fiscalYear, StringComparison.Ordinal).Replace("{branch}", branch, StringComparison.Ordinal);

    /// <summary>The label of the n-th number.</summary>
    public static string Label(string filled, long number)
    {
        var (open, close) = (filled.IndexOf('{'), filled.IndexOf('}'));
        return string.Concat(filled.AsSpan(0, open),
            number.ToString(filled[(open + 1)..close], CultureInfo.InvariantCulture), filled.AsSpan(close + 1));
    }
}

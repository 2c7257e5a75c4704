using BusinessM.Contracts.RecordKeeper;

namespace BusinessM.Regions;

/// <summary>VAT identification numbers (Directive 2006/112/EC, article 215) as checks: one form for each country, and
/// its check characters where their rule is published.</summary>
internal static class VatIds
{
    internal static IReadOnlyList<FieldCheck> Checks { get; } = Build([.. VatRulesAToH.All, .. VatRulesIToZ.All]);

    private static IReadOnlyList<FieldCheck> Build(IReadOnlyList<VatRule> rules) =>
    [
        new("pattern", "A VAT id begins with the two letters of a member state, of Northern Ireland (XI) or of the "
            + "United Kingdom (GB), Greece being EL; capital letters and digits follow, without spaces, dots or "
            + "hyphens.")
        {
            Pattern = $"({string.Join('|', rules.Select(r => r.Prefix))})[0-9A-Z+*]{{2,12}}",
        },
        .. rules.SelectMany(r => r.Checks),
    ];
}

/// <summary>The VAT ids of one country.</summary>
/// <param name="Prefix">The letters in front.</param>
/// <param name="Form">A pattern of what follows them.</param>
/// <param name="Words">The form, and an example that is in use, for the user.</param>
/// <param name="Sums">The check characters, of all numbers or of those that begin in some way.</param>
internal sealed record VatRule(string Prefix, string Country, string Form, string Words, params VatSum[] Sums)
{
    internal IEnumerable<FieldCheck> Checks =>
    [
        new("pattern", $"A VAT id of {Country} is {Words}.")
        {
            Pattern = $"{Prefix}({Form})",
            When = new FieldCondition(Pattern: Prefix),
        },
        .. Sums.Select(sum => new FieldCheck("checksum",
            $"The check character of this VAT id of {Country} does not fit: one of its characters is mistyped.")
        {
            Checksum = sum.Checksum,
            When = new FieldCondition(Pattern: Prefix + sum.Begins),
        }),
    ];
}

/// <summary>A checksum for the numbers that, after the country's letters, begin like a pattern.</summary>
internal sealed record VatSum(Checksum Checksum, string Begins = "")
{
    internal const string DigitsAndLetters = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ";

    /// <summary>Ten as the result of a division by 11 is written 0.</summary>
    internal const string TenIsZero = "01234567890";

    public static implicit operator VatSum(Checksum checksum) => new(checksum);

    /// <summary>A weighted sum of characters that stand together, the check characters behind them.</summary>
    internal static Checksum Of(int start, int count, int modulus, IReadOnlyList<int> weights,
        string result = "remainder", string? characters = null) => new("weighted")
    {
        Start = start,
        Count = count,
        CheckStart = start + count,
        Modulus = modulus,
        Weights = weights,
        Result = result,
        CheckAlphabet = characters,
    };

    internal static Checksum Luhn(int start, int count) => new("luhn") { Start = start, Count = count };

    internal static Checksum Mod11(int start, int count) => new("mod11-10") { Start = start, Count = count };

    /// <summary>Weights with which a sum is the remainder of the whole number, times a factor.</summary>
    internal static IReadOnlyList<int> Powers(int count, int modulus, int times = 1)
    {
        var weights = new int[count];
        for (var (i, power) = (count - 1, times % modulus); i >= 0; i--, power = power * 10 % modulus)
            weights[i] = power;
        return weights;
    }
}

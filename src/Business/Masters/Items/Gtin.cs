namespace BusinessM.Masters.Items;

/// <summary>Global Trade Item Numbers: 8, 12, 13 or 14 digits, the last one their check digit.</summary>
internal static class Gtin
{
    /// <summary>The check digit of all digits but the last (GS1 General Specifications, 7.9.1: from the right, times 3
    /// and 1 by turns, up to the next ten).</summary>
    public static int CheckDigit(ReadOnlySpan<char> digits)
    {
        var sum = 0;
        for (var i = 0; i < digits.Length; i++)
            sum += (digits[digits.Length - 1 - i] - '0') * (i % 2 == 0 ? 3 : 1);
        return (10 - (sum % 10)) % 10;
    }

    public static bool IsValid(string text) => text.Length is 8 or 12 or 13 or 14 && text.All(char.IsAsciiDigit)
        && CheckDigit(text.AsSpan(..^1)) == text[^1] - '0';

    /// <summary>Null where there is none to check.</summary>
    public static Error? Check(string? text, string field) => text is null || IsValid(text) ? null
        : MastersErrors.GtinInvalid.With($"'{text}' is no GTIN", field);
}

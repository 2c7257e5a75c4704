using BusinessM.Contracts.RecordKeeper;

namespace BusinessM.Records;

/// <summary>The families of check digits as pure functions. They answer false for every text that has not the form
/// they expect, whatever it holds.</summary>
internal static class Checksums
{
    internal const string Weighted = "weighted";
    internal const string Mod97 = "mod97-10";
    internal const string Mod11 = "mod11-10";
    internal const string Luhn = "luhn";

    internal static readonly IReadOnlyList<string> Families = [Weighted, Mod97, Mod11, Luhn];

    /// <summary>Whether the check characters fit, by this checksum or by one that will do as well.</summary>
    internal static bool Fits(Checksum? sum, string text)
    {
        for (; sum is not null; sum = sum.Or)
            if (FitsThis(sum, text)) return true;
        return false;
    }

    private static bool FitsThis(Checksum sum, string text)
    {
        var counted = Prepare(sum, text);
        if (sum.Family == Weighted) return FitsWeighted(sum, counted);
        if (sum.Start >= counted.Length) return false;
        var length = sum.Count == 0 ? counted.Length - sum.Start : sum.Count;
        if (sum.Start + length > counted.Length) return false;
        var part = counted.AsSpan(sum.Start, length);
        return sum.Family switch
        {
            Mod97 => FitsMod97(sum, part),
            Mod11 => FitsMod11(part),
            Luhn => FitsLuhn(part),
            _ => false,
        };
    }

    private static string Prepare(Checksum sum, string text)
    {
        if (sum.Skip is { } skip) text = string.Concat(text.Where(c => !skip.Contains(c)));
        if (sum.Rotate > 0 && sum.Rotate < text.Length) text = text[sum.Rotate..] + text[..sum.Rotate];
        if (sum.Width > text.Length && sum.Start <= text.Length)
            text = text.Insert(sum.Start, new string('0', sum.Width - text.Length));
        return text;
    }

    /// <summary>ISO 7064, pure system: letters stand for two digits (A 10, Z 35), and the number that the whole makes,
    /// check digits included, leaves 1 when divided by 97.</summary>
    private static bool FitsMod97(Checksum sum, ReadOnlySpan<char> text)
    {
        if (text.Length < 3 || !char.IsAsciiDigit(text[^1]) || !char.IsAsciiDigit(text[^2])) return false;
        var remainder = 0;
        foreach (var character in text)
        {
            var value = ValueOf(sum, character);
            if (value < 0) return false;
            remainder = (remainder * (value < 10 ? 10 : 100) + value) % 97;
        }
        return remainder == 1;
    }

    /// <summary>ISO 7064, hybrid system, as German and Croatian numbers use it.</summary>
    private static bool FitsMod11(ReadOnlySpan<char> text)
    {
        if (text.Length < 2) return false;
        var product = 10;
        foreach (var character in text[..^1])
        {
            if (!char.IsAsciiDigit(character)) return false;
            var sum = (character - '0' + product) % 10;
            product = 2 * (sum == 0 ? 10 : sum) % 11;
        }
        return text[^1] - '0' == (11 - product) % 10;
    }

    /// <summary>ISO 7812-1 annex B: from the right, every second digit doubled, the digits of the products added.
    /// </summary>
    private static bool FitsLuhn(ReadOnlySpan<char> text)
    {
        if (text.Length < 2) return false;
        var sum = 0;
        for (var i = 0; i < text.Length; i++)
        {
            var character = text[text.Length - 1 - i];
            if (!char.IsAsciiDigit(character)) return false;
            var value = character - '0';
            sum += i % 2 == 0 ? value : value < 5 ? 2 * value : 2 * value - 9;
        }
        return sum % 10 == 0;
    }

    private static bool FitsWeighted(Checksum sum, string text)
    {
        if (sum.CheckStart + sum.CheckCount > text.Length) return false;
        var given = text.AsSpan(sum.CheckStart, sum.CheckCount);
        if (Expected(sum, text, sum.Weights) is not { } expected) return false;
        if (expected >= sum.Alphabet.Length && sum.NextWeights is { } next)
        {
            if (Expected(sum, text, next) is not { } second) return false;
            expected = second;
        }
        var alphabet = sum.CheckAlphabet ?? sum.Alphabet;
        if (sum.CheckCount == 1) return expected < alphabet.Length && Same(sum, alphabet[expected], given[0]);
        var read = 0L;
        foreach (var character in given)
        {
            var value = alphabet.IndexOf(Folded(sum, character), StringComparison.Ordinal);
            if (value < 0) return false;
            read = read * alphabet.Length + value;
        }
        return read == expected;
    }

    /// <summary>The value of the check characters, or null where a character is not of the alphabet or the text is too
    /// short.</summary>
    private static int? Expected(Checksum sum, string text, IReadOnlyList<int>? weights)
    {
        var count = sum.Places?.Count ?? (sum.Count == 0 ? text.Length - sum.Start : sum.Count);
        var total = (long)sum.Plus;
        for (var i = 0; i < count; i++)
        {
            var place = sum.Places is { } places ? places[i] : sum.Start + i;
            if (place >= text.Length) return null;
            var value = ValueOf(sum, text[place]);
            if (value < 0) return null;
            if (sum.Tables is { } tables)
            {
                var table = tables[i % tables.Count];
                if (value >= table.Count) return null;
                total += table[value];
            }
            else total += Fold(sum, value * (weights is null ? 1 : weights[i % weights.Count]));
        }
        var remainder = (int)(((total % sum.Modulus) + sum.Modulus) % sum.Modulus);
        return sum.Result switch
        {
            "complement" => (sum.Modulus - remainder) % sum.Modulus,
            "difference" => sum.Modulus - remainder,
            _ => remainder,
        };
    }

    private static int Fold(Checksum sum, int product)
    {
        if (sum.Fold == "quotient-and-remainder") return product / sum.Modulus + product % sum.Modulus;
        if (sum.Fold != "digits") return product;
        var digits = 0;
        for (; product > 0; product /= 10) digits += product % 10;
        return digits;
    }

    private static int ValueOf(Checksum sum, char character) => sum.Alphabet.IndexOf(Folded(sum, character));

    private static bool Same(Checksum sum, char expected, char given) => expected == Folded(sum, given);

    private static char Folded(Checksum sum, char character) =>
        sum.AnyCase && char.IsAsciiLetterLower(character) ? (char)(character - 'a' + 'A') : character;
}

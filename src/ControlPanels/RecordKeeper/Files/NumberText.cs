using System.Text;

namespace BusinessM.Records.Files;

/// <summary>A text as a number, with a point for its decimals and with a comma for them: null where it is none that
/// way. Where both are numbers and differ, only the column tells which is meant (1.234).</summary>
internal readonly record struct NumberText(string? WithPoint, string? WithComma)
{
    private const int LengthMax = 60;
    private const string Groups = ".,'\u2019 \u00A0\u2009\u202F";

    public bool IsNumber => (WithPoint ?? WithComma) is not null;

    public bool IsAmbiguous => WithPoint is not null && WithComma is not null && WithPoint != WithComma;

    public static NumberText Of(string text)
    {
        var number = text.AsSpan().Trim();
        if (number.Length is 0 or > LengthMax) return default;
        if (number[^1] == '%') number = number[..^1].TrimEnd();
        var negative = true;
        if (number.Length > 2 && number[0] == '(' && number[^1] == ')') number = number[1..^1].Trim();
        else if (number.Length > 1 && number[0] is '-' or '\u2212') number = number[1..].TrimStart();
        else if (number.Length > 1 && number[^1] is '-' or '\u2212') number = number[..^1].TrimEnd();
        else negative = false;
        if (number.Length > 1 && number[0] == '+' && !negative) number = number[1..].TrimStart();
        return new NumberText(Plain(number, '.', negative), Plain(number, ',', negative));
    }

    // Digits in groups, all by one and the same character, then the mark and the decimals.
    private static string? Plain(ReadOnlySpan<char> number, char mark, bool negative)
    {
        var end = number.IndexOf(mark);
        var whole = end < 0 ? number : number[..end];
        var part = end < 0 ? default : number[(end + 1)..];
        if (whole.Length + part.Length == 0 || part.ContainsAnyExceptInRange('0', '9')) return null;
        var plain = new StringBuilder(number.Length);
        if (!AppendWhole(plain, whole)) return null;
        if (plain.Length == 0) plain.Append('0');
        if (part.Length > 0) plain.Append('.').Append(part);
        if (negative && plain.ToString().AsSpan().ContainsAnyInRange('1', '9')) plain.Insert(0, '-');
        return plain.ToString();
    }

    private static bool AppendWhole(StringBuilder plain, ReadOnlySpan<char> whole)
    {
        var first = whole.IndexOfAnyExceptInRange('0', '9');
        if (first < 0)
        {
            plain.Append(whole);
            return true;
        }
        var group = whole[first];
        if (first is 0 or > 3 || whole[0] == '0' || !Groups.Contains(group)) return false;
        plain.Append(whole[..first]);
        var rest = whole[(first + 1)..];
        var middle = 0;
        while (rest.IndexOf(group) is >= 0 and var next)
        {
            // Thousands, or lakhs and crores: two digits in all groups between the first and the last (1,23,45,678).
            if (next is not (2 or 3) || (middle > 0 && next != middle)) return false;
            plain.Append(rest[..next]);
            middle = next;
            rest = rest[(next + 1)..];
        }
        plain.Append(rest);
        return rest.Length == 3 && (middle != 2 || first <= 2)
            && !plain.ToString().AsSpan().ContainsAnyExceptInRange('0', '9');
    }
}

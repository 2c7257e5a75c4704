using System.Collections.Concurrent;
using System.Text.RegularExpressions;

namespace BusinessM.Records;

/// <summary>Regular expressions of field checks: matched in time linear in the text, so that no pattern and no text,
/// whoever wrote them, can hold a thread; compiled once.</summary>
internal static class Patterns
{
    internal const int LengthMax = 2_000;

    private const int KeptMax = 2_000;
    private const RegexOptions Options = RegexOptions.NonBacktracking | RegexOptions.CultureInvariant;

    private static readonly ConcurrentDictionary<(string Pattern, bool Whole), Regex> Kept = new();

    internal static bool IsWhole(string pattern, string text) => Of(pattern, whole: true).IsMatch(text);

    internal static bool Begins(string pattern, string text) => Of(pattern, whole: false).IsMatch(text);

    /// <summary>What is wrong with a pattern, or null.</summary>
    internal static string? Fault(string pattern)
    {
        if (pattern.Length is 0 or > LengthMax) return $"has 1 to {LengthMax} characters";
        try
        {
            // by itself first: "a)(b" would be well formed only between the anchors' parentheses
            _ = new Regex(pattern, Options);
            _ = new Regex(Anchored(pattern, whole: true), Options);
            return null;
        }
        catch (RegexParseException wrong)
        {
            return $"does not parse: {wrong.Message}";
        }
        catch (NotSupportedException)
        {
            return "uses look-around, back references or too large repetitions, which need more than one pass";
        }
    }

    private static Regex Of(string pattern, bool whole)
    {
        if (Kept.TryGetValue((pattern, whole), out var known)) return known;
        // patterns come from definitions, of which there are few; the limit is for whoever changes them all day
        if (Kept.Count >= KeptMax) Kept.Clear();
        return Kept.GetOrAdd((pattern, whole), static key => new Regex(Anchored(key.Pattern, key.Whole), Options));
    }

    private static string Anchored(string pattern, bool whole) => $@"\A(?:{pattern}){(whole ? @"\z" : "")}";
}

using System.Collections.Concurrent;

namespace BusinessM.Records;

/// <summary>Steps (<c>name as (...)</c>) that go into the one statement that writes a batch.</summary>
public sealed class LaneSteps
{
    private static readonly ConcurrentDictionary<string, string> Texts = new(StringComparer.Ordinal);

    private readonly string _key;
    private readonly Func<int, string> _text;
    private readonly Func<int, string?> _insists;
    private readonly IReadOnlyList<object> _parameters;

    /// <param name="key">Names the text: the same key, the same text.</param>
    /// <param name="text">The steps, their parameters numbered from the given one on.</param>
    internal LaneSteps(string key, Func<int, string> text, Func<int, string?> insists, IReadOnlyList<object> parameters) =>
        (_key, _text, _insists, _parameters) = (key, text, insists, parameters);

    /// <summary>All of them as one statement. Texts are made once: the server knows them prepared.</summary>
    internal static LaneCommand Join(IReadOnlyList<LaneSteps> all)
    {
        var text = Texts.GetOrAdd(string.Join('|', all.Select(steps => steps._key)), static (_, them) => Text(them), all);
        return new LaneCommand(text, [.. all.SelectMany(steps => steps._parameters)]);
    }

    private static string Text(IReadOnlyList<LaneSteps> all)
    {
        var (steps, insists, first) = (new List<string>(), new List<string>(), 1);
        foreach (var some in all)
        {
            steps.Add(some._text(first));
            if (some._insists(first) is { } insist) insists.Add(insist);
            first += some._parameters.Count;
        }
        return $"with {string.Join(",\n", steps)}\nselect {(insists is [] ? "1" : string.Join(", ", insists))}";
    }
}

using System.Collections.Concurrent;

namespace BusinessM.Records;

/// <summary>No value, of a type that the server has to know.</summary>
internal sealed record LaneNull(Type Type)
{
    public System.Data.DbType DbType { get; } = (Nullable.GetUnderlyingType(Type) ?? Type) switch
    {
        var type when type == typeof(Guid) => System.Data.DbType.Guid,
        var type when type == typeof(string) => System.Data.DbType.String,
        var type when type == typeof(int) => System.Data.DbType.Int32,
        var type when type == typeof(long) => System.Data.DbType.Int64,
        var type when type == typeof(decimal) => System.Data.DbType.Decimal,
        var type when type == typeof(bool) => System.Data.DbType.Boolean,
        var type when type == typeof(DateOnly) => System.Data.DbType.Date,
        var type when type == typeof(DateTimeOffset) => System.Data.DbType.DateTimeOffset,
        var type when type == typeof(byte[]) => System.Data.DbType.Binary,
        var type => throw new InvalidOperationException($"No database type is known for an empty {type.Name}"),
    };
}

/// <summary>Steps (<c>name as (...)</c>) that go into the one statement that writes a batch.</summary>
public sealed class LaneSteps
{
    /// <summary>Texts that are kept; there is one for each mix of tables and few rows.</summary>
    private const int TextsMax = 1_000;

    private static readonly ConcurrentDictionary<string, string> Texts = new(StringComparer.Ordinal);

    private readonly string _key;
    private readonly Func<int, string> _text;
    private readonly Func<int, string?> _insists;
    private readonly IReadOnlyList<object> _parameters;

    /// <param name="key">Names the text: the same key, the same text.</param>
    /// <param name="text">The steps, their parameters numbered from the given one on.</param>
    internal LaneSteps(string key, Func<int, string> text, Func<int, string?> insists,
        IReadOnlyList<object> parameters) => (_key, _text, _insists, _parameters) = (key, text, insists, parameters);

    /// <summary>All of them as one statement. Texts are made once: the server knows them prepared.</summary>
    internal static LaneCommand Join(IReadOnlyList<LaneSteps> all)
    {
        var key = string.Join('|', all.Select(steps => steps._key));
        if (!Texts.TryGetValue(key, out var text))
        {
            if (Texts.Count >= TextsMax) Texts.Clear();
            text = Texts[key] = Text(all);
        }
        return new LaneCommand(text, [.. all.SelectMany(steps => steps._parameters)]);
    }

    private static string Text(IReadOnlyList<LaneSteps> all)
    {
        var (steps, insists, first) = (new List<string>(), new List<string>(), 1);
        foreach (var some in all)
        {
            if (some._text(first) is { Length: > 0 } text) steps.Add(text);
            if (some._insists(first) is { } insist) insists.Add(insist);
            first += some._parameters.Count;
        }
        var end = insists is [] ? "select 1" : "select " + string.Join(", ", insists);
        return steps is [] ? end : $"with {string.Join(",\n", steps)}\n{end}";     // a unit may change nothing
    }
}

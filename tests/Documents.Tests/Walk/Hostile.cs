using System.Text;
using System.Text.Json.Nodes;

namespace BusinessM.Documents.Tests.Walk;

/// <summary>What nobody means well with: values, bodies and query strings.</summary>
public static class Hostile
{
    private const string Mark = "@@here@@";

    // As they stand in JSON.
    private static readonly string[] Values =
    [
        "null", "true", "0", "-1", "2147483648", "1e400", "-99999999999999999999999999999", "0.1",
        "[]", "{}", "[[]]", "[null]",
        "\"\"", "\" \"", "\"'; drop table masters.party; --\"", "\"<script>alert(1)</script>\"", "\"${jndi:ldap://x}\"",
        "\"\\u0000\"", "\"a\\u0000b\"", "\"\\ud800\"", "\"\\udc00x\"", "\"\\u202e\\u200b\"", "\"\\ud83d\\ude00\"",
        "\"%_\\\\\"",
        "\"9999-12-31\"", "\"0001-01-01\"", "\"2024-02-30\"",
        "\"2024-06-01T00:00:00+23:59\"", "\"2024-06-01T25:00:00Z\"",
        "\"-79228162514264337593543950335\"", "\"0.0000000000000000000000000001\"", "\"1e5\"", "\"NaN\"",
        "\"999999999999999999\"", "\"0\"", "\"-0.01\"", "\"1.0000000\"",
        "\"00000000-0000-0000-0000-000000000000\"", "\"GBP\"", "\"XXX\"", "\"eq\"",
    ];

    // As they stand in an address.
    private static readonly string[] Texts =
    [
        "", "0", "-1", "501", "2147483648", "1e9", "%00", "a%00b", "%ED%A0%80", "%FF%FE",
        "%27%3B%20drop%20table%20x%3B--", "%3Cscript%3E", "null", "true", "*", "-", ",", "-,-", "id,id",
        "version", "createdAt", "-id", "code,,name", "AAAA", "W10", "WyIiLCIiXQ",
        "9999-12-31", "0001-01-01", "2024-13-01", "0001-01-01T00:00:00%2B14:00", "9999-12-31T23:59:59.9999999Z",
        "00000000-0000-0000-0000-000000000000", "%5B%5D", "%7B%7D", "%5B%22and%22%5D", "count,count",
        "%F0%9F%98%80", "a%20b%20c", "%27", "%5C", "%25", "%3A%2A", "%26%7C%21", "xlsx", "csv", "..%2F..%2Fetc",
        "%E2%80%AE", "%26", "%F0%9F%98%80%27%3A*",
    ];

    private static readonly string[] Parameters =
    [
        "company", "take", "after", "sort", "fields", "filter", "search", "totals", "asOf", "format", "q",
        "from", "to", "day", "account", "party", "knownAt", "byCurrency", "maxAgeDays", "source", "file",
        "map", "dryRun", "partial", "decimal", "nothing",
    ];

    private static readonly string[] Operations = ["eq", "ne", "lt", "le", "gt", "ge", "like", "in", "null", "is", ""];

    private static readonly Lazy<string> Long = new(() => $"\"{new string('x', 100_000)}\"");

    /// <summary>A value, as it stands in JSON: hostile, or an id of something that is there.</summary>
    public static string Value(Random random, Sample sample) => random.Next(20) switch
    {
        0 => Long.Value,
        1 or 2 => $"\"{AnId(random, sample)}\"",
        _ => Pick(random, Values),
    };

    public static Guid AnId(Random random, Sample sample)
    {
        if (random.Next(4) > 0)
            return Pick<Guid>(random, [.. sample.Ids.Values, .. sample.Notes.Values, sample.Posted]);
        var bytes = new byte[16];
        random.NextBytes(bytes);
        return new Guid(bytes);
    }

    /// <summary>The body, changed in one place.</summary>
    public static string Mutated(string body, Random random, Sample sample)
    {
        if (JsonNode.Parse(body) is not { } root) return body;
        var places = new List<JsonNode>();
        Collect(root, places);
        var at = Pick(random, places);
        var value = Value(random, sample);
        if (at == root) return random.Next(2) == 0 ? value : Object(root, random, value);
        if (at is JsonObject inner && random.Next(3) > 0)
        {
            var text = Object(inner, random, value);
            at.ReplaceWith(JsonValue.Create(Mark));
            return root.ToJsonString().Replace($"\"{Mark}\"", text, StringComparison.Ordinal);
        }
        if (random.Next(12) == 0 && at.Parent is JsonObject parent)
        {
            parent.Remove(at.GetPropertyName());
            return root.ToJsonString();
        }
        at.ReplaceWith(JsonValue.Create(Mark));
        return root.ToJsonString().Replace($"\"{Mark}\"", value, StringComparison.Ordinal);
    }

    /// <summary>What is no JSON, or more of it than anybody takes.</summary>
    public static string Garbage(Random random) => random.Next(8) switch
    {
        0 => "",
        1 => "{",
        2 => "{\"a\":}",
        3 => string.Concat(Enumerable.Repeat("[", 200)) + string.Concat(Enumerable.Repeat("]", 200)),
        4 => string.Concat(Enumerable.Repeat("{\"lines\":", 70)) + "1" + new string('}', 70),
        5 => "\uFEFF{}",
        6 => "NaN",
        _ => "{\"\\ud800\":\"\\ud800\"}",
    };

    /// <summary>One or two parameters, some of them such as the list takes.</summary>
    public static string Query(Random random, Sample sample, JsonNode? type)
    {
        var query = new StringBuilder(random.Next(8) == 0 ? "" : $"company={sample.Company}");
        for (var i = random.Next(1, 3); i > 0; i--)
        {
            var name = Pick(random, Parameters);
            query.Append('&').Append(name).Append('=')
                .Append(type is null || random.Next(3) == 0 ? Pick(random, Texts) : name switch
            {
                "filter" => Uri.EscapeDataString(Filter(random, sample, type, 0)),
                "sort" => (random.Next(2) == 0 ? "-" : "") + Field(random, type)
                    + (random.Next(2) == 0 ? "," + Field(random, type) : ""),
                "fields" or "totals" => Field(random, type) + "," + Field(random, type),
                "take" => random.Next(1, 501).ToString(System.Globalization.CultureInfo.InvariantCulture),
                _ => Pick(random, Texts),
            });
        }
        return query.ToString();
    }

    public static T Pick<T>(Random random, IReadOnlyList<T> of) => of[random.Next(of.Count)];

    private static string Filter(Random random, Sample sample, JsonNode type, int depth) =>
        random.Next(6) == 0 && depth < 7
        ? $"[\"{(random.Next(2) == 0 ? "and" : "or")}\",{Filter(random, sample, type, depth + 1)},"
            + $"{Filter(random, sample, type, depth + 1)}]"
        : $"[\"{Field(random, type)}\",\"{Pick(random, Operations)}\",{FilterValue(random, sample)}]";

    private static string FilterValue(Random random, Sample sample)
    {
        var value = random.Next(20) == 0 ? "\"x\"" : Pick(random, Values);
        return random.Next(4) == 0 ? $"[{value},\"{AnId(random, sample)}\"]" : value;
    }

    private static string Field(Random random, JsonNode type) => random.Next(10) == 0
        ? Pick<string>(random, ["id", "createdAt", "version", "'x"])
        : (string)Pick<JsonNode?>(random, [.. type["fields"]!.AsArray()])!["name"]!;

    // A name twice, a name too many, or a name that is none.
    private static string Object(JsonNode of, Random random, string value)
    {
        var text = of.ToJsonString();
        if (of is not JsonObject { Count: > 0 } it) return value;
        var name = random.Next(4) switch
        {
            0 => "\"unknown\"",
            1 => "\"\\u0000\"",
            2 => "\"\\ud800\"",
            _ => $"\"{it.First().Key}\"",
        };
        return $"{{{name}:{value},{text[1..]}";
    }

    private static void Collect(JsonNode node, List<JsonNode> places)
    {
        places.Add(node);
        var inner = node switch { JsonObject o => o.Select(p => p.Value), JsonArray a => a, _ => [] };
        foreach (var one in inner) if (one is not null) Collect(one, places);
    }
}

using System.Globalization;
using System.Text.Json.Nodes;
using BusinessM.HostTesting;

namespace BusinessM.Documents.Tests.Walk;

/// <summary>A company that has a document of every type that the program knows, each made through HTTP from what
/// /api/meta says of it.</summary>
public sealed partial class Sample
{
    private readonly HashSet<string> _making = [];
    private int _count;

    private Sample(RunningHost host) => Host = host;

    public RunningHost Host { get; }

    public Guid Company { get; private set; }

    /// <summary>All that /api/meta tells of each type.</summary>
    public Dictionary<string, JsonNode> Types { get; } = [];

    /// <summary>A document of each type.</summary>
    public Dictionary<string, Guid> Ids { get; } = [];

    /// <summary>Its code, where the type has one.</summary>
    public Dictionary<string, string> Codes { get; } = [];

    /// <summary>A note on the document of each type.</summary>
    public Dictionary<string, Guid> Notes { get; } = [];

    /// <summary>A file that was taken in, of the types that take one.</summary>
    public Dictionary<string, Guid> Imports { get; } = [];

    public Guid ApiKey { get; private set; }

    /// <summary>Another party than the one of <see cref="Ids"/>.</summary>
    public Guid Second { get; private set; }

    /// <summary>An invoice that is posted, and open.</summary>
    public Guid Posted { get; private set; }

    /// <summary>The last period of the books.</summary>
    public string Period { get; private set; } = "";

    public static async Task<Sample> Of(RunningHost host)
    {
        var sample = new Sample(host);
        foreach (var type in (await host.Client.Get("/api/meta")).Good().Json!["documents"]!.AsArray())
            sample.Types.Add((string)type!["type"]!, (await host.Client.Get("/api/meta/" + type["type"])).Good().Json!);
        sample.Company = await host.Company();
        foreach (var type in sample.Types.Keys) await sample.Make(type);
        await sample.MakeTheRest();
        return sample;
    }

    /// <summary>A number that was not given before.</summary>
    public int Next() => Interlocked.Increment(ref _count);

    /// <summary>The type whose documents an address is about.</summary>
    public JsonNode? TypeAt(string path) => Types.Values
        .Where(type => path == (string)type["path"]!
            || path.StartsWith((string)type["path"]! + "/", StringComparison.Ordinal))
        .MaxBy(type => ((string)type["path"]!).Length);

    /// <summary>A new document of a type that is written from its declaration: what is required, and with
    /// <paramref name="also"/> other fields.</summary>
    public JsonObject Document(string type, Func<JsonNode, bool>? also = null)
    {
        var meta = Types[type];
        var body = new JsonObject();
        if ((string?)meta["scope"] == "company") body["company"] = Company.ToString();
        Fill(body, type, meta["fields"]!.AsArray(), also);
        foreach (var child in meta["children"]!.AsArray())
        {
            var lines = new JsonArray();
            for (var i = 0; i < ((int?)child!["min"] ?? 0); i++)
                lines.Add(Fill(new JsonObject(), type, child["fields"]!.AsArray(), also));
            if (lines.Count > 0) body[(string)child["name"]!] = lines;
        }
        foreach (var (name, value) in Known(type)) body[name] = value?.DeepClone();
        return body;
    }

    private JsonObject Fill(JsonObject body, string type, JsonArray fields, Func<JsonNode, bool>? also)
    {
        foreach (var field in fields)
        {
            var name = (string)field!["name"]!;
            if ((bool?)field["readOnly"] == true || field["countries"] is not null) continue;
            var wanted = (bool?)field["required"] == true || name == (string?)Types[type]["code"]
                || (field["checks"] is null && also?.Invoke(field) == true);
            if (wanted && Value(field) is { } value) body[name] = value;
        }
        return body;
    }

    /// <summary>A value that the field takes; null: there is none.</summary>
    public JsonNode? Value(JsonNode field)
    {
        var target = (string?)field["target"];
        var number = Next().ToString(CultureInfo.InvariantCulture);
        return (string)field["kind"]! switch
        {
            "link" when (bool?)field["byCode"] == true => Codes.GetValueOrDefault(target!),
            "link" => target is not null && Ids.TryGetValue(target, out var id) ? id.ToString() : null,
            "choice" => (string?)field["options"]!.AsArray()[0]!["value"],
            "flag" => false,
            "whole" => (int?)Number(field["min"]) ?? 1,
            "decimal" => Math.Max(1, Number(field["min"]) ?? 1).ToString(CultureInfo.InvariantCulture),
            "date" => "2024-06-01",
            "moment" => "2024-06-01T10:00:00Z",
            "json" => null,
            _ => ((int?)field["length"] ?? 100) is var max && number.Length + 1 > max ? null : "T" + number,
        };
    }

    private static decimal? Number(JsonNode? node) =>
        node is null ? null : decimal.Parse(node.ToString(), CultureInfo.InvariantCulture);

    // What its links lead to comes first.
    private async Task Make(string type)
    {
        if (Ids.ContainsKey(type) || !_making.Add(type)) return;
        var fields = Types[type]["fields"]!.AsArray().Concat(Types[type]["children"]!.AsArray()
            .SelectMany(child => child!["fields"]!.AsArray()));
        foreach (var field in fields)
            if ((string?)field!["target"] is { } target && Types.ContainsKey(target)) await Make(target);
        var (path, body) = ((string)Types[type]["path"]!, await First(type));
        var made = body is null ? (await Host.Client.Get($"{path}?company={Company}&take=1")).Good().Json!["rows"]![0]
            : (await Host.Client.Post(path, body)).Good().Json;
        Ids[type] = (Guid)made!["id"]!;
        var read = (await Host.Client.Get($"{path}/{Ids[type]}")).Good().Json!;
        if ((string?)Types[type]["code"] is { } code && (string?)read[code] is { } text) Codes[type] = text;
    }
}

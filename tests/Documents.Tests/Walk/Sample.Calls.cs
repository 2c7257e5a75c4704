using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace BusinessM.Documents.Tests.Walk;

/// <summary>One request as it is sent.</summary>
public sealed record Call(string Method, string Path, string? Body)
{
    public override string ToString() => $"{Method} {Path} {Body}";
}

/// <summary>How each endpoint is called so that it does its work.</summary>
public sealed partial class Sample
{
    [GeneratedRegex(@"\{(\w+)[^}]*\}")]
    private static partial Regex Parameter();

    /// <summary>The call of an endpoint about documents of the company. A parameter or a body that nothing here knows
    /// of stops the test.</summary>
    public Call For(Endpoint endpoint)
    {
        var path = Parameter().Replace(endpoint.Pattern, match => Fit(endpoint, match.Groups[1].Value));
        var query = endpoint.Method != "GET" && endpoint.Of?.Name != "import" ? null : Query(endpoint);
        return new Call(endpoint.Method, query is null ? path : $"{path}?{query}", Body(endpoint));
    }

    /// <summary>Is it about something of the company? Else it is the installation's, or the caller's own.</summary>
    public bool IsOfCompany(Endpoint endpoint)
    {
        var call = For(endpoint);
        return call.ToString().Contains(Company.ToString(), StringComparison.Ordinal)
            || (string?)TypeAt(call.Path)?["scope"] == "company";
    }

    private string Fit(Endpoint endpoint, string parameter)
    {
        var type = (string?)TypeAt(endpoint.Pattern)?["type"];
        return parameter switch
        {
            "id" when endpoint.Pattern.Contains("/import/", StringComparison.Ordinal) =>
                Imports.GetValueOrDefault(type!, Ids[type!]).ToString(),
            "id" when endpoint.Pattern.StartsWith("/api/masters/api-keys/", StringComparison.Ordinal) =>
                ApiKey.ToString(),
            "id" when type is not null => Ids[type].ToString(),
            "note" => Notes[type!].ToString(),
            "company" => Company.ToString(),
            "type" => "shelf.book",
            "documentName" => "v1",
            "code" when endpoint.Pattern.Contains("/periods/", StringComparison.Ordinal) => Period,
            _ => throw new InvalidOperationException($"{endpoint}: say what {{{parameter}}} is"),
        };
    }

    private string? Query(Endpoint endpoint) => endpoint.Pattern switch
    {
        "/api/search" => $"company={Company}&q=walk",
        "/api/masters/rates" => $"company={Company}&from=EUR&to=GBP&day=2024-06-01",
        "/api/finance/reports/general-ledger" => $"company={Company}&account=1210&from=2024-01-01&to=2024-12-31",
        _ when endpoint.Pattern.StartsWith("/api/finance/reports/", StringComparison.Ordinal) => $"company={Company}",
        _ when endpoint.Of is { Name: "import" } of =>
            ((string?)Types[of.Type.Name]["scope"] == "company" ? $"company={Company}&" : "") + "file=f.csv",
        _ when endpoint.Of is { Name: "list" or "export" } listed
            && (string?)Types[listed.Type.Name]["scope"] == "company" => $"company={Company}",
        _ => null,
    };

    private string? Body(Endpoint endpoint)
    {
        if (endpoint is { Changes: false } or { Method: "DELETE" }) return null;
        if (endpoint.Of is { } of) return of.Name switch
        {
            "create" => Document(of.Type.Name).ToJsonString(),
            "patch" => Patch(of.Type.Name).ToJsonString(),
            "bulk" => new JsonObject { ["documents"] = new JsonArray(Document(of.Type.Name)) }.ToJsonString(),
            "import" => Csv(of.Type.Name),
            "undo" => "{}",
            _ => throw new InvalidOperationException($"{endpoint}: say what its body is"),
        };
        if (endpoint.Pattern.EndsWith("/notes", StringComparison.Ordinal))
            return """{"kind":"comment","text":"Seen"}""";
        return (OfTheOwners(endpoint)
            ?? throw new InvalidOperationException($"{endpoint}: say what its body is")).ToJsonString();
    }

    /// <summary>A change that is none to speak of: the first text or flag that may be changed.</summary>
    public JsonObject Patch(string type)
    {
        var field = Types[type]["fields"]!.AsArray().First(f => (bool?)f!["readOnly"] != true
            && (bool?)f["createOnly"] != true && f["checks"] is null && f["countries"] is null
            && (string)f["kind"]! is "text" or "longText" or "date" or "decimal" or "flag")!;
        return new JsonObject { [(string)field["name"]!] = Value(field) };
    }

    /// <summary>One row of a file.</summary>
    public string Csv(string type)
    {
        var values = Document(type).Where(p => p.Key != "company" && p.Value is JsonValue).ToList();
        return string.Join(',', values.Select(p => p.Key)) + "\n"
            + string.Join(',', values.Select(p => p.Value)) + "\n";
    }

    private JsonNode? OfTheOwners(Endpoint endpoint) => endpoint.ToString() switch
    {
        "POST /api/session" => new JsonObject { ["user"] = "admin", ["password"] = "not the password" },
        "POST /api/masters/roles" => NewRole(),
        "POST /api/masters/users" => NewUser(),
        "POST /api/masters/api-keys" => NewKey(),
        "POST /api/masters/users/{id:guid}/grant" => new JsonObject { ["version"] = 1, ["roles"] = new JsonArray() },
        "POST /api/masters/users/{id:guid}/set-password" => new JsonObject { ["password"] = "another horse battery" },
        "POST /api/masters/rates" => new JsonObject
        {
            ["company"] = Company.ToString(),
            ["rates"] = new JsonArray(new JsonObject
            {
                ["from"] = "EUR", ["to"] = "GBP", ["day"] = "2024-06-01", ["value"] = "0.85",
            }),
        },
        "POST /api/masters/parties/{id:guid}/merge" => new JsonObject { ["into"] = Second.ToString() },
        "POST /api/masters/parties/{id:guid}/erase" => new JsonObject { ["reason"] = "asked for it" },
        "POST /api/finance/sales-invoices" or "POST /api/finance/credit-notes" => Invoice(),
        "PATCH /api/finance/sales-invoices/{id:guid}" or "PATCH /api/finance/credit-notes/{id:guid}" => Invoice(),
        "POST /api/finance/sales-invoices/bulk" or "POST /api/finance/credit-notes/bulk" =>
            new JsonObject { ["company"] = Company.ToString(), ["documents"] = new JsonArray(Invoice()) },
        "POST /api/finance/receipts" => Receipt(),
        "POST /api/finance/receipts/{id:guid}/allocate" => new JsonObject
        {
            ["postingDate"] = "2024-06-03",
            ["allocations"] = new JsonArray(new JsonObject { ["invoice"] = Posted.ToString(), ["amount"] = "1.00" }),
        },
        "POST /api/finance/journals" => Journal(),
        "POST /api/finance/companies" => new JsonObject
        {
            ["id"] = Company.ToString(), ["code"] = "W" + Next(), ["name"] = "Another", ["currency"] = "GBP",
            ["country"] = "GB", ["zone"] = "Europe/London", ["firstDay"] = "2024-01-01",
        },
        "POST /api/finance/companies/{company:guid}/tax-codes" => TaxCode("N" + Next()),
        "POST /api/finance/companies/{company:guid}/tax-codes/change" => TaxCode("O"),
        "POST /api/finance/companies/{company:guid}/accounts" => new JsonObject
        {
            ["code"] = "9" + Next(), ["name"] = "One more", ["type"] = "expense",
        },
        "POST /api/finance/companies/{company:guid}/roles" => new JsonObject
        {
            ["role"] = "cash", ["scope"] = "company", ["key"] = "", ["account"] = "1110",
        },
        "POST /api/finance/companies/{company:guid}/fiscal-years" => new JsonObject { ["holding"] = "2025-01-01" },
        "POST /api/finance/companies/{company:guid}/periods/{code}" => new JsonObject { ["state"] = "closed" },
        "POST /api/finance/companies/{company:guid}/number-formats" =>
            new JsonObject { ["kind"] = "receipt", ["format"] = "RC-{branch}-{fy}-{00000}" },
        "POST /api/finance/companies/{company:guid}/settings" => new JsonObject { ["paymentDays"] = 14 },
        var other when other.EndsWith("/reverse", StringComparison.Ordinal) => new JsonObject { ["reason"] = "Wrong" },
        var other when Plain.Any(verb => other.EndsWith("/" + verb, StringComparison.Ordinal)) => new JsonObject(),
        _ => null,
    };

    // Verbs that take nothing.
    private static readonly string[] Plain = ["submit", "cancel", "confirm", "enable", "disable", "revoke", "purge"];

    private static JsonObject TaxCode(string code) =>
        new() { ["code"] = code, ["name"] = "Outside the scope", ["category"] = "o" };
}

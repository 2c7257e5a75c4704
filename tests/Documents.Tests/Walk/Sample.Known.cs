using System.Text.Json.Nodes;

namespace BusinessM.Documents.Tests.Walk;

/// <summary>What a declaration does not tell: values that only their owner's rules demand, and documents that their
/// owner writes.</summary>
public sealed partial class Sample
{
    /// <summary>Values that the owner's rules of a type ask for.</summary>
    private JsonObject Known(string type) => type switch
    {
        "masters.unit" => new() { ["code"] = "Q" + Letters(2) },
        "masters.country" => new() { ["code"] = "X" + Letters(1) },
        "masters.currency" => new() { ["code"] = "USD" },
        "masters.exchange-rate" => new() { ["from"] = "EUR", ["to"] = "GBP" },
        "finance.tax-code" => new() { ["category"] = "o" },
        "finance.bank-account" => new() { ["number"] = "12345678" },
        "record.field" => new() { ["document"] = "shelf.book", ["name"] = "walk" + (Next() % 20), ["kind"] = "text" },
        _ => [],
    };

    /// <summary>An invoice as it is drafted.</summary>
    public JsonObject Invoice() => new()
    {
        ["company"] = Company.ToString(), ["party"] = Ids["masters.party"].ToString(), ["issueDate"] = "2024-06-01",
        ["currency"] = "GBP",
        ["lines"] = new JsonArray(new JsonObject { ["description"] = "Work", ["quantity"] = "2", ["price"] = "10.00" }),
    };

    public JsonObject Receipt() => new()
    {
        ["company"] = Company.ToString(), ["party"] = Ids["masters.party"].ToString(), ["receivedOn"] = "2024-06-02",
        ["currency"] = "GBP", ["amount"] = "5.00",
    };

    public JsonObject Journal() => new()
    {
        ["company"] = Company.ToString(), ["postingDate"] = "2024-06-01", ["text"] = "Moved",
        ["lines"] = new JsonArray(
            new JsonObject { ["account"] = "1110", ["side"] = "debit", ["amount"] = "3.00", ["currency"] = "GBP" },
            new JsonObject { ["account"] = "1120", ["side"] = "credit", ["amount"] = "3.00", ["currency"] = "GBP" }),
    };

    public JsonObject NewRole() => new()
    {
        ["code"] = "role-" + Next(), ["permissions"] = new JsonArray("masters.party.read"),
    };

    public JsonObject NewUser() => new()
    {
        ["name"] = "user-" + Next(), ["password"] = "correct horse battery",
        ["roles"] = new JsonArray(Codes["masters.role"]),
    };

    public JsonObject NewKey() => new()
    {
        ["name"] = "key-" + Next(), ["permissions"] = new JsonArray("masters.party.read"),
    };

    // Null: one is there from the start.
    private Task<JsonObject?> First(string type) => Task.FromResult(type switch
    {
        "finance.sales-invoice" or "finance.credit-note" => Invoice(),
        "finance.receipt" => Receipt(),
        "finance.journal" => Journal(),
        "masters.role" => NewRole(),
        "masters.user" => NewUser(),
        "masters.company" or "masters.country" or "masters.currency" or "masters.unit" or "masters.branch"
            or "finance.tax-code" => null,
        _ => Document(type),
    });

    private async Task MakeTheRest()
    {
        Second = (await Host.Client.Post("/api/masters/parties", Document("masters.party"))).Good().Id;
        var posted = Invoice();
        posted["submit"] = true;
        Posted = (await Host.Client.Post("/api/finance/sales-invoices", posted)).Good().Id;
        ApiKey = (await Host.Client.Post("/api/masters/api-keys", NewKey())).Good().Id;
        var periods = (await Host.Client.Get("/api/finance/companies/" + Company)).Good().Json!["periods"]!.AsArray();
        Period = (string)periods[^1]!["code"]!;
        Ids["masters.company"] = Company;
        foreach (var (type, meta) in Types)
        {
            var path = (string)meta["path"]!;
            Notes[type] = (await Host.Client.Post($"{path}/{Ids[type]}/notes", new { kind = "comment", text = "Seen" }))
                .Good().Id;
            if ((string)meta["writes"]! == "owner") continue;
            var made = await Host.Client.Call("POST", $"{path}/import?company={Company}&file=f.csv", Csv(type));
            if (made.Json?["id"] is { } id) Imports[type] = (Guid)id;
        }
    }

    private string Letters(int count)
    {
        var (number, text) = (Next(), "");
        for (var i = 0; i < count; i++, number /= 26) text += (char)('A' + number % 26);
        return text;
    }
}

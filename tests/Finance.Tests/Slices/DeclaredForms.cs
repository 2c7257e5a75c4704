using System.Text.Json;
using System.Text.Json.Nodes;
using BusinessM.Finance.Ledger;
using BusinessM.Finance.Receivables;

namespace BusinessM.Finance.Tests.Slices;

/// <summary>A form made from the metadata alone fits the owner's calls: what it may give, the create request takes;
/// what it shows, the answer has.</summary>
public sealed class DeclaredForms(FinanceApp app) : IClassFixture<FinanceApp>
{
    public static TheoryData<string, Type, Type> Types => new()
    {
        { "finance.sales-invoice", typeof(InvoiceRequest), typeof(SalesInvoiceView) },
        { "finance.credit-note", typeof(InvoiceRequest), typeof(SalesInvoiceView) },
        { "finance.receipt", typeof(SubmitReceipt.ReceiptRequest), typeof(ReceiptView) },
        { "finance.journal", typeof(SubmitJournal.JournalRequest), typeof(ManualJournalView) },
    };

    [Theory, MemberData(nameof(Types))]
    public async Task Give_what_is_taken_and_show_what_is_answered(string type, Type request, Type view)
    {
        var meta = (await app.Good("/api/meta/" + type)).Json!;
        meta["writes"]!.ToString().ShouldBe("owner");
        meta["may"]!.AsArray().Select(may => may!.ToString()).ShouldContain("add");
        Fits(meta["fields"]!, request, view);
        // What a form does not give: who and where it is, what is asked by 428, and posting in the same call.
        Names(request).Except(All(meta["fields"]!)).Except(Children(meta)).ShouldBeSubsetOf(
            ["id", "company", "submit", "postingDate", "futureConfirmed"]);
        foreach (var child in meta["children"]!.AsArray())
            Fits(child!["fields"]!, Line(request, child["name"]!.ToString()), Line(view, child["name"]!.ToString()));
    }

    [Fact]
    public async Task Of_verbs_have_the_fields_of_the_verbs()
    {
        var invoice = (await app.Good("/api/meta/finance.sales-invoice")).Json!;
        Verbs(invoice).ShouldBe(["submit draft postingDate", "cancel draft ", "reverse posted reason"],
            ignoreOrder: true);
        var receipt = (await app.Good("/api/meta/finance.receipt")).Json!;
        Verbs(receipt).ShouldBe(["allocate posted postingDate", "reverse posted reason"], ignoreOrder: true);
        var lines = receipt["verbs"]!.AsArray().Single(v => v!["name"]!.ToString() == "allocate")!["children"]![0]!;
        lines["name"]!.ToString().ShouldBe("allocations");
        All(lines["fields"]!).ShouldBe(["invoice", "amount", "discount", "difference"]);
    }

    /// <summary>A draft by the form alone: the fields that are required, and one line.</summary>
    [Fact]
    public async Task Make_a_draft_that_the_generic_list_shows()
    {
        var company = await TestCompany.SetUp(app);
        var made = await app.Good("/api/finance/sales-invoices", new
        {
            company = company.Id, party = company.Customer, issueDate = "2024-11-20", currency = "EUR",
            lines = new[] { new { item = company.Goods, quantity = "2", price = "10" } },
        });
        var row = (await app.Good($"/api/finance/sales-invoices?company={company.Id}&filter="
            + Uri.EscapeDataString("""["status","eq","draft"]"""))).Json!["rows"]![0]!;
        (row["id"]!.ToString(), row["payable"]!.ToString(), row["party"]!.ToString())
            .ShouldBe((made["id"], "24", company.Customer.ToString()));
    }

    private static void Fits(JsonNode fields, Type request, Type view)
    {
        foreach (var field in fields.AsArray())
        {
            var name = field!["name"]!.ToString();
            if (field["readOnly"] is null) Names(request).ShouldContain(name);
            Names(view).ShouldContain(name);
        }
    }

    private static IEnumerable<string> Verbs(JsonNode meta) => meta["verbs"]!.AsArray().Select(verb =>
        $"{verb!["name"]} {verb["when"]!["values"]![0]} {string.Join(' ', All(verb["fields"]!))}");

    private static IEnumerable<string> All(JsonNode fields) =>
        fields.AsArray().Select(field => field!["name"]!.ToString());

    private static IEnumerable<string> Children(JsonNode meta) =>
        meta["children"]!.AsArray().Select(child => child!["name"]!.ToString());

    private static IReadOnlyList<string> Names(Type type) =>
        [.. type.GetProperties().Select(p => JsonNamingPolicy.CamelCase.ConvertName(p.Name))];

    private static Type Line(Type of, string name) => of.GetProperties()
        .Single(p => JsonNamingPolicy.CamelCase.ConvertName(p.Name) == name).PropertyType.GetGenericArguments()[0];
}

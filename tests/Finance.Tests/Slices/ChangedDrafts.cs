using System.Text.Json;
using System.Text.Json.Nodes;
using BusinessM.Finance.Receivables;
using BusinessM.Testing;

namespace BusinessM.Finance.Tests.Slices;

public sealed class ChangedDrafts(FinanceApp app) : IClassFixture<FinanceApp>
{
    private const string Path = "/api/finance/sales-invoices/";

    private Task<Answer> Patch(object? id, JsonObject draft, string path = Path) =>
        app.Send(path + id, draft.ToJsonString(), "PATCH");

    private static JsonObject Given(JsonNode answer, Type request)
    {
        var names = request.GetProperties().Select(p => JsonNamingPolicy.CamelCase.ConvertName(p.Name)).ToHashSet();
        return new JsonObject(answer.AsObject().Where(field => names.Contains(field.Key))
            .Select(field => KeyValuePair.Create(field.Key, field.Value?.DeepClone())));
    }

    // 2 x 10.00 at 20 % = 20 + 4; 1 x 7.00 at 10 % = 7 + 0.70: 31.70.
    private static JsonObject Other(TestCompany company)
    {
        var other = company.Invoice(submit: false);
        other["lines"] = new JsonArray(company.Line("2", "10.00"), company.Line("1", "7", company.Work, "S10"));
        other["note"] = "second writing";
        return other;
    }

    [Fact]
    public async Task Are_another_document_of_the_same_id()
    {
        var company = await TestCompany.SetUp(app);
        var draft = await company.Post(company.Invoice(submit: false));
        var changed = await Patch(draft["id"], Other(company));
        (changed.Status, changed["id"], changed["version"], changed["status"])
            .ShouldBe((200, draft["id"], "2", "draft"), changed.Text);
        (changed["payable"], changed["note"], changed.Json!["lines"]!.AsArray().Count)
            .ShouldBe(("31.70", "second writing", 2));
        (await app.Good(Path + draft["id"])).Text.ShouldBe(changed.Text);
        (await app.Sql("select count(*) from finance.sales_invoice_line where invoice in"
            + " (select id from finance.sales_invoice where company = $1)", company.Id)).ShouldBe("2");
        (await company.Balances()).ShouldBeEmpty();
        (await app.Good($"{Path}{draft["id"]}/submit", new { }))["payable"].ShouldBe("31.70");
        (await company.Balances()).ShouldBe(["1210 31.70", "2210 -4.70", "4100 -20.00", "4200 -7.00"]);
    }

    [Fact]
    public async Task Grow_and_give_back_what_was_entered()
    {
        var company = await TestCompany.SetUp(app);
        var invoice = Other(company);
        invoice["lines"] = new JsonArray(company.Line("2", "10.00"));
        var draft = await company.Post(invoice);
        var larger = Other(company);
        larger["adjustments"] = new JsonArray(new JsonObject { ["percent"] = "10", ["reason"] = "Loyal" });
        larger["lines"]![0]!["adjustments"] = new JsonArray(new JsonObject { ["charge"] = true, ["amount"] = "1" });
        var changed = await Patch(draft["id"], larger);
        (changed["adjustments.0.percent"], changed["adjustments.0.reason"], changed["lines.0.adjustments.0.amount"])
            .ShouldBe(("10", "Loyal", "1"), changed.Text);
        // A form has the fields of the answer that may be given, under the same names, and sends them back.
        var form = Given(changed.Json!, typeof(InvoiceRequest));
        form["lines"] = new JsonArray([.. changed.Json!["lines"]!.AsArray().Select(line =>
            Given(line!, typeof(InvoiceLineRequest)))]);
        var again = await Patch(draft["id"], form);
        (again["version"], again["lines.0.net"]).ShouldBe(("3", changed["lines.0.net"]));
        (again.Status, again["payable"], again["lines.1.net"]).ShouldBe((200, changed["payable"], "7.00"), again.Text);
    }

    [Fact]
    public async Task May_be_posted_in_the_same_call()
    {
        var company = await TestCompany.SetUp(app);
        var draft = await company.Post(company.Invoice(submit: false));
        var other = Other(company);
        other["submit"] = true;
        var posted = await Patch(draft["id"], other);
        (posted["status"], posted["number"], posted["open"])
            .ShouldBe(("posted", "SI-2024-00001", "31.70"), posted.Text);
        await app.Refused("finance.sales-invoice.not-a-draft", () => Patch(draft["id"], Other(company)));
    }

    /// <summary>The whole is given, so that nothing of what someone else wrote meanwhile may be lost.</summary>
    [Fact, Produces("record.document.stale")]
    public async Task Are_changed_from_the_version_that_was_seen()
    {
        var company = await TestCompany.SetUp(app);
        var draft = await company.Post(company.Invoice(submit: false));
        async Task<Answer> Seen(int version)
        {
            using var request = new HttpRequestMessage(HttpMethod.Patch, Path + draft["id"]);
            request.Headers.Add("If-Match", $"\"{version}\"");
            request.Content = new StringContent(Other(company).ToJsonString(), null, "application/json");
            using var response = await app.Client.SendAsync(request);
            var text = await response.Content.ReadAsStringAsync();
            return new Answer((int)response.StatusCode, text, JsonNode.Parse(text));
        }

        (await Seen(1))["version"].ShouldBe("2");
        (await app.Refused("record.document.stale", () => Seen(1))).Status.ShouldBe(412);
    }

    [Fact]
    public async Task Are_of_their_own_kind_and_company()
    {
        var (company, other) = (await TestCompany.SetUp(app), await TestCompany.SetUp(app));
        var draft = await company.Post(company.Invoice(submit: false));
        await app.Refused("finance.sales-invoice.not-found", () => Patch(draft["id"], Other(other)));
        await app.Refused("finance.sales-invoice.not-found",
            () => Patch(draft["id"], Other(company), "/api/finance/credit-notes/"));
        await app.Refused("finance.sales-invoice.not-found", () => Patch(Guid.CreateVersion7(), Other(company)));
    }
}

using System.Text.Json.Nodes;
using BusinessM.Testing;

namespace BusinessM.Finance.Tests.Slices;

/// <summary>Each refusal over HTTP; no row of any table is another one afterwards.</summary>
public sealed class InvoiceRefusals(FinanceApp app) : IClassFixture<FinanceApp>
{
    private static readonly (string Code, int Status, string Changes)[] Invoices =
    [
        ("finance.sales-invoice.no-lines", 400, """{"lines": []}"""),
        ("finance.party.not-found", 400, """{"party": "019aa000-0000-7000-8000-000000000000"}"""),
        ("finance.branch.not-found", 400, """{"branch": "019aa000-0000-7000-8000-000000000000"}"""),
        ("finance.item.not-found", 400,
            """{"lines": [{"item": "019aa000-0000-7000-8000-000000000000", "quantity": "1", "price": "1"}]}"""),
        ("finance.text.invalid", 400, """{"lines": [{"quantity": "1", "price": "1"}]}"""),
        ("finance.currency.unknown", 400, """{"currency": "XXX"}"""),
        ("finance.amount.invalid", 400, """{"lines": [{"description": "x", "quantity": "1.0000001", "price": "1"}]}"""),
        ("finance.amount.invalid", 400, """{"lines": [{"description": "x", "quantity": "1", "price": "-1"}]}"""),
        ("finance.amount.invalid", 400, """{"prepaid": "0.001"}"""),
        ("finance.amount.invalid", 400, """{"adjustments": [{"amount": "1", "percent": "1"}]}"""),
        ("finance.amount.too-large", 400,
            """{"lines": [{"description": "x", "quantity": "100000000000", "price": "100000000000"}]}"""),
        ("finance.tax-code.not-found", 400,
            """{"lines": [{"description": "x", "quantity": "1", "price": "1", "taxCode": "NONE"}]}"""),
        ("finance.tax-code.no-rate", 400, """{"taxPoint": "2019-12-31"}"""),
        ("finance.tax.out-of-scope-mixed", 400, """
            {"lines": [{"description": "x", "quantity": "1", "price": "1", "taxCode": "O"},
                       {"description": "x", "quantity": "1", "price": "1"}]}
            """),
        ("finance.bill.nothing-to-split-over", 400, """
            {"adjustments": [{"amount": "1"}], "lines": [{"description": "x", "quantity": "0", "price": "1"},
                {"description": "x", "quantity": "0", "price": "1", "taxCode": "S10"}]}
            """),
        ("finance.tax-code.clash", 400, """
            {"lines": [{"description": "x", "quantity": "1", "price": "1"},
                       {"description": "x", "quantity": "1", "price": "1", "taxCode": "P20"}]}
            """),
        ("finance.sales-invoice.total-negative", 400,
            """{"lines": [{"description": "x", "quantity": "-1", "price": "1"}]}"""),
        ("finance.sales-invoice.nothing-to-post", 400,
            """{"lines": [{"description": "x", "quantity": "1", "price": "0"}]}"""),
        ("finance.sales-invoice.dates-out-of-order", 400, """{"dueDate": "2024-11-19"}"""),
        ("finance.sales-invoice.posting-date-in-future", 428, """{"postingDate": "2999-01-01"}"""),
        ("finance.fiscal-year.missing", 409, """{"issueDate": "2023-12-31"}"""),
        ("finance.fiscal-year.out-of-range", 400, """{"issueDate": "9999-12-31"}"""),
        ("books.period.missing", 400, """{"postingDate": "2023-12-31"}"""),
        ("finance.credit-note.invoice-not-found", 400, """{"corrects": "019aa000-0000-7000-8000-000000000000"}"""),
    ];

    [Fact]
    [Produces("finance.sales-invoice.no-lines")]
    [Produces("finance.party.not-found")]
    [Produces("finance.branch.not-found")]
    [Produces("finance.item.not-found")]
    [Produces("finance.text.invalid")]
    [Produces("finance.currency.unknown")]
    [Produces("finance.amount.invalid")]
    [Produces("finance.amount.too-large")]
    [Produces("finance.tax-code.not-found")]
    [Produces("finance.tax-code.no-rate")]
    [Produces("finance.tax.out-of-scope-mixed")]
    [Produces("finance.bill.nothing-to-split-over")]
    [Produces("finance.tax-code.clash")]
    [Produces("finance.sales-invoice.total-negative")]
    [Produces("finance.sales-invoice.nothing-to-post")]
    [Produces("finance.sales-invoice.dates-out-of-order")]
    [Produces("finance.sales-invoice.posting-date-in-future")]
    [Produces("finance.fiscal-year.missing")]
    [Produces("finance.fiscal-year.out-of-range")]
    [Produces("books.period.missing")]
    [Produces("finance.credit-note.invoice-not-found")]
    public async Task Of_an_invoice()
    {
        var company = await TestCompany.SetUp(app, "EUR", "DE",
            Tax("S20", "s", "20"), Tax("S10", "s", "10"), Tax("O", "o"), Tax("P20", "s", "20", "onPayment"));
        foreach (var (code, status, changes) in Invoices)
        {
            var invoice = company.Invoice();
            foreach (var (name, value) in JsonNode.Parse(changes)!.AsObject()) invoice[name] = value!.DeepClone();
            (await app.Refused(code, () => company.Post(invoice))).Status.ShouldBe(status, code);
        }
        (await company.Balances()).ShouldBeEmpty();
    }

    [Fact, Produces("finance.item.blocked"), Produces("finance.party.blocked")]
    public async Task Of_blocked_parties_and_items()
    {
        var company = await TestCompany.SetUp(app);
        var draft = await company.Post(company.Invoice(submit: false));
        var submit = $"/api/finance/sales-invoices/{draft["id"]}/submit";
        await app.Good("/api/masters/items/" + company.Work, new { blocked = true }, "PATCH");
        await app.Refused("finance.item.blocked", () => company.Post(company.Invoice()));
        await app.Refused("finance.item.blocked", submit, new { });
        await app.Good("/api/masters/parties/" + company.Customer, new { blocked = true }, "PATCH");
        await app.Refused("finance.party.blocked", () => company.Post(company.Invoice()));
        await app.Refused("finance.party.blocked", submit, new { });
    }

    [Fact]
    [Produces("finance.sales-invoice.not-found")]
    [Produces("finance.company.not-found")]
    [Produces("masters.company.not-found")]
    [Produces("record.document.not-found")]
    public async Task Of_other_peoples_companies_are_like_those_of_none()
    {
        var (company, other) = (await TestCompany.SetUp(app), await TestCompany.SetUp(app));
        var id = (await company.Post(company.Invoice()))["id"];
        using var client = await app.WithKey(["*"], [new CompanyId(other.Id)]);
        async Task Hidden(string code, string path, object? body = null)
        {
            var answer = await app.Refused(code, () => FinanceApp.Send(client, path, body));
            (answer.Status, answer["field"]).ShouldBe((404, null), path);
        }
        await Hidden("finance.sales-invoice.not-found", "/api/finance/sales-invoices/" + id);
        await Hidden("finance.sales-invoice.not-found", $"/api/finance/sales-invoices/{id}/submit", new { });
        await Hidden("finance.sales-invoice.not-found", $"/api/finance/sales-invoices/{id}/reverse",
            new { reason = "x" });
        await Hidden("finance.company.not-found", "/api/finance/companies/" + company.Id);
        await Hidden("finance.company.not-found", "/api/finance/sales-invoices", company.Invoice().ToJsonString());
        await Hidden("finance.company.not-found", "/api/finance/reports/trial-balance?company=" + company.Id);
        await Hidden("finance.company.not-found", "/api/finance/reports/open-items?company=" + company.Id);
        await Hidden("masters.company.not-found",
            $"/api/masters/rates?company={company.Id}&from=EUR&to=USD&day=2024-11-20");
        await Hidden("record.document.not-found", "/api/masters/parties?company=" + company.Id);
        await Hidden("record.document.not-found", "/api/masters/parties/" + company.Customer);
        await Hidden("record.document.not-found", "/api/masters/items/" + company.Goods);
    }

    [Fact, Produces("record.permission.missing")]
    public async Task Of_the_permission_to_submit()
    {
        var company = await TestCompany.SetUp(app);
        using var client = await app.WithKey(["finance.sales-invoice.create"]);
        const string path = "/api/finance/sales-invoices";
        (await app.Refused("record.permission.missing",
            () => FinanceApp.Send(client, path, company.Invoice().ToJsonString()))).Status.ShouldBe(403);
        (await FinanceApp.Send(client, path, company.Invoice(submit: false).ToJsonString())).Status.ShouldBe(201);
    }

    [Fact, Produces("finance.bulk.size")]
    public async Task Of_a_bulk_of_no_size()
    {
        var company = await TestCompany.SetUp(app);
        var twice = company.Invoice();
        foreach (var documents in new[] { new JsonArray(), new JsonArray(twice.DeepClone(), twice.DeepClone()) })
            await app.Refused("finance.bulk.size", "/api/finance/sales-invoices/bulk",
                new JsonObject { ["company"] = company.Id, ["documents"] = documents }.ToJsonString());
    }

    [Fact, Produces("finance.sales-invoice.too-many-lines")]
    public async Task Of_too_many_lines()
    {
        var company = await TestCompany.SetUp(app);
        var invoice = company.Invoice();
        invoice["lines"] = new JsonArray([.. Enumerable.Range(0, 5001).Select(_ => company.Line("1", "1"))]);
        await app.Refused("finance.sales-invoice.too-many-lines", () => company.Post(invoice));
    }

    internal static object Tax(string code, string category, string? percent = null, string due = "onInvoice") => new
    {
        code, name = code, category, due,
        rates = percent is null ? [] : new[] { new { from = "2020-01-01", percent } },
    };
}

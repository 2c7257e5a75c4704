using BusinessM.Testing;

namespace BusinessM.Finance.Tests.Slices;

public sealed class Receipts(FinanceApp app) : IClassFixture<FinanceApp>
{
    // Owed 81.00: 60.00 received for 61.00 with 1.00 discount, 20.00 open; then 30.00 for the rest: 10.00 in advance.
    [Fact]
    public async Task Settle_open_documents_and_keep_the_rest_as_an_advance()
    {
        var company = await TestCompany.SetUp(app);
        var invoice = (await company.Post(company.Invoice()))["id"]!;
        var first = await Receive(company, "60.00", (invoice, "61.00", "1.00"));
        (first.Status, first["number"], first["advance"]).ShouldBe((201, "RC-2024-00001", "0.00"), first.Text);
        (await app.Good("/api/finance/sales-invoices/" + invoice))["open"].ShouldBe("20.00");
        (await company.Balances()).ShouldBe(["1150 60.00", "1210 20.00", "2210 -11.00", "4100 -40.00", "4130 1.00",
            "4200 -30.00"]);
        var second = await Receive(company, "30.00", (invoice, "20.00", "0"));
        (second.Status, second["advance"]).ShouldBe((201, "10.00"), second.Text);
        (await company.Balances()).ShouldBe(
            ["1150 90.00", "2130 -10.00", "2210 -11.00", "4100 -40.00", "4130 1.00", "4200 -30.00"]);
        var open = await app.Good($"/api/finance/reports/open-items?company={company.Id}");
        (open["items.0.kind"], open["items.0.open"], open["baseTotal"]).ShouldBe(("advance", "-10.00", "-10.00"));
    }

    [Fact]
    [Produces("finance.sales-invoice.settled")]
    [Produces("finance.receipt.not-posted")]
    [Produces("finance.receipt.not-found")]
    public async Task Are_reversed_and_what_they_settled_is_open_again()
    {
        var company = await TestCompany.SetUp(app);
        var invoice = (await company.Post(company.Invoice()))["id"]!;
        var receipt = await Receive(company, "81.00", (invoice, "81.00", "0"));
        var before = await company.State();
        await app.Refused("finance.sales-invoice.settled", $"/api/finance/sales-invoices/{invoice}/reverse",
            new { reason = "no" });
        (await company.State()).ShouldBe(before);
        var reversed = await app.Good($"/api/finance/receipts/{receipt["id"]}/reverse", new { reason = "bounced" });
        (reversed["status"], reversed["reversalNumber"]).ShouldBe(("reversed", "RV-2024-00001"));
        (await app.Good("/api/finance/sales-invoices/" + invoice))["open"].ShouldBe("81.00");
        (await company.Balances()).ShouldBe(["1210 81.00", "2210 -11.00", "4100 -40.00", "4200 -30.00"]);
        await app.Refused("finance.receipt.not-posted", $"/api/finance/receipts/{receipt["id"]}/reverse",
            new { reason = "again" });
        await app.Refused("finance.receipt.not-found", $"/api/finance/receipts/{Guid.CreateVersion7()}/reverse",
            new { reason = "none" });
    }

    [Fact]
    public async Task Leave_an_advance_that_settles_the_next_invoice()
    {
        var company = await TestCompany.SetUp(app);
        var receipt = await Receive(company, "100.00");
        (receipt["advance"], receipt["advanceOpen"]).ShouldBe(("100.00", "100.00"), receipt.Text);
        var invoice = (await company.Post(company.Invoice()))["id"]!;
        var allocate = $"/api/finance/receipts/{receipt["id"]}/allocate";
        object Of(string amount) => new { postingDate = "2024-11-21", allocations = new[] { new { invoice, amount } } };
        (await app.Good(allocate, Of("81.00")))["advanceOpen"].ShouldBe("19.00");
        (await company.Balances()).ShouldBe(["1150 100.00", "2130 -19.00", "2210 -11.00", "4100 -40.00",
            "4200 -30.00"]);
        await app.Refused("finance.receipt.item-not-open", allocate, Of("1.00"));
        await app.Refused("finance.receipt.not-found", $"/api/finance/receipts/{Guid.CreateVersion7()}/allocate",
            Of("1.00"));
        await app.Good($"/api/finance/receipts/{receipt["id"]}/reverse", new { reason = "bounced" });
        (await company.Balances()).ShouldBe(["1210 81.00", "2210 -11.00", "4100 -40.00", "4200 -30.00"]);
    }

    [Fact, Produces("finance.receipt.exists"), Produces("finance.journal.exists")]
    public async Task And_journals_repeated_with_the_same_id_answer_what_is_there()
    {
        var company = await TestCompany.SetUp(app);
        var (id, journal) = (Guid.CreateVersion7(), Guid.CreateVersion7());
        object Receipt(string amount) => new
        {
            id, company = company.Id, party = company.Customer, receivedOn = "2024-11-21", currency = "EUR", amount,
        };
        object Journal(string amount) => new
        {
            id = journal, company = company.Id, postingDate = "2024-11-21", lines = new[]
            {
                new { account = "1120", side = "debit", amount, currency = "EUR" },
                new { account = "3100", side = "credit", amount, currency = "EUR" },
            },
        };
        var (first, entry) = (await app.Good("/api/finance/receipts", Receipt("10")),
            await app.Good("/api/finance/journals", Journal("10")));
        (await app.Good("/api/finance/receipts", Receipt("10.00"))).Text.ShouldBe(first.Text);
        (await app.Good("/api/finance/journals", Journal("10.00")))["number"].ShouldBe(entry["number"]);
        await app.Refused("finance.receipt.exists", "/api/finance/receipts", Receipt("11"));
        await app.Refused("finance.journal.exists", "/api/finance/journals", Journal("11"));
    }

    // 100 USD at 0.80, received at 0.90 EUR: 10.00 gained (policy 13).
    [Fact]
    public async Task Realise_the_exchange_difference()
    {
        var company = await TestCompany.SetUp(app);
        await app.Good("/api/masters/rates", new
        {
            company = company.Id,
            rates = new[] { new { from = "USD", to = "EUR", day = "2024-11-20", value = "0.80" },
                new { from = "USD", to = "EUR", day = "2024-11-21", value = "0.90" } },
        });
        var invoice = company.Invoice();
        invoice["currency"] = "USD";
        invoice["lines"] = new System.Text.Json.Nodes.JsonArray(company.Line("8", "10.00"), company.Line("1", "3.64",
            null, "S10"));
        var posted = await company.Post(invoice);      // 80 + 16 + 3.64 + 0.36 = 100
        posted["payable"].ShouldBe("100.00", posted.Text);
        var receipt = await Receive(company, "100.00", "USD", (posted["id"]!, "100.00", "0"));
        (receipt.Status, receipt["exchangeDifference"]).ShouldBe((201, "10.00"), receipt.Text);
        (await company.Balances()).Where(row => row[..4] is "1150" or "1210" or "4520").ShouldBe(["1150 90.00",
            "4520 -10.00"]);
    }

    [Fact]
    [Produces("finance.receipt.more-than-open")]
    [Produces("finance.receipt.more-than-received")]
    [Produces("finance.receipt.item-not-open")]
    [Produces("finance.receipt.item-twice")]
    [Produces("finance.receipt.amount-not-positive")]
    [Produces("finance.receipt.posting-date-in-future")]
    public async Task That_cannot_be_are_refused_and_change_nothing()
    {
        var company = await TestCompany.SetUp(app);
        var invoice = (await company.Post(company.Invoice()))["id"]!;
        var before = await company.State();
        await app.Refused("finance.receipt.more-than-open", () => Receive(company, "100.00", (invoice, "82.00", "0")));
        await app.Refused("finance.receipt.more-than-received", () => Receive(company, "10.00", (invoice, "20.00",
            "0")));
        await app.Refused("finance.receipt.item-not-open", () => Receive(company, "10.00",
            (Guid.CreateVersion7().ToString(), "1.00", "0")));
        await app.Refused("finance.receipt.item-twice", () => Receive(company, "10.00", (invoice, "1.00", "0"),
            (invoice, "1.00", "0")));
        await app.Refused("finance.receipt.amount-not-positive", () => Receive(company, "0.00"));
        await app.Refused("finance.amount.invalid", () => Receive(company, "10.001"));
        await app.Refused("finance.currency.unknown", () => Receive(company, "10.00", "XXX"));
        await app.Refused("masters.rate.missing", () => Receive(company, "10.00", "USD"));
        (await app.Refused("finance.receipt.posting-date-in-future", () => Receive(company, "10.00", "EUR",
            "2999-01-01")))
            .Status.ShouldBe(428);
        (await company.State()).ShouldBe(before);
    }

    [Fact, Produces("finance.receipt.currency-differs")]
    public async Task Of_another_currency_than_the_document_are_refused()
    {
        var company = await TestCompany.SetUp(app);
        await app.Good("/api/masters/rates", new
        {
            company = company.Id,
            rates = new[] { new { from = "USD", to = "EUR", day = "2024-11-20", value = "0.80" } },
        });
        var invoice = (await company.Post(company.Invoice()))["id"]!;
        var before = await company.State();
        await app.Refused("finance.receipt.currency-differs", () => Receive(company, "10.00", "USD", (invoice,
            "10.00", "0")));
        (await company.State()).ShouldBe(before);
    }

    private Task<Answer> Receive(TestCompany company, string amount, params (string Invoice, string Amount,
        string Discount)[] parts) =>
        Receive(company, amount, "EUR", "2024-11-21", parts);

    private Task<Answer> Receive(TestCompany company, string amount, string currency,
        params (string Invoice, string Amount, string Discount)[] parts) => Receive(company, amount, currency,
            "2024-11-21", parts);

    private Task<Answer> Receive(TestCompany company, string amount, string currency, string day,
        params (string Invoice, string Amount, string Discount)[] parts) => app.Send("/api/finance/receipts", new
        {
            id = Guid.CreateVersion7(), company = company.Id, party = company.Customer, receivedOn = day, currency,
                amount,
            allocations = parts.Select(p => new { invoice = p.Invoice, amount = p.Amount, discount = p.Discount }),
        });
}

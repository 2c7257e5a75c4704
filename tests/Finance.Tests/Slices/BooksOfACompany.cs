using System.Text.Json.Nodes;
using BusinessM.Testing;

namespace BusinessM.Finance.Tests.Slices;

public sealed class BooksOfACompany(FinanceApp app) : IClassFixture<FinanceApp>
{
    [Fact]
    public async Task Are_set_up_in_one_call()
    {
        var company = await TestCompany.SetUp(app, "INR", "IN");
        var read = await app.Good("/api/finance/companies/" + company.Id);
        (read["currency"], read["defaultTaxCode"], read["branches.0.code"]).ShouldBe(("INR", "S20", "MAIN"));
        read.Json!["periods"]!.AsArray().Count.ShouldBe(13);
        (await app.Good($"/api/finance/companies/{company.Id}/accounts")).Json!.AsArray().Count.ShouldBeGreaterThan(
            108);
        (await app.Sql("select count(*) from ledger.account where company = $1", company.Id)).ShouldBe("116");
    }

    [Fact]
    public async Task Change_and_the_next_invoice_sees_it()
    {
        var company = await TestCompany.SetUp(app);
        (await company.Post(company.Invoice())).Status.ShouldBe(201);
        var path = "/api/finance/companies/" + company.Id;
        await app.Good(path + "/accounts", new { code = "4150", name = "Sales of goods G1", type = "income",
            parent = "4000" });
        await app.Good(path + "/roles", new { role = "sales", scope = "item", key = "G1", account = "4150" });
        await app.Good(path + "/tax-codes", InvoiceRefusals.Tax("S7", "s", "7"));
        await app.Good(path + "/tax-codes/change", InvoiceRefusals.Tax("S10", "s", "12"));
        await app.Good(path + "/number-formats", new { kind = "sales-invoice", format = "INV{fy}/{000}" });
        await app.Good(path + "/settings", new { defaultTaxCode = "S7", paymentDays = 10,
            roundTo = new Dictionary<string, string> { ["EUR"] = "0.05" } });
        // 40.00 at 7 % = 2.80; 30.00 at 12 % = 3.60: 76.40, a multiple of 0.05.
        var answer = await company.Post(company.Invoice());
        (answer["number"], answer["payable"], answer["dueDate"]).ShouldBe(("INV2024/002", "76.40", "2024-11-30"),
            answer.Text);
        (await company.Balances()).ShouldContain("4150 -40.00");
    }

    [Fact, Produces("finance.period.no-open-day")]
    public async Task Of_a_closed_period_take_nothing()
    {
        var company = await TestCompany.SetUp(app);
        var posted = await company.Post(company.Invoice());
        var period = await app.Good($"/api/finance/companies/{company.Id}/periods/2024-11", new { state = "closed" });
        period.Json!["periods"]!.AsArray().Single(p =>
            (string?)p!["code"] == "2024-11")!["state"]!.ToString().ShouldBe("closed");
        var before = await company.State();
        await app.Refused("books.period.closed", () => company.Post(company.Invoice()));
        (await company.State()).ShouldBe(before);
        var reversed = await app.Good($"/api/finance/sales-invoices/{posted["id"]}/reverse", new { reason = "late" });
        reversed["reversedOn"].ShouldBe("2024-12-01");
        await app.Good($"/api/finance/companies/{company.Id}/periods/2024-12", new { state = "closed" });
        var journal = await app.Send("/api/finance/journals", Journal(company, "2024-10-01", ("1110", "debit", "1"),
            ("3100", "credit", "1")));
        journal.Status.ShouldBe(201, journal.Text);
        (await app.Good($"/api/finance/companies/{company.Id}/periods/2024-10",
            new { state = "closed" })).Status.ShouldBe(200);
        before = await company.State();
        await app.Refused("finance.period.no-open-day", $"/api/finance/journals/{journal["id"]}/reverse",
            new { reason = "x" });
        (await company.State()).ShouldBe(before);
    }

    [Fact]
    [Produces("finance.journal.not-posted")]
    [Produces("finance.journal.not-found")]
    [Produces("finance.journal.posting-date-in-future")]
    public async Task Take_journals_and_reverse_them()
    {
        var company = await TestCompany.SetUp(app);
        var journal = await app.Send("/api/finance/journals",
            Journal(company, "2024-11-20", ("1120", "debit", "500.00"), ("3100", "credit", "500.00")));
        (journal.Status, journal["number"]).ShouldBe((201, "JE-2024-00001"), journal.Text);
        (await app.Good("/api/finance/journals/" + journal["id"]))["status"].ShouldBe("posted");
        (await company.Balances()).ShouldBe(["1120 500.00", "3100 -500.00"]);
        var ledger = await app.Good(
            $"/api/finance/reports/general-ledger?company={company.Id}&account=1120&from=2024-11-01&to=2024-11-30");
        (ledger["openingBalance"], ledger["entries.0.baseAmount"], ledger["entries.0.number"]).ShouldBe(("0.00",
            "500.00", "JE-2024-00001"));
        await app.Good($"/api/finance/journals/{journal["id"]}/reverse", new { reason = "wrong" });
        (await company.Balances()).ShouldBeEmpty();
        var before = await company.State();
        await app.Refused("finance.journal.not-posted", $"/api/finance/journals/{journal["id"]}/reverse",
            new { reason = "wrong" });
        await app.Refused("finance.journal.not-found", $"/api/finance/journals/{Guid.CreateVersion7()}/reverse",
            new { reason = "x" });
        await app.Refused("books.journal.unbalanced", "/api/finance/journals", Journal(company, "2024-11-20", ("1120",
            "debit", "5"), ("3100", "credit", "4")));
        await app.Refused("finance.journal.posting-date-in-future", "/api/finance/journals", Journal(company,
            "2999-01-01", ("1120", "debit", "5"), ("3100", "credit", "5")));
        await app.Refused("books.account.unknown", "/api/finance/journals", Journal(company, "2024-11-20", ("9999",
            "debit", "5"), ("3100", "credit", "5")));
        (await company.State()).ShouldBe(before);
    }

    private static readonly (string Code, string Path, string Body)[] Changes =
    [
        ("finance.tax-code.exists", "tax-codes", """{"code": "S20", "name": "x", "category": "z"}"""),
        ("finance.tax-code.rate-invalid", "tax-codes",
            """{"code": "Z", "name": "x", "category": "z", "rates": [{"from": "2020-01-01", "percent": "5"}]}"""),
        ("finance.tax-code.no-rate", "tax-codes", """{"code": "Z", "name": "x", "category": "s"}"""),
        ("finance.text.invalid", "tax-codes", """{"code": "", "name": "x", "category": "z"}"""),
        ("finance.tax-code.not-found", "tax-codes/change", """{"code": "Z", "name": "x", "category": "z"}"""),
        ("finance.account.exists", "accounts", """{"code": "1110", "name": "x", "type": "asset"}"""),
        ("finance.account.not-found", "accounts",
            """{"code": "1111", "name": "x", "type": "asset", "parent": "1110"}"""),
        ("finance.account.not-found", "roles",
            """{"role": "sales", "scope": "company", "key": "", "account": "9999"}"""),
        ("finance.role.no-account", "roles", """{"role": "none", "scope": "company", "key": "", "account": "4100"}"""),
        ("finance.fiscal-year.overlaps", "fiscal-years", """{"holding": "2024-05-05"}"""),
        ("finance.fiscal-year.out-of-range", "fiscal-years", """{"holding": "9999-12-31"}"""),
        ("record.request.malformed", "tax-codes", """{"code": null, "name": "x", "category": "z"}"""),
        ("record.request.malformed", "tax-codes", """{"code": "Z\u0000", "name": "x", "category": "z"}"""),
        ("record.request.malformed", "roles", """{"scope": "company", "key": "", "account": "1110"}"""),
        ("finance.period.not-found", "periods/2024-99", """{"state": "closed"}"""),
        ("finance.number-format.invalid", "number-formats", """{"kind": "sales-invoice", "format": "SI-{fy}"}"""),
        ("finance.tax-code.not-found", "settings", """{"defaultTaxCode": "NONE"}"""),
        ("finance.amount.invalid", "settings", """{"paymentDays": -1}"""),
        ("finance.company.not-found", "/api/finance/companies/019aa000-0000-7000-8000-000000000000/settings", "{}"),
    ];

    [Fact]
    [Produces("finance.tax-code.exists")]
    [Produces("finance.tax-code.rate-invalid")]
    [Produces("finance.tax-code.no-rate")]
    [Produces("finance.text.invalid")]
    [Produces("finance.tax-code.not-found")]
    [Produces("finance.account.exists")]
    [Produces("finance.account.not-found")]
    [Produces("finance.role.no-account")]
    [Produces("finance.fiscal-year.overlaps")]
    [Produces("finance.fiscal-year.out-of-range")]
    [Produces("finance.period.not-found")]
    [Produces("finance.number-format.invalid")]
    [Produces("finance.amount.invalid")]
    [Produces("finance.company.not-found")]
    public async Task Refuse_what_does_not_fit()
    {
        var company = await TestCompany.SetUp(app);
        foreach (var (code, path, body) in Changes)
            await app.Refused(code, path[0] == '/' ? path.Replace("{company}", company.Id.ToString(),
                StringComparison.Ordinal)
                : $"/api/finance/companies/{company.Id}/{path}", body);
    }

    [Fact]
    public async Task A_further_year_opens_its_own_series()
    {
        var company = await TestCompany.SetUp(app);
        (await company.Post(company.Invoice()))["number"].ShouldBe("SI-2024-00001");
        await app.Good($"/api/finance/companies/{company.Id}/fiscal-years", new { holding = "2023-06-30" });
        var invoice = company.Invoice();
        invoice["issueDate"] = "2023-12-31";
        (await company.Post(invoice))["number"].ShouldBe("SI-2023-00001");
    }

    private static readonly (string Code, string Changes)[] Companies =
    [
        ("masters.currency.unknown", """{"currency": "XXX"}"""),
        ("masters.zone.unknown", """{"zone": "Europe/Nowhere"}"""),
        ("masters.text.invalid", """{"country": "Germany"}"""),
        ("masters.company.month-invalid", """{"fiscalYearStartMonth": 13}"""),
        ("finance.tax-code.no-rate", """{"taxCodes": [{"code": "S", "name": "S", "category": "s"}]}"""),
    ];

    [Fact]
    [Produces("masters.currency.unknown")]
    [Produces("masters.zone.unknown")]
    [Produces("masters.text.invalid")]
    [Produces("masters.company.month-invalid")]
    [Produces("finance.tax-code.no-rate")]
    public async Task Refuse_to_be_set_up()
    {
        foreach (var (code, changes) in Companies)
        {
            var id = Guid.CreateVersion7();
            var request = JsonNode.Parse($$"""
                {"id": "{{id}}", "code": "{{id}}", "name": "x", "currency": "EUR", "country": "DE",
                    "zone": "Europe/Berlin",
                 "firstDay": "2024-01-01"}
                """)!.AsObject();
            foreach (var (name, value) in JsonNode.Parse(changes)!.AsObject()) request[name] = value!.DeepClone();
            await app.Refused(code, "/api/finance/companies", request.ToJsonString());
        }
    }

    [Fact, Produces("masters.rate.invalid"), Produces("masters.currency.unknown"), Produces("masters.company.exists")]
    public async Task Masters_are_checked()
    {
        var company = await TestCompany.SetUp(app);
        var rates = "/api/masters/rates";
        await app.Refused("masters.rate.invalid", rates, Rate("EUR", "EUR", "1"));
        await app.Refused("masters.rate.invalid", rates, Rate("EUR", "USD", "0"));
        await app.Refused("masters.currency.unknown", rates, Rate("EUR", "XXX", "1"));
        await app.Refused("record.document.duplicate", "/api/masters/parties",
            new { company = company.Id, code = "C1", name = "again" });
        await app.Refused("masters.company.exists", "/api/finance/companies",
            new { code = (await app.Good("/api/finance/companies/" + company.Id))["code"],
            name = "again", currency = "EUR", country = "DE", zone = "Europe/Berlin", firstDay = "2024-01-01" });

        object Rate(string from, string to, string value) => new
        {
            company = company.Id, rates = new[] { new { from, to, day = "2024-01-01", value } },
        };
    }

    [Fact, Produces("masters.query.too-many")]
    public async Task Masters_are_asked_for_in_measure() =>
        (await app.Do((Contracts.Masters.IMasters masters) => masters.Items(new Contracts.Masters.ItemsQuery(
            Ids.New<CompanyId>(), [.. Enumerable.Range(0, 1001).Select(_ => Ids.New<ItemId>())]), default)))
        .ShouldBeRefused("masters.query.too-many");

    // 1 GBP = 1.20 EUR, 1 EUR = 1.10 USD: 1 GBP = 1.32 USD over EUR; 1 USD = 1 / 1.10 EUR.
    [Theory, InlineData("GBP", "USD", "1.32"), InlineData("USD", "EUR", "0.909090909091"), InlineData("EUR", "GBP",
        "0.833333333333")]
    public async Task Rates_are_direct_inverse_or_over_the_own_currency(string from, string to, string value)
    {
        var company = await TestCompany.SetUp(app);
        await app.Good("/api/masters/rates", new
        {
            company = company.Id,
            rates = new[] { new { from = "GBP", to = "EUR", day = "2024-11-14", value = "1.20" },
                new { from = "EUR", to = "USD", day = "2024-11-20", value = "1.10" } },
        });
        var rate = $"/api/masters/rates?company={company.Id}&from={from}&to={to}&day=";
        decimal.Parse((await app.Good(rate + "2024-11-21"))["value"]!,
            System.Globalization.CultureInfo.InvariantCulture)
            .ShouldBe(decimal.Parse(value, System.Globalization.CultureInfo.InvariantCulture));
        await app.Refused("masters.rate.missing", rate + "2024-12-01");
    }

    private static string Journal(TestCompany company, string day, params (string Account, string Side,
        string Amount)[] lines) =>
        System.Text.Json.JsonSerializer.Serialize(new
        {
            id = Guid.CreateVersion7(), company = company.Id, postingDate = day,
            lines = lines.Select(l => new { account = l.Account, side = l.Side, amount = l.Amount, currency = "EUR" }),
        });
}

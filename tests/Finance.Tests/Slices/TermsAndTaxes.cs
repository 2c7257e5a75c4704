using System.Text.Json.Nodes;
using BusinessM.Host.Checks;
using BusinessM.Testing;

namespace BusinessM.Finance.Tests.Slices;

public sealed class TermsAndTaxes(FinanceApp app) : IClassFixture<FinanceApp>
{
    private const string Taxes = "/api/finance/tax-codes";
    private static readonly string Copies = FinanceCheck.All.Single(check => check.Name == "tax-code-copy").Sql;

    private Task<Answer> Patch(string path, object? id, object fields) => app.Send($"{path}/{id}", fields, "PATCH");

    private async Task<string?> IdOf(TestCompany company, string code) => (await app.Good(
        $"{Taxes}?company={company.Id}&fields=code&filter={Uri.EscapeDataString($"""["code","eq","{code}"]""")}"))
        ["rows.0.id"];

    private static JsonObject Of(TestCompany company, string taxCode)
    {
        var invoice = company.Invoice();
        invoice["lines"] = new JsonArray(company.Line("1", "100", tax: taxCode));
        return invoice;
    }

    // 100 at 7 %, then at 8 % once the rate of November is there.
    [Fact]
    public async Task Made_as_documents_are_what_invoices_take()
    {
        var company = await TestCompany.SetUp(app);
        var code = await app.Good(Taxes, new
        {
            company = company.Id, code = "S7", name = "Reduced", category = "s",
            rates = new[] { new { from = "2020-01-01", percent = "7" } },
            boxes = new[] { new { box = "86", counts = "base", sign = "plus" }, new { box = "86", counts = "tax",
                sign = "plus" } },
        });
        (code["rates.0.percent"], code["boxes.1.counts"], code["due"], code["recoverablePercent"])
            .ShouldBe(("7", "tax", "onInvoice", "100"));
        (await company.Post(Of(company, "S7")))["payable"].ShouldBe("107.00");
        (await Patch(Taxes, code["id"], new { rates = new[] { new { from = "2024-11-01", percent = "8" } } })).Status
            .ShouldBe(200);
        (await company.Post(Of(company, "S7")))["payable"].ShouldBe("108.00");
        (await app.Sql(Copies)).ShouldBe("");
        (await app.Refused("finance.tax-code.exists", Taxes, new
        {
            company = company.Id, code = "S7", name = "x", category = "s",
            rates = new[] { new { from = "2020-01-01", percent = "7" } },
        })).Status.ShouldBe(409);
    }

    [Fact]
    [Produces("finance.tax-code.blocked")]
    [Produces("finance.tax-code.is-default")]
    public async Task Blocked_stand_on_no_new_document()
    {
        var company = await TestCompany.SetUp(app);
        (await company.Post(Of(company, "S10"))).Status.ShouldBe(201);
        (await app.Send($"{Taxes}/{await IdOf(company, "S10")}", method: "DELETE")).Status.ShouldBe(200);
        await app.Refused("finance.tax-code.blocked", () => company.Post(Of(company, "S10")));
        await app.Refused("finance.tax-code.not-found", $"/api/finance/companies/{company.Id}/settings",
            new { defaultTaxCode = "S10" });
        var usual = await IdOf(company, "S20");
        await app.Refused("finance.tax-code.is-default", () => app.Send($"{Taxes}/{usual}", method: "DELETE"));
        (await app.Sql(Copies)).ShouldBe("");
    }

    [Fact]
    [Produces("finance.tax-code.per-unit")]
    [Produces("finance.tax-code.reason-not-allowed")]
    public async Task Refuse_what_does_not_fit()
    {
        var company = await TestCompany.SetUp(app);
        await app.Refused("finance.tax-code.reason-not-allowed", Taxes, new { company = company.Id, code = "Z",
            name = "Zero", category = "z", exemptionReason = "VATEX-EU-O" });
        await app.Good(Taxes, new { company = company.Id, code = "AE", name = "Reverse charge", category = "ae",
            exemptionReason = "VATEX-EU-AE" });
        await app.Refused("finance.tax-code.rate-invalid", Taxes, new { company = company.Id, code = "S", name = "S",
            category = "s", rates = new[] { new { from = "2020-01-01", amount = "7" } } });
        await app.Refused("finance.tax-code.no-rate", Taxes, new { company = company.Id, code = "S", name = "S",
            category = "s" });
        await app.Good(Taxes, new { company = company.Id, code = "ECO", name = "Ecotax", category = "s",
            calculation = "perUnit", raisesNextBase = true,
            rates = new[] { new { from = "2020-01-01", amount = "5" } } });
        await app.Refused("finance.tax-code.per-unit", () => company.Post(Of(company, "ECO")));
        (await app.Sql(Copies)).ShouldBe("");
    }

    [Fact]
    [Produces("finance.payment-terms.not-whole")]
    [Produces("finance.payment-terms.day-invalid")]
    [Produces("finance.payment-terms.discount-incomplete")]
    public async Task Terms_refuse_what_does_not_fit()
    {
        var company = await TestCompany.SetUp(app);
        const string path = "/api/finance/payment-terms";
        await app.Refused("finance.payment-terms.not-whole", path, new { company = company.Id, code = "T", name = "T",
            instalments = new[] { new { percent = "50" }, new { percent = "49.99" } } });
        await app.Refused("finance.payment-terms.day-invalid", path, new { company = company.Id, code = "T", name = "T",
            rule = "dayOfMonth" });
        await app.Refused("finance.payment-terms.discount-incomplete", path, new { company = company.Id, code = "T",
            name = "T", discountPercent = "2" });
        (await app.Good(path, new { company = company.Id, code = "T", name = "2/10 net 30", days = 30,
            discountPercent = "2", discountDays = 10 }))["rule"].ShouldBe("net");
    }

    [Fact]
    public async Task Methods_have_the_usual_means_of_their_kind()
    {
        var company = await TestCompany.SetUp(app);
        const string path = "/api/finance/payment-methods";
        // UNCL4461: 10 in cash, 30 credit transfer, 58 SEPA credit transfer.
        (await app.Good(path, new { company = company.Id, code = "CASH", name = "Cash", kind = "cash" }))["means"]
            .ShouldBe("10");
        (await app.Good(path, new { company = company.Id, code = "WIRE", name = "Wire", kind = "bankTransfer",
            clearingAccount = "1140" }))["means"].ShouldBe("30");
        (await app.Good(path, new { company = company.Id, code = "SEPA", name = "SEPA", kind = "bankTransfer",
            means = "58" }))["means"].ShouldBe("58");
        await app.Refused("finance.account.not-found", path, new { company = company.Id, code = "X", name = "X",
            kind = "card", clearingAccount = "1100" });
        await app.Refused("record.field.pattern", path, new { company = company.Id, code = "X", name = "X",
            kind = "card", means = "0" });
    }
}

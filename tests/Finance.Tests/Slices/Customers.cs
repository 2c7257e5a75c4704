using System.Text.Json.Nodes;
using BusinessM.Testing;

namespace BusinessM.Finance.Tests.Slices;

public sealed class Customers(FinanceApp app) : IClassFixture<FinanceApp>
{
    private const string Path = "/api/finance/customers";

    private Task<Answer> Change(Answer document, string path, object fields) =>
        app.Good($"{path}/{document["id"]}", fields, "PATCH");

    private static JsonObject Without(JsonObject invoice, string taxOfLines)
    {
        foreach (var line in invoice["lines"]!.AsArray()) line!.AsObject().Remove(taxOfLines);
        return invoice;
    }

    // Lines without a code at the customer's 10 %: 30 + 10 + 30 and 7. Issued on 20 November, due at its end.
    [Fact]
    public async Task Give_invoices_their_terms_and_tax_code()
    {
        var company = await TestCompany.SetUp(app);
        await app.Good("/api/finance/payment-terms", new { company = company.Id, code = "EOM", name = "End of month",
            rule = "endOfMonth" });
        (await company.Post(company.Invoice()))["dueDate"].ShouldBe("2024-12-20");
        var customer = await app.Good(Path, new { company = company.Id, party = company.Customer, paymentTerms = "EOM",
            taxCode = "S10" });
        (customer["code"], customer["name"], customer["taxStatus"]).ShouldBe(("C-00001", "Customer", "registered"));
        var invoice = await company.Post(Without(company.Invoice(), "taxCode"));
        (invoice["dueDate"], invoice["taxTotal"], invoice["payable"]).ShouldBe(("2024-11-30", "7.00", "77.00"),
            invoice.Text);
        await Change(customer, Path, """{"paymentTerms": null}""");
        (await company.Post(company.Invoice()))["dueDate"].ShouldBe("2024-12-20");
        (await app.Good($"{Path}?company={company.Id}&search=cust"))["rows.0.code"].ShouldBe("C-00001");
    }

    // 70 % in 60 days and 30 % in 10: all of it is due 60 days after 20 November.
    [Fact]
    public async Task With_instalments_owe_all_with_the_last()
    {
        var company = await TestCompany.SetUp(app);
        var terms = await app.Good("/api/finance/payment-terms", new
        {
            company = company.Id, code = "7030", name = "In two parts",
            instalments = new[] { new { percent = "70", days = 60 }, new { percent = "30", days = 10 } },
        });
        await app.Good(Path, new { company = company.Id, party = company.Customer, paymentTerms = "7030" });
        (await company.Post(company.Invoice()))["dueDate"].ShouldBe("2025-01-19");
        await Change(terms, "/api/finance/payment-terms", new { instalments = new[] {
            new { id = terms["instalments.0.id"], days = 30 } } });
        (await company.Post(company.Invoice()))["dueDate"].ShouldBe("2024-12-20");
    }

    [Fact, Produces("finance.customer.blocked"), Produces("finance.block.no-reason")]
    public async Task Blocked_for_sale_get_credit_notes_only()
    {
        var company = await TestCompany.SetUp(app);
        var draft = await company.Post(company.Invoice(submit: false));
        var customer = await app.Good(Path, new { company = company.Id, party = company.Customer });
        (await company.Post(company.Invoice())).Status.ShouldBe(201);
        await app.Refused("finance.block.no-reason", () => app.Send($"{Path}/{customer["id"]}",
            new { saleBlocked = true }, "PATCH"));
        await Change(customer, Path, new { saleBlocked = true, blockReason = "Unpaid since May" });
        (await app.Refused("finance.customer.blocked", () => company.Post(company.Invoice()))).Text
            .ShouldContain("Unpaid since May");
        await app.Refused("finance.customer.blocked", $"/api/finance/sales-invoices/{draft["id"]}/submit", new { });
        (await company.Post(company.Invoice(), "/api/finance/credit-notes")).Status.ShouldBe(201);
        await Change(customer, Path, new { saleBlocked = false });
        (await company.Post(company.Invoice())).Status.ShouldBe(201);
    }

    [Fact]
    public async Task And_suppliers_are_one_of_a_party()
    {
        var company = await TestCompany.SetUp(app);
        foreach (var (path, code) in new[] { (Path, "C-00001"), ("/api/finance/suppliers", "S-00001") })
        {
            var given = new { company = company.Id, party = company.Customer };
            var other = Guid.CreateVersion7();
            (await app.Good(path, given))["code"].ShouldBe(code);
            (await app.Refused("record.document.duplicate", path, given))["field"].ShouldBe("party");
            (await app.Refused("record.link.not-found", path, new { company = company.Id, party = other }))["field"]
                .ShouldBe("party");
            await app.Good("/api/masters/parties", new { id = other, company = company.Id, code = "P" + code,
                name = "Other", country = "FR" });
            await app.Refused("finance.currency.unknown", path, new { company = company.Id, party = other,
                currency = "XXX" });
            (await app.Good(path, new { company = company.Id, party = other, code = "OWN", currency = "USD" }))["name"]
                .ShouldBe("Other");
        }
    }

    [Fact, Produces("finance.tax-registration.validity-reversed")]
    public async Task Are_registered_for_tax_by_country()
    {
        var company = await TestCompany.SetUp(app);
        const string path = "/api/finance/tax-registrations";
        var registration = await app.Good(path, new { company = company.Id, party = company.Customer, country = "DE",
            name = "Customer GmbH", validFrom = "2024-01-01" });
        (await app.Refused("finance.tax-registration.validity-reversed", () => app.Send($"{path}/{registration["id"]}",
            new { validTo = "2023-12-31" }, "PATCH")))["field"].ShouldBe("validTo");
        (await Change(registration, path, new { validTo = "2024-01-01" }))["validTo"].ShouldBe("2024-01-01");
    }
}

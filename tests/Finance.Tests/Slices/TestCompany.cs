using System.Text.Json.Nodes;

namespace BusinessM.Finance.Tests.Slices;

/// <summary>A company of a test's own, set up over HTTP: EUR, Berlin, taxes S20 and S10, a customer and two items.
/// </summary>
internal sealed class TestCompany(FinanceApp app, Guid id, Guid customer, Guid goods, Guid work)
{
    public Guid Id => id;

    public Guid Customer => customer;

    public Guid Goods => goods;

    public Guid Work => work;

    public static async Task<TestCompany> SetUp(FinanceApp app, string currency = "EUR", string country = "DE",
        params object[] taxes)
    {
        var company = Guid.CreateVersion7();
        await app.Good("/api/finance/companies", new
        {
            id = company, code = "T" + company.ToString("N")[12..], name = "Company of a test", currency, country,
            zone = "Europe/Berlin", firstDay = "2024-01-01",
            taxCodes = taxes is not [] ? taxes :
            [
                new { code = "S20", name = "Standard", category = "s", rates = new[] { new { from = "2020-01-01",
                    percent = "20" } } },
                new { code = "S10", name = "Reduced", category = "s", rates = new[] { new { from = "2020-01-01",
                    percent = "10" } } },
            ],
        });
        var (customer, goods, work) = (Guid.CreateVersion7(), Guid.CreateVersion7(), Guid.CreateVersion7());
        await app.Good("/api/masters/parties", new { id = customer, company, code = "C1", name = "Customer",
            country = "DE" });
        await app.Good("/api/masters/items", new { id = goods, company, code = "G1", name = "Goods" });
        await app.Good("/api/masters/items", new { id = work, company, code = "W1", name = "Work", kind = "service",
            unit = "HUR" });
        return new TestCompany(app, company, customer, goods, work);
    }

    /// <summary>3 x 10.00 and 5 x 2.00 at 20 %, 1 hour at 30.00 at 10 %: net 70.00, tax 8.00 + 3.00, payable
    /// 81.00.</summary>
    public JsonObject Invoice(bool submit = true, Guid? invoice = null) => new()
    {
        ["id"] = invoice ?? Guid.CreateVersion7(), ["company"] = id, ["party"] = customer, ["issueDate"] = "2024-11-20",
        ["currency"] = "EUR", ["submit"] = submit,
        ["lines"] = new JsonArray(Line("3", "10.00"), Line("5", "2"), Line("1", "30", work, "S10")),
    };

    public JsonObject Line(string quantity, string price, Guid? item = null, string? tax = null)
    {
        var line = new JsonObject { ["item"] = item ?? goods, ["quantity"] = quantity, ["price"] = price };
        if (tax is not null) line["taxCode"] = tax;
        return line;
    }

    public Task<Answer> Post(JsonObject invoice, string path = "/api/finance/sales-invoices") =>
        app.Send(path, invoice.ToJsonString());

    /// <summary>Account, balance in the company's currency: the accounts that are not zero.</summary>
    public async Task<IReadOnlyList<string>> Balances()
    {
        var report = await app.Good($"/api/finance/reports/trial-balance?company={id}&asOf=2024-12-31");
        return [.. report.Json!["rows"]!.AsArray().Select(row => $"{row!["account"]} {row["balance"]}")
            .Where(row => !row.EndsWith(" 0.00", StringComparison.Ordinal))];
    }

    /// <summary>What a refusal must leave as it was: rows, postings, numbers, links.</summary>
    public Task<string> State() => app.Sql("""
        select concat_ws(' ', (select count(*) from finance.sales_invoice where company = $1),
          (select coalesce(sum(version), 0) from finance.sales_invoice where company = $1),
          (select count(*) from finance.receipt where company = $1),
              (select count(*) from finance.journal where company = $1),
          (select count(*) from ledger.journal where company = $1),
          (select count(*) from record.number_given where company = $1),
              (select count(*) from record.audit where company = $1),
          (select coalesce(sum(version), 0) from finance.settings where company = $1))
        """, id);
}

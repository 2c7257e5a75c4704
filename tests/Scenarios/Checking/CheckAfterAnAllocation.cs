namespace BusinessM.Scenarios.Checking;

/// <summary>An advance of 10.00, of which 4.00 settled an invoice later.</summary>
public sealed class BooksWithAnAdvance : ScenarioHost
{
    protected override async Task Prepare()
    {
        var party = Guid.CreateVersion7();
        await Post("/api/masters/parties", new { id = party, company = Company, code = "P", name = "Customer" });
        var receipt = (await Post("/api/finance/receipts", new
        {
            company = Company, party, receivedOn = "2010-12-01", currency = "GBP", amount = "10.00",
        })).GetProperty("id").GetGuid();
        var invoice = (await Post("/api/finance/sales-invoices", new
        {
            company = Company, party, issueDate = "2010-12-02", currency = "GBP", submit = true,
            lines = new[] { new { description = "One", quantity = "1", price = "7.00" } },
        })).GetProperty("id").GetGuid();
        await Post($"/api/finance/receipts/{receipt}/allocate", new
        {
            postingDate = "2010-12-03", allocations = new[] { new { invoice, amount = "4.00" } },
        });
    }
}

public sealed class CheckAfterAnAllocation(BooksWithAnAdvance books) : IClassFixture<BooksWithAnAdvance>
{
    [Fact]
    public async Task keeps_every_promise() =>
        (await Cli.Good(books.SuperuserConnection, "check")).Output.ShouldContain("promises kept");
}

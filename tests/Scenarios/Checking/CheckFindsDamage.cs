using System.Text.Json;
using Npgsql;

namespace BusinessM.Scenarios.Checking;

/// <summary>Books with an invoice of three lines, a credit note, a payment in part, a manual journal and a reversal.</summary>
public sealed class DamagedBooks : ScenarioHost
{
    protected override async Task Prepare()
    {
        var party = Guid.CreateVersion7();
        await Post("/api/masters/parties", new { id = party, company = Company, code = "P", name = "Customer", country = "GB" });
        var paid = await Invoice("sales-invoices", party, "10.00");
        await Invoice("credit-notes", party, "1.00");
        var wrong = await Invoice("sales-invoices", party, "7.00");
        await Post($"/api/finance/sales-invoices/{wrong}/reverse", new { reason = "wrong" });
        await Post("/api/finance/receipts", new
        {
            company = Company, party, receivedOn = "2010-12-03", currency = "GBP", amount = "5.00",
            allocations = new[] { new { invoice = paid, amount = "4.00" } },
        });
    }

    private async Task<Guid> Invoice(string kind, Guid party, string price) => (await Post("/api/finance/" + kind, new
    {
        company = Company, party, issueDate = "2010-12-01", currency = "GBP", submit = true,
        lines = new[] { new { description = "One", quantity = "1", price }, new { description = "Two", quantity = "2", price } },
    })).GetProperty("id").GetGuid();
}

/// <summary>For each promise one row is damaged as a superuser, past every trigger; <c>check</c> ends with 1 and names the
/// row. Afterwards the row is put back, and all promises are kept again.</summary>
[Trait("Category", "NoCulture")]
public sealed class CheckFindsDamage(DamagedBooks books) : IClassFixture<DamagedBooks>
{
    [Theory]
    [InlineData("record.audit", "update {0} set actor = 'x' where seq = 5", "audit-chain", "seq 5")]
    [InlineData("record.audit", "update {0} set hash = sha256('x') where seq = (select max(seq) from {0})", "audit-head", "record.head company")]
    [InlineData("record.audit", "delete from {0} where seq = 4", "audit-sequence", "seq 5")]
    [InlineData("record.audit_value", "update {0} set changes = replace(changes, 'One', 'Uno') where seq = (select max(seq) - 3 from {0})", "audit-values", "record.audit_value company")]
    [InlineData("record.number_given", "delete from {0} where series like '%/sales-invoice/%' and value = 1", "number-gap", "sales-invoice/2010 value 2")]
    [InlineData("record.erased_value", "insert into {0} select company, seq, values_digest from record.audit where seq = 4",
        "audit-erasure", "seq 4")]
    [InlineData("record.series", "update {0} set last = last + 1 where code like '%/receipt/%'", "number-gap", "receipt/2010")]
    [InlineData("record.number_given", "update {0} set number = (select min(number) from {0} where series like '%/sales-invoice/%')"
        + " where series like '%/receipt/%'", "number-twice", "number SI-")]
    [InlineData("finance.sales_invoice", "update {0} set number = 'SI-2010-99999' where kind = 'Invoice' and status = 'Posted'", "document-number", "finance.sales_invoice {id}")]
    [InlineData("ledger.posting", "update {0} set base_amount = base_amount + 1, amount = amount + 1 where journal = {invoice} and ordinal = 1", "journal-balanced", "ledger.journal {id}")]
    [InlineData("ledger.posting", "update {0} set base_amount = base_amount + 1, amount = amount + 1 where journal = {invoice}", "journal-sealed", "journal {id} ordinal 1")]
    [InlineData("ledger.posting", "delete from {0} where journal = {invoice} and ordinal = 2", "journal-sealed", "journal {id} ordinal 2")]
    [InlineData("ledger.journal", "delete from {0} where id = {invoice}", "document-journal", "finance.sales_invoice {id}")]
    [InlineData("ledger.journal", "update {0} set seal = sha256('x') where id = {invoice}", "journal-chained", "ledger.journal {id}")]
    [InlineData("ledger.balance", "update {0} set base_debit = base_debit + 1 where base_debit > 0", "balance-sums", "ledger.balance account")]
    [InlineData("ledger.party_balance", "delete from {0} where base_debit > 0", "party-balance-sums", "ledger.party_balance account")]
    [InlineData("finance.sales_invoice_line", "update {0} set net = net + 1 where invoice = {invoice} and seq = 1", "invoice-sums", "finance.sales_invoice {id}")]
    [InlineData("finance.sales_invoice_line", "update {0} set invoice = gen_random_uuid(), net = 0, seq = 9 where invoice = {invoice} and seq = 1", "invoice-sums", "finance.sales_invoice_line")]
    [InlineData("finance.sales_invoice", "update {0} set total = total + 1, open = open + 1 where id = {invoice}", "invoice-posting", "finance.sales_invoice {id}")]
    [InlineData("finance.sales_invoice", "update {0} set open = open - 1 where id = {invoice}", "open-item", "finance.sales_invoice {id}")]
    [InlineData("finance.receipt", "update {0} set advance = advance + 1, advance_open = advance_open + 1", "open-items-control", "masters.party")]
    [InlineData("finance.receipt", "update {0} set advance = advance + 1", "receipt-advance", "finance.receipt")]
    [InlineData("finance.sales_invoice", "update {0} set status = 'Posted' where status = 'Reversed'", "document-journal", "but journal")]
    [InlineData("finance.settings", "update {0} set tax_codes = replace(tax_codes::text, 'OnInvoice', 'OnPayment')::jsonb",
        "tax-code-copy", "finance.tax_code company")]
    public async Task in_one_row_and_names_it(string table, string damage, string promise, string named)
    {
        var id = await books.Sql("select id::text from finance.sales_invoice where kind = 'Invoice' and status = 'Posted' order by id limit 1");
        var sql = damage.Replace("{0}", table).Replace("{invoice}", $"'{id}'");
        await AsSuperuser($"create table public.kept as select * from {table}; {sql}");
        try
        {
            var found = await books.Try("check", "--json");
            found.Exit.ShouldBe(1, found.Output + found.Errors);
            var broken = found.Json.EnumerateArray().Where(row => row.GetProperty("breaches").GetInt64() > 0).ToArray();
            var of = broken.SingleOrDefault(row => row.GetProperty("check").GetString() == promise);
            of.ValueKind.ShouldBe(JsonValueKind.Object, string.Join(", ", broken.Select(row => row.GetProperty("check"))));
            of.GetProperty("findings").ToString().ShouldContain(named.Replace("{id}", id));
        }
        finally
        {
            await AsSuperuser($"delete from {table}; insert into {table} select * from public.kept; drop table public.kept");
        }
    }

    [Fact]
    public async Task and_none_where_there_is_none()
    {
        var found = await books.Try("check");
        found.Exit.ShouldBe(0, found.Output);
        found.Output.ShouldContain("promises kept");
    }

    private async Task AsSuperuser(string sql)
    {
        await using var connection = new NpgsqlConnection(books.SuperuserConnection);
        await connection.OpenAsync();
        await using var command = new NpgsqlCommand("set session_replication_role = replica; " + sql, connection);
        await command.ExecuteNonQueryAsync();
    }
}

using System.Text.Json.Nodes;
using BusinessM.Testing;
using Npgsql;

namespace BusinessM.Finance.Tests.Slices;

public sealed class SalesInvoices(FinanceApp app) : IClassFixture<FinanceApp>
{
    [Fact]
    public async Task Are_created_and_posted_in_one_call()
    {
        var company = await TestCompany.SetUp(app);
        var answer = await company.Post(company.Invoice());
        answer.Status.ShouldBe(201, answer.Text);
        answer["number"].ShouldBe("SI-2024-00001");
        (answer["status"], answer["version"]).ShouldBe(("posted", "1"));
        (answer["taxExclusive"], answer["taxTotal"], answer["payable"], answer["open"]).ShouldBe(("70.00", "11.00",
            "81.00", "81.00"));
        (answer["dueDate"], answer["lines.0.net"], answer["taxes.1.tax"]).ShouldBe(("2024-12-20", "30.00", "3.00"));
        (await company.Balances()).ShouldBe(["1210 81.00", "2210 -11.00", "4100 -40.00", "4200 -30.00"]);
        var read = await app.Good("/api/finance/sales-invoices/" + answer["id"]);
        read.Text.ShouldBe(answer.Text);
        var journal = await app.Good($"/api/finance/reports/journal?company={company.Id}");
        (journal["journals.0.number"], journal["journals.0.kind"]).ShouldBe(("SI-2024-00001", "finance.sales-invoice"));
    }

    [Fact, Produces("finance.sales-invoice.not-a-draft")]
    public async Task Are_drafted_then_submitted_or_cancelled()
    {
        var company = await TestCompany.SetUp(app);
        var draft = await company.Post(company.Invoice(submit: false));
        (draft.Status, draft["status"], draft["number"]).ShouldBe((201, "draft", null), draft.Text);
        (await company.Balances()).ShouldBeEmpty();
        var posted = await app.Good($"/api/finance/sales-invoices/{draft["id"]}/submit", new { });
        (posted["status"], posted["number"], posted["version"]).ShouldBe(("posted", "SI-2024-00001", "2"));
        (await company.Balances()).ShouldBe(["1210 81.00", "2210 -11.00", "4100 -40.00", "4200 -30.00"]);
        var other = await company.Post(company.Invoice(submit: false));
        (await app.Good($"/api/finance/sales-invoices/{other["id"]}/cancel", new { }))["status"].ShouldBe("cancelled");
        await app.Refused("finance.sales-invoice.not-a-draft", $"/api/finance/sales-invoices/{other["id"]}/submit",
            new { });
    }

    [Fact, Produces("finance.sales-invoice.not-posted")]
    public async Task Are_reversed_to_nothing_with_a_number_of_its_own()
    {
        var company = await TestCompany.SetUp(app);
        var posted = await company.Post(company.Invoice());
        var reversed = await app.Good($"/api/finance/sales-invoices/{posted["id"]}/reverse",
            new { reason = "typing error" });
        (reversed["status"], reversed["number"], reversed["reversalNumber"], reversed["reversedOn"], reversed["open"])
            .ShouldBe(("reversed", "SI-2024-00001", "RV-2024-00001", "2024-11-20", "0.00"));
        (await company.Balances()).ShouldBeEmpty();
        await app.Refused("finance.sales-invoice.not-posted", $"/api/finance/sales-invoices/{posted["id"]}/reverse",
            new { reason = "again" });
    }

    [Fact, Produces("finance.sales-invoice.exists")]
    public async Task Repeated_with_the_same_id_answer_what_is_there()
    {
        var company = await TestCompany.SetUp(app);
        var invoice = company.Invoice();
        var first = await company.Post(invoice);
        var before = await company.State();
        var again = await company.Post(invoice);
        (again.Status, again.Text).ShouldBe((200, first.Text));
        invoice["lines"]![0]!["quantity"] = "4";
        await app.Refused("finance.sales-invoice.exists", () => company.Post(invoice));
        (await company.State()).ShouldBe(before);
    }

    [Fact]
    public async Task Under_an_idempotency_key_are_answered_byte_for_byte()
    {
        var company = await TestCompany.SetUp(app);
        var invoice = company.Invoice();
        invoice.Remove("id");
        var key = Guid.CreateVersion7().ToString();
        var first = await app.Send("/api/finance/sales-invoices", invoice.ToJsonString(), key: key);
        first.Status.ShouldBe(201, first.Text);
        var before = await company.State();
        (await app.Send("/api/finance/sales-invoices", invoice.ToJsonString(), key: key)).ShouldSatisfyAllConditions(
            a => a.Status.ShouldBe(201), a => a.Text.ShouldBe(first.Text));
        (await company.State()).ShouldBe(before);
    }

    [Fact, Produces("record.key.in-flight")]
    public async Task Under_a_key_that_is_being_worked_on_are_told_to_wait()
    {
        var company = await TestCompany.SetUp(app);
        var (invoice, key) = (company.Invoice().ToJsonString(), Guid.CreateVersion7().ToString());
        Task<Answer> Send() => app.Send("/api/finance/sales-invoices", invoice, key: key);
        await using var source = NpgsqlDataSource.Create(app.SuperuserConnection + ";Pooling=false");
        await using var connection = await source.OpenConnectionAsync(TestContext.Current.CancellationToken);
        Task<Answer> first;
        await using (var other = await connection.BeginTransactionAsync(TestContext.Current.CancellationToken))
        {
            // The company's head is held by another host, so that the first call waits for it in the lane.
            await using var hold = new NpgsqlCommand("select 1 from record.head where company = $1 for update",
                connection, other) { Parameters = { new() { Value = company.Id } } };
            (await hold.ExecuteScalarAsync(TestContext.Current.CancellationToken)).ShouldBe(1);
            first = Send();
            await Waiting();
            (await app.Refused("record.key.in-flight", Send)).Status.ShouldBe(409);
            first.IsCompleted.ShouldBeFalse();
        }
        var posted = await first;
        (posted.Status, posted["number"]).ShouldBe((201, "SI-2024-00001"), posted.Text);
        (await Send()).Text.ShouldBe(posted.Text);
    }

    [Fact]
    public async Task Many_in_one_call_are_all_or_nothing()
    {
        var company = await TestCompany.SetUp(app);
        JsonObject[] documents = [.. Enumerable.Range(0, 100).Select(_ => company.Invoice())];
        var answer = await Bulk(company, documents, allOrNothing: true);
        answer.Status.ShouldBe(200, answer.Text);
        (answer["accepted"], answer["documents.99.number"]).ShouldBe(("100", "SI-2024-00100"));
        (await company.Balances()).ShouldBe(["1210 8100.00", "2210 -1100.00", "4100 -4000.00", "4200 -3000.00"]);
        var bad = company.Invoice();
        bad["lines"]![1]!["taxCode"] = "NONE";
        (await app.Refused("finance.tax-code.not-found", () => Bulk(company, [company.Invoice(), bad],
            allOrNothing: true)))
            ["field"].ShouldBe("documents[1].lines[1].taxCode");
    }

    [Fact]
    public async Task Many_in_one_call_may_stand_each_for_itself()
    {
        var company = await TestCompany.SetUp(app);
        var bad = company.Invoice();
        bad["lines"]![1]!["taxCode"] = "NONE";
        JsonObject[] documents = [company.Invoice(), bad, company.Invoice(submit: false), company.Invoice()];
        var answer = await Bulk(company, documents, allOrNothing: false);
        (answer.Status, answer["accepted"], answer["refused"]).ShouldBe((200, "3", "1"), answer.Text);
        answer["documents.1.refusal.code"].ShouldBe("finance.tax-code.not-found");
        (answer["documents.0.number"], answer["documents.2.number"], answer["documents.3.number"])
            .ShouldBe(("SI-2024-00001", null, "SI-2024-00002"));
        (await Bulk(company, documents, allOrNothing: false)).Text.ShouldBe(answer.Text);
        (await company.Balances())[0].ShouldBe("1210 162.00");
    }

    [Fact]
    public async Task Are_listed_page_by_page()
    {
        var company = await TestCompany.SetUp(app);
        await Bulk(company, [.. Enumerable.Range(0, 5).Select(_ => company.Invoice())], allOrNothing: true);
        await company.Post(company.Invoice(), "/api/finance/credit-notes");
        var list = $"/api/finance/sales-invoices?company={company.Id}&sort=number&take=3";
        var first = await app.Good(list);
        var second = await app.Good($"{list}&after={first["next"]}");
        first.Json!["rows"]!.AsArray().Concat(second.Json!["rows"]!.AsArray()).Select(row => (string?)row!["number"])
            .ShouldBe(Enumerable.Range(1, 5).Select(i => $"SI-2024-0000{i}"));
        second["next"].ShouldBeNull();
        (first["rows.0.status"], first["rows.0.payable"], first["rows.0.dueDate"])
            .ShouldBe(("posted", "81", "2024-12-20"));
        var one = await app.Good($"/api/finance/sales-invoices?company={company.Id}&totals=count,open&filter="
            + Uri.EscapeDataString("""["number","in",["SI-2024-00003","CN-2024-00001"]]"""));
        (one.Json!["rows"]!.AsArray().Count, one["totals.count"], one["totals.open"]).ShouldBe((1, "1", "81"));
        (await app.Good($"/api/finance/credit-notes?company={company.Id}"))["rows.0.number"].ShouldBe("CN-2024-00001");
    }

    [Fact, Produces("finance.credit-note.invoice-not-found")]
    public async Task Of_a_credit_note_name_the_invoice_that_they_correct()
    {
        var company = await TestCompany.SetUp(app);
        var invoice = await company.Post(company.Invoice());
        var credit = company.Invoice();
        credit["lines"] = new JsonArray(company.Line("1", "10"));
        credit["corrects"] = invoice["id"];
        var answer = await company.Post(credit, "/api/finance/credit-notes");
        (answer.Status, answer["number"], answer["kind"]).ShouldBe((201, "CN-2024-00001", "creditNote"), answer.Text);
        (await company.Balances()).ShouldBe(["1210 69.00", "2210 -9.00", "4100 -40.00", "4110 10.00", "4200 -30.00"]);
        credit["id"] = Guid.CreateVersion7();
        credit["corrects"] = Guid.CreateVersion7();
        await app.Refused("finance.credit-note.invoice-not-found", () => company.Post(credit,
            "/api/finance/credit-notes"));
    }

    [Fact, Produces("masters.rate.missing")]
    public async Task In_another_currency_take_the_rate_of_the_posting_date()
    {
        var company = await TestCompany.SetUp(app);
        var invoice = company.Invoice();
        invoice["currency"] = "USD";
        await app.Refused("masters.rate.missing", () => company.Post(invoice));
        await app.Good("/api/masters/rates", new
        {
            company = company.Id,
            rates = new[] { new { from = "EUR", to = "USD", day = "2024-11-16", value = "1.25" } },
        });
        // 1 USD = 0.80 EUR: 81 -> 64.80; 40 -> 32.00, 30 -> 24.00, 11 -> 8.80.
        var answer = await company.Post(invoice);
        (answer.Status, answer["rate"], answer["baseTotal"], answer["payable"]).ShouldBe((201, "0.8", "64.80",
            "81.00"), answer.Text);
        (await company.Balances()).ShouldBe(["1210 64.80", "2210 -8.80", "4100 -32.00", "4200 -24.00"]);
    }

    private async Task Waiting()
    {
        const string lane = "select count(*) from pg_stat_activity where datname = current_database() "
            + "and usename = 'm_lane' and wait_event_type = 'Lock'";
        for (var asked = 0; await app.Sql(lane) != "1"; asked++)
        {
            asked.ShouldBeLessThan(400, "the lane does not wait after 10 s");
            await Task.Delay(25, TestContext.Current.CancellationToken);
        }
    }

    private Task<Answer> Bulk(TestCompany company, JsonObject[] documents, bool allOrNothing) =>
        app.Send("/api/finance/sales-invoices/bulk", new JsonObject
        {
            ["company"] = company.Id, ["allOrNothing"] = allOrNothing,
            ["documents"] = new JsonArray([.. documents.Select(d => d.DeepClone())]),
        }.ToJsonString());
}

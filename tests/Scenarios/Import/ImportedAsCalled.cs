using System.Globalization;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;

namespace BusinessM.Scenarios.Import;

/// <summary>Two companies alike; one gets a file, the other the same documents by single calls.</summary>
public sealed class TwoShops : ScenarioHost
{
    public Guid Called { get; } = Guid.CreateVersion7();

    public Dictionary<string, Guid> Masters { get; } = [];

    protected override async Task Prepare()
    {
        await Post("/api/finance/companies", new
        {
            id = Called, code = "CALLED", name = "The same", currency = "GBP", country = "GB", zone = "Europe/London",
            firstDay = "2010-12-01",
        });
        foreach (var company in new[] { Company, Called })
        {
            foreach (var code in new[] { "C1", "C2", "BLOCKED" })
            {
                var party = Masters[company + code] = Guid.CreateVersion7();
                await Post("/api/masters/parties", new { id = party, company, code, name = code, country = "GB" });
            }
            foreach (var (code, kind) in new[] { ("A", "stock"), ("a", "stock"), ("W", "service"), ("X", "stock") })
            {
                var item = Masters[company + "item " + code] = Guid.CreateVersion7();
                await Post("/api/masters/items", new { id = item, company, code, name = "Item " + code, kind });
            }
            await Block("parties", Masters[company + "BLOCKED"]);
            await Block("items", Masters[company + "item X"]);
            await Post("/api/masters/rates", new { company, rates = new[] { new { from = "USD", to = "GBP", day = "2010-12-01", value = "0.6413" } } });
            await Post($"/api/finance/companies/{company}/periods/2010-11", new { state = "closed" });
        }
    }

    private async Task Block(string kind, Guid id)
    {
        using var answer = await Client.PatchAsJsonAsync($"/api/masters/{kind}/{id}", new { blocked = true });
        answer.IsSuccessStatusCode.ShouldBeTrue(await answer.Content.ReadAsStringAsync());
    }
}

/// <summary>An import decides as single calls do: the same rows, the same refusals, for documents made at random.</summary>
public sealed class ImportedAsCalled(TwoShops shops) : IClassFixture<TwoShops>
{
    private const int Documents = 150;

    private static readonly string[] Prices = ["1.15", "0.005", "2.675", "0.333333", "0", "-1", "99999999999.99"];
    private static readonly string[] Quantities = ["1", "3", "0.5", "-2", "7", "0", "12", "999999999999"];
    private static readonly string[] Days = ["2010-12-01", "2010-12-03", "2010-12-05", "2010-12-31", "2010-11-30", "1999-01-01", "2090-01-01"];

    [Fact]
    public async Task gives_the_same_rows_and_the_same_refusals()
    {
        var seed = Environment.TickCount;
        var random = new Random(seed);
        var lines = new StringBuilder("n,d,q,p,i,t,c,v\n");
        var called = new SortedDictionary<string, string>(StringComparer.Ordinal);
        for (var i = 0; i < Documents; i++)
        {
            var credit = random.Next(4) == 0;
            var number = (credit ? "C" : "I") + i.ToString("000", CultureInfo.InvariantCulture);
            var (day, party, currency) = (Rather(random, Days, 4), Rather(random, ["C1", "C2", "BLOCKED"], 2), Rather(random, ["GBP", "USD", "JPY"], 2));
            var rows = Enumerable.Range(0, random.Next(1, 6)).Select(_ => (Quantity: Rather(random, Quantities, 3), Price: Rather(random, Prices, 4),
                Item: Rather(random, ["A", "a", "W", "X", ""], 3), Text: Rather(random, ["", "Text"], 1))).ToArray();
            foreach (var row in rows)
                lines.Append(CultureInfo.InvariantCulture, $"{number},{day},{Signed(row.Quantity, credit)},{row.Price},{row.Item},{row.Text},{party},{currency}\n");
            var refusal = await Call(credit, day, party, currency, rows);
            if (refusal is not null) called[number] = refusal;
        }
        using var files = new Scratch();
        var done = await shops.Try("import", "sales", files.File("random.csv", lines.ToString()), "--map", files.File("random.json", Map),
            "--company", "SHOP", "--json", "--report", files.File("refused.csv"));
        var imported = new SortedDictionary<string, string>(StringComparer.Ordinal);
        if (File.Exists(files.File("refused.csv")))
            foreach (var line in File.ReadAllLines(files.File("refused.csv")).Skip(1)) imported[line.Split(',')[1]] = line.Split(',')[3];

        imported.ShouldBe(called, $"seed {seed}\n{done.Output}\n{done.Errors}");
        called.Count.ShouldBeInRange(10, Documents - 10, $"seed {seed}");
        var rowsOf = await Rows(shops.Company);
        rowsOf.ShouldBe(await Rows(shops.Called), $"seed {seed}");
        rowsOf.Length.ShouldBeGreaterThan(1000);
    }

    private const string Map = """
        { "name": "random", "zeroPrice": "invoice", "kinds": [{ "prefix": "C", "kind": "credit-note" }],
          "columns": { "number": "n", "date": "d", "quantity": "q", "price": "p", "item": "i", "description": "t", "customer": "c", "currency": "v" } }
        """;

    private async Task<string?> Call(bool credit, string day, string party, string currency,
        (string Quantity, string Price, string Item, string Text)[] rows)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, credit ? "/api/finance/credit-notes" : "/api/finance/sales-invoices")
        {
            Content = JsonContent.Create(new
            {
                company = shops.Called, party = shops.Masters[shops.Called + party], issueDate = day, currency, submit = true,
                lines = rows.Select(row => new
                {
                    item = row.Item.Length == 0 ? (Guid?)null : shops.Masters[shops.Called + "item " + row.Item],
                    description = row.Text.Length == 0 ? null : row.Text, quantity = row.Quantity, price = row.Price,
                }),
            }),
        };
        using var answer = await shops.Client.SendAsync(request);
        var body = JsonDocument.Parse(await answer.Content.ReadAsStringAsync()).RootElement;
        return answer.IsSuccessStatusCode ? null : body.GetProperty("code").GetString();
    }

    // What was written, without ids, numbers and moments.
    private Task<string> Rows(Guid company) => shops.Sql("""
        select string_agg(line, E'\n' order by line collate "C") from (
          select concat_ws('|', i.kind, i.status, p.code, i.issue_date, i.posting_date, i.due_date, i.currency, i.rate, i.total, i.base_total,
            i.tax_total, i.open, i.base_open, i.receivable_account,
            (select string_agg(concat_ws(':', l.seq, m.code, l.description, l.quantity, l.unit, l.price, l.tax_code, l.percent, l.net, l.account), ';'
              order by l.seq) from finance.sales_invoice_line l left join masters.item m on m.id = l.item where l.invoice = i.id),
            (select string_agg(concat_ws(':', a.code, g.credit, g.amount, g.currency, g.base_amount, g.party is not null), ';' order by g.ordinal)
              from ledger.posting g join ledger.account a on a.id = g.account where g.journal = i.id)) as line
          from finance.sales_invoice i join masters.party p on p.id = i.party where i.company = $1) d
        """, company);

    // Mostly one of the first few.
    private static string Rather(Random random, string[] values, int good) =>
        values[random.Next(8) > 0 ? random.Next(good) : random.Next(values.Length)];

    private static string Signed(string quantity, bool credit) => !credit || quantity == "0" ? quantity
        : quantity[0] == '-' ? quantity[1..] : "-" + quantity;
}

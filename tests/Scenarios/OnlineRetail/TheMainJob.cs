using System.Diagnostics;
using System.Globalization;
using System.Text.Json;

namespace BusinessM.Scenarios.OnlineRetail;

/// <summary>The sample imported by the command line, one invoice in dollars and its payment at another rate.</summary>
public sealed class ImportedSample : ScenarioHost
{
    public JsonElement Outcome { get; private set; }

    internal Scratch Files { get; } = new();

    protected override async Task Prepare()
    {
        Outcome = (await Command("import", "sales", Repository.Sample, "--map", "online-retail", "--json",
            "--report", Files.File("refused.csv"), "--adjustments", Files.File("adjustments.csv"))).Json;
        var party = Guid.CreateVersion7();
        await Post("/api/masters/parties", new { id = party, company = Company, code = "US1", name = "Abroad", country = "US" });
        await Post("/api/masters/rates", new
        {
            company = Company, rates = new[]
            {
                new { from = "USD", to = "GBP", day = "2010-12-01", value = "0.6413" },
                new { from = "USD", to = "GBP", day = "2010-12-03", value = "0.6380" },
            },
        });
        var invoice = await Post("/api/finance/sales-invoices", new
        {
            company = Company, party, issueDate = "2010-12-01", currency = "USD", submit = true,
            lines = new[] { new { description = "Lanterns", quantity = "7", price = "33.33" } },
        });
        await Post("/api/finance/receipts", new
        {
            company = Company, party, receivedOn = "2010-12-03", currency = "USD", amount = "233.31",
            allocations = new[] { new { invoice = invoice.GetProperty("id").GetGuid(), amount = "233.31" } },
        });
    }

    public override async ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        Files.Dispose();
        await base.DisposeAsync();
    }
}

[Trait("Category", "NoCulture")]
public sealed class TheMainJob(ImportedSample sample) : IClassFixture<ImportedSample>
{
    // 7 x 33.33 = 233.31 USD; at 0.6413 149.62 GBP (149.621703), at 0.6380 148.85 GBP (148.85178): 0.77 lost.
    private const decimal Dollars = 149.62m;

    [Fact]
    public void every_number_of_the_file_is_accounted_for()
    {
        var counts = sample.Outcome.GetProperty("counts");
        (Int(counts, "rows"), Int(counts, "documents")).ShouldBe((7419, 418));
        (Int(counts, "invoices"), Int(counts, "creditNotes"), Int(counts, "stockAdjustments")).ShouldBe((337, 36, 45));
        (Int(counts, "refused"), Int(counts, "journals")).ShouldBe((0, 0));
        File.Exists(sample.Files.File("refused.csv")).ShouldBeFalse();
        var adjustments = File.ReadAllLines(sample.Files.File("adjustments.csv"));
        adjustments.Length.ShouldBe(46);
    }

    [Fact]
    public async Task invoices_are_the_sums_that_sql_makes_of_the_file_alone()
    {
        await using var counted = await TheSampleCountedAgain.Copied();
        var expected = await TheSampleCountedAgain.Text(counted, TheSampleCountedAgain.Documents
            + "select string_agg(invoice || ' ' || day || ' ' || lines || ' ' || abs(net), E'\\n' order by invoice collate \"C\") "
            + "from document where not free");
        (await sample.Sql("""
            select string_agg(number || ' ' || posting_date || ' ' || lines || ' ' || round(total, 2), E'\n' order by number collate "C")
            from finance.sales_invoice i join (select invoice, count(*) as lines from finance.sales_invoice_line group by 1) l
              on l.invoice = i.id where own_number
            """)).ShouldBe(expected);
        (await sample.Sql("""
            select concat_ws(' ', count(*) filter (where kind = 'Invoice'), sum(base_total) filter (where kind = 'Invoice'),
              count(*) filter (where kind = 'CreditNote'), -sum(base_total) filter (where kind = 'CreditNote')) from finance.sales_invoice
            where own_number
            """)).ShouldBe("337 153652.8800 36 -3189.5800");
    }

    [Fact]
    public async Task postings_of_the_three_days_are_the_sums_of_the_issue() => (await sample.Sql("""
        select string_agg(net::text, ' ' order by date) from (select p.date,
          round(sum(case when p.credit then -p.base_amount else p.base_amount end), 2) as net
        from ledger.posting p join finance.sales_invoice i on i.id = p.journal and i.own_number where p.party is not null group by p.date) d
        """)).ShouldBe("58635.56 46207.28 45620.46");

    [Theory]
    [InlineData("company", "GBP")]
    [InlineData("transaction", "GBP")]
    [InlineData("transaction", "USD")]
    public async Task ledger_and_hledger_give_the_same_trial_balance(string amounts, string currency)
    {
        var ours = await TrialBalance(amounts == "transaction" ? currency : null);
        ours.Count.ShouldBeGreaterThanOrEqualTo(currency == "USD" ? 2 : 4);
        ours.Values.Sum().ShouldBe(0);
        foreach (var program in new[] { "ledger", "hledger" })
        {
            var file = sample.Files.File($"{program}-{amounts}-{currency}.journal");
            await sample.Command("export", "journal", "--format", program, "--amounts", amounts, "--output", file);
            (await Balances(program, file, currency)).ShouldBe(ours, program);
            (await Transactions(program, file)).ShouldBe(await Journals(), program);
        }
    }

    [Fact]
    public async Task the_exchange_difference_stands_in_the_companys_currency_only()
    {
        var (own, dollars) = (await TrialBalance(null), await TrialBalance("USD"));
        own.Values.ShouldContain(0.77m);
        own.Values.Where(value => value == -Dollars || value == 153652.88m - 3189.58m).ShouldNotBeEmpty();
        dollars.Values.Order().ShouldBe([-233.31m, 233.31m]);
    }

    [Theory]
    [InlineData("ledger")]
    [InlineData("hledger")]
    public async Task one_altered_amount_makes_the_comparison_fail(string program)
    {
        var file = sample.Files.File(program + "-altered.journal");
        await sample.Command("export", "journal", "--format", program, "--output", file);
        var text = await File.ReadAllTextAsync(file);
        text.ShouldContain("  139.12 GBP");
        await File.WriteAllTextAsync(file, text.Replace("  139.12 GBP", "  139.13 GBP").Replace("  -139.12 GBP", "  -139.13 GBP"));
        (await Balances(program, file, "GBP")).ShouldNotBe(await TrialBalance(null));
    }

    [Fact]
    public async Task csv_and_json_have_every_line()
    {
        var (csv, json) = (sample.Files.File("journal.csv"), sample.Files.File("journal.json"));
        await sample.Command("export", "journal", "--format", "csv", "--output", csv);
        await sample.Command("export", "journal", "--format", "json", "--output", json);
        var lines = await sample.Sql("select count(*) from ledger.posting");
        ((await File.ReadAllTextAsync(csv)).Split("\r\n", StringSplitOptions.RemoveEmptyEntries).Length - 1)
            .ToString(CultureInfo.InvariantCulture).ShouldBe(lines);
        using var journals = JsonDocument.Parse(await File.ReadAllTextAsync(json));
        journals.RootElement.EnumerateArray().Sum(j => j.GetProperty("lines").GetArrayLength()).ToString(CultureInfo.InvariantCulture).ShouldBe(lines);
    }

    [Fact]
    public async Task check_finds_every_promise_kept() =>
        (await sample.Command("check")).Output.ShouldContain("promises kept");

    [Fact]
    public async Task reports_show_what_the_ledger_holds()
    {
        var items = (await sample.Command("report", "open-items", "--json")).Json;
        decimal.Parse(items.GetProperty("baseTotal").ToString(), CultureInfo.InvariantCulture).ShouldBe(150463.30m);
        var receivable = await sample.Sql("select receivable_account from finance.sales_invoice limit 1");
        var ledger = (await sample.Command("report", "general-ledger", "--account", receivable, "--take", "500", "--json")).Json;
        ledger.GetProperty("entries").EnumerateArray().Last().GetProperty("balance").GetDecimal().ShouldBe(150463.30m);
        (await sample.Command("report", "journal", "--from", "2010-12-03", "--json")).Json.GetProperty("entries").GetArrayLength()
            .ShouldBeGreaterThan(100);
    }

    private async Task<string> Journals() => await sample.Sql("select count(*) from ledger.journal");

    // Accounts with a balance that is not zero.
    private async Task<SortedDictionary<string, decimal>> TrialBalance(string? currency)
    {
        string[] words = ["report", "trial-balance", "--as-of", "2010-12-31", "--json", .. currency is null ? [] : (string[])["--by-currency"]];
        var balances = new SortedDictionary<string, decimal>(StringComparer.Ordinal);
        foreach (var row in (await sample.Command(words)).Json.GetProperty("rows").EnumerateArray())
        {
            if (currency is not null && row.GetProperty("currency").GetString() != currency) continue;
            var (debit, credit) = currency is null ? ("debit", "credit") : ("currencyDebit", "currencyCredit");
            var balance = row.GetProperty(debit).GetDecimal() - row.GetProperty(credit).GetDecimal();
            if (balance != 0) balances[row.GetProperty("account").GetString()!] = balance;
        }
        return balances;
    }

    private static async Task<SortedDictionary<string, decimal>> Balances(string program, string file, string currency)
    {
        var output = program == "ledger"
            ? await Run("ledger", "--args-only", "-f", file, "balance", "--flat", "--no-total", "--limit", $"commodity == \"{currency}\"",
                "--format", "%(quantity(amount)) %(account)\\n")
            : await Run("hledger", "-f", file, "balance", "--flat", "--no-total", "cur:" + currency, "-O", "csv");
        var balances = new SortedDictionary<string, decimal>(StringComparer.Ordinal);
        foreach (var line in output.Split('\n', StringSplitOptions.RemoveEmptyEntries).Skip(program == "ledger" ? 0 : 1))
        {
            var (account, amount) = program == "ledger" ? (line.Split(' ')[1], line.Split(' ')[0])
                : (line.Split('"')[1].Split(' ')[0], line.Split('"')[3].Split(' ')[0]);
            var value = decimal.Parse(amount, NumberStyles.Float, CultureInfo.InvariantCulture);
            if (value != 0) balances[account] = value;
        }
        return balances;
    }

    private static async Task<string> Transactions(string program, string file)
    {
        var output = program == "ledger" ? await Run("ledger", "--args-only", "-f", file, "stats") : await Run("hledger", "-f", file, "print");
        return program == "ledger"
            ? (await Run("ledger", "--args-only", "-f", file, "print")).Split('\n').Count(l => l.Length > 4 && l[..4] == "2010").ToString(CultureInfo.InvariantCulture)
            : output.Split('\n').Count(l => l.Length > 4 && l[..4] == "2010").ToString(CultureInfo.InvariantCulture);
    }

    private static int Int(JsonElement of, string name) => of.GetProperty(name).GetInt32();

    private static async Task<string> Run(string program, params string[] words)
    {
        using var process = Process.Start(new ProcessStartInfo(program, words) { RedirectStandardOutput = true, RedirectStandardError = true })!;
        var errors = process.StandardError.ReadToEndAsync();
        var output = await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
        process.ExitCode.ShouldBe(0, await errors);
        return output;
    }
}

using System.Diagnostics;
using System.Globalization;
using System.Text;
using System.Text.Json;
using BusinessM.Testing;

namespace BusinessM.Scenarios.Import;

public sealed class ImportHost : ScenarioHost;

/// <summary>The import on the command line: nothing twice, nothing half, and back again.</summary>
[Trait("Category", "NoCulture")]
public sealed class ImportingSales(ImportHost host) : IClassFixture<ImportHost>, IDisposable
{
    private const string Heading = "InvoiceNo,StockCode,Description,Quantity,InvoiceDate,UnitPrice,CustomerID,Country\n";

    private readonly Scratch _files = new();
    private readonly string _prefix = Guid.CreateVersion7().ToString("N")[20..];

    public void Dispose() => _files.Dispose();

    [Fact]
    public async Task a_dry_run_says_what_would_happen_and_writes_nothing()
    {
        var file = _files.File("dry.csv", Heading + Row("1", "DRY-A") + Row("2", "DRY-A", date: "2012-01-01 00:00:00"));
        var before = await State();
        var told = await Import(file, "--dry-run");
        (told.Exit, Count(told, "invoices"), Count(told, "refused")).ShouldBe((1, 1, 1), told.Errors);
        (await State()).ShouldBe(before);
        (await host.Sql("select count(*) from masters.item where code = 'DRY-A'")).ShouldBe("0");
        var done = await Import(file);
        (Count(done, "invoices"), Count(done, "refused")).ShouldBe((1, 1));
        Refused().ShouldBe(["3," + _prefix + "2"]);
    }

    [Fact]
    public async Task bad_debt_becomes_a_journal_of_the_files_number()
    {
        var file = _files.File("a.csv", Heading + $"A{_prefix},B,Adjust bad debt,1,2010-12-02 14:50:00,-110.62,BD1,United Kingdom\n"
            + $"AR{_prefix},B,Recovered,1,2010-12-02 14:50:00,10.00,BD1,United Kingdom\n");
        var done = await Import(file);
        (done.Exit, Count(done, "journals")).ShouldBe((0, 2), done.Errors);
        (await host.Sql("""
            select string_agg(j.source_number || ' ' || a.code || ' ' || p.credit || ' ' || round(p.base_amount, 2), ', ' order by length(j.source_number), p.ordinal)
            from finance.journal f join ledger.journal j on j.id = f.id join ledger.posting p on p.journal = j.id
              join ledger.account a on a.id = p.account where f.number in ($1, $2)
            """, "A" + _prefix, "AR" + _prefix)).ShouldBe(string.Join(", ",
            $"A{_prefix} 1210 true 110.62", $"A{_prefix} 6420 false 110.62", $"AR{_prefix} 1210 false 10.00", $"AR{_prefix} 6420 true 10.00")
            .Replace("6420", await host.Sql("select a->>'code' from finance.settings s, jsonb_array_elements(s.accounts) a where a->>'role' = 'bad-debt' and (a->>'default')::boolean limit 1")));
        await host.Command("check");
    }

    [Fact]
    public async Task repeating_it_changes_nothing_and_undoing_it_reverses_all()
    {
        var file = _files.File("u.csv", Heading + Row("1", "U") + Row("1", "U") + Row("C2", "U", quantity: "-1") + Row("3", "U", price: "0.0"));
        var first = await Import(file);
        (first.Exit, Count(first, "invoices"), Count(first, "creditNotes"), Count(first, "stockAdjustments")).ShouldBe((0, 1, 1, 1), first.Errors);
        var state = await State();
        var again = await Import(file);
        (again.Exit, Count(again, "alreadyThere"), Count(again, "invoices")).ShouldBe((0, 2, 1));
        (await State()).ShouldBe(state);

        var id = first.Json.GetProperty("import").GetString()!;
        var undone = await host.Command("import", "undo", id, "--json");
        (undone.Json.GetProperty("reversed").GetInt32(), undone.Json.GetProperty("state").GetString()).ShouldBe((2, "undone"));
        (await host.Command("import", "undo", id, "--json")).Json.GetProperty("reversedBefore").GetInt32().ShouldBe(2);
        (await host.Sql("select coalesce(sum(case when p.credit then -p.base_amount else p.base_amount end), 0)::int from ledger.posting p "
            + "join ledger.journal j on j.id = p.journal join finance.imported_document d on d.document = j.source_id "
            + "where d.import = $1 and p.party is not null", Guid.Parse(id))).ShouldBe("0");
        var anew = await Import(file);
        (anew.Exit, Count(anew, "invoices"), Count(anew, "alreadyThere")).ShouldBe((0, 1, 0), anew.Output);
        anew.Json.GetProperty("import").GetString().ShouldNotBe(id);
        (await host.Command("import", "list", "--json")).Json.EnumerateArray().Select(i => i.GetProperty("state").GetString())
            .ShouldContain("undone");
        await host.Command("check");
    }

    [Fact]
    public async Task a_number_that_another_document_has_is_refused_with_its_line()
    {
        (await Import(_files.File("n1.csv", Heading + Row("7", "N")))).Exit.ShouldBe(0);
        var second = await Import(_files.File("n2.csv", Heading + Row("8", "N") + Row("7", "N", price: "9")));
        (second.Exit, Count(second, "invoices"), Count(second, "refused")).ShouldBe((1, 1, 1));
        Refused().ShouldBe(["3," + _prefix + "7"]);
        File.ReadAllText(_files.File("refused.csv")).ShouldContain("record.document.duplicate");
    }

    [Fact]
    public async Task killed_in_the_middle_it_is_repeated_and_ends_as_if_nothing_had_been()
    {
        var file = _files.File("killed.csv");
        await using (var writer = new StreamWriter(file)) Copies(writer, 6);
        using var process = Cli.Start(host.SuperuserConnection, "import", "sales", file, "--map", "online-retail");
        var seen = 0;
        for (var wait = Stopwatch.StartNew(); seen < 200 && wait.Elapsed < TimeSpan.FromSeconds(60); await Task.Delay(20))
            seen = await Imported();
        process.Kill();
        await process.WaitForExitAsync();
        seen = await Imported();
        seen.ShouldBeInRange(200, (6 * 373) - 1);

        var again = await Import(file);
        (again.Exit, Count(again, "invoices"), Count(again, "creditNotes")).ShouldBe((0, 6 * 337, 6 * 36), again.Errors);
        Count(again, "alreadyThere").ShouldBeGreaterThanOrEqualTo(seen);
        (await Imported()).ShouldBe(6 * 373);
        // 150,463.30 x 6
        (await host.Sql("select sum(case kind when 'CreditNote' then -total else total end)::numeric(12,2) from finance.sales_invoice "
            + "where number like $1", "%" + _prefix + "%")).ShouldBe("902779.80");
        await host.Command("check");
    }

    [Fact]
    [Produces("finance.import.row-malformed")]
    [Produces("finance.import.value-invalid")]
    [Produces("finance.import.rows-differ")]
    public async Task lines_at_fault_are_listed_and_the_rest_is_imported()
    {
        var done = await Import(_files.File("faults.csv", Heading + Row("1", "F") + Row("2", "F,") + Row("3", "F", quantity: "x")
            + Row("4", "F") + Row("4", "F", date: "2010-12-03 00:00:00")));
        (done.Exit, Count(done, "invoices"), Count(done, "refused")).ShouldBe((1, 1, 3));
        foreach (var line in File.ReadAllLines(_files.File("refused.csv")).Skip(1)) Refusals.Saw(line.Split(',')[3]);
        Refused().ShouldBe(["3," + _prefix + "2", "4," + _prefix + "3", "6," + _prefix + "4"]);
        (await host.Sql("select count(*) from finance.sales_invoice where number like $1", "%" + _prefix + "%")).ShouldBe("1");
    }

    [Theory]
    [InlineData("finance.import.file-unreadable", "", null)]
    [InlineData("finance.import.column-missing", "InvoiceNo,Nothing\n1,2\n", null)]
    [InlineData("finance.import.map-invalid", Heading, "{ \"name\": 1 }")]
    public async Task a_file_or_map_at_fault_imports_nothing(string code, string text, string? map)
    {
        var before = await State();
        var done = await Import(_files.File("bad.csv", text), map is null ? [] : ["--map", _files.File("bad.json", map)]);
        done.Exit.ShouldBe(1, done.Errors);
        done.Output.ShouldContain(code);
        (await State()).ShouldBe(before);
    }

    [Fact]
    [Produces("finance.import.file-unreadable")]
    [Produces("finance.import.column-missing")]
    [Produces("finance.import.map-invalid")]
    [Produces("finance.import.not-found")]
    public async Task refusals_of_the_command_line_carry_their_codes()
    {
        var before = await State();
        Cli[] refused =
        [
            await Import(_files.File("empty.csv", "")), await Import(_files.File("column.csv", "a,b\n1,2\n")),
            await Import(_files.File("map.csv", Heading), "--map", _files.File("map.json", "{}")),
            await host.Try("import", "undo", Guid.CreateVersion7().ToString(), "--json"),
        ];
        foreach (var one in refused)
        {
            one.Exit.ShouldBe(1);
            Refusals.Saw(System.Text.RegularExpressions.Regex.Match(one.Output, @"finance\.import\.[a-z-]+").Value);
        }
        (await State()).ShouldBe(before);
    }

    private Task<Cli> Import(string file, params string[] more) => host.Try([
        "import", "sales", file, .. more.Contains("--map") ? [] : (string[])["--map", "online-retail"], "--json",
        "--report", _files.File("refused.csv"), "--adjustments", _files.File("adjustments.csv"), .. more]);

    private IEnumerable<string> Refused() => File.ReadAllLines(_files.File("refused.csv")).Skip(1)
        .Select(line => string.Join(',', line.Split(',').Take(2)));

    private async Task<int> Imported() => int.Parse(await host.Sql(
        "select count(*) from finance.imported_document where number like $1", "%" + _prefix + "%"), CultureInfo.InvariantCulture);

    private Task<string> State() => host.Sql("""
        select concat_ws(' ', (select count(*) from finance.sales_invoice), (select count(*) from ledger.journal),
          (select count(*) from record.number_given), (select count(*) from finance.imported_document), (select count(*) from finance.sales_import))
        """);

    private static int Count(Cli done, string name) => done.Json.GetProperty("counts").GetProperty(name).GetInt32();

    private string Row(string number, string item, string quantity = "2", string date = "2010-12-02 08:26:00", string price = "1.5") =>
        (number[0] == 'C' ? "C" + _prefix + number[1..] : _prefix + number) + $",{item},Thing,{quantity},{date},{price},17850,United Kingdom\n";

    // The sample with other numbers; a credit note keeps its letter.
    private void Copies(StreamWriter writer, int times)
    {
        var lines = File.ReadAllLines(Repository.Sample);
        writer.Write(lines[0] + "\n");
        for (var i = 0; i < times; i++)
            foreach (var line in lines.Skip(1))
                writer.Write(line[0] == 'C' ? $"C{_prefix}-{i}-{line[1..]}\n" : $"{_prefix}-{i}-{line}\n");
    }
}

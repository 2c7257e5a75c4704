using BusinessM.Finance.Import;
using BusinessM.Testing;
using Npgsql;

namespace BusinessM.Scenarios.OnlineRetail;

/// <summary>The sample counted by PostgreSQL alone (COPY into a scratch table, then SQL), with none of our parsers: the
/// numbers that the import has to reach. What our reader finds is compared with them.</summary>
public sealed class TheSampleCountedAgain
{
    private const string Scratch = """
        create table scratch (invoice text, item text, description text, quantity numeric, at timestamp, price numeric,
            customer text, country text);
        """;

    internal const string Documents = """
        with line as (select *, round(quantity * price, 2) as net from scratch),
        document as (select invoice, min(at)::date as day, sum(net) as net, bool_and(price = 0) as free,
            invoice like 'C%' as credit, count(*) as lines from line group by invoice)
        """;

    [Fact]
    public async Task by_sql_gives_the_numbers_that_the_issue_states()
    {
        await using var database = await Copied();
        var counted = await Text(database, Documents + """
            select concat_ws(' ', count(*), count(*) filter (where not free and not credit),
                sum(net) filter (where not free and not credit), count(*) filter (where credit and not free),
                sum(net) filter (where credit), count(*) filter (where free), sum(net), sum(lines)) from document
            """);
        counted.ShouldBe("418 337 153652.88 36 -3189.58 45 150463.30 7419");
        (await Text(database, Documents + "select string_agg(net::text, ' ' order by day) from "
            + "(select day, sum(net) as net from document group by day) d")).ShouldBe("58635.56 46207.28 45620.46");
    }

    [Fact]
    public async Task our_reader_finds_the_same_documents_lines_and_sums()
    {
        await using var database = await Copied();
        var expected = await Text(database, Documents + "select string_agg(invoice || ' ' || day || ' ' || lines || ' ' || net"
            + " || ' ' || free, E'\\n' order by invoice collate \"C\") from document");

        var (file, map) = (new SalesFile(Repository.Sample, Repository.Map), Repository.Map);
        var survey = SalesSurvey.Of(file, TestContext.Current.CancellationToken);
        survey.Faults.ShouldBeEmpty();
        survey.Rows.ShouldBe(7419);
        var found = SalesDocument.In(file, map, survey).OrderBy(d => d.Number, StringComparer.Ordinal).ToArray();
        string.Join('\n', found.Select(Line)).ShouldBe(expected);
        found.Count(d => d.Kind == SalesDocumentKind.CreditNote).ShouldBe(36);
        found.ShouldAllBe(d => d.Disagreement() == null);
        survey.Customers.Count.ToString().ShouldBe(await Text(database,
            "select count(distinct customer)::text from scratch where customer <> ''"));
        survey.Items.Count.ToString().ShouldBe(await Text(database, "select count(distinct item)::text from scratch"));
    }

    private static string Line(SalesDocument document) => FormattableString.Invariant(
        $"{document.Number} {document.First.Date:yyyy-MM-dd} {document.Rows.Count} {document.Rows.Sum(Net):0.00} {Free(document)}");

    private static decimal Net(SalesRow row) =>
        new UnitPrice(row.Price).Times(new Quantity(row.Quantity), Currency.Of("GBP")).Amount;

    private static string Free(SalesDocument document) =>
        document.Kind == SalesDocumentKind.StockAdjustment ? "true" : "false";

    internal static async Task<TestDatabase> Copied()
    {
        var database = await TestDatabase.CreateEmpty();
        await using var connection = new NpgsqlConnection(database.SuperuserConnection);
        await connection.OpenAsync();
        await using (var make = new NpgsqlCommand(Scratch, connection)) await make.ExecuteNonQueryAsync();
        await using var copy = await connection.BeginTextImportAsync("copy scratch from stdin (format csv, header, null 'x')");
        await copy.WriteAsync(await File.ReadAllTextAsync(Repository.Sample));
        return database;
    }

    internal static async Task<string> Text(TestDatabase database, string sql)
    {
        await using var connection = new NpgsqlConnection(database.SuperuserConnection);
        await connection.OpenAsync();
        await using var command = new NpgsqlCommand(sql, connection);
        return (string)(await command.ExecuteScalarAsync())!;
    }
}

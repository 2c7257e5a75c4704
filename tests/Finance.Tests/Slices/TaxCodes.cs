using System.Reflection;
using BusinessM.Host.Checks;
using Npgsql;

namespace BusinessM.Finance.Tests.Slices;

/// <summary>Tax codes are documents; the books keep a copy, which invoices stand on.</summary>
public sealed class TaxCodes(FinanceApp app) : IClassFixture<FinanceApp>
{
    private static readonly string Copies = FinanceCheck.All.Single(check => check.Name == "tax-code-copy").Sql;

    [Fact]
    public async Task Of_a_new_company_are_documents()
    {
        var company = await TestCompany.SetUp(app);
        (await Documents(company)).ShouldBe("S10:S:2020-01-01=10 S20:S:2020-01-01=20");
        (await app.Sql(Copies)).ShouldBe("");
    }

    [Fact]
    public async Task Added_and_changed_by_the_companys_calls_are_documents_too()
    {
        var company = await TestCompany.SetUp(app);
        var path = $"/api/finance/companies/{company.Id}/tax-codes";
        await app.Good(path, InvoiceRefusals.Tax("S7", "s", "7"));
        await app.Good(path, new { code = "Z", name = "Zero", category = "z" });
        await app.Good(path + "/change", new
        {
            code = "S10", name = "Reduced", category = "s", due = "onPayment",
            rates = new[] { new { from = "2021-01-01", percent = "11" }, new { from = "2020-01-01", percent = "9" } },
        });
        (await Documents(company)).ShouldBe(
            "S10:S:2020-01-01=9,2021-01-01=11 S20:S:2020-01-01=20 S7:S:2020-01-01=7 Z:Z:");
        (await app.Sql(Copies)).ShouldBe("");
    }

    /// <summary>An import that is taken back would leave the books a code that no document has.</summary>
    [Theory]
    [InlineData("tax-codes", "code,name,category\nZ9,Zero,z\n")]
    [InlineData("payment-terms", "code,name,days\nN9,Nine days,9\n")]
    public async Task And_terms_stay_when_their_import_is_taken_back(string path, string file)
    {
        var company = await TestCompany.SetUp(app);
        var import = await app.Good($"/api/finance/{path}/import?company={company.Id}&file=t.csv", file);
        import["added"].ShouldBe("1", import.Text);
        await app.Refused("record.document.kept", $"/api/finance/{path}/import/{import["id"]}/undo", new { });
        (await app.Sql(Copies)).ShouldBe("");
    }

    /// <summary>The statements of the migration, on the copies that are there: what they make is what was there.
    /// </summary>
    [Fact]
    public async Task Of_companies_from_before_are_made_from_the_books()
    {
        await TestCompany.SetUp(app);
        await TestCompany.SetUp(app, taxes:
        [
            new { code = "AE", name = "Reverse charge", category = "ae" },
            new { code = "S", name = "Standard", category = "s", due = "onPayment", rates = new[]
                { new { from = "2007-01-01", percent = "19" }, new { from = "2020-07-01", percent = "16" },
                    new { from = "2021-01-01", percent = "19" } } },
        ]);
        await using var source = NpgsqlDataSource.Create(app.SuperuserConnection + ";Pooling=false");
        await using var connection = await source.OpenConnectionAsync();
        await using var transaction = await connection.BeginTransactionAsync();
        await Run(connection, "delete from finance.tax_rate; delete from finance.tax_code");
        (await Run(connection, Copies)).ShouldNotBeNull();
        foreach (var sql in Migration().Split(';').Where(s => s.Contains("insert into", StringComparison.Ordinal)))
            await Run(connection, sql);
        (await Run(connection, Copies)).ShouldBeNull();
        (await Run(connection, "select percent from finance.tax_rate where valid_from = '2020-07-01'")).ShouldBe(16m);
    }

    private static async Task<object?> Run(NpgsqlConnection connection, string sql)
    {
        await using var command = new NpgsqlCommand(sql, connection);
        return await command.ExecuteScalarAsync();
    }

    private static string Migration()
    {
        var assembly = typeof(FinanceModule).Assembly;
        var name = assembly.GetManifestResourceNames().Single(n =>
            n.EndsWith("0005-documents.sql", StringComparison.Ordinal));
        using var reader = new StreamReader(assembly.GetManifestResourceStream(name)!);
        return reader.ReadToEnd();
    }

    private Task<string> Documents(TestCompany company) => app.Sql("""
        select string_agg(concat(t.code, ':', t.category, ':', (select string_agg(concat(r.valid_from, '=',
            trim_scale(r.percent)), ',' order by r.seq) from finance.tax_rate r where r.parent = t.id)),
          ' ' order by t.code)
        from finance.tax_code t where t.company = $1
        """, company.Id);
}

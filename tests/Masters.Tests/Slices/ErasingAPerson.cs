using BusinessM.Documents.Tests;
using BusinessM.Engines.Postgres;
using BusinessM.HostTesting;
using BusinessM.Testing;
using Npgsql;

namespace BusinessM.Masters.Tests.Slices;

/// <summary>A person's data goes from all that the program keeps of it, and the audit chain holds.</summary>
public sealed class ErasingAPerson(RunningHost host) : IClassFixture<RunningHost>
{
    private const string Path = "/api/masters/parties";

    [Fact]
    public async Task Leaves_no_word_of_it_and_a_chain_that_holds()
    {
        var company = await host.Company();
        var person = (await host.Client.Post(Path, new
        {
            company, code = "WINTERBOTTOM", name = "Ada Winterbottom", kind = "person", email = "ada@winterbottom.test",
            phone = "+44 555 winterbottom", note = "Winterbottom likes tea", country = "GB",
        })).Good().Id;
        (await host.Client.Patch($"{Path}/{person}", new { name = "Ada Winterbottom-Smith" })).Good();
        (await host.Client.Post("/api/masters/addresses", new
        {
            company, party = person, name = "Winterbottom's home", line1 = "1 Winterbottom Lane", country = "GB",
        })).Good();
        (await host.Client.Post("/api/masters/contacts", new { company, party = person, name = "Bo Winterbottom" }))
            .Good();
        var bystander = (await host.Client.Post(Path + "/bulk", new
        {
            documents = new object[] { new { company, name = "Bystander" }, new { company, name = "Cy Winterbottom" } },
        })).Good();
        var cousin = (Guid)bystander.Json!["documents"]![1]!["id"]!;
        (await Everywhere("winterbottom")).ShouldNotBeEmpty();

        var erased = (await host.Client.Post($"{Path}/{person}/erase", new { reason = "asked for on 2026-03-01" }))
            .Good();
        ((string?)erased.Json!["name"]).ShouldBe("Erased");
        (await host.Client.Post($"{Path}/{cousin}/erase", new { reason = "asked for on 2026-03-02" })).Good();
        await Done(2);

        (await Everywhere("winterbottom")).ShouldBeEmpty();
        (await Everywhere("bystander")).ShouldContain("record.audit_value");
        await foreach (var result in Checks.Run(host.Database, RecordCheck.All, default))
            result.Findings.ShouldBeEmpty(result.Check.Name);
        var read = (await host.Client.Get($"{Path}/{person}")).Good().Json!;
        ((bool?)read["erased"], (bool?)read["blocked"], (string?)read["country"]).ShouldBe((true, true, "GB"));
        (await host.Client.Get($"{Path}/{person}/history")).Good().Text.ShouldNotContain("interbottom");
        (await host.Client.Get($"{Path}?company={company}&search=winterbottom")).Column("name").ShouldBeEmpty();
    }

    [Fact, Produces("masters.party.data-erased"), Produces("masters.text.invalid")]
    public async Task Is_done_once_and_for_good()
    {
        var company = await host.Company();
        var person = (await host.Client.Post(Path, new { company, name = "Bob" })).Good().Id;
        (await host.Client.Post($"{Path}/{person}/erase", new { reason = " " }))
            .Refused(400, "masters.text.invalid", "reason");
        (await host.Client.Post($"{Path}/{person}/erase", new { reason = "asked" })).Good();
        (await host.Client.Post($"{Path}/{person}/erase", new { reason = "asked" }))
            .Refused(409, "masters.party.data-erased");
        (await host.Client.Patch($"{Path}/{person}", new { name = "Bob" })).Refused(409, "masters.party.data-erased");
    }

    /// <summary>What is left of a link's values is watched like all others.</summary>
    [Fact]
    public async Task Hides_no_later_change_from_check()
    {
        var company = await host.Company();
        var person = (await host.Client.Post(Path, new { company, name = "Eve" })).Good().Id;
        (await host.Client.Post($"{Path}/{person}/erase", new { reason = "asked" })).Good();
        await Done(1, company);
        await Sql($"update record.audit_value v set changes = changes || ' ' from record.erased_value e "
            + $"where e.company = v.company and e.seq = v.seq and e.company = '{company}'");
        var found = new List<Finding>();
        await foreach (var result in Checks.Run(host.Database, RecordCheck.All.Where(c => c.Name == "audit-values"),
            default))
            found.AddRange(result.Findings.Where(f => f.Row.Contains(company.ToString(), StringComparison.Ordinal)));
        found.ShouldHaveSingleItem();
        await Sql($"update record.audit_value v set changes = left(changes, -1) from record.erased_value e "
            + $"where e.company = v.company and e.seq = v.seq and e.company = '{company}'");
    }

    private async Task Done(int orders, Guid? company = null)
    {
        var deadline = DateTime.UtcNow.AddSeconds(30);
        while (await Sql("select count(distinct seq) from record.erasure where done_at is not null"
            + (company is null ? "" : $" and company = '{company}'")) is long done && done < orders)
        {
            DateTime.UtcNow.ShouldBeLessThan(deadline);
            await Task.Delay(50);
        }
    }

    /// <summary>The tables in which the word stands, in text or bytes.</summary>
    private async Task<IReadOnlyList<string>> Everywhere(string word)
    {
        await using var source = NpgsqlDataSource.Create(host.SuperuserConnection + ";Pooling=false");
        var tables = new List<string>();
        await using (var list = source.CreateCommand("select schemaname || '.' || tablename from pg_tables "
            + "where schemaname not in ('pg_catalog', 'information_schema')"))
        await using (var rows = await list.ExecuteReaderAsync())
            while (await rows.ReadAsync()) tables.Add(rows.GetString(0));
        var hex = Convert.ToHexStringLower(System.Text.Encoding.UTF8.GetBytes(word[1..]));
        var found = new List<string>();
        foreach (var table in tables)
        {
            await using var look = source.CreateCommand(
                $"select count(*) from {table} t where t::text ilike '%{word}%' or t::text ilike '%{hex}%'");
            if (await look.ExecuteScalarAsync() is > 0L) found.Add(table);
        }
        return found;
    }

    private async Task<object?> Sql(string sql)
    {
        await using var source = NpgsqlDataSource.Create(host.SuperuserConnection + ";Pooling=false");
        await using var command = source.CreateCommand(sql);
        return await command.ExecuteScalarAsync();
    }
}

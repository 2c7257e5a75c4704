using System.Net.Http.Headers;
using System.Text;
using System.Text.Json.Nodes;
using BusinessM.Testing;

namespace BusinessM.Documents.Tests;

/// <summary>Import with dry run, errors and undo; export that can be imported again.</summary>
public sealed class FilesOfDocuments(ShelfHost host) : IClassFixture<ShelfHost>
{
    private const string Books = "/api/shelf/books";

    private const string File = """
        Code;Title;Author;Price;Published;ISBN;Shelf mark
        F1;Mansfield Park;AUSTEN;9,99;04.07.1814;9780141439808;a
        F2;Middlemarch;;12,50;01.12.1871;;b
        F3;Silas Marner;;;;;c
        """;

    [Fact]
    public async Task are_tried_imported_changed_by_a_second_one_and_taken_back()
    {
        var company = await host.Company();
        var author = (await host.Client.Post("/api/shelf/authors", new { company, code = "AUSTEN", name = "Jane Austen" }))
            .Good().Id;
        var tried = await Unchanged.During(host, () => Import(company, File, "&dryRun=true"));
        ((int)tried.Good().Json!["added"]!).ShouldBe(3);
        tried.Json!["columns"]!.AsArray().Select(c => (string?)c!["field"])
            .ShouldBe(["code", "title", "author", "price", "published", "isbn", null]);

        var imported = (await Import(company, File)).Good().Json!;
        ((int)imported["added"]!).ShouldBe(3);
        var row = (await host.Client.Get($"{Books}?company={company}&fields=*&sort=code")).Good().Json!["rows"]![0]!;
        ((string?)row["author"]).ShouldBe(author.ToString());
        ((string?)row["price"]).ShouldBe("9.99");
        ((string?)row["published"]).ShouldBe("1814-07-04");
        ((string?)row["isbn"]).ShouldBe("9780141439808");

        var second = (await Import(company, "code,title\nF1,Mansfield Park: a novel\nF9,Adam Bede\n")).Good().Json!;
        ((int)second["added"]!).ShouldBe(1);
        ((int)second["changed"]!).ShouldBe(1);
        (await Undo((Guid)imported["id"]!)).Refused(409, "record.import.moved");
        ((int)(await Undo((Guid)second["id"]!)).Good().Json!["restored"]!).ShouldBe(1);
        (await host.Client.Get($"{Books}?company={company}")).Column("title")
            .ShouldBe(["Mansfield Park", "Middlemarch", "Silas Marner"]);
    }

    [Fact]
    public async Task with_a_bad_row_write_nothing_unless_told_to()
    {
        var company = await host.Company();
        const string bad = "code,title,pages,author,isbn\nA1,One,10,,\nA2,,5,,\nA3,Three,x,,\nA4,Four,1,NOBODY,\n"
            + "A1,Again,1,,\nA5,Five,1,,9780141439800\n";
        var refused = await Unchanged.During(host, () => Import(company, bad));
        refused.Good();
        refused.Json!["id"].ShouldBeNull();
        refused.Json["errors"]!.AsArray().Select(e => ((int)e!["row"]!, (string?)e["column"], (string?)e["code"])).ShouldBe(
        [
            (3, "title", "record.field.required"), (4, "pages", "record.file.cell"), (5, "author", "record.field.value"),
            (6, "code", "record.bulk.invalid"), (7, "isbn", "record.field.checksum"),
        ]);
        ((int)(await Import(company, bad, "&partial=true")).Good().Json!["added"]!).ShouldBe(1);
        (await host.Client.Get($"{Books}?company={company}")).Column("code").ShouldBe(["A1"]);
    }

    [Fact, Produces("record.import.moved")]
    public async Task are_not_taken_back_while_something_leads_to_what_they_made()
    {
        var company = await host.Company();
        var import = (await Import(company, "code,name\nBRONTE,Emily Bronte\n", "", "/api/shelf/authors")).Good();
        var author = (await host.Client.Get($"/api/shelf/authors?company={company}")).Column("id").Single();
        (await host.Client.Post(Books, new { company, title = "Wuthering Heights", author })).Good();
        (await Unchanged.During(host, () => host.Client.Post($"/api/shelf/authors/import/{import.Id}/undo", new { })))
            .Refused(409, "record.import.moved");
    }

    [Fact]
    public async Task are_not_taken_back_while_a_code_leads_to_what_they_made()
    {
        const string groups = "/api/masters/item-groups";
        var company = await host.Company();
        var import = (await Import(company, "code,name\nTOOLS,Tools\nSAWS,Saws\n", "", groups)).Good();
        var item = await host.Client.Post("/api/masters/items", new { company, code = "S1", name = "Saw", group = "SAWS" });
        item.Good();
        await Unused("Items");
        (await host.Client.Patch($"/api/masters/items/{item.Id}", new { group = (string?)null }, "\"1\"")).Good();
        var own = (await host.Client.Post(groups, new { company, code = "AXES", name = "Axes", parent = "TOOLS" })).Good();
        await Unused("Item groups");
        (await host.Client.Patch($"{groups}/{own.Id}", new { parent = (string?)null }, "\"1\"")).Good();
        ((int)(await host.Client.Post($"{groups}/import/{import.Id}/undo", new { })).Good().Json!["removed"]!).ShouldBe(2);
        (await host.Client.Get($"{groups}?company={company}")).Column("code").ShouldBe(["AXES"]);

        async Task Unused(string by)
        {
            var refused = await Unchanged.During(host,
                () => host.Client.Post($"{groups}/import/{import.Id}/undo", new { }));
            refused.Refused(409, "record.import.moved");
            refused.Text.ShouldContain($"{by} lead to it");
        }
    }

    [Theory]
    [InlineData("csv")]
    [InlineData("xlsx")]
    public async Task that_were_exported_are_imported_elsewhere(string format)
    {
        var (company, other) = (await host.Company(), await host.Company());
        foreach (var of in new[] { company, other })
            (await host.Client.Post("/api/shelf/authors", new { company = of, code = "ELIOT", name = "George Eliot" })).Good();
        var author = (await host.Client.Get($"/api/shelf/authors?company={company}")).Column("id").Single();
        (await host.Client.Post($"{Books}/bulk", new
        {
            documents = Enumerable.Range(0, 30).Select(i => new
            {
                company, code = $"E{i:00}", title = $"=1+{i}, \"quoted\"", author = i % 2 == 0 ? author : null,
                price = $"{i}.5", pages = i + 1, published = "1871-12-01", inPrint = i % 3 == 0, note = "a\nb",
                lentUntil = "2026-11-28T10:00:00Z",
            }),
        })).Good();
        using var file = await host.Client.GetAsync($"{Books}/export?company={company}&format={format}");
        file.EnsureSuccessStatusCode();
        var imported = await Import(other, await file.Content.ReadAsByteArrayAsync(), "");
        ((int)imported.Good().Json!["added"]!).ShouldBe(30, imported.Text);
        var (left, right) = (await Rows(company), await Rows(other));
        right.Replace(other.ToString(), company.ToString(), StringComparison.Ordinal).ShouldBe(left);
    }

    private async Task<string> Rows(Guid company)
    {
        var rows = (await host.Client.Get($"{Books}?company={company}&fields=*&take=500")).Good().Json!["rows"]!.AsArray();
        foreach (var row in rows)
        {
            row!.AsObject().Remove("id");
            if (row["author"] is not null) row["author"] = "ELIOT";
        }
        return rows.ToJsonString();
    }

    private Task<Reply> Import(Guid company, string text, string more = "", string path = Books) =>
        Import(company, Encoding.UTF8.GetBytes(text), more, path);

    private async Task<Reply> Import(Guid company, byte[] file, string more, string path = Books)
    {
        using var content = new ByteArrayContent(file);
        content.Headers.ContentType = new MediaTypeHeaderValue("application/octet-stream");
        using var answer = await host.Client.PostAsync($"{path}/import?company={company}&file=books{more}", content);
        var body = await answer.Content.ReadAsStringAsync();
        return new Reply((int)answer.StatusCode, JsonNode.Parse(body), body, null);
    }

    private Task<Reply> Undo(Guid import) => host.Client.Post($"{Books}/import/{import}/undo", new { });
}

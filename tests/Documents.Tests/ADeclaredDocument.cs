using System.Text.Json.Nodes;
using BusinessM.Records;
using BusinessM.Testing;
using Microsoft.Extensions.DependencyInjection;

namespace BusinessM.Documents.Tests;

/// <summary>A test assembly declares documents and a region, and gets all the rest without further code.</summary>
public sealed class ADeclaredDocument(ShelfHost host) : IClassFixture<ShelfHost>
{
    private const string Books = "/api/shelf/books";

    [Fact]
    public async Task has_the_table_that_it_declares()
    {
        var wrong = await TableCheck.Run(host.Services.GetRequiredService<IRecordDatabase>(),
            host.Services.GetRequiredService<DocumentCatalogue>().Current, default);
        wrong.ShouldBeEmpty();
    }

    [Fact]
    public async Task is_made_read_changed_and_blocked()
    {
        var company = await host.Company();
        var author = (await host.Client.Post("/api/shelf/authors", new { company, code = "AUSTEN", name = "Jane Austen" }))
            .Good().Id;
        var made = (await host.Client.Post(Books, new
        {
            company, title = "Emma", author, price = "12.50", pages = 474, published = "1815-12-23", inPrint = true,
            isbn = "9780141439587", lentUntil = "2026-12-01T10:00:00Z", cost = "7.10",
            chapters = new object[] { new { heading = "One", fromPage = 1 }, new { heading = "Two", fromPage = 9 } },
        })).Good();
        made.Status.ShouldBe(201);
        made.ETag.ShouldBe("\"1\"");
        ((string?)made.Json!["code"]).ShouldBe("B-0001");

        var read = (await host.Client.Get($"{Books}/{made.Id}")).Good().Json!;
        ((string?)read["title"]).ShouldBe("Emma");
        ((string?)read["price"]).ShouldBe("12.5");
        ((string?)read["binding"]).ShouldBe("paperback");
        ((string?)read["published"]).ShouldBe("1815-12-23");
        ((string?)read["isbn"]).ShouldBe("9780141439587");
        ((string?)read["names"]![author.ToString()]).ShouldBe("AUSTEN Jane Austen");
        read["chapters"]!.AsArray().Select(c => (string?)c!["heading"]).ShouldBe(["One", "Two"]);

        var second = (string?)read["chapters"]![1]!["id"];
        var patched = (await host.Client.Patch($"{Books}/{made.Id}", new
        {
            title = "Emma, a novel", price = (string?)null,
            chapters = new object[] { new { id = second, heading = "The second" }, new { heading = "Three" } },
        }, "\"1\"")).Good();
        patched.ETag.ShouldBe("\"2\"");
        read = (await host.Client.Get($"{Books}/{made.Id}")).Good().Json!;
        read["price"].ShouldBeNull();
        read["chapters"]!.AsArray().Select(c => (string?)c!["heading"]).ShouldBe(["One", "The second", "Three"]);

        (await host.Client.Patch($"{Books}/{made.Id}", new { chapters = new object[] { new { id = second, removed = true } } }))
            .Good();
        (await host.Client.Call("DELETE", $"{Books}/{made.Id}")).Good();
        read = (await host.Client.Get($"{Books}/{made.Id}")).Good().Json!;
        ((bool?)read["blocked"]).ShouldBe(true);
        read["chapters"]!.AsArray().Select(c => (string?)c!["heading"]).ShouldBe(["One", "Three"]);
    }

    [Fact, Produces("record.history.moment-unknown")]
    public async Task tells_what_was_changed_and_how_it_stood_before()
    {
        var company = await host.Company();
        var id = (await host.Client.Post(Books, new
        {
            company, code = "H1", title = "First", pages = 10, chapters = new object[] { new { heading = "One" } },
        })).Good().Id;
        await Task.Delay(20);
        var before = DateTimeOffset.UtcNow;
        await Task.Delay(20);
        (await host.Client.Patch($"{Books}/{id}", new { title = "Second", chapters = new object[] { new { heading = "Two" } } }))
            .Good();
        (await host.Client.Patch($"{Books}/{id}", new { title = "Third" })).Good();

        var changes = (await host.Client.Get($"{Books}/{id}/history")).Good().Json!["changes"]!.AsArray();
        changes.Select(c => (int)c!["version"]!).ShouldBe([3, 2, 1]);
        ((string?)changes[0]!["fields"]![0]!["before"]).ShouldBe("Second");
        ((string?)changes[0]!["fields"]![0]!["after"]).ShouldBe("Third");
        ((string?)changes[0]!["action"]).ShouldBe("shelf.book.change");

        var then = (await host.Client.Get($"{Books}/{id}?asOf={Uri.EscapeDataString(before.ToString("O"))}")).Good().Json!;
        ((string?)then["title"]).ShouldBe("First");
        ((int?)then["version"]).ShouldBe(1);
        then["chapters"]!.AsArray().Select(c => (string?)c!["heading"]).ShouldBe(["One"]);
        (await host.Client.Get($"{Books}/{id}?asOf=2020-01-01T00:00:00Z"))
            .Refused(404, "record.history.moment-unknown", "asOf");
    }

    [Fact]
    public async Task merges_a_stale_patch_of_other_fields_and_refuses_one_of_the_same()
    {
        var company = await host.Company();
        var made = (await host.Client.Post(Books, new
        {
            company, code = "M1", title = "One", pages = 10,
            chapters = new object[] { new { heading = "A" }, new { heading = "B" } },
        })).Good();
        var lines = (await host.Client.Get($"{Books}/{made.Id}")).Json!["chapters"]!.AsArray()
            .Select(c => (string?)c!["id"]).ToArray();
        (await host.Client.Patch($"{Books}/{made.Id}", new
        {
            title = "Two", chapters = new object[] { new { id = lines[0], heading = "A2" } },
        }, "\"1\"")).Good();

        // version 1 is stale by now: other fields and other lines merge
        (await host.Client.Patch($"{Books}/{made.Id}", new
        {
            pages = 20, chapters = new object[] { new { id = lines[1], heading = "B2" }, new { id = lines[0], fromPage = 3 } },
        }, "\"1\"")).Good();
        var read = (await host.Client.Get($"{Books}/{made.Id}")).Json!;
        ((string?)read["title"]).ShouldBe("Two");
        ((int?)read["pages"]).ShouldBe(20);
        read["chapters"]!.AsArray().Select(c => (string?)c!["heading"]).ShouldBe(["A2", "B2"]);

        var refused = await Unchanged.During(host, () => host.Client.Patch($"{Books}/{made.Id}", new { title = "Mine" }, "\"1\""));
        refused.Refused(412, "record.document.stale", "title");
        var conflict = refused.Json!["conflicts"]![0]!;
        ((string?)conflict["theirs"]).ShouldBe("Two");
        ((string?)conflict["by"])!.ShouldStartWith("key:");
        (await host.Client.Patch($"{Books}/{made.Id}", new
        {
            chapters = new object[] { new { id = lines[0], removed = true } },
        }, "\"1\"")).Refused(412, "record.document.stale");
    }

    [Fact, Produces("record.query.invalid")]
    public async Task lists_filters_sorts_pages_totals_and_searches()
    {
        var company = await host.Company();
        var author = (await host.Client.Post("/api/shelf/authors", new { company, code = "A", name = "Ann" })).Good().Id;
        var documents = Enumerable.Range(1, 25).Select(i => new
        {
            company, code = $"L{i:00}", title = i % 5 == 0 ? $"Winter {i}" : $"Summer {i}", pages = i,
            price = i % 2 == 0 ? "1.10" : null, author = i <= 3 ? author : (Guid?)null,
        }).ToArray();
        (await host.Client.Post($"{Books}/bulk", new { documents })).Good();
        string List(string more) => $"{Books}?company={company}&{more}";

        var first = await host.Client.Get(List("take=10&totals=count,price"));
        first.Column("code").ShouldBe(Enumerable.Range(1, 10).Select(i => $"L{i:00}"));
        ((long?)first.Json!["totals"]!["count"]).ShouldBe(25);
        ((string?)first.Json!["totals"]!["price"]).ShouldBe("13.2");          // 12 x 1.10
        ((string?)first.Json!["names"]![author.ToString()]).ShouldBe("A Ann");
        var seen = new List<string?>(first.Column("code"));
        for (var next = (string?)first.Json!["next"]; next is not null;)
        {
            var page = await host.Client.Get(List($"take=10&after={next}"));
            seen.AddRange(page.Column("code"));
            next = (string?)page.Json!["next"];
        }
        seen.ShouldBe(Enumerable.Range(1, 25).Select(i => $"L{i:00}"));

        foreach (var sort in new[] { "price,-code", "-price,code", "-price", "price", "-author,title", "published" })
        {
            var (paged, after) = (new List<string?>(), "");
            do
            {
                var page = await host.Client.Get(List($"take=7&sort={sort}{after}"));
                paged.AddRange(page.Column("id"));
                after = (string?)page.Json!["next"] is { } cursor ? "&after=" + cursor : "";
            }
            while (after.Length > 0);
            paged.ShouldBe((await host.Client.Get(List($"take=500&sort={sort}"))).Column("id"), sort);
            paged.Count.ShouldBe(25);
        }

        async Task<int> Count(string filter) =>
            (await host.Client.Get(List("filter=" + Uri.EscapeDataString(filter)))).Column("code").Count();
        (await Count("""["pages","le",7]""")).ShouldBe(7);
        (await Count("""["price","null"]""")).ShouldBe(13);
        (await Count("""["price","null",false]""")).ShouldBe(12);
        (await Count("""["code","in",["L01","L02","XX"]]""")).ShouldBe(2);
        (await Count("""["title","like","WINTER%"]""")).ShouldBe(5);
        (await Count("""["and",["binding","eq","paperback"],["or",["pages","lt",3],["pages","gt",24]]]""")).ShouldBe(3);
        (await Count($"""["author","eq","{author}"]""")).ShouldBe(3);

        (await host.Client.Get(List("search=wint 2"))).Column("code").Order().ShouldBe(["L20", "L25"]);
        await Analyze();                                          // from now on Summer is known to be frequent
        foreach (var search in new[] { "summer 24", "24 summ" })
            (await host.Client.Get(List($"search={search}"))).Column("code").ShouldBe(["L24"]);
        (await host.Client.Get(List("search=summer zephyr"))).Column("code").ShouldBeEmpty();
        (await host.Client.Get($"/api/search?company={company}&q=winter")).Good()
            .Json!["found"]!.AsArray().Count.ShouldBe(5);
        foreach (var (query, field) in new[]
        {
            ("take=0", "take"), ("take=501", "take"), ("sort=nothing", "sort"), ("fields=nothing", "fields"),
            ("filter=nonsense", "filter"), ("filter=[\"pages\",\"eq\",\"x\"]", "filter"), ("after=AAAA", "after"),
            ("totals=title", "totals"), ("colour=red", "colour"), ("search=a&sort=code", "search"),
        })
            (await host.Client.Get(List(query))).Refused(400, "record.query.invalid", field);
    }

    [Fact]
    public async Task is_described_by_meta_and_schema()
    {
        var type = (await host.Client.Get("/api/meta")).Good().Json!["documents"]!.AsArray()
            .Single(t => (string?)t!["type"] == "shelf.book")!;
        ((string?)type["path"]).ShouldBe(Books);
        ((string?)type["title"]).ShouldBe("title");
        var meta = (await host.Client.Get("/api/meta/shelf.book")).Good().Json!;
        var fields = meta["fields"]!.AsArray().ToDictionary(f => (string)f!["name"]!, f => f!);
        fields["isbn"]["source"]!.ToString().ShouldBe("Bookland");
        fields["isbn"]["countries"]!.AsArray().Select(c => (string?)c).ShouldBe(["GB"]);
        fields["binding"]["options"]!.AsArray().Select(o => (string?)o!["label"]).ShouldBe(["Hardback", "Paperback", "Audio book"]);
        fields["code"]["createOnly"]!.GetValue<bool>().ShouldBeTrue();
        fields["title"]["kind"]!.ToString().ShouldBe("text");
        meta["children"]![0]!["fields"]!.AsArray().Count.ShouldBe(2);
        var schema = (await host.Client.Get("/api/meta/shelf.book/schema")).Good().Json!;
        ((string?)schema["properties"]!["isbn"]!["type"]).ShouldBe("string");
        schema["required"]!.AsArray().Select(r => (string?)r).ShouldBe(["title"]);
        var api = (await host.Client.Get("/openapi/v1.json")).Good().Json!;
        api["components"]!["schemas"]!["shelf.book"]!["properties"]!["isbn"].ShouldNotBeNull();
        api["paths"]![Books]!["post"]!["requestBody"].ShouldNotBeNull();
    }

    private async Task Analyze()
    {
        await using var source = Npgsql.NpgsqlDataSource.Create(host.SuperuserConnection + ";Pooling=false");
        await using var analyze = source.CreateCommand("analyze shelf.book");
        await analyze.ExecuteNonQueryAsync();
    }
}

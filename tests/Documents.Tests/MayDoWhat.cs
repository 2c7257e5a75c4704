using BusinessM.Testing;

namespace BusinessM.Documents.Tests;

/// <summary>Permissions that follow from a declaration.</summary>
[Trait("Category", "NoCulture")]
public sealed class MayDoWhat(ShelfHost host) : IClassFixture<ShelfHost>
{
    private const string Books = "/api/shelf/books";

    [Fact, Produces("record.document.type-unknown")]
    public async Task is_said_by_type_and_verb()
    {
        var company = await host.Company();
        var book = (await host.Client.Post(Books, new { company, title = "Cranford", cost = "3.10" })).Good().Id;
        using var reader = await host.WithKey(["shelf.book.read"]);
        (await reader.Get("/api/meta")).Good().Json!["documents"]!.AsArray().Select(t => (string?)t!["type"])
            .ShouldBe(["shelf.book"]);
        (await reader.Get($"{Books}/{book}")).Good();
        foreach (var call in new Func<Task<Reply>>[]
        {
            () => reader.Post(Books, new { company, title = "No" }), () => reader.Patch($"{Books}/{book}", new { title = "No" }),
            () => reader.Call("DELETE", $"{Books}/{book}"), () => reader.Post($"{Books}/{book}/notes", new { kind = "tag", text = "x" }),
            () => reader.Post($"{Books}/bulk", new { documents = new[] { new { company, title = "No" } } }),
        })
            (await Unchanged.During(host, call)).Refused(403, "record.permission.missing");
        (await reader.Get($"/api/shelf/authors?company={company}")).Refused(403, "record.permission.missing");
        (await reader.Get("/api/meta/shelf.author")).Refused(404, "record.document.type-unknown");
    }

    [Fact, Produces("record.field.unknown")]
    public async Task hides_what_is_sensitive_in_reading_listing_sorting_exporting_and_writing()
    {
        var company = await host.Company();
        var book = (await host.Client.Post(Books, new { company, code = "S", title = "Ruth", cost = "3.10" })).Good().Id;
        ((string?)(await host.Client.Get($"{Books}/{book}")).Json!["cost"]).ShouldBe("3.1");
        using var clerk = await host.WithKey(["shelf.book.read", "shelf.book.change", "shelf.book.export"]);
        foreach (var path in new[] { $"{Books}/{book}", $"{Books}?company={company}&fields=*", $"{Books}/{book}/history",
            "/api/meta/shelf.book", $"{Books}/export?company={company}" })
        {
            var answer = await clerk.Get(path);
            answer.Status.ShouldBe(200);
            answer.Text.ShouldNotContain("cost", Case.Sensitive, path);
        }
        (await clerk.Get($"{Books}?company={company}&sort=cost")).Refused(400, "record.query.invalid", "sort");
        (await clerk.Get($"{Books}?company={company}&filter=" + Uri.EscapeDataString("""["cost","gt","1"]""")))
            .Refused(400, "record.query.invalid", "filter");
        (await Unchanged.During(host, () => clerk.Patch($"{Books}/{book}", new { cost = "1" })))
            .Refused(400, "record.field.unknown", "cost");
    }

    [Fact, Produces("record.document.not-found")]
    public async Task ends_at_the_company()
    {
        var (mine, other) = (await host.Company(), await host.Company());
        var book = (await host.Client.Post(Books, new { company = other, title = "Villette" })).Good().Id;
        using var clerk = await host.WithKey(["*"], [new CompanyId(mine)]);
        foreach (var call in new Func<Task<Reply>>[]
        {
            () => clerk.Get($"{Books}/{book}"), () => clerk.Get($"{Books}/{book}/history"),
            () => clerk.Get($"{Books}?company={other}"), () => clerk.Get($"{Books}/{book}/notes"),
            () => clerk.Patch($"{Books}/{book}", new { title = "Mine" }), () => clerk.Call("DELETE", $"{Books}/{book}"),
            () => clerk.Post(Books, new { company = other, title = "Mine" }),
            () => clerk.Post(Books, new { company = Guid.CreateVersion7(), title = "Nobody's" }),
        })
            (await Unchanged.During(host, call)).Refused(404, "record.document.not-found");
        (await host.Client.Post(Books, new { company = Guid.CreateVersion7(), title = "Nobody's" }))
            .Refused(404, "record.document.not-found", "company");
    }

    [Fact, Produces("record.document.stale")]
    public async Task refuses_what_is_stale()
    {
        var company = await host.Company();
        var book = (await host.Client.Post(Books, new { company, title = "Shirley" })).Good().Id;
        (await host.Client.Patch($"{Books}/{book}", new { title = "Shirley!" })).Good();
        (await Unchanged.During(host, () => host.Client.Patch($"{Books}/{book}", new { title = "S" }, "\"1\"")))
            .Refused(412, "record.document.stale", "title");
    }

    [Fact, Produces("record.document.company-needed")]
    public Task refuses_a_document_without_its_company() => Refuses("record.document.company-needed",
        ("""{"title":"x"}""", "company"));

    [Fact, Produces("record.field.unknown")]
    public Task refuses_a_document_with_fields_that_it_has_not() => Refuses("record.field.unknown",
        ("""{"company":"C","title":"x","titel":"y"}""", "titel"),
        ("""{"company":"C","title":"x","chapters":[{"heading":"a","page":1}]}""", "chapters[0].page"));

    [Fact, Produces("record.field.value")]
    public Task refuses_a_document_with_values_that_do_not_fit() => Refuses("record.field.value",
        ("""{"company":"C","title":"x","price":"a"}""", "price"),
        ("""{"company":"C","title":"x","price":1.5}""", "price"),
        ("""{"company":"C","title":"x","price":"1.234"}""", "price"),
        ("""{"company":"C","title":"x","price":"-1"}""", "price"),
        ("""{"company":"C","title":"x","pages":10001}""", "pages"),
        ("""{"company":"C","title":"x","binding":"cloth"}""", "binding"),
        ("""{"company":"C","title":"x","published":"2026-02-30"}""", "published"));

    [Fact, Produces("record.field.required")]
    public Task refuses_a_document_without_what_is_required() => Refuses("record.field.required",
        ("""{"company":"C"}""", "title"),
        ("""{"company":"C","title":""}""", "title"),
        ("""{"company":"C","title":"x","chapters":[{"fromPage":1}]}""", "chapters[0].heading"));

    [Fact, Produces("record.field.read-only")]
    public Task refuses_a_document_with_what_the_program_sets() => Refuses("record.field.read-only",
        ("""{"company":"C","title":"x","version":1,"createdBy":"me"}""", "createdBy"));

    [Fact, Produces("record.link.not-found")]
    public Task refuses_a_document_that_leads_nowhere() => Refuses("record.link.not-found",
        ("""{"company":"C","title":"x","author":"01900000-0000-7000-8000-000000000000"}""", "author"));

    [Fact, Produces("record.field.pattern")]
    public Task refuses_a_document_whose_text_has_another_form() => Refuses("record.field.pattern",
        ("""{"company":"C","title":"x","isbn":"978014143958"}""", "isbn"));

    [Fact, Produces("record.field.checksum")]
    public Task refuses_a_document_with_a_wrong_check_digit() => Refuses("record.field.checksum",
        ("""{"company":"C","title":"x","isbn":"9780141439588"}""", "isbn"));

    [Fact, Produces("record.line.too-many")]
    public Task refuses_a_document_whose_lines_are_no_list() => Refuses("record.line.too-many",
        ("""{"company":"C","title":"x","chapters":{"heading":"a"}}""", "chapters"));

    [Fact, Produces("record.line.not-found")]
    public Task refuses_a_document_with_a_line_of_no_id() => Refuses("record.line.not-found",
        ("""{"company":"C","title":"x","chapters":[{"id":7,"heading":"a"}]}""", "chapters[0].id"));

    [Fact, Produces("record.request.malformed")]
    public Task refuses_a_document_that_is_none() => Refuses("record.request.malformed",
        ("""[1,2]""", null));

    private async Task Refuses(string code, params (string Body, string? Field)[] documents)
    {
        var company = await host.Company();
        foreach (var (body, field) in documents)
            (await Unchanged.During(host, () => host.Client.Post(Books,
                body.Replace("\"C\"", $"\"{company}\"", StringComparison.Ordinal)))).Refused(400, code, field);
    }

    [Fact, Produces("record.document.kept")]
    public async Task keeps_what_is_neither_blocked_nor_removed()
    {
        var company = await host.Company();
        var leaflet = (await host.Client.Post("/api/shelf/leaflets", new { company, name = "Opening hours" })).Good().Id;
        (await Unchanged.During(host, () => host.Client.Call("DELETE", $"/api/shelf/leaflets/{leaflet}")))
            .Refused(409, "record.document.kept");
    }

    [Fact, Produces("record.bulk.invalid"), Produces("record.document.duplicate")]
    public async Task refuses_a_bulk_as_a_whole()
    {
        var company = await host.Company();
        var twice = Guid.CreateVersion7();
        (await Unchanged.During(host, () => host.Client.Post($"{Books}/bulk", new
        {
            documents = new[] { new { id = twice, company, title = "A" }, new { id = twice, company, title = "B" } },
        }))).Refused(400, "record.bulk.invalid", "documents[1]");
        (await Unchanged.During(host, () => host.Client.Post($"{Books}/bulk", new
        {
            documents = new[] { new { code = "X", company, title = "A" }, new { code = "X", company, title = "B" } },
        }))).Refused(409, "record.document.duplicate", "code");
    }
}

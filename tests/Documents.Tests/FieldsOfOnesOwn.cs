using System.Text.Json;
using System.Text.Json.Nodes;
using BusinessM.Testing;

namespace BusinessM.Documents.Tests;

/// <summary>Two hosts on one database.</summary>
public sealed class TwoShelfHosts : ShelfHost
{
    private IAsyncDisposable? _second;

    public HttpClient Other { get; private set; } = null!;

    public override async ValueTask InitializeAsync()
    {
        await base.InitializeAsync();
        (Other, _second) = await StartAnother();
    }

    public override async ValueTask DisposeAsync()
    {
        Other.Dispose();
        await _second!.DisposeAsync();
        await base.DisposeAsync();
    }
}

[CollectionDefinition(nameof(WithNothingBeside), DisableParallelization = true)]
public sealed class WithNothingBeside;

[Collection(nameof(WithNothingBeside)), Trait("Category", "NoCulture")]
public sealed class FieldsOfOnesOwn(TwoShelfHosts hosts) : IClassFixture<TwoShelfHosts>
{
    private const string Fields = "/api/record/fields";
    private const string Books = "/api/shelf/books";

    [Fact]
    public async Task are_there_in_every_host_within_5_seconds_while_no_request_fails()
    {
        var company = await hosts.Company();
        using var stop = new CancellationTokenSource();
        HttpClient[] both = [hosts.Client, hosts.Other];
        foreach (var (client, i) in both.Select((client, i) => (client, i))) await Round(client, company, $"A{i}");
        var work = both.Select((client, i) => Work(client, company, i, stop.Token)).ToArray();
        try
        {
            await Coloured(company);
        }
        finally
        {
            await stop.CancelAsync();
        }
        var answers = await Task.WhenAll(work);
        answers.Sum(a => a.Count).ShouldBeGreaterThan(10);
        answers.SelectMany(a => a).Where(status => status is < 200 or > 299).ShouldBeEmpty();
    }

    private async Task Coloured(Guid company)
    {
        var made = await hosts.Client.Post(Fields, new
        {
            document = "shelf.book", name = "colour", label = "Colour", kind = "choice", options = "red, green=Green as grass",
            inList = true, @default = "red",
        });
        var since = TimeProvider.System.GetTimestamp();
        made.Good();
        foreach (var client in new[] { hosts.Client, hosts.Other })
            while (!await Knows(client)) await Task.Delay(20);
        TimeProvider.System.GetElapsedTime(since).TotalSeconds.ShouldBeLessThan(5);
        foreach (var client in new[] { hosts.Client, hosts.Other })
        {
            var book = (await client.Post(Books, new { company, title = "Coloured", x_colour = "green" })).Good();
            ((string?)book.Json!["x_colour"]).ShouldBe("green");
            var listed = await client.Get($"{Books}?company={company}&filter="
                + Uri.EscapeDataString("""["x_colour","eq","green"]""") + "&sort=x_colour");
            listed.Column("x_colour").ShouldContain("green");
            (await client.Get($"/api/meta/shelf.book/schema")).Json!["properties"]!["x_colour"]!["enum"]!.AsArray()
                .Select(c => (string?)c).ShouldBe(["red", "green"]);
            (await client.Get("/openapi/v1.json")).Json!["components"]!["schemas"]!["shelf.book"]!["properties"]!["x_colour"]
                .ShouldNotBeNull();
            ((string?)(await client.Post(Books, new { company, title = "Usual" })).Good().Json!["x_colour"]).ShouldBe("red");
            (await client.Post(Books, new { company, title = "Wrong", x_colour = "blue" }))
                .Refused(400, "record.field.value", "x_colour");
            var taken = await client.Call("POST", $"{Books}/import?company={company}&file=books",
                "title,x_colour\nFrom a file,green\n");
            ((int)taken.Good().Json!["added"]!).ShouldBe(1, taken.Text);
            var file = (await client.Get($"{Books}/export?company={company}&format=csv")).Good().Text.Split("\r\n");
            var colour = file[0].Split(',').IndexOf("x_colour");
            file.First(line => line.Contains("From a file", StringComparison.Ordinal)).Split(',')[colour].ShouldBe("green");
        }
    }

    [Fact, Produces("record.field.column-there")]
    public async Task are_taken_away_restored_and_purged()
    {
        var company = await hosts.Company();
        var field = (await hosts.Client.Post(Fields, new
        {
            document = "shelf.author", name = "born", label = "Born", kind = "date",
        })).Good().Id;
        var author = (await hosts.Client.Post("/api/shelf/authors", new
        {
            company, code = "W", name = "Woolf", x_born = "1882-01-25",
        })).Good().Id;
        (await hosts.Client.Patch($"/api/shelf/authors/{author}", new { x_born = "1882-01-26" })).Good();
        var history = (await hosts.Client.Get($"/api/shelf/authors/{author}/history")).Good().Json!["changes"]![0]!["fields"]![0]!;
        ((string?)history["field"]).ShouldBe("x_born");
        ((string?)history["before"]).ShouldBe("1882-01-25");

        (await hosts.Client.Call("DELETE", $"{Fields}/{field}")).Good();
        (await hosts.Client.Get($"/api/shelf/authors/{author}")).Json!["x_born"].ShouldBeNull();
        (await hosts.Client.Patch($"/api/shelf/authors/{author}", new { x_born = "1882-01-25" }))
            .Refused(400, "record.field.unknown", "x_born");
        (await Unchanged.During(hosts, () => hosts.Client.Post(Fields, new
        {
            document = "shelf.author", name = "born", label = "Born in", kind = "whole",
        }))).Refused(409, "record.field.column-there");

        (await hosts.Client.Patch($"{Fields}/{field}", new { blocked = false })).Good();
        ((string?)(await hosts.Client.Get($"/api/shelf/authors/{author}")).Json!["x_born"]).ShouldBe("1882-01-26");

        (await hosts.Client.Post($"{Fields}/{field}/purge", new { })).Refused(400, "record.field.invalid");
        (await hosts.Client.Call("DELETE", $"{Fields}/{field}")).Good();
        Reply purged;
        do
        {
            await Task.Delay(500);
            purged = await hosts.Client.Post($"{Fields}/{field}/purge", new { });
        }
        while (purged.Status == 400);
        purged.Good();
        (await hosts.Client.Post(Fields, new { document = "shelf.author", name = "born", label = "Born in", kind = "whole" }))
            .Good();
        (await hosts.Client.Get($"/api/shelf/authors/{author}")).Json!["x_born"].ShouldBeNull();
    }

    [Fact]
    public async Task may_be_a_hundred_on_one_document()
    {
        var company = await hosts.Company();
        string[] kinds = ["text", "longText", "whole", "decimal", "flag", "date", "moment", "choice"];
        object[] values = ["a", "b\nc", 7, "1.5", true, "2026-11-28", "2026-11-28T10:00:00+00:00", "one"];
        var documents = Enumerable.Range(0, 100).Select(i => new
        {
            document = "shelf.author", name = FormattableString.Invariant($"f{i}"),
            label = FormattableString.Invariant($"Field {i}"), kind = kinds[i % 8],
            options = i % 8 == 7 ? "one, two" : null, inList = true,
        });
        (await hosts.Client.Post($"{Fields}/bulk", new { documents })).Good();
        var author = new JsonObject { ["company"] = company, ["code"] = "F", ["name"] = "Full" };
        for (var i = 0; i < 100; i++) author[FormattableString.Invariant($"x_f{i}")] = JsonSerializer.SerializeToNode(values[i % 8]);
        var id = (await hosts.Client.Post("/api/shelf/authors", author.ToJsonString())).Good().Id;
        var read = (await hosts.Client.Get($"/api/shelf/authors/{id}")).Good().Json!;
        for (var i = 0; i < 100; i++)
            read[FormattableString.Invariant($"x_f{i}")]!.ToString().ShouldBe(JsonSerializer.SerializeToNode(values[i % 8])!.ToString());
        var row = (await hosts.Client.Get($"/api/shelf/authors?company={company}")).Good().Json!["rows"]![0]!.AsObject();
        row.Count(p => p.Key.StartsWith("x_f", StringComparison.Ordinal)).ShouldBe(100);
        (await hosts.Client.Get("/api/meta/shelf.author")).Good().Json!["fields"]!.AsArray().Count.ShouldBeGreaterThan(100);
    }

    [Theory, Produces("record.field.invalid")]
    [InlineData("""{"document":"shelf.nothing","name":"a","label":"A","kind":"text"}""")]
    [InlineData("""{"document":"record.field","name":"a","label":"A","kind":"text"}""")]
    [InlineData("""{"document":"shelf.book","name":"a","label":"A","kind":"choice"}""")]
    [InlineData("""{"document":"shelf.book","name":"a","label":"A","kind":"link"}""")]
    [InlineData("""{"document":"shelf.book","name":"a","label":"A","kind":"link","target":"no.thing"}""")]
    [InlineData("""{"document":"shelf.book","name":"a","label":"A","kind":"whole","default":"many"}""")]
    public async Task that_make_no_sense_are_refused(string field) =>
        (await Unchanged.During(hosts, () => hosts.Client.Post(Fields, field))).Refused(400, "record.field.invalid");

    [Fact, Produces("record.field.table-busy")]
    public async Task of_a_table_in_use_are_refused_and_nobody_waits_long()
    {
        await using var source = Npgsql.NpgsqlDataSource.Create(hosts.SuperuserConnection + ";Pooling=false");
        await using var user = await source.OpenConnectionAsync();
        await using var reading = await user.BeginTransactionAsync();
        await using (var hold = new Npgsql.NpgsqlCommand("lock table shelf.leaflet in access share mode", user))
            await hold.ExecuteNonQueryAsync();
        (await Unchanged.During(hosts, () => hosts.Client.Post(Fields, new
        {
            document = "shelf.leaflet", name = "busy", label = "Busy", kind = "text",
        }))).Refused(409, "record.field.table-busy");
    }

    [Fact]
    public async Task of_a_bad_name_are_refused() =>
        (await hosts.Client.Post(Fields, new { document = "shelf.book", name = "A b", label = "A", kind = "text" }))
            .Refused(400, "record.field.pattern", "name");

    private static async Task<bool> Knows(HttpClient client) =>
        (await client.Get("/api/meta/shelf.book")).Text.Contains("x_colour", StringComparison.Ordinal);

    // Lists, makes, reads and changes books all the time.
    private static async Task<IReadOnlyList<int>> Work(HttpClient client, Guid company, int worker, CancellationToken stop)
    {
        var answers = new List<int>();
        for (var i = 0; !stop.IsCancellationRequested; i++)
        {
            answers.AddRange(await Round(client, company, FormattableString.Invariant($"K{worker}-{i}")));
            await Task.Delay(5, CancellationToken.None);
        }
        return answers;
    }

    private static async Task<IReadOnlyList<int>> Round(HttpClient client, Guid company, string code)
    {
        var made = await client.Post(Books, new { company, code, title = "K" });
        var listed = await client.Get($"{Books}?company={company}&take=20&fields=*");
        if (made.Status != 201) return [made.Status, listed.Status];
        var changed = await client.Patch($"{Books}/{made.Id}", new { title = "L" }, made.ETag);
        return [made.Status, listed.Status, changed.Status, (await client.Get($"{Books}/{made.Id}")).Status];
    }
}

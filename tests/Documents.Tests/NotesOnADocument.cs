using BusinessM.Testing;

namespace BusinessM.Documents.Tests;

[Trait("Category", "NoCulture")]
public sealed class NotesOnADocument(ShelfHost host) : IClassFixture<ShelfHost>
{
    [Fact]
    public async Task are_added_read_found_by_who_is_named_and_taken_away()
    {
        var company = await host.Company();
        var book = (await host.Client.Post("/api/shelf/books", new { company, title = "Persuasion" })).Good().Id;
        var notes = $"/api/shelf/books/{book}/notes";
        var admin = await host.SignIn("admin", host.AdministratorPassword);

        var comment = (await host.Client.Post(notes, new { kind = "comment", text = "Look at this, @admin, please." })).Good();
        comment.Status.ShouldBe(201);
        (await host.Client.Post(notes, new { kind = "tag", text = "classic" })).Good();
        (await admin.Post(notes, new { kind = "assignment", user = "admin" })).Good();
        (await admin.Post(notes, new { kind = "attachment", text = "Cover", url = "https://books.example/p.png" })).Good();

        var read = (await host.Client.Get(notes)).Good().Json!["notes"]!.AsArray();
        read.Select(n => (string?)n!["kind"]).ShouldBe(["comment", "tag", "assignment", "attachment"]);
        var mine = (await admin.Get("/api/notes/mine")).Good().Json!["notes"]!.AsArray()
            .Where(n => (Guid?)n!["document"] == book);
        mine.Select(n => (string?)n!["note"]!["kind"]).ShouldBe(["assignment", "mention"]);

        (await Unchanged.During(host, () => admin.Call("DELETE", $"{notes}/{comment.Id}")))
            .Refused(403, "record.permission.missing");
        (await host.Client.Call("DELETE", $"{notes}/{comment.Id}")).Status.ShouldBe(204);
        (await host.Client.Get(notes)).Json!["notes"]!.AsArray().Count.ShouldBe(3);
    }

    [Theory, Produces("record.note.invalid")]
    [InlineData("""{"kind":"comment"}""")]
    [InlineData("""{"text":"of no kind"}""")]
    [InlineData("""{"kind":"comment","text":"  "}""")]
    [InlineData("""{"kind":"mention","text":"@admin"}""")]
    [InlineData("""{"kind":"assignment"}""")]
    [InlineData("""{"kind":"attachment","text":"x","url":"javascript:alert(1)"}""")]
    public async Task that_say_nothing_are_refused(string note)
    {
        var company = await host.Company();
        var book = (await host.Client.Post("/api/shelf/books", new { company, title = "Sanditon" })).Good().Id;
        (await Unchanged.During(host, () => host.Client.Post($"/api/shelf/books/{book}/notes", note)))
            .Refused(400, "record.note.invalid");
    }
}

using System.ComponentModel.DataAnnotations;
using System.Text.RegularExpressions;
using BusinessM.Contracts.Masters;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace BusinessM.Records;

public readonly record struct DocumentNoteId(Guid Value) : ITypedId<DocumentNoteId>
{
    public static DocumentNoteId From(Guid value) => new(value);
}

/// <summary>Mention: a comment names a user; made with the comment, and found by him.</summary>
public enum NoteKind { Comment, Tag, Assignment, Follow, Attachment, Mention }

/// <summary>What people say of a document, and who cares for it. It is no part of the document: a posted one takes notes
/// too (policy 5).</summary>
internal sealed class DocumentNote : Document<DocumentNoteId>
{
    public string Type { get; init; } = "";

    public Guid Document { get; init; }

    public NoteKind Kind { get; init; }

    public string? Text { get; init; }

    public string? UserName { get; init; }

    public string? Url { get; init; }

    public Notes.NoteView ToView() => new(Id, Kind, Text, UserName, Url, CreatedAt, CreatedBy);
}

internal sealed class DocumentNoteMap : IEntityTypeConfiguration<DocumentNote>
{
    public void Configure(EntityTypeBuilder<DocumentNote> note) => note.ToTable("note");
}

/// <summary>Comments with mentions, tags, assignments, followers and attachments, on every document.</summary>
internal static partial class Notes
{
    /// <summary>Notes that are told at once.</summary>
    public const int TakeMax = 500;

    /// <summary>Characters of a comment.</summary>
    public const int TextMax = 4_000;

    /// <summary>Characters of an attachment's address.</summary>
    public const int UrlMax = 2_000;

    /// <summary>Users that a comment mentions at most.</summary>
    public const int MentionsMax = 20;

    /// <summary>The lengths are checked with all else: endpoints that share a handler have no validation of their own.
    /// </summary>
    public sealed record Request([property: Required] NoteKind? Kind, [property: MaxLength(TextMax)] string? Text = null,
        [property: MaxLength(64)] string? User = null, [property: MaxLength(UrlMax)] string? Url = null);

    public sealed record NoteView(DocumentNoteId Id, NoteKind Kind, string? Text, string? User, string? Url, DateTimeOffset At,
        string By);

    public sealed record NotesView(IReadOnlyList<NoteView> Notes);

    public sealed record MineView(IReadOnlyList<MyNote> Notes);

    public sealed record MyNote(string Type, Guid Document, NoteView Note);

    /// <summary>The notes of one document.</summary>
    public static void Map(TypeEndpoints documents)
    {
        documents.Map("GET", "/{id:guid}/notes", "read", (Guid id, HttpContext http, NotesOf notes,
            CancellationToken ct) => notes.Read(DocumentEndpoints.Type(http), id, ct), RecordErrors.NotFound);
        documents.Map("POST", "/{id:guid}/notes", "comment", (Guid id, Request request, HttpContext http,
            NotesOf notes, CancellationToken ct) => notes.Add(DocumentEndpoints.Type(http), id, request, ct),
            RecordErrors.NotFound, RecordErrors.NoteInvalid);
        documents.Map("DELETE", "/{id:guid}/notes/{note:guid}", "comment", (Guid id, Guid note,
            HttpContext http, NotesOf notes, CancellationToken ct) =>
            notes.Remove(DocumentEndpoints.Type(http), id, new DocumentNoteId(note), ct), RecordErrors.NotFound);
    }

    /// <summary>What names the caller: assignments, mentions, what he follows.</summary>
    public static void MapMine(IEndpointRouteBuilder app) =>
        app.MapGet("/api/notes/mine", Mine).WithTags("notes").RequirePermission(Tokens.OwnSession).Refuses();

    private static async Task<Ok<MineView>> Mine(RecordDb db, DocumentCatalogue catalogue, Caller caller,
        CancellationToken ct)
    {
        var me = caller.Name;
        var notes = await db.Set<DocumentNote>().AsNoTracking().Where(n => n.UserName == me)
            .OrderByDescending(n => n.Id).Take(TakeMax).ToListAsync(ct);
        return TypedResults.Ok(new MineView([.. notes
            .Where(n => caller.Sees(n.Company) && caller.May(n.Type + ".read") && catalogue.Current.Find(n.Type) is not null)
            .Select(n => new MyNote(n.Type, n.Document, n.ToView()))]));
    }

    [GeneratedRegex(@"\A[a-z0-9][a-z0-9._@-]{0,63}\z")]
    internal static partial Regex UserName();

    [GeneratedRegex(@"(?<![\w.@-])@(?<name>[a-z0-9][a-z0-9._@-]{0,62}[a-z0-9])", RegexOptions.ExplicitCapture)]
    internal static partial Regex Mentions();
}

/// <summary>The notes of one document, for a caller who may see it.</summary>
internal sealed class NotesOf(RecordDb db, IRecordDatabase database, Caller caller)
{
    public async Task<Results<Ok<Notes.NotesView>, ProblemHttpResult>> Read(DocumentType type, Guid id,
        CancellationToken ct)
    {
        if (await CompanyOf(type, id, ct) is null) return ReadDocuments.NotFound(type, id).ToProblem();
        var notes = await db.Set<DocumentNote>().AsNoTracking().Where(n => n.Document == id && n.Kind != NoteKind.Mention)
            .OrderBy(n => n.Id).Take(Notes.TakeMax).ToListAsync(ct);
        return TypedResults.Ok(new Notes.NotesView(notes.ConvertAll(n => n.ToView())));
    }

    public async Task<Results<Created<Notes.NoteView>, ProblemHttpResult>> Add(DocumentType type, Guid id,
        Notes.Request request, CancellationToken ct)
    {
        if (await CompanyOf(type, id, ct) is not { } company) return ReadDocuments.NotFound(type, id).ToProblem();
        var note = Write(type, id, company, request);
        if (note.Failed) return note.Failure.ToProblem();
        db.Add(note.Value);
        foreach (var user in Mentioned(note.Value))
            db.Add(new DocumentNote { Company = company, Type = type.Name, Document = id, Kind = NoteKind.Mention, UserName = user,
                Text = note.Value.Text });
        var committed = await db.Commit(note.Value.ToView, ct, 201);
        return committed.Failed ? committed.Failure.ToProblem()
            : TypedResults.Created($"{type.Path}/{id}/notes", committed.Value);
    }

    /// <summary>One's own are taken away; others' stay.</summary>
    public async Task<Results<NoContent, ProblemHttpResult>> Remove(DocumentType type, Guid id, DocumentNoteId which,
        CancellationToken ct)
    {
        if (await CompanyOf(type, id, ct) is null) return ReadDocuments.NotFound(type, id).ToProblem();
        var note = await db.Set<DocumentNote>().SingleOrDefaultAsync(n => n.Id == which && n.Document == id, ct);
        if (note is null) return RecordErrors.NotFound.With($"There is no note {which.Value}").ToProblem();
        if (note.CreatedBy != caller.Name)
            return RecordErrors.NotPermitted.With($"The note is {note.CreatedBy}'s").ToProblem();
        db.Remove(note);
        var committed = await db.Commit(ct);
        return committed.Failed ? committed.Failure.ToProblem() : TypedResults.NoContent();
    }

    private static Result<DocumentNote> Write(DocumentType type, Guid id, CompanyId company, Notes.Request request)
    {
        if (request.Kind is not { } kind) return RecordErrors.NoteInvalid.With($"It is said what the note is", "kind");
        if (request.Text?.Length > Notes.TextMax || request.Url?.Length > Notes.UrlMax)
            return RecordErrors.NoteInvalid.With(
                $"A note has up to {Notes.TextMax} characters, an address up to {Notes.UrlMax}", "text");
        var text = string.IsNullOrWhiteSpace(request.Text) ? null : request.Text;
        if ((text ?? "").Any(c => char.IsControl(c) && c is not ('\n' or '\r' or '\t')))
            return RecordErrors.NoteInvalid.With($"The text has a character that is no text", "text");
        if (kind == NoteKind.Mention || (kind is NoteKind.Comment or NoteKind.Tag or NoteKind.Attachment && text is null))
            return RecordErrors.NoteInvalid.With($"A note of kind {Records.Text.Camel(kind.ToString())} has a text", "text");
        if (kind == NoteKind.Tag && text!.Length > 40)
            return RecordErrors.NoteInvalid.With($"A tag has up to 40 characters", "text");
        if (kind is NoteKind.Assignment or NoteKind.Follow && !Notes.UserName().IsMatch(request.User ?? ""))
            return RecordErrors.NoteInvalid.With($"It is said who: user", "user");
        if (kind == NoteKind.Attachment && !(Uri.TryCreate(request.Url, UriKind.Absolute, out var url)
            && url.Scheme is "https" or "http"))
            return RecordErrors.NoteInvalid.With($"An attachment has an address that begins with https://", "url");
        return new DocumentNote
        {
            Company = company, Type = type.Name, Document = id, Kind = kind, Text = text,
            UserName = kind is NoteKind.Assignment or NoteKind.Follow ? request.User : null,
            Url = kind == NoteKind.Attachment ? request.Url : null,
        };
    }

    private static IEnumerable<string> Mentioned(DocumentNote note) => note.Kind != NoteKind.Comment ? []
        : Notes.Mentions().Matches(note.Text!).Select(m => m.Groups["name"].Value).Distinct().Take(Notes.MentionsMax);

    // Null: it is not there, or not seen.
    private async Task<CompanyId?> CompanyOf(DocumentType type, Guid id, CancellationToken ct)
    {
        await using var command = database.Reader(type.Schema).CreateCommand(
            $"select d.company from {type.Schema}.\"{type.Table}\" d where d.id = $1"
            + (type.Declared.Where is { } where ? $" and d.{where}" : ""));
        var parameter = command.CreateParameter();
        parameter.Value = id;
        command.Parameters.Add(parameter);
        if (await command.ExecuteScalarAsync(ct) is not Guid found) return null;
        return found == Guid.Empty || caller.Sees(new CompanyId(found)) ? new CompanyId(found) : null;
    }
}

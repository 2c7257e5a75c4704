using System.Globalization;
using System.Text.Json;
using BusinessM.Contracts.RecordKeeper;
using Microsoft.AspNetCore.Http;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace BusinessM.Records;

/// <summary>Makes, changes, blocks and removes documents of types that are written from their declaration.</summary>
internal sealed class WriteDocuments(DocumentCatalogue catalogue, IRecordDatabase database, IServiceProvider services,
    DocumentHistory history, DocumentCodes codes, Caller caller)
{
    /// <summary>Bulks may have so many documents.</summary>
    public const int BulkMax = Lane.BulkMax;

    private static readonly IReadOnlySet<object> NoIds = new HashSet<object>();

    public async Task<IResult> Create(HttpContext http, DocumentType type, JsonElement body)
    {
        var made = await New(type, body, NoIds, http.RequestAborted);
        if (made.Failed) return made.Failure.ToProblem();
        var committed = await Db(type).Commit(() => View(made.Value), http.RequestAborted, 201);
        if (committed.Failed) return Refused(type, committed.Failure).ToProblem();
        var document = (IDocument)made.Value.Document;
        http.Response.Headers.Location = $"{type.Path}/{document.Key}";
        await Settled(type, http.RequestAborted);
        return JsonAnswer.Of(committed.Value, ReadDocuments.ETag(document.Version), 201);
    }

    public async Task<IResult> Patch(HttpContext http, DocumentType type, Guid id, JsonElement body)
    {
        int? seen = null;
        if (http.Request.Headers.IfMatch is { Count: > 0 } match)
        {
            if (!int.TryParse(match.ToString().Trim('"'), NumberStyles.None, CultureInfo.InvariantCulture, out var version))
                return RecordErrors.Malformed.With($"If-Match is the ETag of a document, such as \"3\"").ToProblem();
            seen = version;
        }
        var changed = await Change(type, id, body, seen, NoIds, http.RequestAborted);
        if (changed.Failed) return changed.Failure.ToProblem();
        if (changed.Value.Conflicts is { Count: > 0 } conflicts) return Stale(type, id, conflicts);
        var edit = changed.Value.Edit;
        var committed = await Db(type).Commit(() => View(edit), http.RequestAborted);
        if (committed.Failed) return Refused(type, committed.Failure).ToProblem();
        await Settled(type, http.RequestAborted);
        return JsonAnswer.Of(committed.Value, ReadDocuments.ETag(((IDocument)edit.Document).Version));
    }

    /// <summary>Blocks a master, and removes what nothing stands on.</summary>
    public async Task<IResult> Delete(HttpContext http, DocumentType type, Guid id)
    {
        if (type.IsMaster)
        {
            using var blocked = JsonDocument.Parse("""{"blocked":true}""");
            return await Patch(http, type, id, blocked.RootElement);
        }
        var document = await Load(type, id, http.RequestAborted);
        if (document is null) return ReadDocuments.NotFound(type, id).ToProblem();
        if (!type.Declared.Removable)
            return RecordErrors.Kept.With($"{type.Declared.Plural} are not removed").ToProblem();
        if (await Remove(type, document, http.RequestAborted) is { } refused) return refused.ToProblem();
        var committed = await Db(type).Commit(http.RequestAborted);
        return committed.Failed ? committed.Failure.ToProblem() : TypedResults.NoContent();
    }

    /// <summary>Takes a document away with the commit, if its owner lets it go.</summary>
    internal async Task<Error?> Remove(DocumentType type, IDocument document, CancellationToken ct)
    {
        var allowed = await OwnersRules.Of(type).BeforeRemoval(services, document, ct);
        if (allowed.Failed) return allowed.Failure;
        Db(type).Remove(document);
        return null;
    }

    /// <summary>Makes those without a version and patches those with one; all or nothing.</summary>
    public async Task<IResult> Bulk(HttpContext http, DocumentType type, JsonElement body)
    {
        if (body.ValueKind != JsonValueKind.Object || !body.TryGetProperty("documents", out var documents)
            || documents.ValueKind != JsonValueKind.Array || documents.GetArrayLength() is 0 or > BulkMax)
            return RecordErrors.BulkInvalid.With($"A bulk has 1 to {BulkMax} documents", "documents").ToProblem();
        var edits = new List<DocumentEdit>();
        var ids = new HashSet<object>();
        foreach (var json in documents.EnumerateArray())
        {
            var at = FormattableString.Invariant($"documents[{edits.Count}]");
            var edit = await One(type, json, ids, http.RequestAborted);
            if (edit.Failed) return edit.Failure.At(at).ToProblem();
            if (!ids.Add(((IDocument)edit.Value.Document).Key))
                return RecordErrors.BulkInvalid.With($"A document stands in the bulk twice", at).ToProblem();
            edits.Add(edit.Value);
        }
        var committed = await Db(type).Commit(() => new BulkAnswer([.. edits.Select(View)]), http.RequestAborted);
        if (committed.Failed) return Refused(type, committed.Failure).ToProblem();
        await Settled(type, http.RequestAborted);
        return TypedResults.Json(committed.Value, Records.Wire.Options);
    }

    internal sealed record BulkAnswer(IReadOnlyList<RawJson> Documents);

    /// <summary>Decides a new document and includes it in the unit of work. <paramref name="beside"/>: ids of documents
    /// that the same unit makes.</summary>
    internal async Task<Result<DocumentEdit>> New(DocumentType type, JsonElement body, IReadOnlySet<object> beside,
        CancellationToken ct)
    {
        if (body.ValueKind != JsonValueKind.Object)
            return RecordErrors.Malformed.With($"A document is an object of its fields");
        var shape = catalogue.Current.Of(type);
        var company = ListQuery.CompanyOf(TextOf(body, "company"), shape, caller);
        if (company.Failed) return company.Failure;
        if (!await IsThere(company.Value, ct))
            return RecordErrors.NotFound.With($"There is no company {company.Value}", "company");
        var id = Ids.New();
        if (TextOf(body, "id") is { } text && !Guid.TryParseExact(text, "D", out id))
            return RecordErrors.Malformed.With($"The id is not one", "id");
        var document = NewDocument.Of(type, id, company.Value);
        var edit = new DocumentEdit(shape, document, isNew: true, caller);
        var decided = await Decide(edit, body, company.Value, beside, ct);
        if (decided.Failed) return decided.Failure;
        await codes.Give(edit, company.Value, ct);
        Db(type).Add(document);
        return edit;
    }

    /// <summary>Decides a change. A stale one is merged where others changed other fields; else the conflicts are told.
    /// </summary>
    internal async Task<Result<Changed>> Change(DocumentType type, Guid id, JsonElement body, int? seen,
        IReadOnlySet<object> beside, CancellationToken ct)
    {
        if (await Load(type, id, ct) is not { } document) return ReadDocuments.NotFound(type, id);
        var edit = new DocumentEdit(catalogue.Current.Of(type), (IExtended)document, isNew: false, caller);
        if (seen > document.Version)
            return RecordErrors.Malformed.With($"The document is at version {document.Version}, not at {seen}", "version");
        var decided = await Decide(edit, body, document.Company, beside, ct);
        if (decided.Failed) return decided.Failure;
        var conflicts = seen < document.Version
            ? await history.Conflicts(edit, document, seen.Value, ct) : [];
        if (edit.Changed.Count > 0) Db(type).Entry(document).Property(nameof(IDocument.Version)).IsModified = true;
        return new Changed(edit, conflicts);
    }

    internal sealed record Changed(DocumentEdit Edit, IReadOnlyList<Conflict> Conflicts);

    internal ContextDb Db(DocumentType type) =>
        (ContextDb)services.GetRequiredService(catalogue.ContextOf(type).Db);

    /// <summary>The document as it was written.</summary>
    internal RawJson View(DocumentEdit edit) => DocumentView.Of(edit.Shape, edit.Document, caller);

    /// <summary>The field of a unique value that is taken.</summary>
    internal static Error Refused(DocumentType type, Error error) => error.Code != RecordErrors.Duplicate.Code ? error
        : error with { Field = type.Fields.FirstOrDefault(f => f.Definition.Unique
            && error.Message.Contains(f.Column, StringComparison.Ordinal))?.Name };

    private async Task<Result<DocumentEdit>> One(DocumentType type, JsonElement json, IReadOnlySet<object> beside,
        CancellationToken ct)
    {
        if (json.ValueKind != JsonValueKind.Object || !json.TryGetProperty("version", out var version))
            return caller.May(type.Permission("add")) ? await New(type, json, beside, ct) : Missing(type, "add");
        if (!caller.May(type.Permission("change"))) return Missing(type, "change");
        if (version.ValueKind != JsonValueKind.Number || !version.TryGetInt32(out var seen)
            || !Guid.TryParse(TextOf(json, "id"), out var id))
            return RecordErrors.Malformed.With($"What is changed has an id and a version");
        var changed = await Change(type, id, json, seen, beside, ct);
        if (changed.Failed) return changed.Failure;
        return changed.Value.Conflicts is [var first, ..]
            ? RecordErrors.Stale.With($"{first.By} changed {first.Field} at {first.At:u}", first.Field)
            : changed.Value.Edit;
    }

    private Error Missing(DocumentType type, string verb) => RecordErrors.NotPermitted.With(
        $"{caller.Name} may not do this: {type.Permission(verb)} is missing");

    private async Task<Result<Done>> Decide(DocumentEdit edit, JsonElement body, CompanyId company,
        IReadOnlySet<object> beside, CancellationToken ct)
    {
        if (edit.Apply(body).TryFailure(out var refused)) return refused;
        if (edit.Check() is { } wrong) return wrong;
        if (await BrokenLink(edit, company, beside, ct) is { } broken) return broken;
        return await OwnersRules.Of(edit.Shape.Type).Before(services, edit, ct);
    }

    private async Task<Error?> BrokenLink(DocumentEdit edit, CompanyId company, IReadOnlySet<object> beside,
        CancellationToken ct)
    {
        var names = new Names(database, catalogue);
        foreach (var links in edit.Links.Where(l => !beside.Contains(l.Value))
            .GroupBy(l => (l.Field.Definition.Target!, l.Field.Definition.ByCode)))
        {
            if (catalogue.Current.Find(links.Key.Item1)?.Type is not { } target) continue;   // its owner is elsewhere
            var found = await names.Read(target, links.Key.ByCode, [.. links.Select(l => l.Value).Distinct()], caller,
                company, ct);
            var there = found.Select(f => links.Key.ByCode ? (object)f.Code! : f.Id).ToHashSet();
            foreach (var (field, value, path) in links)
                if (!there.Contains(value)) return RecordErrors.LinkBroken.With(
                    $"{field.Definition.Label}: there is no {target.Declared.Label} {value}", path);
        }
        return null;
    }

    /// <summary>The document with its lines, tracked; null: it is not there, or not seen.</summary>
    internal async Task<IDocument?> Load(DocumentType type, Guid id, CancellationToken ct)
    {
        var db = Db(type);
        var key = type.Clr.GetProperty("Id")!.PropertyType;
        if (await db.FindAsync(type.Clr, [TypedId.Of(key, id)], ct) is not IDocument document) return null;
        if (document.Company.Value != Guid.Empty && !caller.Sees(document.Company)) return null;
        foreach (var child in type.Children.Where(child => child.IsPart))
        {
            await db.Entry(document).Collection(child.Property.Name).LoadAsync(ct);
            LineOrder.Sort(child, document);
        }
        return document;
    }

    // A process without Masters near takes the word of who calls.
    private async Task<bool> IsThere(CompanyId company, CancellationToken ct)
    {
        if (company.Value == Guid.Empty || services.GetService<Contracts.Masters.IMasters>() is not { } masters) return true;
        var found = await masters.Companies(new Contracts.Masters.CompaniesQuery([company]), ct);
        return !found.Failed && found.Value.Count > 0;
    }

    private static IResult Stale(DocumentType type, Guid id, IReadOnlyList<Conflict> conflicts)
    {
        var details = Problems.Details(RecordErrors.Stale.With(
            $"{type.Declared.Label} {id}: {conflicts[0].By} changed {conflicts[0].Field} at {conflicts[0].At:u}",
            conflicts[0].Field));
        details.Extensions["conflicts"] = conflicts;
        return TypedResults.Problem(details);
    }

    // What the installation's own fields are is known at once in the process that changed them.
    private Task Settled(DocumentType type, CancellationToken ct) =>
        type.Clr == typeof(OwnField) ? catalogue.Look(ct) : Task.CompletedTask;

    private static string? TextOf(JsonElement json, string name) =>
        json.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;
}

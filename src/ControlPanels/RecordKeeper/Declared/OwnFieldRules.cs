using BusinessM.Contracts.RecordKeeper;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;

namespace BusinessM.Records;

/// <summary>A field of one's own is checked like a region's, and its column added, before it is written: a column that
/// nobody uses does no harm, a field without its column would.</summary>
internal sealed class OwnFieldRules(DocumentCatalogue catalogue, IRecordDatabase database) : IDocumentRules<OwnField>
{
    public async Task<Result<Done>> Before(DocumentChange<OwnField> change, CancellationToken ct)
    {
        var (field, definition) = (change.Document, change.Document.ToDefinition());
        if (FieldChecks.Refuse(definition) is { } wrong) return wrong;
        if (catalogue.Current.Find(field.Document) is not { } shape)
            return RecordErrors.FieldInvalid.With($"There is no document type {field.Document}", "document");
        if (shape.Type.Declared.Writes == DocumentWrites.Owner || shape.Type.Clr == typeof(OwnField))
            return RecordErrors.FieldInvalid.With(
                $"{shape.Type.Declared.Plural} are written by their owner alone: they take no fields", "document");
        if (definition.Target is { } target && catalogue.Current.Find(target) is null)
            return RecordErrors.FieldInvalid.With($"There is no document type {target}", "target");
        if (field.Purged) return RecordErrors.FieldInvalid.With($"The field is purged: add it anew", "blocked");
        if (!change.IsNew) return Done.Ok;
        if (shape.Find(definition.Name) is not null)
            return RecordErrors.FieldInvalid.With($"{field.Document} has a field {definition.Name} already", "name");
        if (shape.Extras.Count >= OwnField.FieldsMax)
            return RecordErrors.FieldInvalid.With($"{field.Document} has {OwnField.FieldsMax} fields already", "name");
        var added = await FieldColumns.Add(database, shape.Type, DocumentField.Of(definition), ct);
        return added;
    }
}

/// <summary>Drops the column of a field that was taken away, and what stands in it.</summary>
internal static class PurgeField
{
    /// <summary>Seconds since it was taken away: no host writes it any more.</summary>
    public const int WaitSeconds = 5 * DocumentCatalogue.LookSeconds;

    public static void Map(IEndpointRouteBuilder app) => app.MapPost("/api/record/fields/{id:guid}/purge", Handle)
        .Produces<System.Text.Json.JsonElement>()
        .RequirePermission("record.field.purge").WithTags("record")
        .Refuses(RecordErrors.NotFound, RecordErrors.FieldInvalid, RecordErrors.TableBusy);

    internal static async Task<IResult> Handle(Guid id, RecordDb db, DocumentCatalogue catalogue,
        IRecordDatabase database, TimeProvider clock, Caller caller, CancellationToken ct)
    {
        var wanted = new OwnFieldId(id);
        var field = await db.Set<OwnField>().SingleOrDefaultAsync(f => f.Id == wanted, ct);
        if (field is null) return RecordErrors.NotFound.With($"There is no field {id}").ToProblem();
        if (!field.Blocked || field.ChangedAt > clock.GetUtcNow().AddSeconds(-WaitSeconds)) return RecordErrors.FieldInvalid
            .With($"Take the field away first, and wait {WaitSeconds} s", "blocked").ToProblem();
        if (!field.Purged && catalogue.Current.Find(field.Document) is { } shape)
        {
            var dropped = await FieldColumns.Drop(database, shape.Type, DocumentField.Of(field.ToDefinition()), ct);
            if (dropped.Failed) return dropped.Failure.ToProblem();
        }
        field.Purged = true;
        var committed = await db.Commit(() => DocumentView.Of(catalogue.Current.Find("record.field")!, field, caller), ct);
        if (committed.Failed) return committed.Failure.ToProblem();
        await catalogue.Look(ct);
        return JsonAnswer.Of(committed.Value, ReadDocuments.ETag(field.Version));
    }
}

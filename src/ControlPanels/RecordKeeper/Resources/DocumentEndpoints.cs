using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace BusinessM.Records;

/// <summary>What an endpoint does with documents of a type: for the API's description.</summary>
public sealed record DocumentOperation(DocumentType Type, string Name);

/// <summary>The REST resources of declared documents (docs/documents.md).</summary>
public static class DocumentEndpoints
{
    private static readonly TimeSpan Long = TimeSpan.FromSeconds(ImportDocuments.TimeoutSeconds);

    private static readonly ErrorCode[] Writing =
    [
        RecordErrors.NotFound, RecordErrors.CompanyNeeded, RecordErrors.FieldUnknown, RecordErrors.FieldValue,
        RecordErrors.FieldReadOnly, RecordErrors.FieldRequired, RecordErrors.FieldPattern, RecordErrors.FieldChecksum,
        RecordErrors.FieldOption, RecordErrors.LinkBroken, RecordErrors.LineUnknown, RecordErrors.LinesTooMany,
    ];

    /// <summary>Maps all types of a context. The owner's own endpoints and verbs stand beside.</summary>
    public static void MapDocuments(this IEndpointRouteBuilder app, string context)
    {
        foreach (var shape in app.ServiceProvider.GetRequiredService<DocumentCatalogue>().Current.Shapes)
            if (shape.Type.Context == context) Map(app, shape.Type);
    }

    /// <summary>Metadata, search over all types, and the record-keeper's own documents.</summary>
    public static void MapRecordKeeper(this IEndpointRouteBuilder app)
    {
        Meta.Map(app);
        app.MapDocuments("record");
        Notes.MapMine(app);
        PurgeField.Map(app);
    }

    private static void Map(IEndpointRouteBuilder app, DocumentType type)
    {
        var group = app.MapGroup(type.Path).WithTags(type.Name);
        group.MapGet("/", (HttpContext http, ReadDocuments read) => read.List(http, type))
            .For(type, "list", "read", RecordErrors.QueryInvalid, RecordErrors.CompanyNeeded, RecordErrors.NotFound);
        if (!type.Declared.OwnGet) group.MapGet("/{id:guid}", (Guid id, string? asOf, HttpContext http,
            ReadDocuments read, ReadHistory history) => asOf is null ? read.Get(http, type, id)
                : history.AsOf(http, type, id, asOf))
            .For(type, "get", "read", RecordErrors.NotFound, RecordErrors.MomentUnknown, RecordErrors.QueryInvalid);
        group.MapGet("/{id:guid}/history", (Guid id, HttpContext http, ReadHistory history) =>
            history.Changes(http, type, id)).For(type, "history", "read", RecordErrors.NotFound);
        group.MapGet("/export", (HttpContext http, ExportDocuments export) => export.Export(http, type))
            .For(type, "export", "export", RecordErrors.QueryInvalid, RecordErrors.CompanyNeeded,
                RecordErrors.NotFound, RecordErrors.FileTooLarge).WithRequestTimeout(Long);
        Notes.Map(group, type);
        if (type.Declared.Writes == DocumentWrites.Owner) return;
        group.MapPost("/", (JsonElement body, HttpContext http, WriteDocuments write) => write.Create(http, type, body))
            .For(type, "create", "add", [.. Writing]);
        group.MapPatch("/{id:guid}", (Guid id, JsonElement body, HttpContext http, WriteDocuments write) =>
            write.Patch(http, type, id, body)).For(type, "patch", "change", [.. Writing, RecordErrors.Stale]);
        group.MapDelete("/{id:guid}", (Guid id, HttpContext http, WriteDocuments write) => write.Delete(http, type, id))
            .For(type, "delete", "delete", RecordErrors.NotFound, RecordErrors.Kept);
        group.MapPost("/import", (HttpContext http, ImportDocuments import) => import.Import(http, type))
            .For(type, "import", "import", RecordErrors.QueryInvalid, RecordErrors.CompanyNeeded,
                RecordErrors.NotFound, RecordErrors.FileEmpty, RecordErrors.FileTooLarge, RecordErrors.FileUnreadable).WithRequestTimeout(Long);
        group.MapPost("/import/{id:guid}/undo", (Guid id, HttpContext http, UndoImport import) =>
            import.Undo(http, type, id)).For(type, "undo", "import", RecordErrors.NotFound, RecordErrors.ImportMoved);
        group.MapPost("/bulk", (JsonElement body, HttpContext http, WriteDocuments write) => write.Bulk(http, type, body))
            .For(type, "bulk", "change", [.. Writing, RecordErrors.Stale, RecordErrors.BulkInvalid]);
    }

    private static RouteHandlerBuilder For(this RouteHandlerBuilder endpoint, DocumentType type, string name, string permission,
        params ErrorCode[] refusals) => endpoint.RequirePermission(type.Permission(permission)).Refuses(refusals)
            .WithMetadata(new DocumentOperation(type, name));
}

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
        var group = new TypeEndpoints(app, type);
        group.Operation("GET", "/", "list", "read", (HttpContext http, ReadDocuments read) => read.List(http, Type(http)),
            RecordErrors.QueryInvalid, RecordErrors.CompanyNeeded, RecordErrors.NotFound);
        if (!type.Declared.OwnGet) group.Operation("GET", "/{id:guid}", "get", "read", (Guid id, string? asOf,
            HttpContext http, ReadDocuments read, ReadHistory history) => asOf is null ? read.Get(http, Type(http), id)
                : history.AsOf(http, Type(http), id, asOf),
            RecordErrors.NotFound, RecordErrors.MomentUnknown, RecordErrors.QueryInvalid);
        group.Operation("GET", "/{id:guid}/history", "history", "read", (Guid id, HttpContext http, ReadHistory history) =>
            history.Changes(http, Type(http), id), RecordErrors.NotFound);
        group.Operation("GET", "/export", "export", "export", (HttpContext http, ExportDocuments export) =>
            export.Export(http, Type(http)), RecordErrors.QueryInvalid, RecordErrors.CompanyNeeded,
            RecordErrors.NotFound, RecordErrors.FileTooLarge).WithRequestTimeout(Long);
        Notes.Map(group);
        if (type.Declared.Writes == DocumentWrites.Owner) return;
        group.Operation("POST", "/", "create", "add", (JsonElement body, HttpContext http, WriteDocuments write) =>
            write.Create(http, Type(http), body), [.. Writing]);
        group.Operation("PATCH", "/{id:guid}", "patch", "change", (Guid id, JsonElement body, HttpContext http,
            WriteDocuments write) => write.Patch(http, Type(http), id, body), [.. Writing, RecordErrors.Stale]);
        group.Operation("DELETE", "/{id:guid}", "delete", "delete", (Guid id, HttpContext http, WriteDocuments write) =>
            write.Delete(http, Type(http), id), RecordErrors.NotFound, RecordErrors.Kept);
        group.Operation("POST", "/import", "import", "import", (HttpContext http, ImportDocuments import) =>
            import.Import(http, Type(http)), RecordErrors.QueryInvalid, RecordErrors.CompanyNeeded,
            RecordErrors.NotFound, RecordErrors.FileEmpty, RecordErrors.FileTooLarge, RecordErrors.FileUnreadable)
            .WithRequestTimeout(Long);
        group.Operation("POST", "/import/{id:guid}/undo", "undo", "import", (Guid id, HttpContext http, UndoImport import) =>
            import.Undo(http, Type(http), id), RecordErrors.NotFound, RecordErrors.ImportMoved);
        group.Operation("POST", "/bulk", "bulk", "change", (JsonElement body, HttpContext http, WriteDocuments write) =>
            write.Bulk(http, Type(http), body), [.. Writing, RecordErrors.Stale, RecordErrors.BulkInvalid]);
    }

    internal static DocumentType Type(HttpContext http) =>
        http.GetEndpoint()!.Metadata.GetRequiredMetadata<DocumentType>();
}

using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
using BusinessM.Contracts.Masters;
using BusinessM.Contracts.RecordKeeper;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace BusinessM.Records;

/// <summary>What document types there are, and all that a list and a form of them need (docs/documents.md).</summary>
internal static class Meta
{
    /// <summary>Documents of one type that a search over all of them finds.</summary>
    public const int FoundMax = 5;

    // What has its usual value is left out.
    private static readonly JsonSerializerOptions Sparse =
        new(Records.Wire.Options) { DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingDefault };

    private static readonly string[] Verbs = ["read", "add", "change", "delete", "import", "export", "comment"];

    public sealed record TypesView(string Version, IReadOnlyList<TypeView> Documents);

    public sealed record TypeView(string Type, string Context, string Label, string Plural, string Path,
        DocumentScope Scope, string? Title, string? Code, IReadOnlyList<string> May);

    public sealed record FoundView(IReadOnlyList<Found> Found);

    public sealed record Found(string Type, Guid Id, string? Code, string? Title);

    public static void Map(IEndpointRouteBuilder app)
    {
        var meta = app.MapGroup("/api/meta").WithTags("meta");
        meta.MapGet("/", Types).RequirePermission(Tokens.OwnSession).Refuses();
        meta.MapGet("/{type}", Of).Produces<JsonElement>().RequirePermission(Tokens.OwnSession)
            .Refuses(RecordErrors.TypeUnknown);
        meta.MapGet("/{type}/schema", Schema).Produces<JsonElement>().RequirePermission(Tokens.OwnSession)
            .Refuses(RecordErrors.TypeUnknown);
        app.MapGet("/api/search", Search).Produces<FoundView>().WithTags("meta").RequirePermission(Tokens.OwnSession)
            .Refuses(RecordErrors.QueryInvalid, RecordErrors.NotFound);
    }

    private static Microsoft.AspNetCore.Http.HttpResults.Ok<TypesView> Types(DocumentCatalogue catalogue, Caller caller)
    {
        var current = catalogue.Current;
        return TypedResults.Ok(new TypesView(current.Version, [.. current.Shapes
            .Where(shape => caller.May(shape.Type.Permission("read"))).Select(shape => View(shape, caller))]));
    }

    private static IResult Of(string type, HttpContext http, DocumentCatalogue catalogue, Caller caller)
    {
        var current = catalogue.Current;
        if (current.Find(type) is not { } shape || !caller.May(shape.Type.Permission("read")))
            return RecordErrors.TypeUnknown.With($"There is no document type {type}").ToProblem();
        var json = Full(shape, current.Version, caller);
        return JsonAnswer.Of(new RawJson(JsonSerializer.SerializeToUtf8Bytes(json, Sparse)), $"\"{current.Version}\"");
    }

    private static IResult Schema(string type, DocumentCatalogue catalogue, Caller caller)
    {
        if (catalogue.Current.Find(type) is not { } shape || !caller.May(shape.Type.Permission("read")))
            return RecordErrors.TypeUnknown.With($"There is no document type {type}").ToProblem();
        return JsonAnswer.Of(new RawJson(JsonSerializer.SerializeToUtf8Bytes(DocumentSchema.Of(shape, caller))));
    }

    private static async Task<IResult> Search(string? q, string? company, DocumentCatalogue catalogue,
        IRecordDatabase database, Caller caller, CancellationToken ct)
    {
        var text = (q ?? "").Trim();
        if (text.Length is 0 or > ListQuery.SearchMax || (company is not null && !Guid.TryParse(company, out _)))
            return RecordErrors.QueryInvalid.With($"A search has 1 to {ListQuery.SearchMax} characters", "q")
                .ToProblem();
        var found = new List<Found>();
        if (ListSql.Words(text).Count == 0) return TypedResults.Ok(new FoundView(found));
        foreach (var shape in catalogue.Current.Shapes
            .Where(s => s.Type.IsSearched && caller.May(s.Type.Permission("read"))))
        {
            if (shape.Type.Declared.Scope == DocumentScope.Company && company is null) continue;
            var of = ListQuery.CompanyOf(company, shape, caller);
            if (of.Failed) return of.Failure.ToProblem();
            found.AddRange(await Find(shape, of.Value, text, database, caller, ct));
        }
        return TypedResults.Ok(new FoundView(found));
    }

    private static async Task<IReadOnlyList<Found>> Find(DocumentShape shape, CompanyId company, string text,
        IRecordDatabase database, Caller caller, CancellationToken ct)
    {
        DocumentField?[] names = [shape.Type.Code, shape.Type.Title];
        var query = new ListQuery(shape, company.Value == Guid.Empty ? null : company,
            [.. names.OfType<DocumentField>().Distinct()], [], null, text, null, FoundMax, [], false)
        {
            Visible = caller.Companies, Frequent = await FrequentWords.In(database, shape.Type, text, ct),
        };
        var sql = new SqlText();
        await using var command = database.Lists(shape.Type.Schema).CreateCommand(ListSql.Search(query, null, sql));
        sql.AddTo(command.Parameters, command.CreateParameter);
        await using var rows = await command.ExecuteReaderAsync(ct);
        var found = new List<Found>();
        while (await rows.ReadAsync(ct))
        {
            string? At(DocumentField? field) => field is null ? null
                : query.Fields.ToList().IndexOf(field) is >= 0 and var i && !rows.IsDBNull(2 + i)
                    ? rows.GetString(2 + i) : null;
            found.Add(new Found(shape.Type.Name, rows.GetGuid(0), At(shape.Type.Code), At(shape.Type.Title)));
        }
        return found;
    }

    private static TypeView View(DocumentShape shape, Caller caller)
    {
        var type = shape.Type;
        return new TypeView(type.Name, type.Context, type.Declared.Label, type.Declared.Plural, type.Path,
            type.Declared.Scope, type.Title?.Name, type.Code?.Name,
            [.. Verbs.Where(verb => caller.May(type.Permission(verb == "add" ? type.Declared.Adds : verb)))]);
    }

    private static JsonNode Full(DocumentShape shape, string version, Caller caller)
    {
        var type = shape.Type;
        var json = JsonSerializer.SerializeToNode(View(shape, caller), Records.Wire.Options)!.AsObject();
        json["version"] = version;
        json["fields"] = Definitions(shape.Fields.Where(field => shape.IsSeen(field, caller))
            .Select(f => f.Definition));
        json["children"] = Lines(type.Children);
        json["verbs"] = new JsonArray([.. type.Verbs.Select(verb => (JsonNode)new JsonObject
        {
            ["name"] = verb.Name, ["label"] = verb.Label, ["permission"] = verb.Permission,
            ["may"] = caller.May(verb.Permission), ["danger"] = verb.Danger,
            ["when"] = JsonSerializer.SerializeToNode(verb.When, Sparse), ["fields"] = Definitions(verb.Fields),
            ["children"] = Lines(verb.Children),
        })]);
        json["writes"] = type.Declared.Writes == DocumentWrites.Owner ? "owner" : "generic";
        json["search"] = type.IsSearched;
        json["history"] = true;
        json["notes"] = true;
        json["series"] = type.Declared.Series;
        return json;
    }

    private static JsonArray Lines(IReadOnlyList<ChildType> children) =>
        new([.. children.Select(child => (JsonNode)new JsonObject
        {
            ["name"] = child.Name, ["label"] = child.Label, ["min"] = child.Min,
            ["fields"] = Definitions(child.Fields.Select(f => f.Definition)),
        })]);

    private static JsonNode Definitions(IEnumerable<FieldDefinition> fields) =>
        JsonSerializer.SerializeToNode(fields.ToArray(), Sparse)!;
}

using System.Text.Json.Nodes;
using BusinessM.Records;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;

namespace BusinessM.Host.Gateway.Description;

/// <summary>Declared documents in the API's description: a schema for each type as it is now, its own fields included,
/// and what each operation takes and gives.</summary>
internal static class DocumentSchemas
{
    /// <summary>The schema of every type.</summary>
    public static void Add(OpenApiDocument document, CatalogueSnapshot catalogue)
    {
        foreach (var shape in catalogue.Shapes)
            document.Components!.Schemas![shape.Type.Name] = Of(DocumentSchema.Of(shape));
    }

    /// <summary>Body, parameters and success of an operation on a type.</summary>
    public static void Describe(OpenApiOperation operation, DocumentOperation made, OpenApiDocument document)
    {
        var type = made.Type.Name;
        operation.Summary = $"{made.Name} {made.Type.Declared.Plural}";
        OpenApiSchemaReference One() => new(type, document);
        if (made.Name is "create" or "patch") operation.RequestBody = Body(One());
        if (made.Name == "bulk") operation.RequestBody = Body(Object("documents", Array(One())));
        if (made.Name == "list")
            foreach (var name in new[] { "company", "take", "after", "sort", "fields", "filter", "search", "totals" })
                (operation.Parameters ??= []).Add(new OpenApiParameter
                {
                    Name = name, In = ParameterLocation.Query, Schema = new OpenApiSchema
                    {
                        Type = name == "take" ? JsonSchemaType.Integer : JsonSchemaType.String,
                    },
                });
        operation.Responses ??= [];
        operation.Responses.Remove("200");
        var (status, schema) = made.Name switch
        {
            "list" => ("200", List(One())),
            "create" => ("201", One()),
            "bulk" => ("200", Object("documents", Array(One()))),
            "history" => ("200", Object("changes", Array(new OpenApiSchema { Type = JsonSchemaType.Object }))),
            _ => ("200", (IOpenApiSchema)One()),
        };
        operation.Responses[status] = new OpenApiResponse
        {
            Description = made.Name, Content = new Dictionary<string, OpenApiMediaType>
            {
                ["application/json"] = new OpenApiMediaType { Schema = schema },
            },
        };
    }

    private static OpenApiRequestBody Body(IOpenApiSchema schema) => new()
    {
        Required = true, Content = new Dictionary<string, OpenApiMediaType>
        {
            ["application/json"] = new OpenApiMediaType { Schema = schema },
        },
    };

    private static OpenApiSchema List(IOpenApiSchema row)
    {
        var list = Object("rows", Array(row));
        list.Properties!["names"] = new OpenApiSchema
        {
            Type = JsonSchemaType.Object, AdditionalProperties = new OpenApiSchema { Type = JsonSchemaType.String },
        };
        list.Properties["next"] = new OpenApiSchema { Type = JsonSchemaType.String };
        list.Properties["totals"] = new OpenApiSchema { Type = JsonSchemaType.Object };
        return list;
    }

    private static OpenApiSchema Object(string name, IOpenApiSchema value) => new()
    {
        Type = JsonSchemaType.Object, Required = new HashSet<string> { name },
        Properties = new Dictionary<string, IOpenApiSchema> { [name] = value },
    };

    private static OpenApiSchema Array(IOpenApiSchema items) => new() { Type = JsonSchemaType.Array, Items = items };

    // The keywords that the record-keeper's schemas use.
    private static OpenApiSchema Of(JsonObject json)
    {
        var schema = new OpenApiSchema
        {
            Title = (string?)json["title"], Description = (string?)json["description"], Format = (string?)json["format"],
            Pattern = (string?)json["pattern"], MaxLength = (int?)json["maxLength"], MaxItems = (int?)json["maxItems"],
            ReadOnly = (bool?)json["readOnly"] ?? false,
            Type = (string?)json["type"] is { } type ? Enum.Parse<JsonSchemaType>(type, ignoreCase: true) : null,
        };
        if (json["enum"] is JsonArray choices) schema.Enum = [.. choices.Select(choice => choice!.DeepClone())];
        if (json["items"] is JsonObject items) schema.Items = Of(items);
        if (json["required"] is JsonArray { Count: > 0 } required)
            schema.Required = required.Select(name => (string)name!).ToHashSet();
        if (json["properties"] is JsonObject properties)
            schema.Properties = properties.ToDictionary(p => p.Key, p => (IOpenApiSchema)Of(p.Value!.AsObject()));
        return schema;
    }
}

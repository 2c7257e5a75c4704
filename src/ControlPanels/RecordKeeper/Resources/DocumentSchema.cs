using System.Text.Json.Nodes;
using BusinessM.Contracts.RecordKeeper;

namespace BusinessM.Records;

/// <summary>The JSON Schema (2020-12) of a document as it travels.</summary>
public static class DocumentSchema
{
    /// <summary>Of what the caller sees; null: of all.</summary>
    public static JsonObject Of(DocumentShape shape, Caller? caller = null)
    {
        var type = shape.Type;
        var properties = new JsonObject
        {
            ["id"] = Id(), ["company"] = Id(),
            ["version"] = new JsonObject { ["type"] = "integer", ["readOnly"] = true },
        };
        foreach (var moment in new[] { "createdAt", "changedAt" })
            properties[moment] = new JsonObject { ["type"] = "string", ["format"] = "date-time", ["readOnly"] = true };
        foreach (var who in new[] { "createdBy", "changedBy" })
            properties[who] = new JsonObject { ["type"] = "string", ["readOnly"] = true };
        foreach (var field in shape.Fields)
            if (caller is null || shape.IsSeen(field, caller)) properties[field.Name] = Field(field.Definition);
        foreach (var child in type.Children)
            properties[child.Name] = new JsonObject
            {
                ["type"] = "array", ["title"] = child.Label, ["maxItems"] = ChildrenAttribute.LinesMax,
                ["items"] = Lines(child),
            };
        return new JsonObject
        {
            ["$schema"] = "https://json-schema.org/draft/2020-12/schema", ["title"] = type.Declared.Label,
            ["type"] = "object", ["properties"] = properties,
            ["required"] = new JsonArray([.. shape.Fields.Where(f => f.Definition is { Required: true, ReadOnly: false }
                && !(f == type.Code && type.Declared.Series is not null)).Select(f => (JsonNode)f.Name)]),
        };
    }

    private static JsonObject Lines(ChildType child)
    {
        var properties = new JsonObject { ["seq"] = new JsonObject { ["type"] = "integer", ["readOnly"] = true } };
        if (child.IsPart) properties["id"] = Id();
        foreach (var field in child.Fields) properties[field.Name] = Field(field.Definition);
        return new JsonObject { ["type"] = "object", ["properties"] = properties };
    }

    private static JsonObject Id() => new() { ["type"] = "string", ["format"] = "uuid" };

    private static JsonObject Field(FieldDefinition field)
    {
        var schema = field.Kind switch
        {
            FieldKind.Whole => new JsonObject { ["type"] = "integer" },
            FieldKind.Flag => new JsonObject { ["type"] = "boolean" },
            FieldKind.Decimal => new JsonObject { ["type"] = "string", ["format"] = "decimal",
                ["pattern"] = FormattableString.Invariant($@"^-?[0-9]{{1,20}}(\.[0-9]{{1,{Math.Max(1, field.Scale ?? 4)}}})?$") },
            FieldKind.Date => new JsonObject { ["type"] = "string", ["format"] = "date" },
            FieldKind.Moment => new JsonObject { ["type"] = "string", ["format"] = "date-time" },
            FieldKind.Link when !field.ByCode => Id(),
            FieldKind.Choice => new JsonObject { ["type"] = "string",
                ["enum"] = new JsonArray([.. field.Options!.Select(option => (JsonNode)option.Value)]) },
            FieldKind.Json => new JsonObject(),
            _ => new JsonObject { ["type"] = "string", ["maxLength"] = field.Length
                ?? (field.Kind == FieldKind.LongText ? FieldValue.LongTextMax : FieldValue.TextMax) },
        };
        schema["title"] = field.Label;
        if (field.Help is not null) schema["description"] = field.Help;
        if (field.ReadOnly) schema["readOnly"] = true;
        if (field.Target is not null) schema["x-target"] = field.Target;
        if (field.Source is not null) schema["x-source"] = field.Source;
        return schema;
    }
}

using System.Text.Json.Nodes;
using System.Text.Json.Serialization.Metadata;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;

namespace BusinessM.Host.Gateway.Description;

/// <summary>Schemas say what travels, not what .NET holds.</summary>
internal static class WireSchemas
{
    /// <summary>SubmitSalesInvoice.Request is SubmitSalesInvoiceRequest; typed ids have a name of their own.</summary>
    public static string? NameOf(JsonTypeInfo type)
    {
        var clr = Nullable.GetUnderlyingType(type.Type) ?? type.Type;
        if (clr == typeof(decimal)) return null;
        if (IsTypedId(clr)) return clr.Name;
        var usual = OpenApiOptions.CreateDefaultSchemaReferenceId(type);
        return usual is not null && clr is { IsNested: true, IsGenericType: false } ? clr.DeclaringType!.Name
            + clr.Name : usual;
    }

    public static Task AsTheyTravel(OpenApiSchema schema, OpenApiSchemaTransformerContext context, CancellationToken ct)
    {
        Value(schema, context.JsonTypeInfo.Type);
        if (ElementOf(context.JsonTypeInfo.Type) is { } element && (element == typeof(decimal) || IsTypedId(element)))
        {
            var item = new OpenApiSchema();
            Value(item, element);
            if (schema.Type?.HasFlag(JsonSchemaType.Array) == true) schema.Items = item;
            else schema.AdditionalProperties = item;
        }
        if (context.JsonTypeInfo.Kind == JsonTypeInfoKind.Object && schema.Properties is not null)
            schema.Required = context.JsonTypeInfo.Properties.Where(IsThere).Select(p => p.Name)
                .Where(schema.Properties.ContainsKey).ToHashSet();
        return Task.CompletedTask;
    }

    /// <summary>What is null does not travel: a property that need not be there is left out.</summary>
    public static void WithoutNulls(OpenApiDocument document)
    {
        foreach (var schema in document.Components!.Schemas!.Values.OfType<OpenApiSchema>())
        {
            if (schema.Properties is null) continue;
            foreach (var (name, property) in schema.Properties.ToList())
            {
                if (property is not OpenApiSchema own) continue;
                own.Type &= ~JsonSchemaType.Null;
                if (own.OneOf is { Count: 2 } either && either.FirstOrDefault(o =>
                    o is OpenApiSchemaReference) is { } only)
                    schema.Properties[name] = only;
            }
        }
    }

    // Demanded by the request's own rule, or never null.
    private static bool IsThere(JsonPropertyInfo property)
    {
        if (property.AttributeProvider?.IsDefined(typeof(System.ComponentModel.DataAnnotations.RequiredAttribute),
            true) == true)
            return true;
        return !property.IsGetNullable && Nullable.GetUnderlyingType(property.PropertyType) is null
            && property.AssociatedParameter is not { HasDefaultValue: true };
    }

    private static void Value(OpenApiSchema schema, Type given)
    {
        var type = Nullable.GetUnderlyingType(given) ?? given;
        if (type == typeof(decimal)) Decimal(schema, given != type);
        else if (IsTypedId(type)) Id(schema, given != type);
    }

    // Of a list its elements, of a dictionary its values.
    private static Type? ElementOf(Type type) => type == typeof(string) ? null
        : type.GetInterfaces().Append(type)
            .Where(i => i.IsGenericType && i.GetGenericTypeDefinition() == typeof(IEnumerable<>))
            .Select(i => i.GetGenericArguments()[0]).Select(e => e.IsGenericType
                && e.GetGenericTypeDefinition() == typeof(KeyValuePair<,>) ? e.GetGenericArguments()[1] : e)
                    .FirstOrDefault();

    private static void Decimal(OpenApiSchema schema, bool nullable)
    {
        schema.Type = nullable ? JsonSchemaType.String | JsonSchemaType.Null : JsonSchemaType.String;
        schema.Format = "decimal";
        schema.Pattern = @"^-?[0-9]{1,20}(\.[0-9]{1,6})?$";
        schema.Examples = [JsonValue.Create("12.50")!];
    }

    private static void Id(OpenApiSchema schema, bool nullable)
    {
        schema.Type = nullable ? JsonSchemaType.String | JsonSchemaType.Null : JsonSchemaType.String;
        schema.Format = "uuid";
        schema.Properties = null;
        schema.Required = null;
    }

    /// <summary>RFC 9457, with a code.</summary>
    public static OpenApiSchema Problem()
    {
        static OpenApiSchema Text(string description) =>
            new() { Type = JsonSchemaType.String, Description = description };
        return new OpenApiSchema
        {
            Type = JsonSchemaType.Object,
            Description =
                "Why a request was refused (4xx, with a code), or that an accident happened (5xx, with a trace id).",
            Required = new HashSet<string> { "title", "status" },
            Properties = new Dictionary<string, IOpenApiSchema>
            {
                ["type"] = Text("The code as an address"),
                ["title"] = Text("The code, or what happened"),
                ["status"] = new OpenApiSchema { Type = JsonSchemaType.Integer, Format = "int32" },
                ["detail"] = Text("What was wrong, where, and what to do"),
                ["code"] = Text("context.thing.fact, never renamed; docs/errors.md lists them"),
                ["field"] = Text("The path of the field at fault, as the caller wrote it"),
                ["traceId"] = Text("Found again in the log"),
                ["errors"] = new OpenApiSchema
                {
                    Type = JsonSchemaType.Object,
                    Description = "All fields whose shape is wrong",
                    AdditionalProperties = new OpenApiSchema
                    {
                        Type = JsonSchemaType.Array, Items = new OpenApiSchema { Type = JsonSchemaType.String },
                    },
                },
            },
        };
    }

    private static bool IsTypedId(Type type) => type.IsValueType && Array.Exists(type.GetInterfaces(),
        i => i.IsGenericType && i.GetGenericTypeDefinition() == typeof(ITypedId<>));
}

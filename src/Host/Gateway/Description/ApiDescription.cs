using System.Reflection;
using System.Text.Json.Nodes;
using BusinessM.Records;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.AspNetCore.OutputCaching;
using Microsoft.OpenApi;

namespace BusinessM.Host.Gateway.Description;

/// <summary>The OpenAPI 3.1 description at /openapi/v1.json, made from the endpoints themselves: values as they travel
/// (ids, decimal strings, enums), schemas named slice + name, every refusal with its codes.</summary>
internal static class ApiDescription
{
    public const string Path = "/openapi/v1.json";
    private const string Session = "session";
    private const string ApiKey = "apiKey";
    private const string AntiForgery = "antiForgery";

    public static void AddApiDescription(this IServiceCollection services) => services
        .AddOutputCache(cache => cache.AddPolicy(Path, policy => policy.AddPolicy<KeptUntilFieldsChange>(), true))
        .AddOpenApi("v1", options =>
        {
            options.OpenApiVersion = OpenApiSpecVersion.OpenApi3_1;
            options.CreateSchemaReferenceId = WireSchemas.NameOf;
            options.AddSchemaTransformer(WireSchemas.AsTheyTravel);
            options.AddOperationTransformer(Describe);
            options.AddDocumentTransformer(Describe);
        });

    public static void MapApiDescription(this WebApplication app)
    {
        app.UseWhen(http => http.Request.Path == Path, only => only.UseOutputCache());
        app.MapOpenApi("/openapi/{documentName}.json").AllowAnonymous().CacheOutput(Path);
    }

    // It takes a second to make, anybody may ask for it, and it is the same for all.
    private sealed class KeptUntilFieldsChange(DocumentCatalogue catalogue) : IOutputCachePolicy
    {
        public ValueTask CacheRequestAsync(OutputCacheContext context, CancellationToken ct)
        {
            context.EnableOutputCaching = context.AllowCacheLookup = true;
            context.AllowCacheStorage = context.AllowLocking = true;
            context.ResponseExpirationTimeSpan = TimeSpan.FromHours(1);
            context.CacheVaryByRules.VaryByValues["fields"] = catalogue.Current.Version;
            return ValueTask.CompletedTask;
        }

        public ValueTask ServeFromCacheAsync(OutputCacheContext context, CancellationToken ct) =>
            ValueTask.CompletedTask;

        public ValueTask ServeResponseAsync(OutputCacheContext context, CancellationToken ct)
        {
            context.AllowCacheStorage = context.HttpContext.Response.StatusCode == StatusCodes.Status200OK;
            return ValueTask.CompletedTask;
        }
    }

    private static Task Describe(OpenApiDocument document, OpenApiDocumentTransformerContext context,
        CancellationToken ct)
    {
        document.Info = new OpenApiInfo
        {
            Title = "Business M",
            Version = typeof(ApiDescription).Assembly.GetName().Version!.ToString(3),
            Description =
                "Amounts, quantities and prices are decimal strings. "
                + "Ids are UUIDs of version 7 that the caller makes. "
                + "A POST with an Idempotency-Key may be repeated. Every refusal is a Problem with a code of docs/errors.md.",
            License = new OpenApiLicense { Name = "Apache-2.0", Identifier = "Apache-2.0" },
        };
        document.Servers = [new OpenApiServer { Url = "/" }];
        document.Components ??= new OpenApiComponents();
        document.Components.Schemas ??= new Dictionary<string, IOpenApiSchema>(StringComparer.Ordinal);
        document.Components.Schemas["Problem"] = WireSchemas.Problem();
        DocumentSchemas.Add(document, context.ApplicationServices.GetRequiredService<DocumentCatalogue>().Current);
        WireSchemas.WithoutNulls(document);
        NameApart(document);
        document.Components.SecuritySchemes = new Dictionary<string, IOpenApiSecurityScheme>(StringComparer.Ordinal)
        {
            [Session] = new OpenApiSecurityScheme
            {
                Type = SecuritySchemeType.ApiKey, In = ParameterLocation.Cookie, Name =
                    Contracts.Masters.Tokens.SessionCookie,
                Description = "Given by POST /api/session.",
            },
            [AntiForgery] = new OpenApiSecurityScheme
            {
                Type = SecuritySchemeType.ApiKey, In = ParameterLocation.Header,
                Name = Contracts.Masters.Tokens.AntiForgeryHeader,
                Description =
                    "With the session's cookie, for whatever changes something: antiForgeryToken of the session.",
            },
            [ApiKey] = new OpenApiSecurityScheme
            {
                Type = SecuritySchemeType.Http, Scheme = "bearer", Description = "An API key: mk_...",
            },
        };
        return Task.CompletedTask;
    }

    private static Task Describe(OpenApiOperation operation, OpenApiOperationTransformerContext context,
        CancellationToken ct)
    {
        var endpoint = context.Description.ActionDescriptor.EndpointMetadata;
        var method = context.Description.HttpMethod ?? "GET";
        var anonymous = endpoint.OfType<IAllowAnonymous>().Any();
        operation.OperationId = Name(endpoint.OfType<MethodInfo>().LastOrDefault(), method,
            context.Description.RelativePath ?? "");
        if (endpoint.OfType<PermissionMetadata>().LastOrDefault() is { } permission)
        {
            operation.Description = $"Permission: {permission.Permission}";
            operation.AddExtension("x-permission", new JsonNodeExtension(JsonValue.Create(permission.Permission)));
        }
        var document = context.Document!;
        OpenApiSecurityRequirement By(params string[] schemes)
        {
            var requirement = new OpenApiSecurityRequirement();
            foreach (var scheme in schemes) requirement[new OpenApiSecuritySchemeReference(scheme, document)] = [];
            return requirement;
        }
        operation.Security = anonymous ? [] : [By(ApiKey), method == "GET" ? By(Session) : By(Session, AntiForgery)];
        if (endpoint.OfType<DocumentOperation>().LastOrDefault() is { } made)
            DocumentSchemas.Describe(operation, made, document);
        var keeps = method == "POST" && !anonymous && !endpoint.OfType<AnswerNotStored>().Any();
        if (keeps) (operation.Parameters ??= []).Add(new OpenApiParameter
        {
            Name = IdempotencyMiddleware.Header, In = ParameterLocation.Header,
            Description =
                "Repeating the request under the same key gives the same answer, and changes nothing; 30 days.",
            Schema = new OpenApiSchema { Type = JsonSchemaType.String, MinLength = 1, MaxLength =
                IdempotencyMiddleware.KeyMax },
        });
        Responses.Add(operation, context, anonymous, keeps, method);
        return Task.CompletedTask;
    }

    private static string Capital(string word) => char.ToUpperInvariant(word[0]) + word[1..];

    // One slice at two addresses (an invoice's and a credit note's): each operation has a name of its own.
    private static void NameApart(OpenApiDocument document)
    {
        var taken = new HashSet<string>(StringComparer.Ordinal);
        foreach (var (path, item) in document.Paths)
            foreach (var (method, operation) in item.Operations ?? [])
                if (!taken.Add(operation.OperationId!))
                    taken.Add(operation.OperationId = Name(null, method.Method, path));
    }

    // The slice's name where the handler is a slice; else method and path in words.
    private static string Name(MethodInfo? handler, string method, string path)
    {
        if (handler?.DeclaringType is { Name: var slice } && !slice.Contains('<', StringComparison.Ordinal)
            && !handler.Name.Contains('<', StringComparison.Ordinal))
            return System.Text.Json.JsonNamingPolicy.CamelCase.ConvertName(slice)
                + (handler.Name == "Handle" ? "" : handler.Name);
        var words = path.Split('/', '-').Where(w => w.Length > 0 && w != "api")
            .Select(w => w[0] == '{' ? "By" + Capital(w.Trim('{', '}').Split(':')[0]) : Capital(w));
        return method.ToLowerInvariant() + string.Concat(words);
    }
}

using System.Globalization;
using BusinessM.Records;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;

namespace BusinessM.Host.Gateway.Description;

/// <summary>Every answer of an endpoint that is no success: by status, with the codes that may stand in it.</summary>
internal static class Responses
{
    public static void Add(OpenApiOperation operation, OpenApiOperationTransformerContext context, bool anonymous,
        bool keeps, string method)
    {
        var own = context.Description.ActionDescriptor.EndpointMetadata.OfType<RefusalsMetadata>().LastOrDefault();
        var path = context.Description.RelativePath ?? "";
        var codes = new List<ErrorCode>(own?.Codes ?? [.. Catalogue.Of(path).Where(c => !General.Contains(c))]);
        if (!anonymous) codes.AddRange([GatewayErrors.SignInRequired, RecordErrors.NotPermitted]);
        if (!anonymous && Catalogue.Find("masters.token.refused") is { } token) codes.Add(token);
        if (!anonymous && method != "GET")
            codes.AddRange([GatewayErrors.Forged, RecordErrors.Changed, RecordErrors.Exists, RecordErrors.Duplicate]);
        if (keeps) codes.AddRange([RecordErrors.KeyInFlight, RecordErrors.KeyReused, RecordErrors.KeyInvalid]);
        if (operation.RequestBody is not null) codes.AddRange([GatewayErrors.MediaTypeUnknown, RecordErrors.TooLarge]);
        if (operation.RequestBody is not null || operation.Parameters is { Count: > 0 })
            codes.Add(RecordErrors.Malformed);

        operation.Responses ??= [];
        foreach (var group in codes.Distinct().GroupBy(StatusOf).OrderBy(g => g.Key))
            operation.Responses[group.Key.ToString(CultureInfo.InvariantCulture)] = Problem(context.Document!,
                string.Join(", ", group.Select(c => c.Code).Order(StringComparer.Ordinal)));
        operation.Responses.TryAdd("500", Problem(context.Document!, "An accident; see traceId"));
        operation.Responses.TryAdd("503",
            Problem(context.Document!, "The database is away, or the work took too long; repeat it"));
    }

    public static int StatusOf(ErrorCode code) => code.Status ?? Problems.StatusOf(code.Kind);

    private static readonly ErrorCode[] General = [RecordErrors.Malformed];

    private static OpenApiResponse Problem(OpenApiDocument document, string description) => new()
    {
        Description = description,
        Content = new Dictionary<string, OpenApiMediaType>
        {
            [Wire.Problem] = new OpenApiMediaType { Schema = new OpenApiSchemaReference("Problem", document) },
        },
    };
}

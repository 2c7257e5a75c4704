using System.Net.Http.Json;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using BusinessM.HostTesting;
using BusinessM.Records;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace BusinessM.House.Tests;

public sealed class TheApi(RunningHost host) : IClassFixture<RunningHost>
{
    private static readonly JsonSerializerOptions Indented = new()
    {
        WriteIndented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    [Fact]
    public void is_open_to_the_anonymous_here_and_nowhere_else() => Endpoints()
        .Where(e => e.Metadata.GetMetadata<IAllowAnonymous>() is not null).Select(Name).Order().ShouldBe(
        [
            "GET /health/live",
            "GET /health/ready",
            "GET /openapi/{documentName}.json",
            "POST /api/session",
        ]);

    [Fact]
    public void demands_a_permission_of_its_context_everywhere_else()
    {
        foreach (var endpoint in Endpoints().Where(e => e.Metadata.GetMetadata<IAllowAnonymous>() is null))
        {
            var permission = endpoint.Metadata.GetMetadata<PermissionMetadata>();
            permission.ShouldNotBeNull(Name(endpoint));
            permission.Permission.ShouldMatch(@"\A[a-z0-9-]+(\.[a-z0-9-]+){2}\z", Name(endpoint));
        }
    }

    [Fact]
    public async Task is_described_as_the_snapshot_says()
    {
        var described = (await host.Anonymous().GetFromJsonAsync<JsonObject>("/openapi/v1.json"))!;

        // The framework sorts schemas as the thread's culture does; the program's is invariant, this test's may not be.
        var schemas = described["components"]!["schemas"]!.AsObject();
        foreach (var (name, schema) in schemas.OrderBy(s => s.Key, StringComparer.Ordinal).ToList())
        {
            schemas.Remove(name);
            schemas.Add(name, schema);
        }
        (JsonSerializer.Serialize(described, Indented).ReplaceLineEndings("\n") + "\n")
            .ShouldStandIn("docs/openapi.json");
    }

    [Fact]
    public async Task description_is_complete()
    {
        var described = await host.Anonymous().GetFromJsonAsync<JsonElement>("/openapi/v1.json");
        described.GetProperty("openapi").GetString().ShouldStartWith("3.1");
        var operations = described.GetProperty("paths").EnumerateObject()
            .SelectMany(p => p.Value.EnumerateObject().Select(o => (Path: p.Name, Method: o.Name, Operation: o.Value)))
                .ToList();
        operations.Select(o => o.Operation.GetProperty("operationId").GetString()).ShouldBeUnique();
        Endpoints().Select(Name).Where(n => !n.Contains("openapi", StringComparison.Ordinal)).Count()
            .ShouldBe(operations.Count);
        foreach (var (path, method, operation) in operations)
        {
            var responses = operation.GetProperty("responses").EnumerateObject().ToList();
            foreach (var response in responses.Where(r => r.Name[0] == '2' && r.Name != "204"))
                response.Value.GetProperty("content").EnumerateObject().First().Value.TryGetProperty("schema", out _)
                    .ShouldBeTrue($"{method} {path} {response.Name} has no schema");
            foreach (var response in responses.Where(r => r.Name[0] == '4'))
                response.Value.GetProperty("description").GetString()!.Split(", ")
                    .ShouldAllBe(code => BusinessM.Host.Gateway.Catalogue.Find(code) != null, $"{method} {path}");
        }
        var schemas = described.GetProperty("components").GetProperty("schemas").EnumerateObject();
        var open = schemas.SelectMany(s =>
            Properties(s.Value).Where(p => p.Value.EnumerateObject().All(k => k.Name == "description"))
            .Select(p => $"{s.Name}.{p.Name}"));
        open.ShouldBeEmpty("they say nothing of what travels");
        var arrays = schemas.SelectMany(s => Properties(s.Value).Where(p => p.Value.TryGetProperty("type", out var t)
            && t.ToString() == "array" && !p.Value.TryGetProperty("items", out _)).Select(p => $"{s.Name}.{p.Name}"));
        arrays.ShouldBeEmpty("they do not say what is in the array");
    }

    private static IEnumerable<JsonProperty> Properties(JsonElement schema) =>
        schema.TryGetProperty("properties", out var properties) ? properties.EnumerateObject() : [];

    private IEnumerable<RouteEndpoint> Endpoints() =>
        host.Services.GetRequiredService<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>();

    private static string Name(RouteEndpoint endpoint) =>
        endpoint.Metadata.GetMetadata<HttpMethodMetadata>()?.HttpMethods[0] + " /"
            + endpoint.RoutePattern.RawText!.Trim('/');
}

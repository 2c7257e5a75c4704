using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using BusinessM.HostTesting;

namespace BusinessM.Documents.Tests;

/// <summary>What a call answered.</summary>
public sealed record Reply(int Status, JsonNode? Json, string Text, string? ETag)
{
    public string? Code => (string?)Json?["code"];

    public string? Field => (string?)Json?["field"];

    public Guid Id => (Guid)Json!["id"]!;

    public Reply Good()
    {
        Status.ShouldBeInRange(200, 299, Text);
        return this;
    }

    public Reply Refused(int status, string code, string? field = null)
    {
        Code.ShouldBe(code, Text);
        Status.ShouldBe(status, Text);
        if (field is not null) Field.ShouldBe(field, Text);
        BusinessM.Testing.Refusals.Saw(code);
        return this;
    }
}

/// <summary>Documents over HTTP, as a client sees them.</summary>
public static class Api
{
    public static async Task<Reply> Call(this HttpClient client, string method, string path, object? body = null,
        string? match = null)
    {
        using var request = new HttpRequestMessage(new HttpMethod(method), path);
        if (body is not null)
            request.Content = new StringContent(body as string ?? JsonSerializer.Serialize(body, JsonSerializerOptions.Web),
                Encoding.UTF8, "application/json");
        if (match is not null) request.Headers.IfMatch.Add(new EntityTagHeaderValue(match));
        using var response = await client.SendAsync(request);
        var text = await response.Content.ReadAsStringAsync();
        var isJson = response.Content.Headers.ContentType?.MediaType?.EndsWith("json", StringComparison.Ordinal) == true;
        return new Reply((int)response.StatusCode, isJson && text.Length > 0 ? JsonNode.Parse(text) : null, text,
            response.Headers.ETag?.ToString());
    }

    public static Task<Reply> Get(this HttpClient client, string path) => client.Call("GET", path);

    public static Task<Reply> Post(this HttpClient client, string path, object body) => client.Call("POST", path, body);

    public static Task<Reply> Patch(this HttpClient client, string path, object body, string? match = null) =>
        client.Call("PATCH", path, body, match);

    /// <summary>A company of the test's own.</summary>
    public static async Task<Guid> Company(this RunningHost host, string country = "GB")
    {
        var company = Guid.CreateVersion7();
        (await host.Client.Post("/api/finance/companies", new
        {
            id = company, code = "T" + company.ToString("N")[12..], name = "Company of a test", currency = "GBP", country,
            zone = "Europe/London", firstDay = "2024-01-01",
        })).Good();
        return company;
    }

    /// <summary>The rows' values of one field.</summary>
    public static IEnumerable<string?> Column(this Reply list, string field) =>
        list.Good().Json!["rows"]!.AsArray().Select(row => row![field]?.ToString());
}

using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text;
using BusinessM.HostTesting;
using BusinessM.Records;
using BusinessM.Testing;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace BusinessM.House.Tests;

/// <summary>A host with an endpoint that says nothing of who may use it, some that fail, and one that does something
/// once while its answer goes out.</summary>
public sealed class OpenDoors : RunningHost
{
    private Func<Task>? _whileAnswering;

    public Func<Task> WhileAnswering { set => _whileAnswering = value; }

    protected override void More(IEndpointRouteBuilder app)
    {
        app.MapGet("/test/forgotten", () => "secret");
        app.MapGet("/test/bug", string () => throw new InvalidOperationException("mixed currencies: a secret"))
            .RequirePermission("test.bug.run");
        app.MapGet("/test/away", string () => throw new Npgsql.NpgsqlException("no server at 10.1.2.3"))
            .RequirePermission("test.bug.run");
        app.MapGet("/test/slow", async (CancellationToken ct) => await Task.Delay(TimeSpan.FromSeconds(30), ct))
            .RequirePermission("test.bug.run").WithRequestTimeout(TimeSpan.FromMilliseconds(200));
        app.MapPost("/test/missing", async (HttpContext http) =>
        {
            if (Interlocked.Exchange(ref _whileAnswering, null) is { } once) http.Response.OnStarting(once);
            http.Response.StatusCode = 404;
            await http.Response.Body.WriteAsync("{}"u8.ToArray());
        }).RequirePermission("test.bug.run");
    }
}

public sealed class AtTheGateway(OpenDoors host) : IClassFixture<OpenDoors>
{
    [Fact, Produces("gateway.endpoint.closed")]
    public async Task an_endpoint_without_a_permission_is_closed_even_to_administrators() =>
        await (await Unchanged.During(host, () => host.Client.GetAsync("/test/forgotten")))
            .ShouldBeRefused(403, "gateway.endpoint.closed");

    [Fact, Produces("gateway.endpoint.unknown")]
    public async Task an_unknown_address_is_not_found() =>
        await (await host.Client.GetAsync("/api/masters/nothing")).ShouldBeRefused(404, "gateway.endpoint.unknown");

    [Fact, Produces("gateway.method.unknown")]
    public async Task a_wrong_method_is_told_the_right_ones()
    {
        var refused = await Unchanged.During(host, () => host.Client.DeleteAsync("/api/masters/users"));
        await refused.ShouldBeRefused(405, "gateway.method.unknown");
        refused.Content.Headers.Allow.Order().ShouldBe(["GET", "POST"]);
    }

    [Fact, Produces("gateway.media-type.unknown")]
    public async Task a_body_of_another_type_is_refused()
    {
        var form = new FormUrlEncodedContent([new("code", "x")]);
        await (await Unchanged.During(host, () => host.Client.PostAsync("/api/masters/roles", form)))
            .ShouldBeRefused(415, "gateway.media-type.unknown");
    }

    [Theory, Produces("record.request.malformed")]
    [InlineData("""{"code":"x","permissions":["a.b"],"surplus":1}""", "surplus")]
    [InlineData("""{"code":5,"permissions":["a.b"]}""", "code")]
    [InlineData("""{"code":"x","permissions":"a.b"}""", "permissions")]
    [InlineData("""{"code":"x","permissions":["a.b"],"id":"no"}""", "id")]
    [InlineData("""{"code":"x"}""", "permissions")]
    [InlineData("""{"code":"x","permissions":[""", null)]
    [InlineData("", null)]
    public async Task a_body_of_another_shape_is_refused_and_the_field_named(string body, string? field)
    {
        var refused = await Unchanged.During(host, () => host.Client.PostAsync("/api/masters/roles",
            new StringContent(body, Encoding.UTF8, "application/json")));
        var problem = await refused.ShouldBeRefused(400, "record.request.malformed");
        if (field is not null) problem.GetProperty("field").GetString().ShouldBe(field);
        problem.ToString().ShouldNotContain("System.");
        problem.ToString().ShouldNotContain("BusinessM.");
    }

    [Theory]
    [InlineData("take=0")]
    [InlineData("take=501")]
    [InlineData("take=many")]
    public async Task a_page_has_1_to_500_rows(string query) =>
        await (await host.Client.GetAsync("/api/masters/api-keys?" + query))
            .ShouldBeRefused(400, "record.request.malformed");

    [Fact, Produces("record.request.too-large")]
    public async Task a_body_has_a_limit()
    {
        var body = new ByteArrayContent(new byte[(8 * 1024 * 1024) + 1]);
        body.Headers.ContentType = new MediaTypeHeaderValue("application/json");
        using var request = new HttpRequestMessage(HttpMethod.Post, "/api/masters/roles") { Content = body };
        request.Headers.ExpectContinue = true;              // so that the answer comes before the body is sent
        await (await Unchanged.During(host, () => host.Client.SendAsync(request)))
            .ShouldBeRefused(413, "record.request.too-large");
    }

    [Fact]
    public async Task a_bug_says_its_trace_and_nothing_else()
    {
        var answer = await host.Client.GetAsync("/test/bug");
        answer.StatusCode.ShouldBe(HttpStatusCode.InternalServerError);
        answer.Content.Headers.ContentType!.MediaType.ShouldBe("application/problem+json");
        var text = await answer.Content.ReadAsStringAsync();
        text.ShouldContain("traceId");
        text.ShouldNotContain("secret");
    }

    [Fact]
    public async Task a_database_away_is_an_accident_that_may_be_tried_again()
    {
        var answer = await host.Client.GetAsync("/test/away");
        answer.StatusCode.ShouldBe(HttpStatusCode.ServiceUnavailable);
        answer.Headers.RetryAfter!.Delta.ShouldBe(TimeSpan.FromSeconds(1));
        (await answer.Content.ReadAsStringAsync()).ShouldNotContain("10.1.2.3");
    }

    [Fact]
    public async Task what_takes_too_long_is_given_up()
    {
        var answer = await host.Client.GetAsync("/test/slow");
        answer.StatusCode.ShouldBe(HttpStatusCode.ServiceUnavailable);
        answer.Content.Headers.ContentType!.MediaType.ShouldBe("application/problem+json");
    }

    [Fact, Produces("record.key.invalid")]
    public async Task a_key_of_blanks_is_refused() =>
        await (await Unchanged.During(host, () => Send("a key", "blank"))).ShouldBeRefused(400, "record.key.invalid");

    [Fact, Produces("record.key.reused")]
    public async Task a_repeat_gets_the_same_answer_and_other_content_is_refused()
    {
        var first = await (await Send("once", "once")).Content.ReadAsStringAsync();
        var again = await Unchanged.During(host, () => Send("once", "once"));
        (await again.Content.ReadAsStringAsync()).ShouldBe(first);
        var problem = await (await Unchanged.During(host, () => Send("once", "twice")))
            .ShouldBeRefused(409, "record.key.reused");
        problem.GetProperty("field").GetString().ShouldBe("code");
    }

    [Fact, Produces("record.document.duplicate")]
    public async Task a_code_that_is_taken_is_refused()
    {
        await (await Send("taken-1", "taken")).ShouldBeOk();
        await (await Unchanged.During(host, () => Send("taken-2", "taken")))
            .ShouldBeRefused(409, "record.document.duplicate");
    }

    [Fact, Produces("record.document.exists")]
    public async Task an_id_that_is_taken_is_refused()
    {
        var id = Ids.New();
        await (await host.Client.PostAsJsonAsync("/api/masters/roles",
            new { id, code = "one", permissions = new[] { "a.b" } })).ShouldBeOk();
        await (await Unchanged.During(host, () => host.Client.PostAsJsonAsync("/api/masters/roles",
            new { id, code = "two", permissions = new[] { "a.b" } }))).ShouldBeRefused(409, "record.document.exists");
    }

    [Fact]
    public async Task health_is_told_to_everybody_and_says_what_is_wrong()
    {
        using var client = host.Anonymous();
        (await client.GetAsync("/health/live")).StatusCode.ShouldBe(HttpStatusCode.NoContent);
        var ready = await (await client.GetAsync("/health/ready")).ShouldBeOk();
        ready.ToString().ShouldBe("""{"ready":true,"database":"ok","migrations":"ok","lane":"ok"}""");
    }

    [Fact]
    public async Task metrics_tell_of_the_lane_and_of_requests()
    {
        await (await Send("metered", "metered")).ShouldBeOk();
        await (await Send("metered-2", "metered")).ShouldBeRefused(409, "record.document.duplicate");
        using var nobody = host.Anonymous();
        await (await nobody.GetAsync("/metrics")).ShouldBeRefused(401, "gateway.sign-in.required");
        var text = await host.Client.GetStringAsync("/metrics");
        foreach (var line in (string[])["# TYPE businessm_lane_batch_units histogram",
            "businessm_lane_commit_duration_seconds_count ",
            "businessm_lane_queue_groups ", "businessm_lane_refusals_total{code=\"record.document.duplicate\"} ",
            "http_server_request_duration_seconds_bucket{", "http_route=\"/api/masters/roles",
                "dotnet_gc_collections_total{"])
            text.ShouldContain(line);
        foreach (var line in text.Split('\n').Where(l => l.Length > 0 && l[0] != '#'))
            line.ShouldMatch(@"\A[a-z_][a-z0-9_]*(\{([a-z_0-9]+=""([^""\\]|\\.)*"",?)+\})? [-+0-9.E]+(NaN)?\z");
    }

    /// <summary>Whoever has an answer may ask again at once, over another connection too.</summary>
    [Fact]
    public async Task a_key_is_free_before_its_answer_is_sent()
    {
        HttpStatusCode? again = null;
        host.WhileAnswering = async () => again = await Missing();
        (await Missing()).ShouldBe(HttpStatusCode.NotFound);
        again.ShouldBe(HttpStatusCode.NotFound);

        async Task<HttpStatusCode> Missing()
        {
            using var request = new HttpRequestMessage(HttpMethod.Post, "/test/missing");
            request.Headers.Add("Idempotency-Key", "free-1");
            return (await host.Client.SendAsync(request)).StatusCode;
        }
    }

    private async Task<HttpResponseMessage> Send(string key, string code)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/api/masters/roles")
        {
            Content = JsonContent.Create(new { code, permissions = new[] { "masters.role.read" } }),
        };
        request.Headers.TryAddWithoutValidation("Idempotency-Key", key);
        return await host.Client.SendAsync(request);
    }
}

using System.Globalization;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json.Nodes;

namespace BusinessM.Documents.Tests.Walk;

/// <summary>Sends one host requests that are made from a seed, one after the other, so that each change has one request
/// that made it.</summary>
public sealed class Fuzzer(Sample sample, ChangeMarker marker, IReadOnlySet<string> codes, int seed, int perRoute)
{
    private const int BodyMax = 8 * 1024 * 1024;

    private static readonly string[] Methods = ["GET", "POST", "PUT", "PATCH", "DELETE", "OPTIONS", "BREW"];

    // What ends other documents comes last.
    private static readonly string[] Endings =
        ["/merge", "/erase", "/cancel", "/disable", "/revoke", "/purge", "/periods/{code}"];

    private readonly Random _random = new(seed);
    private readonly HttpClient _known = sample.Host.Client;
    private readonly HttpClient _nobody = sample.Host.Anonymous();
    private readonly Queue<string> _reads = new();
    private long _number;

    public int Sent { get; private set; }

    /// <summary>Answers that only an endpoint of ours gives to who is signed in and whose request could be
    /// read.</summary>
    public int PastBinding { get; private set; }

    public int Changed { get; private set; }

    public List<string> Wrong { get; } = [];

    public async Task Run(IReadOnlyList<IGrouping<string, Endpoint>> routes)
    {
        _number = await marker.Read();
        var all = routes.SelectMany(route => Enumerable.Repeat(route, perRoute).SelectMany(ones => ones).Take(perRoute))
            .OrderBy(route => _random.NextDouble() + (IsEnding(route) ? 0.85 : 0)).ToList();
        foreach (var route in all)
        {
            if (Wrong.Count >= 40) return;
            await Send(route);
        }
    }

    private static bool IsEnding(Endpoint route) =>
        (route.Method == "DELETE" && !route.Pattern.Contains("/notes/", StringComparison.Ordinal))
        || Endings.Any(end => route.Pattern.EndsWith(end, StringComparison.Ordinal));

    private async Task Send(Endpoint route)
    {
        var (call, client, type) = (sample.For(route), _known, "application/json");
        var path = call.Path.Split('?')[0];
        var kind = _random.Next(100);
        if (kind < 25) { }
        else if (kind < 70)
        {
            call = call.Body is { Length: > 0 } body && body[0] == '{'
                ? call with { Body = Hostile.Mutated(body, _random, sample) }
                : call with { Path = $"{path}?{Hostile.Query(_random, sample, sample.TypeAt(path))}" };
        }
        else if (kind < 82) call = call with { Path = $"{path}?{Hostile.Query(_random, sample, sample.TypeAt(path))}" };
        else if (kind < 89) call = call with { Path = OtherId(call.Path) };
        else if (kind < 93 && route.Changes) call = call with { Body = Hostile.Garbage(_random) };
        else if (kind < 95)
            type = Hostile.Pick<string>(_random, ["text/plain", "application/xml", "application/x-www-form-urlencoded",
                "multipart/form-data; boundary=x", "application/json; charset=utf-16", "text/csv"]);
        else if (kind < 97) call = call with { Method = Hostile.Pick(_random, Methods) };
        else if (kind < 98) client = _nobody;
        else if (route.Changes && _random.Next(20) == 0)
            call = call with { Body = "{\"a\":\"" + new string('x', BodyMax) + "\"}" };
        await Judge(route, call, client, type);
    }

    private string OtherId(string path)
    {
        var ids = path.Split('/', '?').Where(part => Guid.TryParse(part, out _)).ToList();
        return ids.Count == 0 ? path : path.Replace(Hostile.Pick(_random, ids),
            Hostile.AnId(_random, sample).ToString(), StringComparison.Ordinal);
    }

    private async Task Judge(Endpoint route, Call call, HttpClient client, string type)
    {
        using var request = new HttpRequestMessage(new HttpMethod(call.Method), call.Path);
        if (call.Body is { } body)
        {
            request.Content = new ByteArrayContent(Encoding.UTF8.GetBytes(body));
            request.Content.Headers.ContentType = MediaTypeHeaderValue.Parse(type);
            if (body.Length > BodyMax) request.Headers.ExpectContinue = true;
        }
        Sent++;
        using var response = await Answer(client, request, call);
        if (response is null)
        {
            _number = await marker.Read();
            return;
        }
        var text = await response.Content.ReadAsStringAsync();
        var (status, good) = ((int)response.StatusCode, response.IsSuccessStatusCode);
        var code = good ? null : CodeOf(response, text);
        if (client == _known && code is not ("gateway.endpoint.unknown" or "gateway.method.unknown"
            or "gateway.media-type.unknown" or "record.request.malformed" or "record.request.too-large")
            && status != 401)
            PastBinding++;
        if (status >= 500 || (!good && (code is null || !codes.Contains(code))))
            Blame(route, call, $"{status} {Short(text)}");
        await Compare(route, call, status, good);
    }

    // Null: it was cut off in the middle of a body that is too large, after its answer, whatever that was.
    private static async Task<HttpResponseMessage?> Answer(HttpClient client, HttpRequestMessage request, Call call)
    {
        try
        {
            return await client.SendAsync(request);
        }
        catch (HttpRequestException) when (call.Body is { Length: > BodyMax })
        {
            return null;
        }
    }

    // A read must leave all as it was, and so must whatever was refused.
    private async Task Compare(Endpoint route, Call call, int status, bool good)
    {
        _reads.Enqueue($"{call.Method} {Short(call.Path)}");
        if (_reads.Count > 8) _reads.Dequeue();
        if (call.Method == "GET" && Sent % 8 != 0) return;
        var now = await marker.Read();
        var isChange = good && call.Method is not "GET";
        if (now != _number && !isChange)
            Blame(route, call, $"{status}, and changed {await marker.Since(_number)}; before it: "
                + string.Join("; ", _reads));
        if (status == 201 && now == _number) Blame(route, call, "201, and nothing was added");
        if (now != _number) Changed++;
        if (isChange && (route.Pattern.EndsWith("/merge", StringComparison.Ordinal)
            || route.Pattern.EndsWith("/erase", StringComparison.Ordinal)))
        {
            await marker.Quiet();
            now = await marker.Read();
        }
        _number = now;
    }

    private static string? CodeOf(HttpResponseMessage response, string text)
    {
        if (response.Content.Headers.ContentType?.MediaType != "application/problem+json") return null;
        return (string?)JsonNode.Parse(text)?["code"];
    }

    private void Blame(Endpoint route, Call call, string what) => Wrong.Add(string.Create(CultureInfo.InvariantCulture,
        $"seed {seed}, request {Sent}, {route}: {what}\n"
        + $"      {call.Method} {Short(call.Path)} {Short(call.Body ?? "")}"));

    private static string Short(string text) =>
        text.Length <= 600 ? text : text[..600] + $"... ({text.Length} characters)";
}

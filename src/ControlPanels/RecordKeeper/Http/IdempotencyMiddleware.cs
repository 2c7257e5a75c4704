using System.Collections.Concurrent;
using System.Globalization;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

namespace BusinessM.Records;

/// <summary>Once (policy 7): a request with an Idempotency-Key gets the stored answer byte for byte when it comes
/// again; with other content it is refused and told what differs; while the first is worked on it is told to wait.
/// Committed answers are stored by the commit itself; business refusals (400, 404, 409) right after.</summary>
public sealed class IdempotencyMiddleware(RequestDelegate next)
{
    public const string Header = "Idempotency-Key";

    /// <summary>Characters of a key.</summary>
    public const int KeyMax = 200;

    private readonly ConcurrentDictionary<(string Scope, string Key), byte> _inFlight = [];

    public async Task InvokeAsync(HttpContext http)
    {
        if (!HttpMethods.IsPost(http.Request.Method) || !http.Request.Headers.TryGetValue(Header, out var header)
            || http.User.Identity?.IsAuthenticated != true
            || http.GetEndpoint()?.Metadata.GetMetadata<AnswerNotStored>() is not null)
        {
            await next(http);
            return;
        }
        var name = header.ToString();
        if (name.Length is 0 or > KeyMax || name.Any(c => c is < '!' or > '~'))
        {
            await Refuse(http,
                RecordErrors.KeyInvalid.With($"The {Header} has 1 to {KeyMax} visible ASCII characters"));
            return;
        }
        var key = await ReadKey(http, name);
        if (!_inFlight.TryAdd((key.Scope, key.Key), 0))
        {
            await Refuse(http,
                RecordErrors.KeyInFlight.With($"The {Header} {name} is being worked on; ask again in 1 s"));
            return;
        }
        Func<Task> send;
        try
        {
            send = await Answer(http, key);
        }
        finally
        {
            _inFlight.TryRemove((key.Scope, key.Key), out _);
        }
        await send();       // only now: whoever has the answer may ask again at once
    }

    // The key is looked up by the lane, with all else that the commit stands on: only where nothing was committed it is
    // asked for here, since the slice may have refused what an answered request had already done.
    private async Task<Func<Task>> Answer(HttpContext http, AnswerKey key)
    {
        var unit = http.RequestServices.GetRequiredService<UnitOfWork>();
        unit.Key = key;
        var real = http.Response.Body;
        using var body = new MemoryStream();
        http.Response.Body = body;
        try
        {
            await next(http);
        }
        finally
        {
            http.Response.Body = real;
        }
        if (unit.Answer is { Body.Length: > 0 } committed) return () => Send(http, committed);
        return unit.Answer is null && await Replay(http, key) is { } replay ? replay
            : await Keep(http, key, unit, body);
    }

    private static async Task<Func<Task>?> Replay(HttpContext http, AnswerKey key)
    {
        var answers = http.RequestServices.GetRequiredService<Answers>();
        if (await answers.Find(key, http.RequestAborted) is not { } found) return null;
        http.Response.Headers.Location = default;
        return found.Differs is { } differs ? () => Refuse(http, differs) : () => Send(http, found.Answer);
    }

    private static async Task<Func<Task>> Keep(HttpContext http, AnswerKey key, UnitOfWork unit, MemoryStream body)
    {
        var bytes = body.ToArray();
        if (unit.Refused?.Code == RecordErrors.KeyInFlight.Code) http.Response.Headers.RetryAfter = "1";
        else if (Stores(http.Response.StatusCode) && unit.Answer is null)
            await http.RequestServices.GetRequiredService<Answers>().Keep(key,
                new StoredAnswer(http.Response.StatusCode, http.Response.ContentType ?? "", bytes));
        return () => http.Response.Body.WriteAsync(bytes, http.RequestAborted).AsTask();
    }

    // The key's own answers, and what asks the user or may pass, are not kept (policy 7).
    private static bool Stores(int status) => status is 400 or 404 or 409;

    private static async Task<AnswerKey> ReadKey(HttpContext http, string name)
    {
        http.Request.EnableBuffering();
        using var buffer = new MemoryStream();
        await http.Request.Body.CopyToAsync(buffer, http.RequestAborted);
        http.Request.Body.Position = 0;
        var request = buffer.ToArray();
        var scope = string.Create(CultureInfo.InvariantCulture, $"{http.User.Identity!.Name} {http.Request.Path}");
        return new AnswerKey(scope, name, Fingerprint.Of(request),
            request.Length <= Answers.RequestKeptMax ? request : []);
    }

    private static async Task Send(HttpContext http, StoredAnswer answer)
    {
        http.Response.StatusCode = answer.Status;
        if (answer.ContentType.Length > 0) http.Response.ContentType = answer.ContentType;
        http.Response.ContentLength = answer.Body.Length;
        await http.Response.Body.WriteAsync(answer.Body, http.RequestAborted);
    }

    private static Task Refuse(HttpContext http, Error error)
    {
        if (error.Code == RecordErrors.KeyInFlight.Code) http.Response.Headers.RetryAfter = "1";
        return error.ToProblem().ExecuteAsync(http);
    }
}

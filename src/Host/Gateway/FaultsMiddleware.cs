using System.Data.Common;
using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using BusinessM.Records;
using Microsoft.AspNetCore.Mvc;

namespace BusinessM.Host.Gateway;

/// <summary>Every answer that is no success is ProblemDetails: a request that could not be read is a refusal with a
/// code;
/// an accident says only its trace id (503 where the database is away, else 500), and the log says the rest.</summary>
internal sealed partial class FaultsMiddleware(RequestDelegate next, ILogger<FaultsMiddleware> log)
{
    public async Task InvokeAsync(HttpContext http)
    {
        try
        {
            await next(http);
        }
        catch (BadHttpRequestException unread) when (!http.Response.HasStarted)
        {
            await Refuse(http, Unread(unread));
        }
        catch (OperationCanceledException) when (http.RequestAborted.IsCancellationRequested)
        {
            if (!http.Response.HasStarted) http.Response.StatusCode = StatusCodes.Status499ClientClosedRequest;
        }
        catch (Exception fault) when (!http.Response.HasStarted)
        {
            await Accident(http, fault);
        }
        if (!http.Response.HasStarted && http.Response.StatusCode == StatusCodes.Status504GatewayTimeout)
            await TookTooLong(http);
        else if (!http.Response.HasStarted && Empty(http.Response) is { } refusal) await Refuse(http, refusal);
    }

    private static (int Status, Error Error)? Empty(HttpResponse response) => response.StatusCode switch
    {
        _ when response.ContentLength > 0 || response.ContentType is not null => null,
        404 => (404,
            GatewayErrors.EndpointUnknown.With($"There is nothing at {response.HttpContext.Request.Path.Value}")),
        405 => (405, GatewayErrors.MethodUnknown.With($"Allowed here: {response.Headers.Allow.ToString()}")),
        415 => (415,
            GatewayErrors.MediaTypeUnknown.With($"The body's type is {response.HttpContext.Request.ContentType}")),
        413 => (413, RecordErrors.TooLarge.With($"The body is larger than {Limits.BodyBytesMax} bytes")),
        400 => (400, RecordErrors.Malformed.With($"The request could not be read")),
        _ => null,
    };

    private static (int, Error) Unread(BadHttpRequestException fault) => fault.StatusCode switch
    {
        415 => (415, GatewayErrors.MediaTypeUnknown.With($"{fault.Message}")),
        413 => (413, RecordErrors.TooLarge.With($"The body is larger than {Limits.BodyBytesMax} bytes")),
        _ when fault.InnerException is JsonException json => (400, RecordErrors.Malformed.With(
            $"The body is not what the API states: {Plain(json)}", Field(json.Path))),
        _ => (400, RecordErrors.Malformed.With($"{fault.Message}")),
    };

    // Without .NET's type names and the repetition of the path.
    private static string Plain(JsonException fault)
    {
        var end = fault.Message.IndexOf(" Path: ", StringComparison.Ordinal);
        var text = end > 0 ? fault.Message[..end] : fault.Message;
        return text.StartsWith("The JSON value could not be converted", StringComparison.Ordinal)
            ? "a value has the wrong type or form" : text.Split(" could not be mapped", 2) is [var property, _]
            ? property + " is not known here" : text;
    }

    private static string? Field(string? path) => path is { Length: > 2 }
        && path.StartsWith("$.", StringComparison.Ordinal)
        ? path[2..] : null;

    private static Task Refuse(HttpContext http, (int Status, Error Error) refusal) =>
        refusal.Error.ToProblem(refusal.Status).ExecuteAsync(http);

    private async Task Accident(HttpContext http, Exception fault)
    {
        var trace = Activity.Current?.TraceId.ToString() ?? http.TraceIdentifier;
        var away =
            fault is DbException { SqlState: null or "57P01" or "57P02" or "57P03" or "53300" } or TimeoutException;
        AccidentHappened(fault, http.Request.Method, http.Request.Path.Value ?? "", trace);
        http.Response.Clear();
        if (away) http.Response.Headers.RetryAfter = "1";
        await Tell(http, away ? 503 : 500, away ? "The database cannot be reached just now"
            : "Something went wrong here", trace);
    }

    public static Task TookTooLong(HttpContext http) => Tell(http, 503,
        $"The work took longer than {Limits.RequestTimeoutSeconds.ToString(CultureInfo.InvariantCulture)} s",
        Activity.Current?.TraceId.ToString() ?? http.TraceIdentifier);

    private static Task Tell(HttpContext http, int status, string title, string trace) =>
        TypedResults.Problem(new ProblemDetails
        {
            Status = status,
            Title = title,
            Detail = "Nothing is known to be wrong with the request. Repeat it with its Idempotency-Key; "
                + "whether it took effect is found out then.",
            Extensions = { ["traceId"] = trace },
        }).ExecuteAsync(http);

    [LoggerMessage(Level = LogLevel.Error, Message = "{Method} {Path} failed; trace {Trace}")]
    private partial void AccidentHappened(Exception fault, string method, string path, string trace);
}

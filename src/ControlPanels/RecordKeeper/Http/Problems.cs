using System.Globalization;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;

namespace BusinessM.Records;

/// <summary>Refusals as ProblemDetails (RFC 9457) with a code, and the field where there is one.</summary>
public static class Problems
{
    // The record-keeper's codes whose status is not that of their kind.
    private static readonly Dictionary<string, int> OwnStatus = ErrorCode.In(typeof(RecordErrors))
        .Where(code => code.Status is not null).ToDictionary(code => code.Code, code => code.Status!.Value,
            StringComparer.Ordinal);

    public static ProblemHttpResult ToProblem(this Error error) => TypedResults.Problem(Details(error));

    /// <summary>With a status of its own, where the catalogue says so (401, 429).</summary>
    public static ProblemHttpResult ToProblem(this Error error, int status) =>
        TypedResults.Problem(Details(error, status));

    public static ProblemDetails Details(Error error) => Details(error,
        OwnStatus.GetValueOrDefault(error.Code, StatusOf(error.Kind)));

    public static ProblemDetails Details(Error error, int status)
    {
        var details = new ProblemDetails
        {
            Status = status,
            Title = error.Code,
            Detail = error.Message,
            Type = "https://business-m.example/errors#" + error.Code,
        };
        details.Extensions["code"] = error.Code;
        if (error.Field is not null) details.Extensions["field"] = error.Field;
        return details;
    }

    public static int StatusOf(ErrorKind kind) => kind switch
    {
        ErrorKind.Invalid => StatusCodes.Status400BadRequest,
        ErrorKind.Forbidden => StatusCodes.Status403Forbidden,
        ErrorKind.NotFound => StatusCodes.Status404NotFound,
        ErrorKind.Conflict => StatusCodes.Status409Conflict,
        ErrorKind.NeedsConfirmation => StatusCodes.Status428PreconditionRequired,
        _ => throw new InvalidOperationException(string.Create(CultureInfo.InvariantCulture, $"No status for {kind}")),
    };
}

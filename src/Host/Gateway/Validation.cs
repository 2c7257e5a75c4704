using System.Text.Json;
using BusinessM.Records;

namespace BusinessM.Host.Gateway;

/// <summary>A request that breaks a rule of shape (required, length, range) is refused like any other: with a code and
/// the first field at fault; all of them stand in <c>errors</c>.</summary>
internal static class Validation
{
    public static void GiveCode(ProblemDetailsContext context)
    {
        if (context.ProblemDetails is not HttpValidationProblemDetails problem) return;
        problem.Errors = problem.Errors.ToDictionary(e => AsWritten(e.Key), e => e.Value);
        var field = problem.Errors.Keys.Order(StringComparer.Ordinal).FirstOrDefault();
        var error =
            RecordErrors.Malformed.With($"{(field is null ? "The request is not valid" : problem.Errors[field][0])}",
                field);
        var coded = Problems.Details(error);
        (problem.Title, problem.Detail, problem.Type) = (coded.Title, coded.Detail, coded.Type);
        foreach (var (name, value) in coded.Extensions) problem.Extensions[name] = value;
    }

    // Lines[2].UnitPrice is what the caller wrote as lines[2].unitPrice.
    private static string AsWritten(string path) =>
        string.Join('.', path.Split('.').Select(JsonNamingPolicy.CamelCase.ConvertName));
}

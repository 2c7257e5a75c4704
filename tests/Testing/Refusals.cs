using System.Collections.Concurrent;
using System.Net.Http.Json;
using System.Reflection;
using System.Text.Json;
using Xunit;
using Xunit.v3;

namespace BusinessM.Testing;

/// <summary>
/// The test produces this refusal for real: through HTTP, the command line, or a port where only a port can. The test
/// fails
/// when it did not see the code (<see cref="Refusals"/>), and House.Tests fails while a code of the catalogue has no
/// such test.
/// </summary>
[AttributeUsage(AttributeTargets.Method, AllowMultiple = true)]
public sealed class ProducesAttribute(string code) : BeforeAfterTestAttribute
{
    public string Code { get; } = code;

    public override void After(MethodInfo methodUnderTest, IXunitTest test)
    {
        if (!Refusals.WasSeen(test, Code))
            throw new InvalidOperationException($"The test says that it produces {Code}, and never saw it.");
    }
}

/// <summary>The refusals that the current test has seen.</summary>
public static class Refusals
{
    private static readonly ConcurrentDictionary<string, ConcurrentDictionary<string, byte>> Seen =
        new(StringComparer.Ordinal);

    /// <summary>Notes the code of a refusal that came back.</summary>
    public static void Saw(string code)
    {
        if (TestContext.Current.Test is { } test) Seen.GetOrAdd(test.UniqueID, _ => [])[code] = 0;
    }

    /// <summary>The refusal of a port, noted.</summary>
    public static Error ShouldBeRefused<T>(this Result<T> result, string code)
    {
        if (!result.Failed) throw new InvalidOperationException($"Not refused; {code} was expected.");
        Expect(code, result.Failure.Code, result.Failure.Message);
        return result.Failure;
    }

    /// <summary>The refusal of an HTTP answer (ProblemDetails), noted, with its fields.</summary>
    public static async Task<JsonElement> ShouldBeRefused(this HttpResponseMessage answer, int status, string code)
    {
        var text = await answer.Content.ReadAsStringAsync();
        if ((int)answer.StatusCode != status
            || answer.Content.Headers.ContentType?.MediaType != "application/problem+json")
            throw new InvalidOperationException(
                $"{status} {code} was expected; it is {(int)answer.StatusCode}: {text}");
        var problem = JsonElement.Parse(text);
        Expect(code, problem.GetProperty("code").GetString()!, text);
        return problem;
    }

    /// <summary>The answer's body, where it is a success.</summary>
    public static async Task<JsonElement> ShouldBeOk(this HttpResponseMessage answer)
    {
        if (!answer.IsSuccessStatusCode)
            throw new InvalidOperationException(
                $"{(int)answer.StatusCode}: {await answer.Content.ReadAsStringAsync()}");
        return answer.Content.Headers.ContentLength is 0 || answer.StatusCode == System.Net.HttpStatusCode.NoContent
            ? default
            : await answer.Content.ReadFromJsonAsync<JsonElement>();
    }

    internal static bool WasSeen(IXunitTest test, string code) => Seen.TryGetValue(test.UniqueID, out var codes)
        && codes.ContainsKey(code);

    private static void Expect(string code, string given, string text)
    {
        if (given != code) throw new InvalidOperationException($"{code} was expected; it is {given}: {text}");
        Saw(given);
    }
}

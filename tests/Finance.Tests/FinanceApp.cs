using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using BusinessM.HostTesting;
using BusinessM.Records;
using BusinessM.Testing;
using Npgsql;

namespace BusinessM.Finance.Tests;

/// <summary>The whole program, spoken to over HTTP in JSON.</summary>
public class FinanceApp : RunningHost
{
    /// <summary>Posts (or gets, where there is no body) and reads the answer, whatever it is.</summary>
    public Task<Answer> Send(string path, object? body = null, string? method = null, string? key = null) =>
        Send(Client, path, body, method, key);

    public static async Task<Answer> Send(HttpClient client, string path, object? body = null, string? method = null,
        string? key = null)
    {
        using var request = new HttpRequestMessage(new HttpMethod(method ?? (body is null ? "GET" : "POST")), path);
        if (body is not null)
            request.Content = new StringContent(body as string ?? JsonSerializer.Serialize(body, Wire.Options),
                Encoding.UTF8,
                "application/json");
        if (key is not null) request.Headers.Add("Idempotency-Key", key);
        using var response = await client.SendAsync(request);
        var text = await response.Content.ReadAsStringAsync();
        return new Answer((int)response.StatusCode, text, text.Length == 0 ? null : JsonNode.Parse(text));
    }

    public async Task<Answer> Good(string path, object? body = null, string? method = null)
    {
        var answer = await Send(path, body, method);
        answer.Status.ShouldBeInRange(200, 299, answer.Text);
        return answer;
    }

    /// <summary>The call is refused with the code, and no row of any table is another one afterwards.</summary>
    public async Task<Answer> Refused(string code, Func<Task<Answer>> call)
    {
        var answer = await Unchanged.During(this, call);
        answer.Code.ShouldBe(code, answer.Text);
        Refusals.Saw(code);
        return answer;
    }

    public Task<Answer> Refused(string code, string path, object? body = null) => Refused(code, () => Send(path, body));

    public async Task<string> Sql(string sql, params object[] parameters)
    {
        await using var source = NpgsqlDataSource.Create(SuperuserConnection + ";Pooling=false");
        await using var command = source.CreateCommand(sql);
        foreach (var value in parameters) command.Parameters.Add(new NpgsqlParameter { Value = value });
        return Convert.ToString(await command.ExecuteScalarAsync(), CultureInfo.InvariantCulture) ?? "";
    }
}

public sealed record Answer(int Status, string Text, JsonNode? Json)
{
    public string? Code => this["code"];

    /// <summary>A value by its path: lines.0.net.</summary>
    public string? this[string path] => path.Split('.').Aggregate(Json, (node, step) => node switch
    {
        JsonArray array => array[int.Parse(step, CultureInfo.InvariantCulture)],
        JsonObject o => o[step],
        _ => null,
    })?.ToString();
}

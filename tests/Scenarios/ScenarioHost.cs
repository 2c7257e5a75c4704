using System.Globalization;
using System.Net.Http.Json;
using System.Text.Json;
using BusinessM.HostTesting;
using Npgsql;

namespace BusinessM.Scenarios;

/// <summary>A host on a database of the test class's own, with one company: GBP, London, books for 2010.</summary>
public class ScenarioHost : RunningHost
{
    public Guid Company { get; } = Guid.CreateVersion7();

    public override async ValueTask InitializeAsync()
    {
        await base.InitializeAsync();
        await Post("/api/finance/companies", new
        {
            id = Company, code = "SHOP", name = "A wholesaler", currency = "GBP", country = "GB", zone = "Europe/London",
            firstDay = "2010-12-01",
        });
        await Prepare();
    }

    protected virtual Task Prepare() => Task.CompletedTask;

    /// <summary>Posts and expects it to be good.</summary>
    public async Task<JsonElement> Post(string path, object body)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, path) { Content = JsonContent.Create(body) };
        request.Headers.Add("Idempotency-Key", Guid.CreateVersion7().ToString());
        using var answer = await Client.SendAsync(request);
        var text = await answer.Content.ReadAsStringAsync();
        answer.IsSuccessStatusCode.ShouldBeTrue($"{path}: {text}");
        return JsonDocument.Parse(text.Length > 0 ? text : "null").RootElement;
    }

    internal Task<Cli> Command(params string[] words) => Cli.Good(SuperuserConnection, words);

    internal Task<Cli> Try(params string[] words) => Cli.Run(SuperuserConnection, words);

    /// <summary>One value, as text, by SQL as the superuser.</summary>
    public async Task<string> Sql(string sql, params object[] parameters)
    {
        await using var connection = new NpgsqlConnection(SuperuserConnection);
        await connection.OpenAsync();
        await using var command = new NpgsqlCommand(sql, connection);
        foreach (var value in parameters) command.Parameters.Add(new NpgsqlParameter { Value = value });
        return Convert.ToString(await command.ExecuteScalarAsync(), CultureInfo.InvariantCulture) ?? "";
    }
}

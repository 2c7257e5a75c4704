using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using BusinessM.Engines.Postgres;
using Npgsql;

namespace BusinessM.Bench;

/// <summary>The real program on a data folder of its own, with full durability, and a company to post in.</summary>
internal sealed class BenchHost : IDisposable
{
    public const int Parties = 1_000;
    public const int Items = 1_000;

    private readonly Process _process;

    private BenchHost(string data, Uri address, Process process) => (Data, Address, _process) = (data, address, process);

    public string Data { get; }

    public Uri Address { get; }

    public string ApiKey { get; private set; } = "";

    public string Company { get; private set; } = "";

    private string[] PartyIds { get; set; } = [.. Enumerable.Range(0, Parties).Select(_ => Ids.New().ToString())];

    private string[] ItemIds { get; set; } = [.. Enumerable.Range(0, Items).Select(_ => Ids.New().ToString())];

    public static async Task<BenchHost> Start(string program, string data, int port, string? firstDay)
    {
        var address = new Uri(string.Create(CultureInfo.InvariantCulture, $"http://127.0.0.1:{port}"));
        var process = Process.Start(new ProcessStartInfo("dotnet", [program, "serve", "--data", data, "--urls", address.ToString()])
        {
            RedirectStandardOutput = true,
        })!;
        _ = process.StandardOutput.ReadToEndAsync();
        var host = new BenchHost(data, address, process);
        using var http = new HttpClient();
        for (var since = Stopwatch.StartNew(); since.Elapsed.TotalSeconds < 60; await Task.Delay(200))
        {
            try
            {
                if ((await http.GetAsync(new Uri(address, "/health/ready"))).IsSuccessStatusCode) break;
            }
            catch (HttpRequestException)
            {
                // Not there yet.
            }
        }
        host.ApiKey = await host.CreateKey(program);
        if (!await host.Known()) host.SetUp(firstDay ?? Day);
        return host;
    }

    /// <summary>Memory of the host's process alone, in MB.</summary>
    public long MemoryMb()
    {
        _process.Refresh();
        return _process.WorkingSet64 / (1024 * 1024);
    }

    /// <summary>CPU seconds that the host, and that the database's processes, have used so far.</summary>
    public (double Host, double Database) CpuSeconds()
    {
        var postmaster = File.ReadLines(Path.Combine(Data, "postgres", "postmaster.pid")).First();
        var database = Directory.GetDirectories("/proc").Select(Path.GetFileName).Where(name => int.TryParse(name, out _))
            .Where(pid => pid == postmaster || Stat(pid!) is [_, var parent, ..] && parent == postmaster).Sum(pid => Used(pid!));
        return (Used(_process.Id.ToString(CultureInfo.InvariantCulture)), database);
    }

    private static string[] Stat(string pid)
    {
        try
        {
            var text = File.ReadAllText($"/proc/{pid}/stat");
            return text[(text.LastIndexOf(')') + 2)..].Split(' ');
        }
        catch (IOException)
        {
            return [];
        }
    }

    private static double Used(string pid) => Stat(pid) is { Length: > 13 } stat
        ? (double.Parse(stat[11], CultureInfo.InvariantCulture) + double.Parse(stat[12], CultureInfo.InvariantCulture)) / 100 : 0;

    /// <summary>An invoice of three lines and one tax, created and submitted in one call.</summary>
    public string Invoice(Random random, string id) => string.Create(CultureInfo.InvariantCulture,
        $$"""{"id":"{{id}}","company":"{{Company}}","party":"{{PartyIds[random.Next(Parties)]}}","issueDate":"{{Day}}","currency":"GBP","submit":true,"lines":[{{Line(random, 3)}},{{Line(random, 5)}},{{Line(random, 2)}}]}""");

    public string Bulk(Random random, int count) => string.Create(CultureInfo.InvariantCulture,
        $$"""{"company":"{{Company}}","allOrNothing":false,"documents":[{{string.Join(',', Enumerable.Range(0, count).Select(_ => Invoice(random, Ids.New().ToString())))}}]}""");

    public void Dispose()
    {
        using var term = Process.Start("kill", ["-TERM", _process.Id.ToString(CultureInfo.InvariantCulture)]);
        term.WaitForExit();
        _process.WaitForExit();
        _process.Dispose();
    }

    private static string Day { get; } = TimeProvider.System.GetUtcNow().ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    private string Line(Random random, int quantity)
    {
        var item = random.Next(Items);
        return string.Create(CultureInfo.InvariantCulture,
            $$"""{"item":"{{ItemIds[item]}}","quantity":"{{quantity}}","price":"{{10 + (item % 90)}}"}""");
    }

    private async Task<string> CreateKey(string program)
    {
        using var command = Process.Start(new ProcessStartInfo("dotnet",
            [program, "api-key", "create", $"bench-{Ids.New():N}", "--permission", "*", "--data", Data, "--json"]) { RedirectStandardOutput = true })!;
        var output = await command.StandardOutput.ReadToEndAsync();
        await command.WaitForExitAsync();
        return JsonDocument.Parse(output).RootElement.GetProperty("token").GetString()!;
    }

    // The company of an earlier run on the same folder, with its parties and items.
    private async Task<bool> Known()
    {
        await using var cluster = await EmbeddedCluster.Attach(Data, default) ?? throw new InvalidOperationException("The host publishes no cluster");
        await using var connection = new NpgsqlConnection(cluster.ConnectionString("business_m", EmbeddedCluster.Superuser) + ";Pooling=false");
        await connection.OpenAsync();
        if (await Column("company where code = 'BENCH'") is not [var company]) return false;
        Company = company;
        PartyIds = await Column($"party where company = '{company}' and code ~ '^C[0-9]+$'");
        ItemIds = await Column($"item where company = '{company}' and code ~ '^I[0-9]+$'");
        return true;

        async Task<string[]> Column(string from)
        {
            await using var command = new NpgsqlCommand($"select coalesce(array_agg(id::text), '{{}}') from masters.{from}", connection);
            return (string[])(await command.ExecuteScalarAsync())!;
        }
    }

    private void SetUp(string firstDay)
    {
        using var http = new LoadClient(Address, ApiKey);
        Company = Ids.New().ToString();
        http.Post("/api/finance/companies", $$"""
            {"id":"{{Company}}","code":"BENCH","name":"Bench","currency":"GBP","country":"GB","zone":"Europe/London",
             "firstDay":"{{firstDay}}","taxCodes":[{"code":"S20","name":"Standard 20 %","category":"s",
             "rates":[{"from":"2000-01-01","percent":"20"}]},{"code":"O","name":"Out of scope","category":"o"}]}
            """, null);
        for (var i = 0; i < Parties; i++)
            http.Post("/api/masters/parties",
                $$"""{"id":"{{PartyIds[i]}}","company":"{{Company}}","code":"C{{i}}","name":"Customer {{i}}"}""", null);
        for (var i = 0; i < Items; i++)
            http.Post("/api/masters/items",
                $$"""{"id":"{{ItemIds[i]}}","company":"{{Company}}","code":"I{{i}}","name":"Item {{i}}"}""", null);
    }
}

using System.Diagnostics;
using System.Globalization;
using System.Text;
using System.Text.Json;
using BusinessM.Testing;

namespace BusinessM.Scenarios.Crash;

/// <summary>Its clients need a thread when they are answered: nothing else runs in this process meanwhile.</summary>
[CollectionDefinition(nameof(WithNothingBeside), DisableParallelization = true)]
public sealed class WithNothingBeside;

/// <summary>Promises 2 and 3 under kill -9 of the host, a backend, the postmaster: acknowledged is booked once,
/// unacknowledged at most once, no number is missing, the chain is whole. The cluster has full durability.</summary>
[Collection(nameof(WithNothingBeside))]
public sealed class KilledAtAnyTime
{
    private const int ClientCount = 16;

    [Fact, Trait("Category", "Slow")]
    public Task ten_times_loses_nothing() => Killed(10);

    [Fact, Trait("Category", "Long")]
    public Task fifty_times_loses_nothing() => Killed(50);

    private static async Task Killed(int kills)
    {
        var folder = Path.Combine(Path.GetTempPath(), "bm-crash-" + Ids.New().ToString("N")[^8..]);
        Directory.CreateDirectory(folder);
        try
        {
            await Killed(kills, folder);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static async Task Killed(int kills, string folder)
    {
        await using var host = new HostProcess(Path.Combine(folder, "data"), HostProcess.FreePort());
        await host.Start();
        var key = await ApiKey(host);
        var company = await SetUp(host, key);
        var log = Path.Combine(folder, "clients.log");
        var clients = new Clients(host.Address, key, log, company.Invoice);
        var running = clients.Run(ClientCount);
        var killer = new Killer(host, clients);
        await killer.Run(kills);
        await Task.Delay(1000);
        clients.Stop();
        await running;

        var export = await host.Command("export", "journal", "--format", "json", "--company", "CRASH");
        export.Exit.ShouldBe(0, export.Error);
        var file = Path.Combine(folder, "export.json");
        await File.WriteAllTextAsync(file, export.Output);
        var compared = await Compare(log, file);
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"{kills} kills ({string.Join(", ", killer.Kills)}), {killer.BusyKills} with {Killer.Busy} or more in flight: {compared.Output}"));
        compared.Exit.ShouldBe(0, compared.Output);
        clients.Unexpected.ShouldBeEmpty();
        (killer.BusyKills * 3).ShouldBeGreaterThanOrEqualTo(kills);
        var check = await host.Command("check");
        check.Exit.ShouldBe(0, check.Output + check.Error);
    }

    private static async Task<(int Exit, string Output)> Compare(string log, string export)
    {
        using var node = Process.Start(new ProcessStartInfo("node",
            [Path.Combine(Repository.Root, "tests", "Scenarios", "Crash", "compare.mjs"), log, export]) { RedirectStandardOutput = true })!;
        var output = await node.StandardOutput.ReadToEndAsync();
        await node.WaitForExitAsync();
        return (node.ExitCode, output.Trim());
    }

    private static async Task<string> ApiKey(HostProcess host)
    {
        var made = await host.Command("api-key", "create", "crash", "--permission", "*", "--json");
        made.Exit.ShouldBe(0, made.Error);
        return JsonDocument.Parse(made.Output).RootElement.GetProperty("token").GetString()!;
    }

    private sealed record Company(string Id, string Party, string Item, string Day)
    {
        public string Invoice(Guid id) => $$"""
            {"id":"{{id}}","company":"{{Id}}","party":"{{Party}}","issueDate":"{{Day}}","currency":"EUR","submit":true,
             "lines":[{"item":"{{Item}}","quantity":"2","price":"10.00"},{"item":"{{Item}}","quantity":"1","price":"3.33"}]}
            """;
    }

    private static async Task<Company> SetUp(HostProcess host, string key)
    {
        var day = TimeProvider.System.GetUtcNow().ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
        var company = new Company(Ids.New().ToString(), Ids.New().ToString(), Ids.New().ToString(), day);
        using var http = new HttpClient { BaseAddress = host.Address };
        http.DefaultRequestHeaders.Authorization = new("Bearer", key);
        await Post("/api/finance/companies", $$"""
            {"id":"{{company.Id}}","code":"CRASH","name":"Crash","currency":"EUR","country":"DE","zone":"UTC","firstDay":"{{day}}",
             "taxCodes":[{"code":"S19","name":"Standard","category":"s","rates":[{"from":"2000-01-01","percent":"19"}]}]}
            """);
        await Post("/api/masters/parties",
            $$"""{"id":"{{company.Party}}","company":"{{company.Id}}","code":"C","name":"Customer"}""");
        await Post("/api/masters/items",
            $$"""{"id":"{{company.Item}}","company":"{{company.Id}}","code":"I","name":"Item"}""");
        return company;

        async Task Post(string path, string body)
        {
            using var answer = await http.PostAsync(path, new StringContent(body, Encoding.UTF8, "application/json"));
            answer.IsSuccessStatusCode.ShouldBeTrue(await answer.Content.ReadAsStringAsync());
        }
    }
}

using System.Globalization;
using BusinessM.Engines.Postgres;

namespace BusinessM.Bench;

/// <summary>Create-and-submit of an invoice over HTTP, beside the hand-written function on the same server.</summary>
internal static class Invoices
{
    public static async Task<int> Run(string[] args)
    {
        var seconds = Number(args, "--seconds", 10);
        var windows = Number(args, "--windows", 5);
        var millions = Number(args, "--fill", 0);
        var program = Text(args, "--program", "src/Host/bin/Release/net10.0/business-m.dll");
        var data = Text(args, "--data", Path.Combine(Path.GetTempPath(), "business-m-bench"));
        Console.WriteLine($"load before the run: {(await File.ReadAllTextAsync("/proc/loadavg")).Trim()}");
        using var host = await BenchHost.Start(program, data, 5099);
        await using var cluster = await EmbeddedCluster.Attach(data, default)
            ?? throw new InvalidOperationException("The host publishes no cluster");
        var hand = new HandWritten(cluster);
        await hand.SetUp();
        Console.WriteLine($"server: {await hand.Durability()}");
        Console.WriteLine($"host memory idle: {host.MemoryMb()} MB");

        await One(host, 16, seconds * 2);       // compiled once more where it is hot; each pair then has a window of its own to settle
        if (Number(args, "--only", 0) is > 0 and var clients)
        {
            await OneByOne(clients);
            return 0;
        }
        await OneByOne(16);
        await OneByOne(1);
        await Pairs.Alternate("bulk of 100, 1 client", windows, () => Bulk(host, 1, seconds),
            async () => 100 * await hand.PerSecond("batch100.pgbench", 1, seconds));
        Console.WriteLine($"host memory after: {host.MemoryMb()} MB");
        if (millions > 0) await Fill(host, millions, seconds, windows);
        return 0;

        Task OneByOne(int clients) => Pairs.Alternate($"{clients} client(s), one by one", windows,
            () => One(host, clients, seconds), () => hand.PerSecond("one.pgbench", clients, seconds));
    }

    // After so many thousand invoices by the bulk path: the same windows, against the first ones of this run.
    private static async Task Fill(BenchHost host, int thousands, int seconds, int windows)
    {
        var before = await Median(windows, () => One(host, 16, seconds));
        using var http = new LoadClient(host.Address, host.ApiKey);
        for (var done = 0; done < thousands; done++)
            http.Post("/api/finance/sales-invoices/bulk", host.Bulk(new Random(done), 1000), Ids.New().ToString());
        var after = await Median(windows, () => One(host, 16, seconds));
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"after {thousands},000 invoices more: {after:F0}/s, before {before:F0}/s, ratio {after / before:F2}"));
    }

    private static async Task<double> Median(int windows, Func<Task<double>> measure)
    {
        var values = new List<double>();
        for (var i = 0; i < windows; i++) values.Add(await measure());
        return values.Order().ElementAt(windows / 2);
    }

    private static async Task<double> One(BenchHost host, int clients, int seconds)
    {
        var before = host.CpuSeconds();
        var perSecond = await Measure(host, clients, seconds);
        var after = host.CpuSeconds();
        var count = perSecond * seconds / 1e6;
        Console.Error.WriteLine(string.Create(CultureInfo.InvariantCulture, $"  {clients} clients: {perSecond:F0}/s, CPU per invoice: "
            + $"host {(after.Host - before.Host) / count:F0} us, database {(after.Database - before.Database) / count:F0} us"));
        return perSecond;
    }

    private static Task<double> Measure(BenchHost host, int clients, int seconds) =>
        Load.PerSecond(host.Address, host.ApiKey, clients, seconds, (http, random) =>
        {
            var id = Ids.New().ToString();
            http.Post("/api/finance/sales-invoices", host.Invoice(random, id), id);
            return 1;
        });

    private static Task<double> Bulk(BenchHost host, int clients, int seconds) =>
        Load.PerSecond(host.Address, host.ApiKey, clients, seconds, (http, random) =>
        {
            http.Post("/api/finance/sales-invoices/bulk", host.Bulk(random, 100), Ids.New().ToString());
            return 100;
        });

    private static int Number(string[] args, string name, int otherwise) =>
        Array.IndexOf(args, name) is var at and >= 0 ? int.Parse(args[at + 1], CultureInfo.InvariantCulture) : otherwise;

    private static string Text(string[] args, string name, string otherwise) =>
        Array.IndexOf(args, name) is var at and >= 0 ? args[at + 1] : otherwise;
}

using System.Globalization;
using BusinessM.Engines.Postgres;

namespace BusinessM.Bench;

/// <summary>Create-and-submit of an invoice over HTTP, beside the hand-written function on the same server.</summary>
internal static class Invoices
{
    public static async Task<int> Run(BenchArgs args)
    {
        var seconds = args.Number("--seconds", 10);
        var windows = args.Number("--windows", 5);
        var program = args.Text("--program", BenchArgs.Program);
        var data = args.Text("--data", BenchArgs.Data);
        Console.WriteLine($"load before the run: {(await File.ReadAllTextAsync("/proc/loadavg")).Trim()}");
        using var host = await BenchHost.Start(program, data, 5099, firstDay: null);
        await using var cluster = await EmbeddedCluster.Attach(data, default)
            ?? throw new InvalidOperationException("The host publishes no cluster");
        var hand = new HandWritten(cluster);
        await hand.SetUp();
        Console.WriteLine($"server: {await hand.Durability()}");
        Console.WriteLine($"host memory idle: {host.MemoryMb()} MB");

        await One(host, 16, seconds * 2);       // compiled once more where it is hot; each pair then has a window of its own to settle
        if (args.Number("--only", 0) is > 0 and var clients)
        {
            await OneByOne(clients);
            return 0;
        }
        await OneByOne(16);
        await OneByOne(1);
        await Pairs.Alternate("bulk of 100, 1 client", windows, () => Bulk(host, 1, seconds),
            async () => 100 * await hand.PerSecond("batch100.pgbench", 1, seconds));
        Console.WriteLine($"host memory after: {host.MemoryMb()} MB");
        Fill(host, args.Number("--fill", 0));
        return 0;

        Task OneByOne(int clients) => Pairs.Alternate($"{clients} client(s), one by one", windows,
            () => One(host, clients, seconds), () => hand.PerSecond("one.pgbench", clients, seconds));
    }

    /// <summary>A database of many invoices (<c>--fill</c> made it) beside a small one, each under a host of its own.</summary>
    public static async Task<int> Grown(BenchArgs args)
    {
        var (seconds, windows, program) = (args.Number("--seconds", 10), args.Number("--windows", 5), args.Text("--program", BenchArgs.Program));
        var data = args.Text("--data", BenchArgs.Data);
        Console.WriteLine($"load before the run: {(await File.ReadAllTextAsync("/proc/loadavg")).Trim()}");
        using var big = await BenchHost.Start(program, data, 5099, firstDay: null);
        using var small = await BenchHost.Start(program, data + "-small", 5098, firstDay: null);
        await One(big, 16, seconds * 2);
        await One(small, 16, seconds * 2);
        await Pairs.Alternate("16 clients, many invoices", windows, () => One(big, 16, seconds), () => One(small, 16, seconds), "few");
        return 0;
    }

    private static void Fill(BenchHost host, int thousands)
    {
        using var http = new LoadClient(host.Address, host.ApiKey);
        for (var done = 0; done < thousands; done++)
            http.Post("/api/finance/sales-invoices/bulk", host.Bulk(new Random(done), 1000), Ids.New().ToString());
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
}

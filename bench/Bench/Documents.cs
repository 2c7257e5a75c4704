using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using BusinessM.Engines.Postgres;
using Npgsql;

namespace BusinessM.Bench;

/// <summary>Documents read over HTTP, beside the same SQL by hand as the same role; and how long lists and searches
/// take in large tables.</summary>
internal sealed class Documents(BenchHost host, HandWritten hand, DocumentRows rows, int seconds)
{
    private const int Clients = 16;
    private const int Samples = 40;

    // What a list shows, and what its links lead to, in one statement.
    private const string ListByHand = """
        \set n random(1, 20)
        select i.id, i.version, i.code, i.name, i.kind, i.item_group, i.unit, i.gtin, i.blocked,
          g.code, g.name, u.code, u.name
        from masters.item i left join masters.item_group g on g.company = i.company and g.code = i.item_group
          left join masters.unit_of_measure u on u.company = '00000000-0000-0000-0000-000000000000' and u.code = i.unit
        where i.company = '{company}' and i.item_group = 'G' || :n order by i.code, i.id limit 51;
        """;

    public static async Task<int> Run(BenchArgs args)
    {
        var (data, windows) = (args.Text("--data", BenchArgs.Data + "-documents"), args.Number("--windows", 5));
        Console.WriteLine($"load before the run: {(await File.ReadAllTextAsync("/proc/loadavg")).Trim()}");
        using var host = await BenchHost.Start(args.Text("--program", BenchArgs.Program), data,
            args.Number("--port", 5097), firstDay: null);
        await using var cluster = await EmbeddedCluster.Attach(data, default)
            ?? throw new InvalidOperationException("The host publishes no cluster");
        await using var admin = new NpgsqlConnection(
            cluster.ConnectionString(HandWritten.Installation, EmbeddedCluster.Superuser) + ";Pooling=false");
        await admin.OpenAsync();
        var hand = new HandWritten(cluster);
        Console.WriteLine($"server: {await hand.Durability()}");
        var rows = new DocumentRows(admin, host.Company);
        await rows.Fill(Math.Max(args.Number("--fill", 0) * 1000, 10_000));
        Console.WriteLine($"rows: {await rows.Parties():N0} parties, and as many items");
        var documents = new Documents(host, hand, rows, args.Number("--seconds", 10));
        if (args.Number("--only", 0) is not 2) await documents.BesideByHand(windows);
        if (args.Number("--only", 0) is not 1)
            foreach (var type in new[] { "masters.party", "masters.item" }) await documents.Times(type);
        return 0;
    }

    private async Task BesideByHand(int windows)
    {
        var count = await rows.Parties() - BenchHost.Parties;
        // What a form shows: the document, and what its links lead to.
        var columns = string.Join(", ", await rows.Texts("""
            select 'p.' || column_name::text from information_schema.columns
            where table_schema = 'masters' and table_name = 'party' and column_name <> 'search'
            order by ordinal_position
            """));
        var one = string.Create(CultureInfo.InvariantCulture, $"""
            \set n random(1, {count})
            select {columns}, g.code, g.name, c.code, c.name, m.code, m.name from masters.party p
              left join masters.party_group g on g.company = p.company and g.code = p.party_group
              left join masters.country c on c.company = '00000000-0000-0000-0000-000000000000' and c.code = p.country
              left join masters.party m on m.company = p.company and m.id = p.merged_into
            where p.id = ('{DocumentRows.PartyIds}' || lpad(:n::text, 12, '0'))::uuid;
            """);
        await Pair($"read one, {Clients} clients", windows,
            random => string.Create(CultureInfo.InvariantCulture,
                $"/api/masters/parties/{DocumentRows.PartyIds}{random.NextInt64(1, count + 1):D12}"), one);
        await Pair($"list of 50, {Clients} clients", windows,
            random => List("masters/items", $"""["group","eq","G{random.Next(1, 21)}"]"""),
            ListByHand.Replace("{company}", host.Company, StringComparison.Ordinal));
    }

    private async Task Pair(string title, int windows, Func<Random, string> path, string byHand)
    {
        // Compiled once more where it is hot; the pair then has a window of its own to settle.
        await Get(path, seconds * 2);
        await Pairs.Alternate(title, windows, () => Get(path, seconds),
            () => hand.PerSecond(Clients, seconds, byHand, "m_masters"));
    }

    private async Task<double> Get(Func<Random, string> path, int seconds)
    {
        var before = host.CpuSeconds();
        var perSecond = await Load.PerSecond(host.Address, host.ApiKey, Clients, seconds, (http, random) =>
        {
            http.Get(path(random));
            return 1;
        });
        var (after, count) = (host.CpuSeconds(), perSecond * seconds / 1e6);
        Console.Error.WriteLine(string.Create(CultureInfo.InvariantCulture, $"  {perSecond:F0}/s, CPU per request: "
            + $"host {(after.Host - before.Host) / count:F0} us, "
            + $"database {(after.Database - before.Database) / count:F0} us"));
        return perSecond;
    }

    // Every filter and sort that the type declares an index for, and searches of each sort.
    private async Task Times(string type)
    {
        using var http = new LoadClient(host.Address, host.ApiKey);
        using var meta = http.Json($"/api/meta/{type}");
        var path = meta.RootElement.GetProperty("path").GetString()!["/api/".Length..];
        Console.WriteLine($"{type + ", ms",-44} {"p50",8} {"p95",8} {"max",8} {"must",6}");
        foreach (var field in meta.RootElement.GetProperty("fields").EnumerateArray()
            .Where(field => field.TryGetProperty("indexed", out var indexed) && indexed.GetBoolean()))
        {
            var name = field.GetProperty("name").GetString()!;
            var values = await ValuesOf(type, name, field, http, path);
            if (values.Count > 0)
                Time(http, $"{name} = value", 20,
                    [.. values.Select(v => List(path, JsonSerializer.Serialize(new[] { name, "eq", v })))]);
            Time(http, $"{name} is null", 20, [List(path, $"""["{name}","null"]""")]);
            foreach (var sort in new[] { name, "-" + name })
                Time(http, $"sort={sort}", 20, Following(http, $"{List(path)}&sort={sort}"));
        }
        var codes = await rows.Values(type, "code");
        Search("a rare word", DocumentRows.RareWord);
        Search("a common word", DocumentRows.CommonWord);
        Search("one letter", [.. "abeltnz".Select(letter => letter.ToString())]);
        Search("two common words", "alder limited", "trading limited", "alder trading");
        Search("a rare and a common word", "zephyr limited", "limited zephyr");
        Search("a code", [.. codes]);
        Search("what is not there", "qqqqqq", "limited qqqqqq");

        void Search(string what, params string[] words) => Time(http, $"search for {what}", 50,
            [.. words.Select(word => $"{List(path)}&search={Uri.EscapeDataString(word)}")]);
    }

    private async Task<IReadOnlyList<string>> ValuesOf(string type, string name, JsonElement field, LoadClient http,
        string path)
    {
        using var page = http.Json($"{List(path)}&fields={name}&filter="
            + Uri.EscapeDataString($"""["{name}","null",false]"""));
        if (page.RootElement.GetProperty("rows").GetArrayLength() == 0) return [];
        var values = await rows.Values(type, name == "group" ? type.Split('.')[1] + "_group" : Snake(name));
        return field.GetProperty("kind").GetString() == "choice"
            ? [.. values.Select(v => char.ToLowerInvariant(v[0]) + v[1..])] : values;
    }

    private string List(string path, string? filter = null) => $"/api/{path}?company={host.Company}"
        + (filter is null ? "" : "&filter=" + Uri.EscapeDataString(filter));

    // The first page and those after it, as who scrolls asks for them.
    private static IReadOnlyList<string> Following(LoadClient http, string path)
    {
        var pages = new List<string> { path };
        while (pages.Count < 5)
        {
            using var page = http.Json(pages[^1]);
            if (!page.RootElement.TryGetProperty("next", out var next)) break;
            pages.Add($"{path}&after={next.GetString()}");
        }
        return pages;
    }

    private static void Time(LoadClient http, string what, int mustMs, IReadOnlyList<string> paths)
    {
        foreach (var path in paths.Take(5)) http.Get(path);
        var times = new List<double>();
        for (var i = 0; i < Samples; i++)
        {
            var since = Stopwatch.GetTimestamp();
            http.Get(paths[i % paths.Count]);
            times.Add(Stopwatch.GetElapsedTime(since).TotalMilliseconds);
        }
        times.Sort();
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{what,-44} {times[Samples / 2],8:F1} "
            + $"{times[Samples * 95 / 100],8:F1} {times[^1],8:F1} {mustMs,6}"
            + $"{(times[Samples * 95 / 100] < mustMs ? "" : "  <- over")}"));
    }

    private static string Snake(string name) =>
        string.Concat(name.Select(letter =>
            char.IsUpper(letter) ? "_" + char.ToLowerInvariant(letter) : letter.ToString()));
}

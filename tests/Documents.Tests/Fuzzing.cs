using System.Diagnostics;
using System.Globalization;
using System.Text.RegularExpressions;
using BusinessM.Documents.Tests.Walk;

namespace BusinessM.Documents.Tests;

/// <summary>Whatever is sent, the program does not fall: it refuses with a code, what it refuses changes nothing, and
/// its books are in order at the end. A route is an address with all its methods, which share its requests. Each host has
/// a database and a connection of its own; all run side by side. The seed is told where something is wrong, and M_SEED
/// sets it.</summary>
[Trait("Category", "NoCulture")]
public sealed partial class Fuzzing
{
    private const int Hosts = 3;

    private static readonly int Seed = int.TryParse(Environment.GetEnvironmentVariable("M_SEED"), NumberStyles.None,
        CultureInfo.InvariantCulture, out var given) ? given : Random.Shared.Next();

    [Fact, Trait("Category", "OnlyQuick")]
    public Task a_tenth() => Run(10, 2_000);

    [Fact, Trait("Category", "Slow")]
    public Task all() => Run(100, 20_000);

    private static async Task Run(int perRoute, int least)
    {
        var codes = Codes();
        var fuzzers = await Task.WhenAll(Enumerable.Range(0, Hosts)
            .Select(i => Task.Run(() => One(i, perRoute, codes))));
        var wrong = fuzzers.SelectMany(f => f.Wrong).ToList();
        wrong.ShouldBeEmpty($"M_SEED={Seed.ToString(CultureInfo.InvariantCulture)}: {wrong.Count} wrong\n"
            + string.Join('\n', wrong));
        var (sent, past, changed) =
            (fuzzers.Sum(f => f.Sent), fuzzers.Sum(f => f.PastBinding), fuzzers.Sum(f => f.Changed));
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"seed {Seed}: {sent} requests, {past} past binding, {changed} changed something"));
        sent.ShouldBeGreaterThanOrEqualTo(least);
        past.ShouldBeGreaterThan(sent * 6 / 10, $"only {past} of {sent} got past binding");
        changed.ShouldBeGreaterThan(sent / 50, $"only {changed} of {sent} changed anything");
    }

    private static async Task<Fuzzer> One(int place, int perRoute, IReadOnlySet<string> codes)
    {
        await using var host = new ShelfHost();
        await host.InitializeAsync();
        var sample = await Sample.Of(host);
        await using var marker = await ChangeMarker.On(host);
        var routes = Endpoint.All(host).GroupBy(one => one.Pattern).Where((_, i) => i % Hosts == place).ToList();
        var fuzzer = new Fuzzer(sample, marker, codes, unchecked(Seed + place), perRoute);
        await fuzzer.Run(routes);
        await Check(host.SuperuserConnection, fuzzer.Wrong);
        return fuzzer;
    }

    // The program's own check, started as a user starts it.
    private static async Task Check(string database, List<string> wrong)
    {
        var start = new ProcessStartInfo("dotnet", [Path.Combine(AppContext.BaseDirectory, "business-m.dll"), "check"])
        {
            RedirectStandardOutput = true, RedirectStandardError = true, WorkingDirectory = Path.GetTempPath(),
        };
        start.Environment["M_DATABASE"] = database;
        using var process = Process.Start(start)!;
        var (output, errors) = (process.StandardOutput.ReadToEndAsync(), process.StandardError.ReadToEndAsync());
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        if (process.ExitCode != 0) wrong.Add($"check: {await output}{await errors}");
    }

    [GeneratedRegex(@"^\| `([a-z0-9.-]+)` \|", RegexOptions.Multiline)]
    private static partial Regex Row();

    private static HashSet<string> Codes()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder.FullName, "docs", "errors.md"))) folder = folder.Parent!;
        return [.. Row().Matches(File.ReadAllText(Path.Combine(folder.FullName, "docs", "errors.md")))
            .Select(m => m.Groups[1].Value)];
    }
}

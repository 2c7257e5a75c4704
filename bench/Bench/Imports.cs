using System.Diagnostics;
using System.Globalization;

namespace BusinessM.Bench;

/// <summary>The sample many times over, numbers and dates shifted, imported by the command as a newcomer would run it.</summary>
internal static class Imports
{
    private const int Times = 73;
    private const int NumberShift = 10_000;
    private const int Days = 28;        // all within December 2010, so that one fiscal year takes them

    public static async Task<int> Run(BenchArgs args)
    {
        var program = args.Text("--program", BenchArgs.Program);
        var data = args.Text("--data", BenchArgs.Data);
        var file = Path.Combine(Path.GetTempPath(), "business-m-bench.csv");
        var lines = await Write(args.Text("--sample", "src/Host/Demo/data/online-retail-sample/online_retail_2010-12-01_to_03.csv"), file);
        Console.WriteLine($"load before the run: {(await File.ReadAllTextAsync("/proc/loadavg")).Trim()}");
        using var host = await BenchHost.Start(program, data, 5099, "2010-12-01");
        var clock = Stopwatch.StartNew();
        using var import = Process.Start("dotnet", [program, "import", "sales", file, "--map", "online-retail", "--company", "BENCH",
            "--data", data, "--report", file + ".refused", "--adjustments", file + ".adjustments"]);
        long most = 0;
        while (!import.HasExited)
        {
            await Task.Delay(100);
            import.Refresh();
            if (!import.HasExited) most = Math.Max(most, import.PeakWorkingSet64);
        }
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"import of {lines} lines: {clock.Elapsed.TotalSeconds:F0} s, exit {import.ExitCode}, at most {most >> 20} MB; the host beside it {host.MemoryMb()} MB"));
        File.Delete(file);
        return import.ExitCode;
    }

    // A number is 536365 or C536365, a date 2010-12-01 08:26:00; neither stands in quotes in the sample.
    private static async Task<int> Write(string sample, string file)
    {
        var (lines, count) = (await File.ReadAllLinesAsync(sample), 0);
        await using var writer = new StreamWriter(file);
        await writer.WriteLineAsync(lines[0]);
        for (var time = 0; time < Times; time++)
        {
            foreach (var line in lines.Skip(1))
            {
                await writer.WriteLineAsync(Shifted(line, time));
                count++;
            }
        }
        return count;
    }

    private static string Shifted(string line, int time)
    {
        var (comma, letter) = (line.IndexOf(',', StringComparison.Ordinal), char.IsAsciiLetter(line[0]) ? 1 : 0);
        var number = int.Parse(line.AsSpan(letter, comma - letter), CultureInfo.InvariantCulture) + (time * NumberShift);
        var at = line.IndexOf(",2010-12-", StringComparison.Ordinal) + 1;
        var day = DateOnly.ParseExact(line.AsSpan(at, 10), "yyyy-MM-dd", CultureInfo.InvariantCulture).AddDays(time % Days);
        return string.Create(CultureInfo.InvariantCulture,
            $"{line[..letter]}{number}{line[comma..at]}{day:yyyy-MM-dd}{line[(at + 10)..]}");
    }
}

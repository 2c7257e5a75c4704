using System.Diagnostics;
using System.Net.Sockets;
using BusinessM.Testing;

namespace BusinessM.Host.Tests;

/// <summary>The real program in a process of its own, on a data folder that is removed with the test.</summary>
internal sealed class HostProcess : IDisposable
{
    private readonly List<Process> _running = [];

    public string Data { get; } = TestCluster.Folder("host-" + Path.GetRandomFileName());

    public string Url { get; } = $"http://127.0.0.1:{FreePort()}";

    internal sealed record Ended(int ExitCode, string Output, string Error);

    /// <summary>Runs a command to its end.</summary>
    public async Task<Ended> Run(params string[] words)
    {
        using var process = Launch([.. words, "--data", Data], []);
        var (output, error) = (process.StandardOutput.ReadToEndAsync(), process.StandardError.ReadToEndAsync());
        await process.WaitForExitAsync(TestContext.Current.CancellationToken).WaitAsync(TimeSpan.FromSeconds(60));
        return new Ended(process.ExitCode, await output, await error);
    }

    public async Task<Ended> RunWith(Dictionary<string, string> environment, params string[] words)
    {
        using var process = Launch([.. words], environment);
        var (output, error) = (process.StandardOutput.ReadToEndAsync(), process.StandardError.ReadToEndAsync());
        await process.WaitForExitAsync(TestContext.Current.CancellationToken).WaitAsync(TimeSpan.FromSeconds(60));
        return new Ended(process.ExitCode, await output, await error);
    }

    /// <summary>Starts the host and waits until it is ready.</summary>
    public async Task<Process> Serve()
    {
        var process = Launch(["serve", "--data", Data, "--urls", Url], []);
        _running.Add(process);
        _ = process.StandardOutput.ReadToEndAsync();
        var error = process.StandardError.ReadToEndAsync();
        using var client = new HttpClient();
        for (var until = Stopwatch.StartNew(); until.Elapsed < TimeSpan.FromSeconds(60); await Task.Delay(50))
        {
            if (process.HasExited) throw new InvalidOperationException(await error);
            try
            {
                if ((await client.GetAsync(Url + "/health/ready")).IsSuccessStatusCode) return process;
            }
            catch (HttpRequestException)
            {
                // not yet
            }
        }
        throw new TimeoutException("The host did not become ready.");
    }

    public static async Task Stop(Process host)
    {
        using var kill = Process.Start("kill",
            ["-TERM", host.Id.ToString(System.Globalization.CultureInfo.InvariantCulture)]);
        await host.WaitForExitAsync().WaitAsync(TimeSpan.FromSeconds(30));
    }

    public void Dispose()
    {
        foreach (var process in _running)
        {
            if (!process.HasExited) process.Kill();
            process.Dispose();
        }
        var pid = Path.Combine(Data, "postgres/postmaster.pid");
        if (File.Exists(pid)) Process.Start("kill", ["-QUIT", File.ReadLines(pid).First()]).WaitForExit();
        for (var tenths = 0; File.Exists(pid) && tenths < 50; tenths++) Thread.Sleep(100);
        if (Directory.Exists(Data)) Directory.Delete(Data, recursive: true);
    }

    private static Process Launch(string[] words, Dictionary<string, string> environment)
    {
        var start = new ProcessStartInfo("dotnet", [Path.Combine(AppContext.BaseDirectory, "business-m.dll"), .. words])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            WorkingDirectory = Path.GetTempPath(),
        };
        foreach (var name in start.Environment.Keys.Where(k => k.StartsWith("M_", StringComparison.Ordinal)
            && k != "M_POSTGRES_BIN").ToList())
            start.Environment.Remove(name);
        foreach (var (name, value) in environment) start.Environment[name] = value;
        return Process.Start(start)!;
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(System.Net.IPAddress.Loopback, 0);
        listener.Start();
        return ((System.Net.IPEndPoint)listener.LocalEndpoint).Port;
    }
}

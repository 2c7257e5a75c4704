using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;

namespace BusinessM.Scenarios.Crash;

/// <summary>The real program in a process of its own, on a data folder of its own, to be killed.</summary>
internal sealed class HostProcess(string data, int port) : IAsyncDisposable
{
    private const int ReadySecondsMax = 120;

    private Process? _process;

    public Uri Address { get; } = new(string.Create(CultureInfo.InvariantCulture, $"http://127.0.0.1:{port}"));

    public string Data => data;

    public static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    /// <summary>Starts it, and waits until it is ready; a start after a kill recovers by itself.</summary>
    public async Task Start()
    {
        _process = Run(["serve", "--data", data, "--urls", Address.ToString()]);
        _process.OutputDataReceived += (_, _) => { };
        _process.ErrorDataReceived += (_, _) => { };
        _process.BeginOutputReadLine();
        _process.BeginErrorReadLine();
        using var http = new HttpClient { Timeout = TimeSpan.FromSeconds(2) };
        for (var since = Stopwatch.StartNew(); since.Elapsed.TotalSeconds < ReadySecondsMax; await Task.Delay(100))
        {
            if (_process.HasExited) throw new InvalidOperationException($"The host ended with {_process.ExitCode}");
            try
            {
                using var ready = await http.GetAsync(new Uri(Address, "/health/ready"));
                if (ready.IsSuccessStatusCode) return;
            }
            catch (Exception e) when (e is HttpRequestException or TaskCanceledException)
            {
                // Not there yet: asked again until the deadline.
            }
        }
        throw new TimeoutException($"The host was not ready after {ReadySecondsMax} s");
    }

    /// <summary>kill -9.</summary>
    public async Task Kill()
    {
        _process!.Kill();
        await _process.WaitForExitAsync();
    }

    /// <summary>Runs a command of the program beside the host and answers what it wrote.</summary>
    public async Task<(int Exit, string Output, string Error)> Command(params string[] words)
    {
        using var process = Run([.. words, "--data", data]);
        var error = process.StandardError.ReadToEndAsync();
        var output = await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
        return (process.ExitCode, output, await error);
    }

    public async ValueTask DisposeAsync()
    {
        if (_process is { HasExited: false })
        {
            using var term = Process.Start("kill", ["-TERM", _process.Id.ToString(CultureInfo.InvariantCulture)]);
            await term.WaitForExitAsync();
            await _process.WaitForExitAsync();
        }
        _process?.Dispose();
    }

    private static Process Run(string[] words)
    {
        var program = Repository.Program;
        return Process.Start(new ProcessStartInfo("dotnet", [program, .. words])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        })!;
    }
}

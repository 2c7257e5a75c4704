using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;

namespace BusinessM.Scenarios.Crash;

/// <summary>Clients that post invoices with retries, and write down what they sent before they send it and what was
/// answered after they read it: one line each, flushed.</summary>
internal sealed class Clients(Uri server, string apiKey, string logFile, Func<Guid, string> body)
{
    private readonly CancellationTokenSource _stop = new();
    private int _inFlight;
    private int _acknowledged;

    public int InFlight => Volatile.Read(ref _inFlight);

    public int Acknowledged => Volatile.Read(ref _acknowledged);

    /// <summary>Answers that are neither success nor a passing accident: each is a fault of the test.</summary>
    public List<string> Unexpected { get; } = [];

    public void Stop() => _stop.Cancel();

    public async Task Run(int clients)
    {
        await using var log = new StreamWriter(logFile, append: false) { AutoFlush = true };
        var lines = TextWriter.Synchronized(log);
        await Task.WhenAll(Enumerable.Range(0, clients).Select(client => Task.Run(() => One(client, lines))));
    }

    private async Task One(int client, TextWriter log)
    {
        using var http = new HttpClient { Timeout = TimeSpan.FromSeconds(20), BaseAddress = server };
        http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", apiKey);
        var random = new Random(client);
        while (!_stop.IsCancellationRequested)
        {
            var id = Ids.New();
            log.WriteLine($"S {id}");

            // One in ten gives up after the first accident: what became of it, it never learns.
            var triesMax = random.Next(10) == 0 ? 1 : 400;
            for (var attempt = 0; attempt < triesMax && !_stop.IsCancellationRequested; attempt++)
            {
                if (await Try(http, id) is not { } number)
                {
                    await Task.Delay(100);
                    continue;
                }
                log.WriteLine($"A {id} {number}");
                Interlocked.Increment(ref _acknowledged);
                break;
            }
        }
    }

    private async Task<string?> Try(HttpClient http, Guid id)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/api/finance/sales-invoices");
        request.Headers.Add("Idempotency-Key", id.ToString());
        request.Content = new StringContent(body(id), Encoding.UTF8, "application/json");
        Interlocked.Increment(ref _inFlight);
        try
        {
            using var response = await http.SendAsync(request);
            var text = await response.Content.ReadAsStringAsync();
            if (response.IsSuccessStatusCode) return JsonDocument.Parse(text).RootElement.GetProperty("number").GetString();
            var passing = response.StatusCode is HttpStatusCode.ServiceUnavailable or HttpStatusCode.InternalServerError
                || text.Contains("record.key.in-flight", StringComparison.Ordinal);
            if (!passing)
                lock (Unexpected) Unexpected.Add(string.Create(CultureInfo.InvariantCulture, $"{(int)response.StatusCode} {text}"));
            return null;
        }
        catch (Exception e) when (e is HttpRequestException or TaskCanceledException or IOException)
        {
            return null;
        }
        finally
        {
            Interlocked.Decrement(ref _inFlight);
        }
    }
}

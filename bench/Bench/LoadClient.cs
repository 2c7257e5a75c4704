using System.Diagnostics;
using System.Globalization;
using System.Net.Sockets;
using System.Text;
using System.Text.Json;

namespace BusinessM.Bench;

/// <summary>The cheapest HTTP/1.1 client that is still one: a thread and a blocking socket per client, as pgbench has them,
/// requests made as bytes, so that the two cores belong to the program and its database, and not to the measurement.</summary>
internal sealed class LoadClient(Uri server, string apiKey) : IDisposable
{
    private readonly Socket _socket = Connect(server);
    private readonly byte[] _buffer = new byte[1 << 20];

    /// <summary>Sends one POST and answers the status; the body of anything but 2xx is thrown.</summary>
    public string Post(string path, string body, string? key)
    {
        var head = string.Create(CultureInfo.InvariantCulture, $"POST {path} HTTP/1.1\r\nHost: {server.Authority}\r\n"
            + $"Authorization: Bearer {apiKey}\r\nContent-Type: application/json\r\n"
            + $"{(key is null ? "" : $"Idempotency-Key: {key}\r\n")}Content-Length: {Encoding.UTF8.GetByteCount(body)}\r\n\r\n");
        _socket.Send(Encoding.UTF8.GetBytes(head + body));
        var (status, bytes) = Read();
        var text = Encoding.UTF8.GetString(bytes.Span);
        return status is >= 200 and < 300 ? text : throw new InvalidOperationException($"{path}: {status} {text}");
    }

    /// <summary>The body of a GET as JSON, to keep.</summary>
    public JsonDocument Json(string path) => JsonDocument.Parse(Get(path).ToArray());

    /// <summary>Sends one GET and answers the body of 200, which stands until the next call.</summary>
    public ReadOnlyMemory<byte> Get(string path)
    {
        _socket.Send(Encoding.ASCII.GetBytes(
            $"GET {path} HTTP/1.1\r\nHost: {server.Authority}\r\nAuthorization: Bearer {apiKey}\r\n\r\n"));
        var (status, body) = Read();
        return status == 200 ? body
            : throw new InvalidOperationException($"{path}: {status} {Encoding.UTF8.GetString(body.Span)}");
    }

    public void Dispose() => _socket.Dispose();

    private static Socket Connect(Uri server)
    {
        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        socket.Connect(server.Host, server.Port);
        return socket;
    }

    private (int Status, ReadOnlyMemory<byte> Body) Read()
    {
        var (length, bodyStart, bodyLength) = (0, -1, 0);
        while (bodyStart < 0 || length < bodyStart + bodyLength)
        {
            if (length == _buffer.Length) throw new InvalidOperationException("The answer is larger than 1 MB");
            var read = _socket.Receive(_buffer.AsSpan(length));
            if (read == 0) throw new InvalidOperationException("The server closed the connection");
            length += read;
            if (bodyStart >= 0) continue;
            var end = _buffer.AsSpan(0, length).IndexOf("\r\n\r\n"u8);
            if (end < 0) continue;
            bodyStart = end + 4;
            var head = Encoding.ASCII.GetString(_buffer, 0, end);
            if (head.Contains("Transfer-Encoding: chunked", StringComparison.OrdinalIgnoreCase))
                return Chunked(head, bodyStart, length);
            bodyLength = ContentLength(head);
        }
        return (Status(_buffer), _buffer.AsMemory(bodyStart, bodyLength));
    }

    private (int, ReadOnlyMemory<byte>) Chunked(string head, int start, int length)
    {
        while (!_buffer.AsSpan(start, length - start).EndsWith("0\r\n\r\n"u8))
            length += _socket.Receive(_buffer.AsSpan(length));
        var (body, at) = (new MemoryStream(), start);
        while (true)
        {
            var line = _buffer.AsSpan(at).IndexOf("\r\n"u8);
            var size = int.Parse(Encoding.ASCII.GetString(_buffer, at, line), NumberStyles.HexNumber, CultureInfo.InvariantCulture);
            if (size == 0) return (int.Parse(head.AsSpan(9, 3), CultureInfo.InvariantCulture), body.ToArray());
            body.Write(_buffer, at + line + 2, size);
            at += line + 2 + size + 2;
        }
    }

    private static int Status(byte[] buffer) =>
        int.Parse(Encoding.ASCII.GetString(buffer, 9, 3), CultureInfo.InvariantCulture);

    private static int ContentLength(string head)
    {
        const string Name = "Content-Length:";
        var at = head.IndexOf(Name, StringComparison.OrdinalIgnoreCase);
        if (at < 0) return 0;
        var end = head.IndexOf('\r', at);
        return int.Parse(head.AsSpan(at + Name.Length, (end < 0 ? head.Length : end) - at - Name.Length), CultureInfo.InvariantCulture);
    }
}

/// <summary>Runs clients side by side for some seconds and counts.</summary>
internal static class Load
{
    /// <summary>What <paramref name="one"/> did per second, called again and again by each client on a thread of its own.</summary>
    public static async Task<double> PerSecond(Uri server, string apiKey, int clients, double seconds,
        Func<LoadClient, Random, int> one)
    {
        var (clock, done) = (Stopwatch.StartNew(), 0);
        await Task.WhenAll(Enumerable.Range(0, clients).Select(client => Task.Factory.StartNew(() =>
        {
            using var http = new LoadClient(server, apiKey);
            var random = new Random(client * 7919 + Environment.TickCount);
            while (clock.Elapsed.TotalSeconds < seconds) Interlocked.Add(ref done, one(http, random));
        }, CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default)));
        return done / clock.Elapsed.TotalSeconds;
    }
}

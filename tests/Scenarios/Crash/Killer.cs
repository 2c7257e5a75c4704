using System.Diagnostics;
using System.Globalization;
using BusinessM.Engines.Postgres;
using Npgsql;

namespace BusinessM.Scenarios.Crash;

/// <summary>Kills with -9, in turn: the host, a backend that serves the lane, the postmaster.</summary>
internal sealed class Killer(HostProcess host, Clients clients)
{
    public const int Busy = 8;

    private static readonly string[] Targets = ["host", "backend", "postmaster"];

    public int BusyKills { get; private set; }

    public Dictionary<string, int> Kills { get; } = [];

    /// <summary>Kills so many times; every second kill waits until eight or more requests are in flight.</summary>
    public async Task Run(int kills)
    {
        for (var kill = 0; kill < kills; kill++)
        {
            await Task.Delay(Random.Shared.Next(150, 900));
            await Answered();
            if (kill % 2 == 0) await InFlight();
            if (clients.InFlight >= Busy) BusyKills++;
            var target = Targets[kill % Targets.Length];
            Kills[target] = Kills.GetValueOrDefault(target) + 1;
            await Kill(target);
        }
    }

    private async Task Kill(string target)
    {
        if (target == "host")
        {
            await host.Kill();
            await host.Start();
            return;
        }
        var pid = target == "postmaster" ? Postmaster() : await Backend();
        using var kill = Process.Start("kill", ["-9", pid.ToString(CultureInfo.InvariantCulture)]);
        await kill.WaitForExitAsync();
    }

    // The server answers again, and a client has been answered since: the next kill finds work under way.
    private async Task Answered()
    {
        var before = clients.Acknowledged;
        for (var since = Stopwatch.StartNew(); clients.Acknowledged < before + 20; await Task.Delay(20))
            if (since.Elapsed.TotalSeconds > 60) throw new TimeoutException("Nobody was answered for 60 s after a kill");
    }

    private async Task InFlight()
    {
        for (var since = Stopwatch.StartNew(); clients.InFlight < Busy && since.Elapsed.TotalSeconds < 5;) await Task.Yield();
    }

    private int Postmaster() => int.Parse(
        File.ReadLines(Path.Combine(host.Data, "postgres", "postmaster.pid")).First(), CultureInfo.InvariantCulture);

    private async Task<int> Backend()
    {
        for (var attempt = 0; ; attempt++)
        {
            try
            {
                await using var cluster = await EmbeddedCluster.Attach(host.Data, default)
                    ?? throw new InvalidOperationException("The host publishes no cluster");
                await using var connection = new NpgsqlConnection(
                    cluster.ConnectionString("postgres", EmbeddedCluster.Superuser) + ";Pooling=false");
                await connection.OpenAsync();
                await using var command = new NpgsqlCommand(
                    "select pid from pg_stat_activity where usename = 'm_lane' order by backend_start limit 1", connection);
                if (await command.ExecuteScalarAsync() is int pid) return pid;
            }
            catch (NpgsqlException) when (attempt < 100)
            {
                // The server is on its way back.
            }
            await Task.Delay(50);
        }
    }
}

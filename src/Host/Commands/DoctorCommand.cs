using System.Net;
using System.Net.Sockets;
using BusinessM.Engines.Postgres;
using Npgsql;

namespace BusinessM.Host.Commands;

/// <summary>
/// Looks whether everything is in place. Makes nothing; starts an existing private cluster for the look.
/// </summary>
internal sealed class DoctorCommand() : TopCommand("doctor", "Look whether everything is in place, and say what to do")
{
    private sealed record Finding(string Check, bool Ok, string Found, string? Remedy = null);

    protected override async Task<int> Run(Context context, CancellationToken ct)
    {
        var settings = context.Settings;
        List<Finding> findings = [new("runtime", true,
            $".NET {Environment.Version} on {System.Runtime.InteropServices.RuntimeInformation.RuntimeIdentifier}")];
        var host = settings["database"] is null ? await Private(settings, findings, ct) : null;
        findings.AddRange(settings["urls"]!.Split(';').Select(url => Port(url, host)));
        if (findings.All(f => f.Ok || f.Check == "port")) await LookAtDatabase(settings, findings, ct);
        context.Answer(findings, findings.SelectMany(Lines));
        return findings.All(f => f.Ok) ? 0 : 1;
    }

    private static IEnumerable<string> Lines(Finding f)
    {
        yield return $"{(f.Ok ? "ok  " : "BAD ")} {f.Check,-10} {f.Found}";
        if (f.Remedy is not null) yield return $"                -> {f.Remedy}";
    }

    private static async Task<int?> Private(Settings settings, List<Finding> findings, CancellationToken ct)
    {
        try
        {
            var state = ClusterState.Of(settings.Data);
            findings.Add(new Finding("folder", true,
                $"{settings.Data}, {(state.Major is null ? "no database yet" : $"made by PostgreSQL {state.Major}")}"
                + (state.Host is null ? "" : $", in use by process {state.Host}")));
            var least = new EmbeddedOptions("").FreeBytesMin;
            findings.Add(new Finding("disk", state.FreeBytes >= least, $"{state.FreeBytes >> 20} MB free",
                state.FreeBytes >= least ? null : $"Free some space: a start wants {least >> 20} MB."));
            findings.Add(new Finding("socket", state.SocketPathFits, state.SocketPath,
                state.SocketPathFits ? null
                    : $"More than {ClusterState.SocketPathBytesMax} bytes: set TMPDIR to a short folder."));
            var binaries = await PostgresBinaries.Find(settings["postgres-bin"], state.Major, ct);
            findings.Add(new Finding("postgres", true, $"PostgreSQL {binaries.Major} in {binaries.Folder}"));
            return state.Host;
        }
        catch (StartupFault fault)
        {
            findings.Add(new Finding(findings.Exists(f => f.Check == "folder") ? "postgres" : "folder", false,
                fault.What, fault.Remedy));
            return null;
        }
    }

    private static Finding Port(string url, int? host)
    {
        var address = BindingAddress.Parse(url);
        using var probe = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        var at = IPAddress.TryParse(address.Host, out var ip) && ip.AddressFamily == AddressFamily.InterNetwork ? ip
            : IPAddress.Loopback;
        try
        {
            probe.Bind(new IPEndPoint(at, address.Port));
            return new Finding("port", true, $"{url} is free");
        }
        catch (SocketException) when (host is not null)
        {
            return new Finding("port", true, $"{url} is served (host process {host})");
        }
        catch (SocketException e)
        {
            return new Finding("port", false, $"{url}: {e.Message}",
                "Stop the program that has it, or choose another: --urls http://127.0.0.1:5081");
        }
    }

    private static async Task LookAtDatabase(Settings settings, List<Finding> findings, CancellationToken ct)
    {
        if (settings["database"] is null && ClusterState.Of(settings.Data).Major is null)
        {
            findings.Add(new Finding("database", true, "is made at the first start"));
            return;
        }
        try
        {
            await using var installation = await Installation.Command(settings, ct);
            await using var ask = installation.Database.Admin.CreateCommand(
                "select version(), current_setting('server_version_num')::int");
            await using var row = await ask.ExecuteReaderAsync(ct);
            await row.ReadAsync(ct);
            var (version, number) = (row.GetString(0), row.GetInt32(1));
            await row.DisposeAsync();
            var old = number < PostgresBinaries.MajorMin * 10_000;
            findings.Add(new Finding("database", !old, version, old
                ? $"PostgreSQL {PostgresBinaries.MajorMin} or newer is needed." : null));
            var pending = await installation.Migrator().Plan(ct);
            findings.Add(new Finding("migrations", true, pending is [] ? "up to date"
                : $"{pending.Count} to apply: the next start does it"));
        }
        catch (StartupFault fault)
        {
            findings.Add(new Finding("database", false, fault.What, fault.Remedy));
        }
        catch (NpgsqlException e)
        {
            findings.Add(new Finding("database", false, e.Message,
                "Look at M_DATABASE, and whether that server runs and lets this login in."));
        }
    }
}

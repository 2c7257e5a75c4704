using System.Data.Common;
using BusinessM.Contracts.RecordKeeper;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace BusinessM.Records;

/// <summary>Delivers the outbox in process: each event to each handler of its subject, at least once and taking effect
/// once (the inbox row is part of the handler's commit). An event goes when all its handlers have it; one that fails
/// waits for the next round and holds up no other.</summary>
public sealed partial class OutboxRelay(IRecordDatabase database, IServiceScopeFactory scopes, Lane lane,
    ILogger<OutboxRelay> log) : BackgroundService
{
    /// <summary>Events of one round.</summary>
    public const int RoundMax = 500;

    private static readonly TimeSpan Idle = TimeSpan.FromSeconds(1);
    private readonly HashSet<Guid> _waiting = [];

    /// <summary>One round; answers how many events went.</summary>
    public async Task<int> Relay(CancellationToken ct)
    {
        var events = await Read(ct);
        var gone = new List<Guid>();
        foreach (var (id, subject, body) in events)
        {
            if (await Deliver(id, subject, body, ct)) gone.Add(id);
            else _waiting.Add(id);
        }
        if (gone.Count > 0) await lane.Remove("delete from record.outbox where id = any($1)", gone.ToArray());
        return gone.Count;
    }

    /// <summary>What waited is tried again in the next round.</summary>
    public void Again() => _waiting.Clear();

    protected override async Task ExecuteAsync(CancellationToken ct)
    {
        while (!ct.IsCancellationRequested)
        {
            try
            {
                if (await Relay(ct) == RoundMax) continue;
                Again();
            }
            catch (DbException fault) when (!ct.IsCancellationRequested)
            {
                RoundFailed(fault);
            }
            await Task.Delay(Idle, ct).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private async Task<IReadOnlyList<(Guid Id, string Subject, string Body)>> Read(CancellationToken ct)
    {
        await using var command = database.Reader("record").CreateCommand(
            "select id, subject, body from record.outbox where not id = any($1) order by id limit $2");
        foreach (var value in new object[] { _waiting.ToArray(), RoundMax })
        {
            var parameter = command.CreateParameter();
            parameter.Value = value;
            command.Parameters.Add(parameter);
        }
        var events = new List<(Guid, string, string)>();
        await using var reader = await command.ExecuteReaderAsync(ct);
        while (await reader.ReadAsync(ct)) events.Add((reader.GetGuid(0), reader.GetString(1), reader.GetString(2)));
        return events;
    }

    private async Task<bool> Deliver(Guid id, string subject, string body, CancellationToken ct)
    {
        await using var probe = scopes.CreateAsyncScope();
        var names = probe.ServiceProvider.GetServices<IEventHandler>()
            .Where(handler => handler.Subject == subject).Select(handler => handler.Name).ToArray();
        var all = true;
        foreach (var name in names) all &= await Hear(name, id, body, ct);
        return all;
    }

    private async Task<bool> Hear(string name, Guid id, string body, CancellationToken ct)
    {
        await using var scope = scopes.CreateAsyncScope();
        scope.ServiceProvider.GetRequiredService<Caller>().ActAsSystem(name);
        var unit = scope.ServiceProvider.GetRequiredService<UnitOfWork>();
        (unit.Action, unit.Inbox) = ("event." + name, new InboxRow(name, id));
        var handler = scope.ServiceProvider.GetServices<IEventHandler>().Single(h => h.Name == name);
        try
        {
            var heard = await handler.Hear(body, ct);
            var done = heard.Failed ? heard : await unit.Commit(() => new Done(), 204, ct);
            if (done.Failed && done.Failure.Code != RecordErrors.HeardBefore.Code) HandlerRefused(name, id, done.Failure.Message);
            return !done.Failed || done.Failure.Code == RecordErrors.HeardBefore.Code;
        }
        catch (Exception fault) when (fault is not OperationCanceledException)
        {
            HandlerFailed(fault, name, id);
            return false;
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "The outbox could not be read; trying again")]
    private partial void RoundFailed(Exception fault);

    [LoggerMessage(Level = LogLevel.Warning, Message = "{Handler} refused event {Event}: {Reason}; it is tried again")]
    private partial void HandlerRefused(string handler, Guid @event, string reason);

    [LoggerMessage(Level = LogLevel.Error, Message = "{Handler} failed on event {Event}; it is tried again")]
    private partial void HandlerFailed(Exception fault, string handler, Guid @event);
}

/// <summary>That a handler has heard an event: written with what it decided.</summary>
internal readonly record struct InboxRow(string Handler, Guid Event);

using Microsoft.Extensions.Logging;

namespace BusinessM.Records.Far;

/// <summary>Carries envelopes between contexts: in memory, or NATS. May lose, delay and repeat; must not alter, and
/// must let only those publish under a subject whom it concerns.</summary>
public interface IFarTransport
{
    /// <summary>Sends a reserve and waits for its answer; null where none came in time.</summary>
    Task<Envelope?> Ask(Envelope reserve, CancellationToken ct);

    /// <summary>Sends what needs no answer.</summary>
    Task Tell(Envelope envelope, CancellationToken ct);
}

/// <summary>Sends what became durable, right after the commit. What is lost here the relay repeats, or the receiver
/// asks for.</summary>
public sealed partial class FarPost(IFarTransport transport, ILogger<FarPost> log)
{
    private int _flying;

    /// <summary>Nothing that was sent is still on its way out.</summary>
    public bool Idle => Volatile.Read(ref _flying) == 0;

    public void Send(FarStep step)
    {
        foreach (var alert in step.Alerts) Alerted(alert.Kind, alert.Id);
        Send(step.Sends);
    }

    public void Send(IEnumerable<Envelope> envelopes)
    {
        foreach (var envelope in envelopes)
        {
            Interlocked.Increment(ref _flying);
            _ = Task.Run(() => Tell(envelope));
        }
    }

    private async Task Tell(Envelope envelope)
    {
        try
        {
            await transport.Tell(envelope, CancellationToken.None);
        }
        catch (Exception fault)
        {
            NotSent(fault, envelope.Message.GetType().Name, envelope.To);
        }
        finally
        {
            Interlocked.Decrement(ref _flying);
        }
    }

    [LoggerMessage(Level = LogLevel.Warning,
        Message = "{Message} did not reach {Context}; it is repeated or asked for")]
    private partial void NotSent(Exception fault, string message, string context);

    [LoggerMessage(Level = LogLevel.Error, Message = "Far call {Part}: {Alert}")]
    private partial void Alerted(FarAlertKind alert, FarId part);
}

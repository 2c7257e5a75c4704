namespace BusinessM.Contracts.RecordKeeper;

/// <summary>Hears the events of one subject: after the commit, perhaps late, in no promised order; each event takes
/// effect once per handler, because the inbox row is part of the handler's own commit.</summary>
public interface IEventHandler
{
    /// <summary>The handler's name in the inbox; never renamed.</summary>
    string Name { get; }

    /// <summary>The subject it hears, such as <c>finance.sales-invoice.posted</c>.</summary>
    string Subject { get; }

    /// <summary>Decides what follows and includes it in the scope's unit of work; the relay commits. A refusal is kept
    /// with the event as the reason why it waits, and tried again.</summary>
    Task<Result<Done>> Hear(string body, CancellationToken ct);
}

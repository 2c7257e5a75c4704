using BusinessM.Contracts.RecordKeeper;
using Microsoft.EntityFrameworkCore;

namespace BusinessM.Records;

/// <summary>The unit of work of one request: the documents changed in its contexts, and what keepers included. Nothing
/// is written while a slice decides; the commit hands the unit to the lane.</summary>
public sealed class UnitOfWork(Lane lane, Caller caller) : IUnitOfWork
{
    private readonly List<ContextDb> _contexts = [];
    private readonly List<(TablePlan Table, object Row)> _added = [];
    private readonly List<IEffect> _effects = [];
    private readonly List<NumberWanted> _numbers = [];
    private readonly List<Relied> _relied = [];
    private Error? _doom;

    /// <summary>The Idempotency-Key under which the answer is kept; null: the request has none.</summary>
    public AnswerKey? Key { get; set; }

    /// <summary>What the business transaction is called in the audit trail (finance.sales-invoice.submit).</summary>
    public string Action { get; set; } = "";

    /// <summary>The answer as it was committed; null before the commit.</summary>
    public StoredAnswer? Answer { get; private set; }

    /// <summary>The event that the unit answers; null: none.</summary>
    internal InboxRow? Inbox { get; set; }

    /// <summary>Why the commit was refused; null where it was not.</summary>
    internal Error? Refused { get; private set; }

    public IReadOnlyList<IEffect> Effects => _effects;

    public void Include(IEffect effect) => _effects.Add(effect);

    public void Number(NumberWanted wanted) => _numbers.Add(wanted);

    public Error Doom(Error refusal) => _doom ??= refusal;

    internal void Enlist(ContextDb context) => _contexts.Add(context);

    internal void Add(TablePlan table, object row) => _added.Add((table, row));

    internal void RelyOn(TablePlan table, CompanyId company, Guid id, int version) =>
        _relied.Add(new Relied(table, company, id, version));

    internal async Task<Result<T>> Commit<T>(Func<T> answer, int status, CancellationToken ct) where T : notnull
    {
        ct.ThrowIfCancellationRequested();
        T? given = default;
        var prepared = Prepare(() => given = answer(), status);
        var outcome = (await lane.Commit([prepared], allOrNothing: true))[0];   // not cancelled: the lane holds it now
        if (outcome.Failed) return Refused = outcome.Failure;
        Answer = outcome.Value;
        return given!;
    }

    internal Prepared Prepare(Func<object> answer, int status)
    {
        var changes = new List<RowChange>();
        var relied = new List<Relied>(_relied);
        foreach (var (table, row) in _added) changes.AddRange(RowChange.New(table, row));
        foreach (var context in _contexts)
            foreach (var entry in context.ChangeTracker.Entries())
                Gather(entry, changes, relied);
        var unit = new LaneUnit(caller.Name, Action, changes, relied, [.. _effects], [.. _numbers], Key, answer, status);
        unit.Inbox = Inbox;
        if (_doom is not null) unit.Doom(_doom);
        return new Prepared(unit);
    }

    private static void Gather(Microsoft.EntityFrameworkCore.ChangeTracking.EntityEntry entry,
        List<RowChange> changes, List<Relied> relied)
    {
        if (entry.State is EntityState.Added or EntityState.Modified or EntityState.Deleted)
            changes.Add(RowChange.Of(entry));
        else if (entry.Entity is IDocument document)
            relied.Add(new Relied(TablePlan.Of(entry.Metadata), document.Company, document.Key, document.Version));
    }
}

/// <summary>A unit that is decided and waits for its commit.</summary>
public sealed class Prepared
{
    internal Prepared(LaneUnit unit) => Unit = unit;

    internal LaneUnit Unit { get; }
}

/// <summary>The key of a request: who, and what he called it; the fingerprint of its content without confirmation
/// flags, and the content itself, to name what differs.</summary>
public sealed record AnswerKey(string Scope, string Key, byte[] Fingerprint, byte[] Request);

/// <summary>An answer as bytes, replayed as they are.</summary>
public sealed record StoredAnswer(int Status, string ContentType, byte[] Body);

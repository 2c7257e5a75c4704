using System.Data.Common;
using BusinessM.Contracts.RecordKeeper;

namespace BusinessM.Records;

/// <summary>A keeper's part in the lane: it looks under the lock, decides unit by unit in order, and writes set-based.
/// Registered once (singleton); parts run in the order of registration.</summary>
public interface ILanePart
{
    /// <summary>Starts the work on one batch of units; null where none of them concerns it.</summary>
    ILaneWork? Begin(IReadOnlyList<LaneUnit> units);

    /// <summary>A unit was refused because it stood on a document that has another version by now, which another
    /// process wrote: who keeps a copy forgets it.</summary>
    void Stale(Guid document)
    {
    }

    /// <summary>What the part remembers of a company counts no more: another process may have written to it.</summary>
    void Forget(CompanyId company)
    {
    }
}

/// <summary>One part's work on one batch.</summary>
public interface ILaneWork
{
    /// <summary>Takes what it would look up from what it saw under the lock before; false: it has to look. The lane
    /// asks only while nobody else has written to the companies, and its commit insists on that.</summary>
    bool Recall();

    /// <summary>Statements asked after the companies' heads are locked: what they read cannot change before the
    /// commit, whatever host writes.</summary>
    IReadOnlyList<LaneCommand> Look();

    /// <summary>Reads the result sets of <see cref="Look"/> in their order; the reader stands on the first one. Leave
    /// it on the last one.</summary>
    Task Read(DbDataReader reader, CancellationToken ct);

    /// <summary>Forgets all decisions: another pass begins.</summary>
    void Reset();

    /// <summary>Decides one unit, in order, as if those accepted before had been written; leaves nothing behind if it
    /// refuses.</summary>
    Result<Done> Decide(LaneUnit unit);

    /// <summary>What the audit link seals of the unit's effects on the company; null: nothing. The same bytes can be
    /// computed again from what is stored.</summary>
    byte[]? Digest(LaneUnit unit, CompanyId company);

    /// <summary>What writes all accepted units. Numbers and recorded sequences are known.</summary>
    LaneWrites Write(IReadOnlyList<LaneUnit> accepted);

    /// <summary>After the commit.</summary>
    void Committed(IReadOnlyList<LaneUnit> accepted);
}

/// <summary>What a part writes: statements of their own, which come first, and steps of the one statement that writes
/// all else of the batch.</summary>
public readonly record struct LaneWrites(IReadOnlyList<LaneCommand> First, params IReadOnlyList<LaneSteps> Steps)
{
    public static LaneWrites Nothing { get; } = new([]);
}

/// <summary>A statement with positional parameters ($1, $2 ...), arrays mostly.</summary>
public readonly record struct LaneCommand(string Text, params object[] Parameters);

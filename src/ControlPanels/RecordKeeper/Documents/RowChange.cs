using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.ChangeTracking;

namespace BusinessM.Records;

/// <summary>One row to write, still in EF's tracker, because its number and version are given in the lane.</summary>
internal sealed class RowChange(TablePlan table, EntityEntry entry)
{
    public TablePlan Table { get; } = table;

    public EntityEntry Entry { get; } = entry;

    public EntityState Kind { get; } = entry.State;

    public IDocument? Document { get; } = entry.Entity as IDocument;

    /// <summary>The version that the decision saw; 0 for a new document.</summary>
    public int SeenVersion { get; } = (entry.Entity as IDocument)?.Version ?? 0;
}

/// <summary>A document that the decision stood on without changing it.</summary>
internal readonly record struct Relied(TablePlan Table, Guid Id, int Version);

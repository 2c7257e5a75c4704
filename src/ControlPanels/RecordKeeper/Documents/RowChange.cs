using BusinessM.Contracts.RecordKeeper;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.ChangeTracking;

namespace BusinessM.Records;

/// <summary>One row to write, still as an object, because its number and version are given in the lane. New rows are in
/// no tracker; changed and removed ones have EF's entry, which knows what they were before.</summary>
internal sealed class RowChange
{
    private readonly EntityEntry? _entry;

    private RowChange(TablePlan table, object row, EntityState kind, EntityEntry? entry)
    {
        (Table, Row, Kind, _entry) = (table, row, kind, entry);
        Document = row as IDocument;
        SeenVersion = Document?.Version ?? 0;
    }

    public TablePlan Table { get; }

    public object Row { get; }

    public EntityState Kind { get; }

    public IDocument? Document { get; }

    /// <summary>The version that the decision saw; 0 for a new document.</summary>
    public int SeenVersion { get; }

    /// <summary>What EF knows of a row that was loaded.</summary>
    public EntityEntry Entry => _entry ?? throw new InvalidOperationException($"A new row of {Table.Name} has no past");

    public static RowChange Of(EntityEntry entry) =>
        new(TablePlan.Of(entry.Metadata), entry.Entity, entry.State, entry);

    /// <summary>A new row and the rows that are parts of it.</summary>
    public static IEnumerable<RowChange> New(TablePlan table, object row)
    {
        yield return new RowChange(table, row, EntityState.Added, null);
        foreach (var part in table.Parts)
            foreach (var its in part.Of(row))
                foreach (var change in New(part.Table, its))
                    yield return change;
    }
}

/// <summary>A document that the decision stood on without changing it.</summary>
internal readonly record struct Relied(TablePlan Table, CompanyId Company, Guid Id, int Version);

using System.Runtime.CompilerServices;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata;
using Microsoft.EntityFrameworkCore.Storage;

namespace BusinessM.Records;

/// <summary>How the general writer writes one entity type of EF's model: its table and columns, read once.</summary>
internal sealed class TablePlan
{
    private static readonly ConditionalWeakTable<IEntityType, TablePlan> Plans = [];

    private readonly Lazy<IReadOnlyList<PartPlan>> _parts;

    private TablePlan(IEntityType entity)
    {
        var table = StoreObjectIdentifier.Create(entity, StoreObjectType.Table)
            ?? throw new InvalidOperationException($"{entity.DisplayName()} has no table");
        (Schema, Table) = (table.Schema!, table.Name);
        Name = $"{Schema}.\"{Table}\"";
        IsDocument = typeof(IDocument).IsAssignableFrom(entity.ClrType);
        Columns = [.. entity.GetProperties().Select(property => ColumnPlan.Of(property, table))];
        Keys = [.. Columns.Where(column => column.IsKey)];
        _parts = new Lazy<IReadOnlyList<PartPlan>>(() =>
            [.. entity.GetNavigations().Where(n => !n.IsOnDependent).Select(n => new PartPlan(n))]);
        Shape = Name + ' ' + string.Join(' ', Columns.Select(column => column.Name));
        Depth = entity.GetForeignKeys().Count(key => key.PrincipalEntityType != entity) > 0 ? 1 : 0;
    }

    public string Name { get; }

    /// <summary>The table with its columns: what the text of a statement depends on. Columns may be added while the
    /// process runs.</summary>
    public string Shape { get; }

    public string Schema { get; }

    public string Table { get; }

    /// <summary>Whether rows carry a version of their own; other tables are parts of a document.</summary>
    public bool IsDocument { get; }

    /// <summary>0 for roots, 1 for tables with a foreign key: written after.</summary>
    public int Depth { get; }

    public IReadOnlyList<ColumnPlan> Columns { get; }

    public IReadOnlyList<ColumnPlan> Keys { get; }

    /// <summary>Tables whose rows are parts of this one's.</summary>
    public IReadOnlyList<PartPlan> Parts => _parts.Value;

    public static TablePlan Of(IEntityType entity) => Plans.GetValue(entity, static type => new TablePlan(type));
}

/// <summary>Rows that are parts of another: how they are found, and the key that they take from it.</summary>
internal sealed class PartPlan
{
    private readonly INavigation _navigation;
    private readonly (IProperty Key, IProperty Foreign)[] _keys;

    public PartPlan(INavigation navigation)
    {
        _navigation = navigation;
        _keys = [.. navigation.ForeignKey.PrincipalKey.Properties.Zip(navigation.ForeignKey.Properties)];
        Table = TablePlan.Of(navigation.TargetEntityType);
    }

    public TablePlan Table { get; }

    public IEnumerable<object> Of(object whole)
    {
        var found = _navigation.GetGetter().GetClrValue(whole);
        if (found is null) yield break;
        foreach (var part in _navigation.IsCollection ? (System.Collections.IEnumerable)found : new[] { found })
        {
            foreach (var (key, foreign) in _keys)
            {
                var value = key.GetGetter().GetClrValue(whole);
                if (!Equals(foreign.GetGetter().GetClrValue(part), value)) foreign.PropertyInfo!.SetValue(part, value);
            }
            yield return part;
        }
    }
}

using System.Runtime.CompilerServices;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.ChangeTracking;
using Microsoft.EntityFrameworkCore.Metadata;
using Microsoft.EntityFrameworkCore.Storage;

namespace BusinessM.Records;

/// <summary>How the general writer writes one entity type of EF's model: its table and columns, read once.</summary>
internal sealed class TablePlan
{
    private static readonly ConditionalWeakTable<IEntityType, TablePlan> Plans = [];

    private TablePlan(IEntityType entity)
    {
        var table = StoreObjectIdentifier.Create(entity, StoreObjectType.Table)
            ?? throw new InvalidOperationException($"{entity.DisplayName()} has no table");
        (Schema, Table) = (table.Schema!, table.Name);
        Name = $"{Schema}.\"{Table}\"";
        IsDocument = typeof(IDocument).IsAssignableFrom(entity.ClrType);
        Columns = [.. entity.GetProperties().Select(property => new ColumnPlan(property, table))];
        Keys = [.. Columns.Where(column => column.IsKey)];
        Depth = entity.GetForeignKeys().Count(key => key.PrincipalEntityType != entity) > 0 ? 1 : 0;
    }

    public string Name { get; }

    public string Schema { get; }

    public string Table { get; }

    /// <summary>Whether rows carry a version of their own; other tables are parts of a document.</summary>
    public bool IsDocument { get; }

    /// <summary>0 for roots, 1 for tables with a foreign key: written after.</summary>
    public int Depth { get; }

    public IReadOnlyList<ColumnPlan> Columns { get; }

    public IReadOnlyList<ColumnPlan> Keys { get; }

    public static TablePlan Of(IEntityType entity) => Plans.GetValue(entity, static type => new TablePlan(type));
}

/// <summary>One column: its name, store type, and how to read its value from an entity as the provider wants it.
/// </summary>
internal sealed class ColumnPlan
{
    private readonly IClrPropertyGetter? _getter;
    private readonly Func<object?, object?>? _convert;
    private readonly IProperty _property;

    public ColumnPlan(IProperty property, StoreObjectIdentifier table)
    {
        var mapping = property.GetRelationalTypeMapping();
        _property = property;
        Name = property.GetColumnName(table)!;
        StoreType = mapping.StoreTypeNameBase;
        IsKey = property.IsPrimaryKey();
        IsVersion = property.Name == nameof(IDocument.Version)
            && typeof(IDocument).IsAssignableFrom(property.DeclaringType.ClrType);
        IsSecret = property.IsSecret();
        _getter = property.IsShadowProperty() ? null : property.GetGetter();
        _convert = mapping.Converter?.ConvertToProvider;
        var provider = mapping.Converter?.ProviderClrType ?? property.ClrType;
        provider = Nullable.GetUnderlyingType(provider) ?? provider;
        ElementType = provider.IsValueType ? typeof(Nullable<>).MakeGenericType(provider) : provider;
    }

    public string Name { get; }

    public string StoreType { get; }

    public bool IsKey { get; }

    public bool IsVersion { get; }

    /// <summary>Whether the audit trail leaves the value out (hashes of passwords and tokens).</summary>
    public bool IsSecret { get; }

    /// <summary>The element type of the parameter array.</summary>
    public Type ElementType { get; }

    public object? Read(EntityEntry entry) =>
        Convert(_getter is null ? entry.CurrentValues[_property] : _getter.GetClrValue(entry.Entity));

    public object? ReadOriginal(EntityEntry entry) => Convert(entry.OriginalValues[_property]);

    public bool IsModified(EntityEntry entry) => entry.Property(_property.Name).IsModified;

    private object? Convert(object? value) => value is null || _convert is null ? value : _convert(value);
}

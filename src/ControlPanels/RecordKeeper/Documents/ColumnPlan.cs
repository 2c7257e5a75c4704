using System.Linq.Expressions;
using System.Reflection;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata;

namespace BusinessM.Records;

/// <summary>One column: its name, store type, and how to read its value from an entity as the provider wants it.
/// </summary>
internal abstract class ColumnPlan
{
    // Who and when: the audit link says it for all rows of a business transaction.
    private static readonly string[] Stamps = ["Company", "CreatedAt", "CreatedBy", "ChangedAt", "ChangedBy"];

    private readonly Func<object?, object?>? _convert;
    private readonly IProperty _property;

    protected ColumnPlan(IProperty property, StoreObjectIdentifier table)
    {
        var mapping = property.GetRelationalTypeMapping();
        _property = property;
        _convert = mapping.Converter?.ConvertToProvider;
        Name = property.GetColumnName(table)!;
        StoreType = mapping.StoreTypeNameBase;
        IsKey = property.IsPrimaryKey();
        IsStamp = typeof(IDocument).IsAssignableFrom(property.DeclaringType.ClrType) && Stamps.Contains(property.Name);
        IsSecret = property.IsSecret();
    }

    public string Name { get; }

    public string StoreType { get; }

    public bool IsKey { get; }

    /// <summary>Company, moment and actor of a document.</summary>
    public bool IsStamp { get; }

    /// <summary>Whether the audit trail leaves the value out (hashes of passwords and tokens).</summary>
    public bool IsSecret { get; }

    public static ColumnPlan Of(IProperty property, StoreObjectIdentifier table)
    {
        var mapping = property.GetRelationalTypeMapping();
        var element = mapping.Converter?.ProviderClrType ?? property.ClrType;
        element = Nullable.GetUnderlyingType(element) ?? element;
        if (element.IsValueType && property.IsNullable) element = typeof(Nullable<>).MakeGenericType(element);
        return (ColumnPlan)Activator.CreateInstance(typeof(ColumnPlan<>).MakeGenericType(element), property, table)!;
    }

    /// <summary>The column of these rows, as the array that the provider sends.</summary>
    public abstract Array Values(IReadOnlyList<RowChange> rows, bool current);

    public abstract object? Read(RowChange change);

    public object? ReadOriginal(RowChange change) =>
        change.Entry.OriginalValues[_property] is { } value ? _convert is null ? value : _convert(value) : null;

    public bool IsModified(RowChange change) => change.Entry.Property(_property.Name).IsModified;
}

/// <summary>A column whose values are sent as T: read without a box for each.</summary>
internal sealed class ColumnPlan<T>(IProperty property, StoreObjectIdentifier table) : ColumnPlan(property, table)
{
    private readonly Func<object, T> _read = Reader(property);

    public override Array Values(IReadOnlyList<RowChange> rows, bool current)
    {
        var values = new T[rows.Count];
        for (var i = 0; i < values.Length; i++)
            values[i] = current ? _read(rows[i].Row) : (T)ReadOriginal(rows[i])!;
        return values;
    }

    public override object? Read(RowChange change) => _read(change.Row);

    // row => convert(((TEntity)row).Property), null where the property is.
    private static Func<object, T> Reader(IProperty property)
    {
        var row = Expression.Parameter(typeof(object), "row");
        if (property.IsIndexerProperty()) return document => (T)((IExtended)document)[property.Name]!;
        var member = property.PropertyInfo is { GetMethod: not null } info ? (MemberInfo)info : property.FieldInfo
            ?? throw new InvalidOperationException($"{property} has no member in its class");
        Expression value = Expression.MakeMemberAccess(Expression.Convert(row, property.DeclaringType.ClrType), member);
        var read = value;
        if (property.GetRelationalTypeMapping().Converter is { } converter)
            read = Expression.Invoke(converter.ConvertToProviderExpression,
                value.Type == converter.ModelClrType ? value : Expression.Convert(value, converter.ModelClrType));
        if (read.Type != typeof(T)) read = Expression.Convert(read, typeof(T));
        if (!value.Type.IsValueType || Nullable.GetUnderlyingType(value.Type) is not null)
            read = Expression.Condition(Expression.Equal(value, Expression.Constant(null, value.Type)),
                Expression.Default(typeof(T)), read);
        return Expression.Lambda<Func<object, T>>(read, row).Compile();
    }
}

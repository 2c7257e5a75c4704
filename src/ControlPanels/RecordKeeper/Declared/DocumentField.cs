using System.Reflection;
using BusinessM.Contracts.RecordKeeper;
using Microsoft.EntityFrameworkCore.Infrastructure;

namespace BusinessM.Records;

/// <summary>A field of a document type: its definition, its column, and how it is read from and set on a document.
/// Values have the shape of the store: Guid, string, int, decimal, bool, DateOnly, DateTimeOffset; null where empty.
/// </summary>
public sealed class DocumentField
{
    private readonly Func<object, object?> _get;
    private readonly Action<object, object?>? _set;
    private readonly Dictionary<string, string>? _stored;
    private readonly Dictionary<string, string>? _wire;

    private DocumentField(FieldDefinition definition, string column, Type value, Func<object, object?> get,
        Action<object, object?>? set, PropertyInfo? property)
    {
        (Definition, Column, Value, _get, _set, Property) = (definition, column, value, get, set, property);
        if (Underlying(property?.PropertyType) is not { IsEnum: true } choices) return;
        _stored = Enum.GetNames(choices).ToDictionary(Text.Camel, name => name, StringComparer.Ordinal);
        _wire = _stored.ToDictionary(pair => pair.Value, pair => pair.Key, StringComparer.Ordinal);
    }

    public FieldDefinition Definition { get; }

    public string Name => Definition.Name;

    public string Column { get; }

    /// <summary>Its type in the store, without null.</summary>
    public Type Value { get; }

    /// <summary>The declared property; null: an extra field, kept by the document's indexer.</summary>
    public PropertyInfo? Property { get; }

    public bool IsExtra => Property is null;

    /// <summary>Whether its text is a currency of ISO 4217.</summary>
    public bool IsCurrency => Underlying(Property?.PropertyType) == typeof(Currency);

    /// <summary>Whether its column may be empty.</summary>
    public bool IsEmptiable => IsExtra ? !DocumentShape.System.Contains(this) : !Property!.PropertyType.IsValueType
        || Nullable.GetUnderlyingType(Property.PropertyType) is not null;

    /// <summary>The column's type as the catalogue of PostgreSQL writes it.</summary>
    public string StoreType => Definition.Kind switch
    {
        FieldKind.Whole => "integer",
        FieldKind.Decimal => FormattableString.Invariant($"numeric({Digits},{Definition.Scale ?? 4})"),
        FieldKind.Flag => "boolean",
        FieldKind.Date => "date",
        FieldKind.Moment => "timestamp with time zone",
        FieldKind.Link when !Definition.ByCode => "uuid",
        FieldKind.Json => "jsonb",
        _ => "text",
    };

    private int Digits => Definition.Scale is 6 ? 18 : 24;

    public object? Get(object row) => _get(row);

    /// <summary>Sets a value of the store's shape.</summary>
    public void Set(object row, object? value) => (_set ?? throw new InvalidOperationException($"{Name} is read only"))
        (row, value);

    /// <summary>How a choice stands in the table.</summary>
    public string Stored(string wire) => _stored is null ? wire : _stored.GetValueOrDefault(wire, wire);

    /// <summary>How a stored choice travels.</summary>
    public string Wire(string stored) => _wire is null ? stored : _wire.GetValueOrDefault(stored, stored);

    /// <summary>Of a property that declares a field; null: it declares none.</summary>
    internal static DocumentField? Of(PropertyInfo property)
    {
        if (property.GetCustomAttribute<FieldAttribute>() is not { } declared) return null;
        var link = property.GetCustomAttribute<LinkAttribute>();
        var type = Underlying(property.PropertyType)!;
        var kind = link is not null ? FieldKind.Link : KindOf(type, declared);
        var setter = property.SetMethod is { IsPublic: true } public_ ? public_ : null;
        var definition = new FieldDefinition(declared.Name ?? Text.Camel(property.Name), declared.Label, kind)
        {
            Length = declared.Length > 0 ? declared.Length : null,
            Scale = declared.Scale >= 0 ? declared.Scale : type == typeof(Quantity) || type == typeof(UnitPrice) ? 6 : null,
            Min = Bound(declared.Min), Max = Bound(declared.Max), Required = declared.Required || IsDemanded(property),
            Unique = declared.Unique, Target = link?.Target, ByCode = link?.ByCode ?? false,
            Options = kind == FieldKind.Choice ? OptionsOf(type, declared.Options) : null, Default = declared.Default,
            InList = declared.InList, InSearch = declared.InSearch,
            Indexed = declared.Indexed || declared.Unique, Sensitive = declared.Sensitive,
            Permission = declared.Permission, ReadOnly = declared.ReadOnly || (setter is null && !declared.Writable),
            CreateOnly = setter is not null && IsInit(setter) && !declared.Writable, Help = declared.Help, Section = declared.Section,
            Checks = declared.Pattern is null ? null
                : [new FieldCheck("pattern", declared.PatternMessage!) { Pattern = declared.Pattern }],
        };
        var (value, to, from) = Conversion(property.PropertyType);
        return new DocumentField(definition, ContextDb.Snake(property.Name), value, row => to(property.GetValue(row)),
            property.SetMethod is null ? null : (row, given) => property.SetValue(row, from(given)), property);
    }

    /// <summary>Of a field that the code of the document does not know.</summary>
    internal static DocumentField Of(FieldDefinition definition) => new(definition, ContextDb.Snake(definition.Name),
        ValueOf(definition), row => ((IExtended)row)[definition.Name],
        (row, value) => ((IExtended)row)[definition.Name] = value, null);

    /// <summary>The type of a field's values in the store.</summary>
    internal static Type ValueOf(FieldDefinition definition) => definition.Kind switch
    {
        FieldKind.Whole => typeof(int),
        FieldKind.Decimal => typeof(decimal),
        FieldKind.Flag => typeof(bool),
        FieldKind.Date => typeof(DateOnly),
        FieldKind.Moment => typeof(DateTimeOffset),
        FieldKind.Link when !definition.ByCode => typeof(Guid),
        _ => typeof(string),
    };

    private static decimal? Bound(string? text) =>
        text is null ? null : decimal.Parse(text, System.Globalization.CultureInfo.InvariantCulture);

    private static Type? Underlying(Type? type) => type is null ? null : Nullable.GetUnderlyingType(type) ?? type;

    private static FieldKind KindOf(Type type, FieldAttribute declared) => type switch
    {
        _ when type == typeof(string) || type == typeof(Currency) => declared.Options is not null ? FieldKind.Choice
            : declared.Long ? FieldKind.LongText : FieldKind.Text,
        _ when type == typeof(int) => FieldKind.Whole,
        _ when type == typeof(decimal) || type == typeof(Quantity) || type == typeof(UnitPrice) => FieldKind.Decimal,
        _ when type == typeof(bool) => FieldKind.Flag,
        _ when type == typeof(DateOnly) => FieldKind.Date,
        _ when type == typeof(DateTimeOffset) => FieldKind.Moment,
        { IsEnum: true } => FieldKind.Choice,
        _ when type == typeof(Guid) || TypedId.Is(type) => FieldKind.Link,
        _ => FieldKind.Json,
    };

    private static IReadOnlyList<FieldOption> OptionsOf(Type type, string? options) => options is null
        ? [.. Enum.GetNames(type).Select(name => new FieldOption(Text.Camel(name), Text.Words(name)))]
        : [.. options.Split(',').Select(option => option.Trim().Split('=', 2))
            .Select(pair => new FieldOption(pair[0], pair.Length > 1 ? pair[1] : pair[0]))];

    // A value that is never null, and that no value of its type stands for "not given".
    private static bool IsDemanded(PropertyInfo property) =>
        property.IsDefined(typeof(System.Runtime.CompilerServices.RequiredMemberAttribute));

    private static bool IsInit(MethodInfo setter) => setter.ReturnParameter.GetRequiredCustomModifiers()
        .Contains(typeof(System.Runtime.CompilerServices.IsExternalInit));

    private static (Type Value, Func<object?, object?> To, Func<object?, object?> From) Conversion(Type given)
    {
        var type = Underlying(given)!;
        if (type.IsEnum) return (typeof(string), value => value?.ToString(),
            text => text is null ? null : Enum.Parse(type, (string)text));
        if (type == typeof(Currency)) return (typeof(string), value => ((Currency?)value)?.Code,
            code => code is null ? null : Currency.Of((string)code));
        if (type == typeof(Quantity)) return (typeof(decimal), value => ((Quantity?)value)?.Value,
            number => number is null ? null : new Quantity((decimal)number));
        if (type == typeof(UnitPrice)) return (typeof(decimal), value => ((UnitPrice?)value)?.Value,
            number => number is null ? null : new UnitPrice((decimal)number));
        if (TypedId.Is(type)) return (typeof(Guid), value => value is null ? null : TypedId.Value(value),
            id => id is null ? null : TypedId.Of(type, (Guid)id));
        return (type, value => value, value => value);
    }
}

/// <summary>A document that keeps values of fields which its class does not know.</summary>
public interface IExtended
{
    object? this[string name] { get; set; }
}

/// <summary>Typed ids by their type at run time.</summary>
internal static class TypedId
{
    public static bool Is(Type type) => type.IsValueType && !type.IsGenericType && Array.Exists(type.GetInterfaces(),
        i => i.IsGenericType && i.GetGenericTypeDefinition() == typeof(ITypedId<>));

    public static Guid Value(object id) => (Guid)id.GetType().GetProperty("Value")!.GetValue(id)!;

    public static object Of(Type type, Guid value) => Activator.CreateInstance(type, value)!;
}

/// <summary>Names as they travel, and as a person reads them.</summary>
internal static class Text
{
    public static string Camel(string name) => System.Text.Json.JsonNamingPolicy.CamelCase.ConvertName(name);

    /// <summary>PriceList is Price list.</summary>
    public static string Words(string name) => string.Concat(name.Select((letter, i) => i > 0 && char.IsUpper(letter)
        ? " " + char.ToLowerInvariant(letter) : letter.ToString()));
}

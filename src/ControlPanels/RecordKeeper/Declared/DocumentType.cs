using System.Reflection;
using BusinessM.Contracts.RecordKeeper;

namespace BusinessM.Records;

/// <summary>A document type as its owner declared it: read once from the class and its attributes.</summary>
public sealed class DocumentType
{
    private DocumentType(string schema, Type clr, DocumentTypeAttribute declared)
    {
        (Schema, Clr, Declared) = (schema, clr, declared);
        Context = declared.Context ?? schema;
        Name = $"{Context}.{declared.Name}";
        Table = declared.Table ?? ContextDb.Snake(clr.Name);
        Path = $"/api/{Context}/{declared.Path ?? declared.Plural.ToLowerInvariant().Replace(' ', '-')}";
        Fields = FieldsOf(clr);
        Children = ChildType.Of(clr);
        Verbs = [.. clr.GetCustomAttributes<VerbAttribute>().Select(verb => new DocumentVerb(this, verb))];
        Title = Find(declared.Title);
        Code = declared.Code is null ? null : Find(declared.Code);
        Latest = declared.Latest is null ? null : Find(declared.Latest);
        IsMaster = BaseOf(clr, typeof(Master<>)) is not null;
    }

    /// <summary>Such as <c>masters.party</c>; permissions are <c>masters.party.read</c>, <c>.add</c>, <c>.change</c>...
    /// </summary>
    public string Name { get; }

    public string Context { get; }

    public string Schema { get; }

    public string Table { get; }

    /// <summary>The address of its documents.</summary>
    public string Path { get; }

    public Type Clr { get; }

    public DocumentTypeAttribute Declared { get; }

    public IReadOnlyList<DocumentField> Fields { get; }

    public IReadOnlyList<ChildType> Children { get; }

    public IReadOnlyList<DocumentVerb> Verbs { get; }

    /// <summary>What a person knows a document by.</summary>
    public DocumentField? Title { get; }

    /// <summary>What names it uniquely.</summary>
    public DocumentField? Code { get; }

    /// <summary>The date whose latest a list begins with, if there is no code.</summary>
    public DocumentField? Latest { get; }

    /// <summary>Blocked, never removed.</summary>
    public bool IsMaster { get; }

    public bool IsSearched => Fields.Any(f => f.Definition.InSearch);

    public string Permission(string verb) => $"{Name}.{verb}";

    /// <summary>The types that a context's assembly declares.</summary>
    internal static IReadOnlyList<DocumentType> In(Assembly assembly, string schema) =>
    [
        .. assembly.GetTypes().OrderBy(type => type.Name, StringComparer.Ordinal).SelectMany(type =>
            type.GetCustomAttributes<DocumentTypeAttribute>().Select(declared => new DocumentType(schema, type, declared))),
    ];

    internal static IReadOnlyList<DocumentField> FieldsOf(Type clr) =>
        [.. Ordered(clr).Select(DocumentField.Of).OfType<DocumentField>()];

    internal static Type? BaseOf(Type clr, Type generic)
    {
        for (var type = clr; type is not null; type = type.BaseType)
            if (type.IsGenericType && type.GetGenericTypeDefinition() == generic) return type;
        return null;
    }

    // The class's own first, those of its bases last.
    private static IEnumerable<PropertyInfo> Ordered(Type clr)
    {
        for (var type = clr; type is not null; type = type.BaseType)
            foreach (var property in type.GetProperties(BindingFlags.Instance | BindingFlags.Public
                | BindingFlags.DeclaredOnly))
                yield return property;
    }

    private DocumentField? Find(string property) => Fields.FirstOrDefault(f => f.Property?.Name == property);
}

/// <summary>A child table: the rows of a collection of the document.</summary>
public sealed class ChildType
{
    private ChildType(PropertyInfo property)
    {
        var declared = property.GetCustomAttribute<ChildrenAttribute>()!;
        Property = property;
        Clr = property.PropertyType.GetGenericArguments()[0];
        (Name, Label, Min) = (declared.Name ?? Text.Camel(property.Name), declared.Label, declared.Min);
        IsInRow = declared.InRow;
        Table = declared.Table ?? ContextDb.Snake(Clr.Name);
        Fields = DocumentType.FieldsOf(Clr);
        IsPart = typeof(IPart).IsAssignableFrom(Clr);
        ParentColumn = IsPart ? "parent" : IsInRow ? "" : declared.Parent
            ?? throw new InvalidOperationException($"{Clr.Name} says not by which column it belongs to its document");
    }

    public PropertyInfo Property { get; }

    public Type Clr { get; }

    public string Name { get; }

    public string Label { get; }

    public string Table { get; }

    public int Min { get; }

    public IReadOnlyList<DocumentField> Fields { get; }

    /// <summary>Rows with ids, that the record-keeper itself writes; others are their owner's.</summary>
    public bool IsPart { get; }

    /// <summary>Lines that the owner keeps in the document's own row, as jsonb.</summary>
    public bool IsInRow { get; }

    /// <summary>The column of the document's id; empty where the lines are in its own row.</summary>
    public string ParentColumn { get; }

    internal static IReadOnlyList<ChildType> Of(Type clr) =>
        [.. clr.GetProperties().Where(p => p.IsDefined(typeof(ChildrenAttribute))).Select(p => new ChildType(p))];

    internal System.Collections.IList Of(object document) => (System.Collections.IList)Property.GetValue(document)!;
}

/// <summary>A business transaction of the owner on a document.</summary>
public sealed class DocumentVerb
{
    internal DocumentVerb(DocumentType type, VerbAttribute declared)
    {
        (Name, Label, Danger) = (declared.Name, declared.Label, declared.Danger);
        Permission = declared.Permission ?? type.Permission(declared.Name);
        Fields = declared.Fields is null ? [] : [.. DocumentType.FieldsOf(declared.Fields).Select(f => f.Definition)];
        Children = declared.Fields is null ? [] : ChildType.Of(declared.Fields);
        if (declared.When?.Split('=') is [var field, var values])
            When = new FieldCondition(field, values.Split(','));
    }

    public string Name { get; }

    public string Label { get; }

    public string Permission { get; }

    public bool Danger { get; }

    public FieldCondition? When { get; }

    public IReadOnlyList<FieldDefinition> Fields { get; }

    /// <summary>Lines that are given with it.</summary>
    public IReadOnlyList<ChildType> Children { get; }
}

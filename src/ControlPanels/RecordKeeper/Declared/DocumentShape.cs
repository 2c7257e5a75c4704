using BusinessM.Contracts.RecordKeeper;

namespace BusinessM.Records;

/// <summary>A document type as it is now: what its owner declared, what regions contributed, and the fields that the
/// installation added. Never changes: another takes its stead.</summary>
public sealed class DocumentShape
{
    private readonly Dictionary<string, DocumentField> _byName;

    internal DocumentShape(DocumentType type, IReadOnlyList<DocumentField> extras)
    {
        (Type, Extras) = (type, extras);
        Fields = [.. type.Fields, .. extras];
        _byName = Fields.Concat(System).ToDictionary(f => f.Name, StringComparer.Ordinal);
        Listed = [.. Fields.Where(f => f.Definition.InList)];
        IsRestricted = Fields.Any(IsGuarded);
    }

    /// <summary>What every document has.</summary>
    public static IReadOnlyList<DocumentField> System { get; } =
    [
        Given("id", "Id", FieldKind.Link), Given("company", "Company", FieldKind.Link),
        Given("version", "Version", FieldKind.Whole), Given("createdAt", "Created at", FieldKind.Moment),
        Given("createdBy", "Created by", FieldKind.Text), Given("changedAt", "Changed at", FieldKind.Moment),
        Given("changedBy", "Changed by", FieldKind.Text),
    ];

    public DocumentType Type { get; }

    /// <summary>All fields but those that every document has.</summary>
    public IReadOnlyList<DocumentField> Fields { get; }

    /// <summary>Fields that the class of the documents does not know.</summary>
    public IReadOnlyList<DocumentField> Extras { get; }

    /// <summary>Fields that a list shows where it is not told.</summary>
    public IReadOnlyList<DocumentField> Listed { get; }

    /// <summary>Whether some callers do not see all fields.</summary>
    public bool IsRestricted { get; }

    /// <summary>A field by its name as it travels, those that every document has included.</summary>
    public DocumentField? Find(string name) => _byName.GetValueOrDefault(name);

    /// <summary>Whether the caller may see the field, and change it where others may.</summary>
    public bool IsSeen(DocumentField field, Caller caller) => !IsGuarded(field)
        || ((!field.Definition.Sensitive || caller.May(Type.Permission("read-sensitive")))
            && (field.Definition.Permission is not { } permission || caller.May(permission)));

    private static bool IsGuarded(DocumentField field) =>
        field.Definition.Sensitive || field.Definition.Permission is not null;

    private static DocumentField Given(string name, string label, FieldKind kind) =>
        DocumentField.Of(new FieldDefinition(name, label, kind) { ReadOnly = true });
}

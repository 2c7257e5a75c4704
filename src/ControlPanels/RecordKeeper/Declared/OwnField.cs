using BusinessM.Contracts.RecordKeeper;

namespace BusinessM.Records;

public readonly record struct OwnFieldId(Guid Value) : ITypedId<OwnFieldId>
{
    public static OwnFieldId From(Guid value) => new(value);

    public override string ToString() => Value.ToString();
}

/// <summary>Kinds that an installation's own field may have.</summary>
public enum OwnFieldKind { Text, LongText, Whole, Decimal, Flag, Date, Moment, Choice, Link }

/// <summary>A field that an administrator added to a document type: a real column <c>x_...</c> of its table. Blocked: it
/// is taken away, and its column kept, until it is purged.</summary>
[DocumentType("field", "Field of one's own", "Fields", Table = "field", Title = nameof(Label), Code = null,
    Scope = DocumentScope.Installation)]
[Verb("purge", "Purge", Danger = true, When = "blocked=true")]
internal sealed class OwnField : Master<OwnFieldId>
{
    public const string Prefix = "x_";

    /// <summary>Fields of one document type.</summary>
    public const int FieldsMax = 200;

    [Field("Document", Length = 100, Required = true, InList = true, Indexed = true,
        Help = "The document type, such as masters.party.")]
    public string Document { get; init; } = "";

    [Field("Name", Length = 40, Required = true, InList = true, Pattern = "[a-z][a-z0-9_]*",
        PatternMessage = "A name begins with a small letter; small letters, digits and _ follow.",
        Help = "Its column, and its name for programs, is x_ and this.")]
    public string Name { get; init; } = "";

    [Field("Label", Length = 100, Required = true, InList = true)]
    public string Label { get; set; } = "";

    [Field("Kind", Required = true, InList = true)]
    public OwnFieldKind Kind { get; init; }

    [Field("Characters at most", Min = "1", Max = "10000")]
    public int? Length { get; init; }

    [Field("Decimals", Min = "0", Max = "12")]
    public int? Scale { get; init; }

    [Field("Required", Help = "Of new documents; one that is there need not have it.")]
    public bool Required { get; set; }

    [Field("Choices", Length = 4_000, Help = "Of a choice: red, green; or red=Red like a rose, green=Green.")]
    public string? Options { get; set; }

    [Field("Leads to", Length = 100, Help = "Of a link: the document type, such as masters.item.")]
    public string? Target { get; init; }

    [Field("Usual value", Length = 1_000, Name = "default")]
    public string? DefaultValue { get; set; }

    [Field("In the list")]
    public bool InList { get; set; }

    [Field("Sensitive", Help = "Shown only to who may see what is sensitive.")]
    public bool Sensitive { get; set; }

    [Field("Help", Length = 500)]
    public string? Help { get; set; }

    [Field("Section", Length = 100)]
    public string? Section { get; set; }

    [Field("Purged", ReadOnly = true)]
    public bool Purged { get; set; }

    public FieldDefinition ToDefinition() => new(Prefix + Name, Label, Enum.Parse<FieldKind>(Kind.ToString()))
    {
        Length = Length, Scale = Scale, Required = Required, Target = Target, Default = DefaultValue, InList = InList,
        Sensitive = Sensitive, Help = Help, Section = Section, Source = "custom",
        Options = Kind != OwnFieldKind.Choice ? null : [.. (Options ?? "").Split(',', StringSplitOptions.TrimEntries
            | StringSplitOptions.RemoveEmptyEntries).Select(o => o.Split('=', 2, StringSplitOptions.TrimEntries))
            .Select(pair => new FieldOption(pair[0], pair[^1]))],
    };
}

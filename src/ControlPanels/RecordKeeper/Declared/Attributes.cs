namespace BusinessM.Records;

/// <summary>Whether documents of a type belong to a company each, or to the installation.</summary>
public enum DocumentScope { Company, Installation }

/// <summary>Who makes and changes documents of a type: the record-keeper from the declaration, or the owner's slices.
/// </summary>
public enum DocumentWrites { Generic, Owner }

/// <summary>Declares a document type on the class of its documents. Table and columns, REST resource, schema, list and
/// form, search, import and export, permissions and history follow from it (docs/documents.md).</summary>
/// <param name="name">Its name in the context: <c>party</c> of Masters is <c>masters.party</c>.</param>
[AttributeUsage(AttributeTargets.Class, AllowMultiple = true)]
public sealed class DocumentTypeAttribute(string name, string label, string plural) : Attribute
{
    public string Name { get; } = name;

    public string Label { get; } = label;

    public string Plural { get; } = plural;

    /// <summary>The last part of its address; the plural in lower case with hyphens, if not said.</summary>
    public string? Path { get; init; }

    /// <summary>The table; the class's name in snake case, if not said.</summary>
    public string? Table { get; init; }

    /// <summary>The property that a person knows a document by.</summary>
    public string Title { get; init; } = "Name";

    /// <summary>The property that names it uniquely in its company; what links by code hold.</summary>
    public string? Code { get; init; } = "Code";

    /// <summary>The date whose latest a list begins with where it is asked for no order, if there is no code.</summary>
    public string? Latest { get; init; }

    /// <summary>The code's series where none is given: a prefix and <c>{00000}</c>.</summary>
    public string? Series { get; init; }

    public DocumentScope Scope { get; init; }

    public DocumentWrites Writes { get; init; }

    /// <summary>The owner answers <c>GET path/{id}</c> itself.</summary>
    public bool OwnGet { get; init; }

    /// <summary>A document may be removed for good: nothing stands on it. Masters are blocked instead.</summary>
    public bool Removable { get; init; }

    /// <summary>What its address and its permissions begin with, where that is not the schema.</summary>
    public string? Context { get; init; }

    /// <summary>A condition in SQL, where several types share one table: <c>kind = 'CreditNote'</c>.</summary>
    public string? Where { get; init; }

    /// <summary>The verb whose permission the making of a document demands, where it is not <c>add</c>.</summary>
    public string Adds { get; init; } = "add";
}

/// <summary>Declares a field. Kind, nullability and the moment of change follow from the property: <c>init</c> is given
/// once, <c>set</c> changes, <c>private set</c> is the owner's.</summary>
[AttributeUsage(AttributeTargets.Property)]
public sealed class FieldAttribute(string label) : Attribute
{
    public string Label { get; } = label;

    /// <summary>Characters; 0: 1,000.</summary>
    public int Length { get; init; }

    /// <summary>Decimals; -1: 4.</summary>
    public int Scale { get; init; } = -1;

    /// <summary>Lower bound of a number, as text.</summary>
    public string? Min { get; init; }

    public string? Max { get; init; }

    /// <summary>Text of several lines.</summary>
    public bool Long { get; init; }

    public bool Required { get; init; }

    public bool Unique { get; init; }

    public bool InList { get; init; }

    public bool InSearch { get; init; }

    public bool Indexed { get; init; }

    public bool Sensitive { get; init; }

    public bool ReadOnly { get; init; }

    /// <summary>The owner's create and change take it, though only the document itself may set it.</summary>
    public bool Writable { get; init; }

    public string? Permission { get; init; }

    public string? Default { get; init; }

    public string? Help { get; init; }

    public string? Section { get; init; }

    /// <summary>A regular expression over the whole text, and what is said where it does not fit.</summary>
    public string? Pattern { get; init; }

    public string? PatternMessage { get; init; }

    /// <summary>Choices of a text, or labels of an enum's values: value, or value=label, separated by commas.
    /// </summary>
    public string? Options { get; init; }

    /// <summary>As it travels; the property's name in camel case, if not said.</summary>
    public string? Name { get; init; }
}

/// <summary>The field leads to a document of another type; with <see cref="ByCode"/> it holds its code.</summary>
[AttributeUsage(AttributeTargets.Property)]
public sealed class LinkAttribute(string target) : Attribute
{
    public string Target { get; } = target;

    public bool ByCode { get; init; }
}

/// <summary>The rows of a child table, which are parts of the document.</summary>
[AttributeUsage(AttributeTargets.Property)]
public sealed class ChildrenAttribute(string label) : Attribute
{
    public const int LinesMax = 1_000;

    public string Label { get; } = label;

    public string? Table { get; init; }

    /// <summary>As it travels; the property's name in camel case, if not said.</summary>
    public string? Name { get; init; }

    /// <summary>The owner keeps the lines in the document's own row, as jsonb: there is no table.</summary>
    public bool InRow { get; init; }

    /// <summary>The column of the document's id, where the rows are their owner's and no <see cref="Part{T}"/>.
    /// </summary>
    public string? Parent { get; init; }

    /// <summary>Lines at least.</summary>
    public int Min { get; init; }
}

/// <summary>A business transaction of the owner on a document: <c>POST {path}/{id}/{name}</c>.</summary>
[AttributeUsage(AttributeTargets.Class, AllowMultiple = true)]
public sealed class VerbAttribute(string name, string label) : Attribute
{
    public string Name { get; } = name;

    public string Label { get; } = label;

    /// <summary>Its permission; {type}.{name}, if not said.</summary>
    public string? Permission { get; init; }

    /// <summary>Offered where a field has one of some values: <c>status=draft,posted</c>.</summary>
    public string? When { get; init; }

    /// <summary>It cannot be taken back: the user is asked.</summary>
    public bool Danger { get; init; }

    /// <summary>A record or class whose properties with <see cref="FieldAttribute"/> are the verb's fields, those with
    /// <see cref="ChildrenAttribute"/> its lines.</summary>
    public Type? Fields { get; init; }
}

namespace BusinessM.Contracts.RecordKeeper;

/// <summary>What a field of a document holds; decides its column, how it travels and how a form shows it.</summary>
public enum FieldKind
{
    /// <summary>text; one line.</summary>
    Text,

    /// <summary>text; several lines.</summary>
    LongText,

    /// <summary>int; travels as a number.</summary>
    Whole,

    /// <summary>numeric; travels as a decimal string.</summary>
    Decimal,

    /// <summary>boolean.</summary>
    Flag,

    /// <summary>date; travels as yyyy-MM-dd.</summary>
    Date,

    /// <summary>timestamptz; travels as ISO 8601 in UTC.</summary>
    Moment,

    /// <summary>text, one of <see cref="FieldDefinition.Options"/>.</summary>
    Choice,

    /// <summary>The id of a document of type <see cref="FieldDefinition.Target"/> (uuid), or its code (text).</summary>
    Link,

    /// <summary>Values of the owner's own shape (jsonb); read only for all but him.</summary>
    Json,
}

/// <summary>One field of a document or of its lines: declared by the owner, contributed by a region, or added by an
/// administrator. Travels as it is, in <c>/api/meta</c> and between processes.</summary>
/// <param name="Name">As it travels: camel case; of an administrator's field x_ and snake case.</param>
/// <param name="Label">What a person reads.</param>
public sealed record FieldDefinition(string Name, string Label,
    [property: System.Text.Json.Serialization.JsonIgnore(
        Condition = System.Text.Json.Serialization.JsonIgnoreCondition.Never)] FieldKind Kind)
{
    /// <summary>Characters at most; null: 1,000 for text, 10,000 for long text.</summary>
    public int? Length { get; init; }

    /// <summary>Decimals of a decimal field; null: 4.</summary>
    public int? Scale { get; init; }

    /// <summary>Least value of a number.</summary>
    public decimal? Min { get; init; }

    /// <summary>Greatest value of a number.</summary>
    public decimal? Max { get; init; }

    public bool Required { get; init; }

    /// <summary>No two documents of a company have the same value.</summary>
    public bool Unique { get; init; }

    /// <summary>Of a link: the document type it leads to, such as <c>masters.party</c>.</summary>
    public string? Target { get; init; }

    /// <summary>Whether a link holds the target's code in place of its id.</summary>
    public bool ByCode { get; init; }

    public IReadOnlyList<FieldOption>? Options { get; init; }

    /// <summary>The value that a new document has where none is given, as it travels in text.</summary>
    public string? Default { get; init; }

    public bool InList { get; init; }

    /// <summary>Found by full-text search.</summary>
    public bool InSearch { get; init; }

    /// <summary>Has an index: a list filters and sorts by it at any size.</summary>
    public bool Indexed { get; init; }

    /// <summary>Shown to who may <c>{type}.read-sensitive</c> only, and left out of exports for others.</summary>
    public bool Sensitive { get; init; }

    /// <summary>Shown to, and changed by, who has this permission only.</summary>
    public string? Permission { get; init; }

    /// <summary>Set by the owner's verbs, or computed.</summary>
    public bool ReadOnly { get; init; }

    /// <summary>Given when the document is made, and never changed.</summary>
    public bool CreateOnly { get; init; }

    /// <summary>A sentence beside the field.</summary>
    public string? Help { get; init; }

    /// <summary>The part of the form in which it stands; null: the first.</summary>
    public string? Section { get; init; }

    /// <summary>ISO 3166 codes of the companies' countries for which it is shown; null: all.</summary>
    public IReadOnlyList<string>? Countries { get; init; }

    public IReadOnlyList<FieldCheck>? Checks { get; init; }

    /// <summary>Where it comes from: null the owner, a region's name, or <c>custom</c>.</summary>
    public string? Source { get; init; }
}

/// <summary>One value that may be chosen.</summary>
public sealed record FieldOption(string Value, string Label);

/// <summary>A declarative rule on the text of a field that is not empty. It runs in the owner, without the code of who
/// made it. <paramref name="When"/>: it holds only where another field has one of some values.</summary>
/// <param name="Kind"><c>pattern</c> (a regular expression over the whole text, without look-around),
/// <c>checksum</c> (a family with its parameters), <c>options</c> (the part named is one of a list), <c>required</c>
/// (with a condition: it may not be empty then).</param>
/// <param name="Message">What the user is told.</param>
/// <remarks>Checks run in their order; the first that fails is the refusal.</remarks>
public sealed record FieldCheck(string Kind, string Message)
{
    public string? Pattern { get; init; }

    public Checksum? Checksum { get; init; }

    /// <summary>For <c>options</c>: where the part begins (0 the first character) and its length.</summary>
    public int Start { get; init; }

    public int Count { get; init; }

    public IReadOnlyList<string>? Options { get; init; }

    public FieldCondition? When { get; init; }
}

/// <summary>Another field of the same document has one of these values (null: is not empty);
/// <paramref name="Pattern"/>: this field's own text begins like this. Both given: both must hold.</summary>
public sealed record FieldCondition(string? Field = null, IReadOnlyList<string>? Values = null, string? Pattern = null);

/// <summary>A check digit as data. Characters have the value of their place in <see cref="Alphabet"/>.</summary>
/// <param name="Family"><c>weighted</c>: the check characters follow from a weighted sum of others. <c>mod97-10</c>
/// (ISO 7064, as in IBAN), <c>mod11-10</c> (ISO 7064, digits) and <c>luhn</c> (ISO 7812, digits): the last of the
/// characters that <see cref="Start"/> and <see cref="Count"/> name are the check characters.</param>
public sealed record Checksum(string Family)
{
    public string Alphabet { get; init; } = "0123456789";

    /// <summary>Whether a small letter counts as its capital.</summary>
    public bool AnyCase { get; init; }

    /// <summary>Characters that are left out before anything is counted, such as hyphens.</summary>
    public string? Skip { get; init; }

    /// <summary>So many first characters are moved to the end (4 in an IBAN, ISO 13616).</summary>
    public int Rotate { get; init; }

    /// <summary>Zeros are put in at <see cref="Start"/> until the text has so many characters.</summary>
    public int Width { get; init; }

    /// <summary>Where the characters that are summed begin, and how many they are; 0: up to the end.</summary>
    public int Start { get; init; }

    public int Count { get; init; }

    /// <summary>Where the characters stand that are summed, in the order of the weights, where they do not stand
    /// together; in place of <see cref="Start"/> and <see cref="Count"/>.</summary>
    public IReadOnlyList<int>? Places { get; init; }

    /// <summary>Of a weighted sum: where the check characters stand, and how many they are. Several are read as one
    /// number.</summary>
    public int CheckStart { get; init; }

    public int CheckCount { get; init; } = 1;

    /// <summary>Repeated where there are fewer than characters.</summary>
    public IReadOnlyList<int>? Weights { get; init; }

    /// <summary>Weights to take where the first ones lead to a value that the alphabet has no character for.
    /// </summary>
    public IReadOnlyList<int>? NextWeights { get; init; }

    /// <summary>What a character adds by its value, in place of value times weight: one table a place, repeated like
    /// weights.</summary>
    public IReadOnlyList<IReadOnlyList<int>>? Tables { get; init; }

    /// <summary>Added to the sum.</summary>
    public int Plus { get; init; }

    public int Modulus { get; init; }

    /// <summary>What becomes of a product before it is added: <c>none</c>, <c>quotient-and-remainder</c> (by the
    /// modulus), <c>digits</c> (the sum of its decimal digits).</summary>
    public string Fold { get; init; } = "none";

    /// <summary>How the check value follows from the remainder: <c>remainder</c>, <c>complement</c> (modulus less
    /// remainder, modulus itself being 0), or <c>difference</c> (the same, modulus itself staying).</summary>
    public string Result { get; init; } = "remainder";

    /// <summary>The check characters by value, where they are not the alphabet's own.</summary>
    public string? CheckAlphabet { get; init; }

    /// <summary>Another checksum that will do as well; at most four in a row.</summary>
    public Checksum? Or { get; init; }
}

using BusinessM.Records;

namespace BusinessM.Masters.Organisation;

internal readonly record struct CountryId(Guid Value) : ITypedId<CountryId>
{
    public static CountryId From(Guid value) => new(value);
}

/// <summary>A country of ISO 3166-1, by its two letters.</summary>
[DocumentType("country", "Country", "Countries", Scope = DocumentScope.Installation)]
internal sealed class Country : Master<CountryId>
{
    [Field("Code", Required = true, Unique = true, InList = true, InSearch = true, Pattern = "[0-9A-Z][A-Z]",
        PatternMessage = "A country is two capital letters of ISO 3166-1.")]
    public string Code { get; init; } = "";

    [Field("Name", Length = 200, Required = true, InList = true, InSearch = true)]
    public string Name { get; set; } = "";
}

using BusinessM.Contracts.Masters;
using BusinessM.Records;

namespace BusinessM.Masters.Parties;

/// <summary>An address of a party. Finance keeps its tax registration (policy 3).</summary>
[DocumentType("address", "Address", "Addresses", Code = null)]
internal sealed class Address : Located<AddressId>
{
    [Field("Party", Required = true, InList = true, Indexed = true), Link("masters.party")]
    public PartyId Party { get; init; }

    [Field("Name", Length = 200, InList = true, InSearch = true, Help = "Such as head office or warehouse; the city, "
        + "if not said.")]
    public string? Name { get; set; }

    [Field("Kind", InList = true, Default = "billing")]
    public AddressKind Kind { get; set; }

    [Field("Country", Section = "Address", Required = true, InList = true), Link("masters.country", ByCode = true)]
    public string Country { get; set; } = "";

    [Field("Default", Name = "default", InList = true, Help = "Of its kind, where a document names none.")]
    public bool IsDefault { get; set; }

    public PartyAddress ToContract() => new(Id, Party, Kind, IsDefault, Blocked,
        new PostalAddress(Line1, Line2, City, Region, Postcode, Country), Name, Version);

    /// <summary>What a list shows it as, where nobody has named it.</summary>
    public void Complete() => Name = string.IsNullOrWhiteSpace(Name) ? City ?? Line1 ?? Country : Name;

    public void Erase() =>
        (Name, Line1, Line2, City, Region, Postcode, Blocked) = (Parties.Party.ErasedName, null, null, null, null, null,
            true);
}

using BusinessM.Records;

namespace BusinessM.Masters.Parties;

internal readonly record struct ContactId(Guid Value) : ITypedId<ContactId>
{
    public static ContactId From(Guid value) => new(value);
}

/// <summary>A person at a party.</summary>
[DocumentType("contact", "Contact", "Contacts", Code = null)]
internal sealed class Contact : Master<ContactId>
{
    [Field("Party", Required = true, InList = true, Indexed = true), Link("masters.party")]
    public PartyId Party { get; init; }

    [Field("Name", Length = 200, Required = true, InList = true, InSearch = true)]
    public string Name { get; set; } = "";

    [Field("Role", Length = 100, InList = true, Help = "Such as purchasing or accounts.")]
    public string? Role { get; set; }

    [Field("Email", Length = 254, InList = true, InSearch = true, Pattern = Patterns.Email,
        PatternMessage = Patterns.EmailMessage)]
    public string? Email { get; set; }

    [Field("Phone", Length = 40, InList = true, InSearch = true)]
    public string? Phone { get; set; }

    public void Erase() => (Name, Role, Email, Phone, Blocked) = (Parties.Party.ErasedName, null, null, null, true);
}

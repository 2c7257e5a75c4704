namespace BusinessM.Contracts.Masters;

/// <summary>A postal address (EN 16931 BG-5, BG-8, BG-15). Country: ISO 3166 alpha-2.</summary>
public sealed record PostalAddress(string? Line1, string? Line2, string? City, string? Region, string? Postcode,
    string? Country);

public enum AddressKind { Billing, Shipping, Other }

/// <summary>By parties or by ids, at most 1,000.</summary>
public sealed record AddressesQuery(CompanyId Company, IReadOnlyList<PartyId>? Parties = null,
    IReadOnlyList<AddressId>? Ids = null);

/// <summary>Default: of its party and kind, where a document names none.</summary>
public sealed record PartyAddress(AddressId Id, PartyId Party, AddressKind Kind, bool Default, bool Blocked,
    PostalAddress Address, string? Name, int Version);

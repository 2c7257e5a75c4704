namespace BusinessM.Contracts.Masters;

/// <summary>Identities that every context links to by id. Reads are batched; unknown ids are left out of the answer.
/// </summary>
public interface IMasters
{
    Task<Result<IReadOnlyList<Company>>> Companies(CompaniesQuery query, CancellationToken ct);

    Task<Result<IReadOnlyList<Branch>>> Branches(BranchesQuery query, CancellationToken ct);

    Task<Result<IReadOnlyList<Party>>> Parties(PartiesQuery query, CancellationToken ct);

    Task<Result<IReadOnlyList<Item>>> Items(ItemsQuery query, CancellationToken ct);

    /// <summary>The units of items and their factors; items that are not there are left out.</summary>
    Task<Result<IReadOnlyList<ItemUnits>>> Units(ItemUnitsQuery query, CancellationToken ct);

    /// <summary>The items that a supplier or customer calls so; codes that nobody knows are left out.</summary>
    Task<Result<IReadOnlyList<PartyItem>>> ItemsOfParty(ItemsOfPartyQuery query, CancellationToken ct);

    /// <summary>The addresses of parties, defaults first.</summary>
    Task<Result<IReadOnlyList<PartyAddress>>> Addresses(AddressesQuery query, CancellationToken ct);

    /// <summary>One answer for each that is asked, in the same order. Refused where the list is not there, is blocked,
    /// or is not valid on the day, or an item is not there.</summary>
    Task<Result<PricesAnswer>> Prices(PricesQuery query, CancellationToken ct);

    /// <summary>Units of <c>To</c> for one <c>From</c> on the day: direct, inverse or triangulated over the company's
    /// currency; no rate on the day: the last one within the set age, else refused; never 1 (policy 12).</summary>
    Task<Result<Rate>> Rate(RateQuery query, CancellationToken ct);

    /// <summary>Adds parties and items that are not there yet (by code); takes effect with the caller's
    /// commit.</summary>
    Task<Result<Done>> Register(RegisterMasters masters, CancellationToken ct);

    /// <summary>Makes a company with its main branch; takes effect with the caller's commit.</summary>
    Task<Result<Done>> Found(FoundCompany founding, CancellationToken ct);
}

public sealed record CompaniesQuery(IReadOnlyList<CompanyId>? Ids = null);

public sealed record BranchesQuery(CompanyId Company);

/// <summary>By ids or by codes (case-sensitive), at most 1,000.</summary>
public sealed record PartiesQuery(CompanyId Company, IReadOnlyList<PartyId>? Ids = null,
    IReadOnlyList<string>? Codes = null);

/// <summary>By ids or by codes (case-sensitive), at most 1,000.</summary>
public sealed record ItemsQuery(CompanyId Company, IReadOnlyList<ItemId>? Ids = null,
    IReadOnlyList<string>? Codes = null);

public sealed record RateQuery(CompanyId Company, string From, string To, DateOnly Day, int MaxAgeDays = 7);

public sealed record Rate(string From, string To, DateOnly Day, decimal Value, string Source);

/// <summary>Currency: ISO 4217. Zone: IANA. FiscalYearStartMonth: 1 to 12.</summary>
public sealed record Company(CompanyId Id, string Code, string Name, string Currency, string Country, string Zone,
    int FiscalYearStartMonth, int Version, string? LegalName = null, string? RegistrationNumber = null,
    PostalAddress? Address = null, BranchId? DefaultBranch = null);

/// <summary>Address: its country is null where it is the company's.</summary>
public sealed record Branch(BranchId Id, CompanyId Company, string Code, string Name, int Version, bool Blocked = false,
    PostalAddress? Address = null);

public enum PartyKind { Organisation, Person }

/// <summary>MergedInto: the party that stands for this one; it is blocked then, and what names it stays.</summary>
public sealed record Party(PartyId Id, CompanyId Company, string Code, string Name, string? Country, bool Blocked,
    int Version, string? Group = null, PartyKind Kind = PartyKind.Organisation, string? LegalName = null,
    string? Language = null, string? Email = null, PartyId? MergedInto = null);

public enum ItemKind { Stock, Service, Expense, Kit }

/// <summary>Unit: UN/ECE Rec 20 code (C62 is one), the base unit. TaxClass: what Finance finds the tax code by.
/// </summary>
public sealed record Item(ItemId Id, CompanyId Company, string Code, string Name, ItemKind Kind, string Unit,
    bool Blocked, int Version, string? Group = null, string? TaxClass = null, string? HsCode = null);

public sealed record RegisterMasters(CompanyId Company, IReadOnlyList<Party> Parties, IReadOnlyList<Item> Items);

/// <summary>Versions of both are 0: they are not there yet.</summary>
public sealed record FoundCompany(Company Company, Branch MainBranch);

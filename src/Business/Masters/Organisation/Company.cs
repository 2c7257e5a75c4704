using BusinessM.Records;

namespace BusinessM.Masters.Organisation;

/// <summary>A legal entity with books of its own. Finance makes it, with its books; what the books stand on never
/// changes.</summary>
[DocumentType("company", "Company", "Companies", Scope = DocumentScope.Installation)]
internal sealed class Company : Document<CompanyId>
{
    [Field("Code", Length = 40, Required = true, Unique = true, InList = true, InSearch = true)]
    public string Code { get; init; } = "";

    [Field("Name", Length = 200, Required = true, InList = true, InSearch = true)]
    public string Name { get; set; } = "";

    [Field("Legal name", Length = 200, Help = "As registered, where it is not the name.")]
    public string? LegalName { get; set; }

    [Field("Currency", Required = true, InList = true, Help = "The books are kept in it.")]
    [Link("masters.currency", ByCode = true)]
    public string Currency { get; init; } = "";

    [Field("Country", Required = true, InList = true), Link("masters.country", ByCode = true)]
    public string Country { get; init; } = "";

    [Field("Time zone", Length = 64, Required = true, Help = "Of the IANA database; decides what today is.")]
    public string Zone { get; init; } = "";

    [Field("Fiscal year starts in month", Min = "1", Max = "12", Required = true)]
    public int FiscalYearStartMonth { get; init; }

    [Field("Default branch", Help = "Of new documents, where none is named."), Link("masters.branch")]
    public BranchId? DefaultBranch { get; set; }

    [Field("Registration number", Length = 60, Help = "Of the register of companies (EN 16931 BT-30).")]
    public string? RegistrationNumber { get; set; }

    [Field("Address line 1", Length = 200, Section = "Address")]
    public string? Line1 { get; set; }

    [Field("Address line 2", Length = 200, Section = "Address")]
    public string? Line2 { get; set; }

    [Field("City", Length = 100, Section = "Address")]
    public string? City { get; set; }

    [Field("Region", Length = 100, Section = "Address", Help = "State, province or county.")]
    public string? Region { get; set; }

    [Field("Postcode", Length = 20, Section = "Address")]
    public string? Postcode { get; set; }

    [Field("Email", Length = 254, Pattern = Patterns.Email, PatternMessage = Patterns.EmailMessage)]
    public string? Email { get; set; }

    [Field("Phone", Length = 40)]
    public string? Phone { get; set; }

    [Field("Website", Length = 200)]
    public string? Web { get; set; }

    public Contracts.Masters.Company ToContract() =>
        new(Id, Code, Name, Currency, Country, Zone, FiscalYearStartMonth, Version, LegalName, RegistrationNumber,
            Postal.Of(Line1, Line2, City, Region, Postcode, Country), DefaultBranch);

    public static Company From(Contracts.Masters.Company company) => new()
    {
        Id = company.Id, Company = company.Id, Code = company.Code, Name = company.Name, Currency = company.Currency,
        Country = company.Country, Zone = company.Zone, FiscalYearStartMonth = company.FiscalYearStartMonth,
        LegalName = company.LegalName, RegistrationNumber = company.RegistrationNumber,
        Line1 = company.Address?.Line1, Line2 = company.Address?.Line2, City = company.Address?.City,
        Region = company.Address?.Region, Postcode = company.Address?.Postcode,
    };
}

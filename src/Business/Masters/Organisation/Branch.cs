using BusinessM.Records;

namespace BusinessM.Masters.Organisation;

/// <summary>A tax registration of a company, with an address (policy 3). Regions add its tax ids.</summary>
[DocumentType("branch", "Branch", "Branches")]
internal sealed class Branch : Located<BranchId>
{
    [Field("Code", Length = 40, Required = true, Unique = true, InList = true, InSearch = true)]
    public string Code { get; init; } = "";

    [Field("Name", Length = 200, Required = true, InList = true, InSearch = true)]
    public string Name { get; set; } = "";

    [Field("Country", Section = "Address", Help = "The company's, where none is named.")]
    [Link("masters.country", ByCode = true)]
    public string? Country { get; set; }

    [Field("Email", Length = 254, Pattern = Patterns.Email, PatternMessage = Patterns.EmailMessage)]
    public string? Email { get; set; }

    [Field("Phone", Length = 40)]
    public string? Phone { get; set; }

    public Contracts.Masters.Branch ToContract() => new(Id, Company, Code, Name, Version, Blocked,
        Postal.Of(Line1, Line2, City, Region, Postcode, Country));

    public static Branch From(Contracts.Masters.Branch branch) => new()
    {
        Id = branch.Id, Company = branch.Company, Code = branch.Code, Name = branch.Name,
        Line1 = branch.Address?.Line1, Line2 = branch.Address?.Line2, City = branch.Address?.City,
        Region = branch.Address?.Region, Postcode = branch.Address?.Postcode, Country = branch.Address?.Country,
    };
}

using BusinessM.Contracts.Masters;
using BusinessM.Records;

namespace BusinessM.Masters;

/// <summary>A master with a postal address (EN 16931 BG-5, BG-8, BG-15).</summary>
internal abstract class Located<TId> : Master<TId> where TId : struct, ITypedId<TId>
{
    [Field("Address line 1", Length = 200, Section = "Address")]
    public string? Line1 { get; set; }

    [Field("Address line 2", Length = 200, Section = "Address")]
    public string? Line2 { get; set; }

    [Field("City", Length = 100, Section = "Address", InList = true)]
    public string? City { get; set; }

    [Field("Region", Length = 100, Section = "Address", Help = "State, province or county.")]
    public string? Region { get; set; }

    [Field("Postcode", Length = 20, Section = "Address", InList = true)]
    public string? Postcode { get; set; }
}

/// <summary>Addresses as contexts are told them.</summary>
internal static class Postal
{
    public static PostalAddress? Of(string? line1, string? line2, string? city, string? region, string? postcode,
        string? country) => line1 is null && line2 is null && city is null && region is null && postcode is null ? null
            : new PostalAddress(line1, line2, city, region, postcode, country);
}

/// <summary>What texts of a usual kind look like.</summary>
internal static class Patterns
{
    public const string Email = @"[^@\s]+@[^@\s]+\.[^@\s.]+";

    public const string EmailMessage = "An email address is name@domain.";

    public const string Language = "[a-z]{2,3}(-[A-Z]{2})?";

    public const string LanguageMessage = "A language is a tag of BCP 47, such as de or pt-BR.";
}

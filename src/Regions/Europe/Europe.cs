using BusinessM.Contracts.RecordKeeper;
using BusinessM.Contracts.Regions;

namespace BusinessM.Regions;

/// <summary>The European Union with Northern Ireland, and the United Kingdom: VAT ids and the German routing id of
/// electronic invoices.</summary>
public sealed class Europe : IRegion
{
    private const string Name = "Europe";

    public RegionContribution Contribution { get; } = new(Name, EuropeanNumbers.Countries, ["finance"],
        ["wms", "people"],
    [
        new("finance.customer", VatId()),
        new("finance.supplier", VatId()),
        new("finance.tax-registration", VatId()),
        new("masters.branch", VatId()),
        new("finance.customer", LeitwegId()),
    ])
    {
        Numbers = EuropeanNumbers.Usual,
        NumbersByCountry = EuropeanNumbers.ByCountry,
    };

    private static FieldDefinition VatId() => new("vatId", "VAT id", FieldKind.Text)
    {
        Length = 14,
        InList = true,
        InSearch = true,
        Indexed = true,
        Section = "Tax",
        Countries = EuropeanNumbers.Countries,
        Source = Name,
        Help = "VAT identification number with the country's letters in front, without spaces, such as DE129390950",
        Checks = VatIds.Checks,
    };

    private static FieldDefinition LeitwegId() => new("leitwegId", "Leitweg-ID", FieldKind.Text)
    {
        Length = 46,
        InSearch = true,
        Indexed = true,
        Section = "Electronic invoice",
        Countries = ["DE"],
        Source = Name,
        Help = "Routing id of a German public authority (BT-10), such as 04011000-1234512345-06",
        Checks = LeitwegIds.Checks,
    };
}

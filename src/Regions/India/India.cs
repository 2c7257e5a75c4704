using BusinessM.Contracts.RecordKeeper;
using BusinessM.Contracts.Regions;

namespace BusinessM.Regions;

/// <summary>India: GST and income-tax numbers, GST accounts, lakh and crore.</summary>
public sealed class India : IRegion
{
    private const string Name = "India";
    private static readonly string[] Countries = ["IN"];

    public RegionContribution Contribution { get; } = new(Name, Countries, ["finance"], ["wms", "people"],
    [
        new("finance.customer", Gstin()),
        new("finance.supplier", Gstin()),
        new("finance.tax-registration", Gstin()),
        new("masters.branch", Gstin()),
        new("finance.customer", Pan()),
        new("finance.supplier", Pan()),
    ])
    {
        Accounts = GstAccounts.All,
        // Unicode CLDR, en-IN: 12,34,567.89 and 31/03/2026
        Numbers = new NumberStyle([3, 2], ".", ",", "dd/MM/yyyy"),
        Lists = [new("india.states", IndianLists.States), new("india.pan-holders", IndianLists.Holders)],
    };

    private static FieldDefinition Gstin() => new("gstin", "GSTIN", FieldKind.Text)
    {
        Length = 15,
        InList = true,
        InSearch = true,
        Indexed = true,
        Section = "Tax",
        Countries = Countries,
        Source = Name,
        Help = "Goods and services tax identification number, of one state: 15 characters, such as 27AAPFU0939F1ZV",
        Checks = TaxNumbers.Gstin,
    };

    private static FieldDefinition Pan() => new("pan", "PAN", FieldKind.Text)
    {
        Length = 10,
        InSearch = true,
        Indexed = true,
        Section = "Tax",
        Countries = Countries,
        Source = Name,
        Help = "Permanent account number of the Income Tax Department: 10 characters, such as AAPFU0939F",
        Checks = TaxNumbers.Pan,
    };
}

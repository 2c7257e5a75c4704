using BusinessM.Records;

namespace BusinessM.Finance.Parties;

internal readonly record struct SupplierId(Guid Value) : ITypedId<SupplierId>
{
    public static SupplierId From(Guid value) => new(value);
}

/// <summary>A party as one buys from it. At most one per company and party.</summary>
[DocumentType("supplier", "Supplier", "Suppliers", Series = "S-{00000}")]
internal sealed class Supplier : Master<SupplierId>, IPartyRole
{
    [Field("Code", Length = 20, Required = true, Unique = true, InList = true, InSearch = true)]
    public string Code { get; init; } = "";

    [Field("Party", Required = true, Unique = true, InList = true), Link("masters.party")]
    public PartyId Party { get; init; }

    [Field("Name", Length = 200, InList = true, InSearch = true, Indexed = true, Help = "The party's, if not said.")]
    public string? Name { get; set; }

    [Field("Currency", Length = 3, InList = true, Pattern = PartyRole.CurrencyPattern,
        PatternMessage = PartyRole.CurrencyMessage)]
    public string? Currency { get; set; }

    [Field("Payment terms", Section = "Payment", InList = true, Indexed = true)]
    [Link("finance.payment-terms", ByCode = true)]
    public string? PaymentTerms { get; set; }

    [Field("Payment method", Section = "Payment"), Link("finance.payment-method", ByCode = true)]
    public string? PaymentMethod { get; set; }

    [Field("Price list"), Link("masters.price-list", ByCode = true)]
    public string? PriceList { get; set; }

    [Field("Tax status", Section = "Tax", InList = true, Default = "registered", Options = PartyRole.TaxStatuses)]
    public TaxStatus TaxStatus { get; set; }

    [Field("Tax code", Section = "Tax", Help = "Of lines that name none."), Link("finance.tax-code", ByCode = true)]
    public string? TaxCode { get; set; }

    [Field("Purchase blocked", Section = "Blocks", Help = "No new orders and bills.")]
    public bool PurchaseBlocked { get; set; }

    [Field("Payment blocked", Section = "Blocks", Help = "Bills are taken, but not paid.")]
    public bool PaymentBlocked { get; set; }

    [Field("Reason of the block", Length = 500, Section = "Blocks")]
    public string? BlockReason { get; set; }

    [Field("Note", Long = true)]
    public string? Note { get; set; }

    bool IPartyRole.IsRestricted => PurchaseBlocked || PaymentBlocked;
}

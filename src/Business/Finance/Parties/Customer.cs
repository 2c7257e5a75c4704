using BusinessM.Records;

namespace BusinessM.Finance.Parties;

internal readonly record struct CustomerId(Guid Value) : ITypedId<CustomerId>
{
    public static CustomerId From(Guid value) => new(value);
}

/// <summary>How a party stands to tax, which decides the VAT category of what is sold to it or bought from it
/// (UNCL5305: exempt E, reverse charge AE, intra-community K, outside the scope O).</summary>
internal enum TaxStatus { Registered, Unregistered, Exempt, ReverseCharge, IntraCommunity, Foreign, OutsideScope }

/// <summary>A party as one sells to it. At most one per company and party; a party without it may buy under the
/// company's usual terms.</summary>
[DocumentType("customer", "Customer", "Customers", Series = "C-{00000}")]
internal sealed class Customer : Master<CustomerId>, IPartyRole
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

    [Field("Credit limit", Section = "Payment", InList = true, Min = "0", Help = "In the company's currency.")]
    public decimal? CreditLimit { get; set; }

    [Field("Price list"), Link("masters.price-list", ByCode = true)]
    public string? PriceList { get; set; }

    [Field("Tax status", Section = "Tax", InList = true, Default = "registered", Options = PartyRole.TaxStatuses)]
    public TaxStatus TaxStatus { get; set; }

    [Field("Tax code", Section = "Tax", Help = "Of lines that name none."), Link("finance.tax-code", ByCode = true)]
    public string? TaxCode { get; set; }

    [Field("Sale blocked", Section = "Blocks", Help = "No new invoices; credit notes and receipts go on.")]
    public bool SaleBlocked { get; set; }

    [Field("Payment blocked", Section = "Blocks", Help = "Nothing is paid back or collected.")]
    public bool PaymentBlocked { get; set; }

    [Field("Reason of the block", Length = 500, Section = "Blocks")]
    public string? BlockReason { get; set; }

    [Field("Note", Long = true)]
    public string? Note { get; set; }

    bool IPartyRole.IsRestricted => SaleBlocked || PaymentBlocked;
}

using BusinessM.Finance.Tax;
using BusinessM.Records;

namespace BusinessM.Finance.Receivables;

/// <summary>A line of a sales invoice (EN 16931 BG-25).</summary>
public sealed class SalesInvoiceLine
{
    public SalesInvoiceId Invoice { get; init; }

    /// <summary>From 1 on (BT-126).</summary>
    public int Seq { get; init; }

    [Field("Item", Writable = true), Link("masters.item")]
    public ItemId? Item { get; internal set; }

    [Field("Description", Length = 500, Writable = true, Help = "The item's name, if not said.")]
    public string Description { get; internal set; } = "";

    [Field("Quantity", Required = true, Writable = true)]
    public Quantity Quantity { get; internal set; }

    /// <summary>UN/ECE Rec 20.</summary>
    [Field("Unit", Length = 10, Writable = true, Help = "The item's, if not said.")]
    [Link("masters.unit", ByCode = true)]
    public string Unit { get; internal set; } = "C62";

    /// <summary>For <see cref="BaseQuantity"/> units; with tax where the document's prices include it.</summary>
    [Field("Price", Required = true, Writable = true, Min = "0")]
    public UnitPrice Price { get; internal set; }

    [Field("For quantity", Scale = 6, Writable = true, Default = "1")]
    public decimal BaseQuantity { get; internal set; } = 1;

    [Field("Tax code", Length = 20, Writable = true, Help = "The customer's or the company's usual one, if not said.")]
    [Link("finance.tax-code", ByCode = true)]
    public string TaxCode { get; internal set; } = "";

    [Field("VAT category")]
    public VatCategory Category { get; internal set; }

    /// <summary>The VAT rate in percent (BT-152).</summary>
    [Field("VAT %")]
    public decimal Percent { get; internal set; }

    [Field("Allowances and charges", Writable = true)]
    public IReadOnlyList<DraftAdjustment>? Adjustments { get; internal set; }

    /// <summary>Without tax (BT-131).</summary>
    [Field("Net")]
    public decimal Net { get; internal set; }

    /// <summary>The income account it posts to.</summary>
    public string Account { get; internal set; } = "";

    internal bool SameContent(SalesInvoiceLine other) => (Item, Description, Quantity, Unit, Price, BaseQuantity,
        TaxCode)
        == (other.Item, other.Description, other.Quantity, other.Unit, other.Price, other.BaseQuantity, other.TaxCode)
        && (Adjustments ?? []).SequenceEqual(other.Adjustments ?? []);

    /// <summary>Says what another writing of the same line says.</summary>
    internal void Take(SalesInvoiceLine other)
    {
        (Item, Description, Quantity, Unit) = (other.Item, other.Description, other.Quantity, other.Unit);
        (Price, BaseQuantity, TaxCode) = (other.Price, other.BaseQuantity, other.TaxCode);
        (Category, Percent, Net, Account) = (other.Category, other.Percent, other.Net, other.Account);
        if (!(Adjustments ?? []).SequenceEqual(other.Adjustments ?? [])) Adjustments = other.Adjustments;
    }

    internal Vat Vat => new(Category, Percent);
}

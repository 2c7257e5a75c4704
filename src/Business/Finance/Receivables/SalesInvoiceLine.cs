using BusinessM.Finance.Tax;

namespace BusinessM.Finance.Receivables;

/// <summary>A line of a sales invoice (EN 16931 BG-25).</summary>
public sealed class SalesInvoiceLine
{
    public SalesInvoiceId Invoice { get; init; }

    /// <summary>From 1 on (BT-126).</summary>
    public int Seq { get; init; }

    public ItemId? Item { get; init; }

    public string Description { get; init; } = "";

    public Quantity Quantity { get; init; }

    /// <summary>UN/ECE Rec 20.</summary>
    public string Unit { get; init; } = "C62";

    /// <summary>For <see cref="BaseQuantity"/> units; with tax where the document's prices include it.</summary>
    public UnitPrice Price { get; init; }

    public decimal BaseQuantity { get; init; } = 1;

    public string TaxCode { get; init; } = "";

    public VatCategory Category { get; init; }

    /// <summary>The VAT rate in percent (BT-152).</summary>
    public decimal Percent { get; internal set; }

    public IReadOnlyList<DraftAdjustment>? Adjustments { get; init; }

    /// <summary>Without tax (BT-131).</summary>
    public decimal Net { get; internal set; }

    /// <summary>The income account it posts to.</summary>
    public string Account { get; init; } = "";

    internal bool SameContent(SalesInvoiceLine other) => (Item, Description, Quantity, Unit, Price, BaseQuantity,
        TaxCode)
        == (other.Item, other.Description, other.Quantity, other.Unit, other.Price, other.BaseQuantity, other.TaxCode)
        && (Adjustments ?? []).SequenceEqual(other.Adjustments ?? []);

    internal Vat Vat => new(Category, Percent);
}

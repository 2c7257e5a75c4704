using BusinessM.Contracts.Masters;
using BusinessM.Finance.Parties;
using BusinessM.Records;

namespace BusinessM.Finance.Receivables;

public readonly record struct SalesInvoiceId(Guid Value) : ITypedId<SalesInvoiceId>
{
    public static SalesInvoiceId From(Guid value) => new(value);
    public override string ToString() => Value.ToString();
}

/// <summary>Invoice (UNTDID 1001 code 380) or credit note (381).</summary>
public enum InvoiceKind { Invoice, CreditNote }

public enum InvoiceStatus { Draft, Posted, Reversed, Cancelled }

/// <summary>What is to become a sales invoice or credit note, with the masters it names already found.
/// <paramref name="OwnNumber"/>: the number of imported history, outside the series (policy 4).</summary>
public sealed record InvoiceDraft(SalesInvoiceId Id, InvoiceKind Kind, Party Party, DateOnly IssueDate,
    Currency Currency,
    IReadOnlyList<DraftLine> Lines)
{
    public BranchId? Branch { get; init; }

    /// <summary>Null: the issue date. It decides the tax rate (policy 11).</summary>
    public DateOnly? TaxPoint { get; init; }

    /// <summary>The party as a customer; null: it is none, or it does not count (imported history).</summary>
    public CustomerTerms? Customer { get; init; }

    /// <summary>Null: by the customer's payment terms; without them the company's days of credit after the issue date.
    /// </summary>
    public DateOnly? DueDate { get; init; }

    public DateOnly? ServiceFrom { get; init; }

    public DateOnly? ServiceTo { get; init; }

    public bool PricesIncludeTax { get; init; }

    public IReadOnlyList<DraftAdjustment> Adjustments { get; init; } = [];

    /// <summary>What was paid before (BT-113), in the document's currency.</summary>
    public decimal Prepaid { get; init; }

    /// <summary>The invoice that a credit note corrects (BT-25).</summary>
    public SalesInvoiceId? Corrects { get; init; }

    public string? BuyerReference { get; init; }

    public string? Note { get; init; }

    public string? OwnNumber { get; init; }
}

/// <summary>One line. Price is per base quantity. Description null: the item's name. Tax code null: the customer's, or
/// the company's usual one.</summary>
public sealed record DraftLine(Item? Item, string? Description, Quantity Quantity, UnitPrice Price,
    decimal BaseQuantity = 1, string? Unit = null, string? TaxCode = null,
        IReadOnlyList<DraftAdjustment>? Adjustments = null);

/// <summary>An allowance or charge as entered: an amount or a percentage. On the document, tax code null splits it over
/// the categories and rates of the lines.</summary>
public sealed record DraftAdjustment(
    [property: Field("Charge", Default = "false", Help = "Else an allowance.")] bool Charge,
    [property: Field("Amount", Min = "0")] decimal? Amount,
    [property: Field("Percent", Min = "0", Max = "1000")] decimal? Percent,
    [property: Field("Reason", Length = 200)] string? Reason = null,
    [property: Field("Tax code", Length = 20), Link("finance.tax-code", ByCode = true)] string? TaxCode = null);

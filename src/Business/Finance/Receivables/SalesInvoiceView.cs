using BusinessM.Finance.Tax;

namespace BusinessM.Finance.Receivables;

/// <summary>A sales invoice or credit note as it is answered. Amounts are decimal strings with all minor digits of the
/// document's currency; those named base are in the company's. What was entered has the names that it was entered with.
/// </summary>
public sealed record SalesInvoiceView(SalesInvoiceId Id, CompanyId Company, int Version, InvoiceKind Kind,
    InvoiceStatus Status, string? Number, BranchId Branch, PartyId Party, DateOnly IssueDate, DateOnly? PostingDate,
    DateOnly TaxPoint, DateOnly DueDate, DateOnly? ServiceFrom, DateOnly? ServiceTo, string Currency, decimal? Rate,
    decimal? TaxRate, bool PricesIncludeTax, SalesInvoiceId? Corrects, string? BuyerReference, string? Note,
    decimal LineTotal,
    decimal Allowances, decimal Charges, decimal TaxExclusive, decimal TaxTotal, decimal TaxInclusive, decimal Prepaid,
    decimal Rounding, decimal Payable, decimal Open, decimal? BaseTotal, decimal? BaseTax, string? ReversalNumber,
    DateOnly? ReversedOn, string? ReversalReason, IReadOnlyList<TaxView> Taxes,
    IReadOnlyList<AdjustmentView> Adjustments, IReadOnlyList<BilledAdjustmentView> BilledAdjustments,
    IReadOnlyList<SalesInvoiceLineView> Lines)
{
    internal static SalesInvoiceView Of(SalesInvoice i, Currency baseCurrency)
    {
        var currency = i.Currency;
        var lines = new SalesInvoiceLineView[i.Lines.Count];
        for (var n = 0; n < lines.Length; n++)
        {
            var l = i.Lines[n];
            lines[n] = new SalesInvoiceLineView(l.Seq, l.Item, l.Description, Plain(l.Quantity.Value), l.Unit,
                Plain(l.Price.Value), Plain(l.BaseQuantity), l.TaxCode, l.Category, Plain(l.Percent), Scaled(l.Net,
                    currency), l.Adjustments is null ? null : Entered(l.Adjustments));
        }
        var taxes = new TaxView[i.Taxes.Count];
        for (var n = 0; n < taxes.Length; n++)
            taxes[n] = new TaxView(i.Taxes[n].Category, Plain(i.Taxes[n].Percent), Scaled(i.Taxes[n].Taxable, currency),
                Scaled(i.Taxes[n].Tax, currency));
        return new SalesInvoiceView(i.Id, i.Company, i.Version, i.Kind, i.Status, i.Number, i.Branch, i.Party,
            i.IssueDate,
            i.PostingDate, i.TaxPoint, i.DueDate, i.ServiceFrom, i.ServiceTo, currency.Code,
            i.Rate is { } rate ? Plain(rate) : null,
            i.TaxRate is { } taxRate ? Plain(taxRate) : null, i.PricesIncludeTax, i.Corrects, i.BuyerReference, i.Note,
            Scaled(i.LineTotal, currency), Scaled(i.Allowances, currency), Scaled(i.Charges, currency),
            Scaled(i.TaxExclusive, currency), Scaled(i.TaxTotal, currency), Scaled(i.TaxInclusive, currency),
            Scaled(i.Prepaid, currency), Scaled(i.Rounding, currency), Scaled(i.Payable, currency), Scaled(i.Open,
                currency),
            i.BaseTotal is { } total ? Scaled(total, baseCurrency) : null,
            i.BaseTax is { } tax ? Scaled(tax, baseCurrency) : null, i.ReversalNumber, i.ReversedOn,
            i.ReversalReason, taxes, Entered(i.Entered ?? []), [.. (i.Adjustments ?? []).Select(a =>
                new BilledAdjustmentView(a.Charge, Scaled(a.Amount, currency), a.Vat.Category, Plain(a.Vat.Percent),
                    a.Reason))], lines);
    }

    private static AdjustmentView[] Entered(IReadOnlyList<DraftAdjustment> adjustments) =>
        [.. adjustments.Select(a => new AdjustmentView(a.Charge, a.Amount, a.Percent, a.Reason, a.TaxCode))];

    /// <summary>With all minor digits, whatever the database kept.</summary>
    internal static decimal Scaled(decimal amount, Currency currency) =>
        decimal.Round(amount + new decimal(0, 0, 0, false, currency.Digits), currency.Digits);

    /// <summary>Without trailing noughts.</summary>
    internal static decimal Plain(decimal value) => value / 1.0000000000000000000000000000m;
}

public sealed record TaxView(VatCategory Category, decimal Percent, decimal Taxable, decimal Tax);

/// <summary>An allowance or charge as it was entered.</summary>
public sealed record AdjustmentView(bool Charge, decimal? Amount, decimal? Percent, string? Reason, string? TaxCode);

/// <summary>What came of them, by category and rate of VAT.</summary>
public sealed record BilledAdjustmentView(bool Charge, decimal Amount, VatCategory Category, decimal Percent,
    string? Reason);

public sealed record SalesInvoiceLineView(int Seq, ItemId? Item, string Description, decimal Quantity, string Unit,
    decimal Price, decimal BaseQuantity, string TaxCode, VatCategory Category, decimal Percent, decimal Net,
    IReadOnlyList<AdjustmentView>? Adjustments);

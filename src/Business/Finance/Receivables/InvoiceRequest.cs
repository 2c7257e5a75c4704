using BusinessM.Contracts.Masters;

namespace BusinessM.Finance.Receivables;

/// <summary>A sales invoice or credit note as it is sent to us. Amounts, quantities and prices are decimal strings.
/// </summary>
public sealed record InvoiceRequest
{
    /// <summary>Made by the caller, version 7; repeating a call with the same id is harmless.</summary>
    public SalesInvoiceId? Id { get; init; }

    public required CompanyId Company { get; init; }

    /// <summary>Null: the main branch.</summary>
    public BranchId? Branch { get; init; }

    public required PartyId Party { get; init; }

    public required DateOnly IssueDate { get; init; }

    /// <summary>Null: the issue date. The tax rate is the one of this day.</summary>
    public DateOnly? TaxPoint { get; init; }

    public DateOnly? DueDate { get; init; }

    public DateOnly? ServiceFrom { get; init; }

    public DateOnly? ServiceTo { get; init; }

    /// <summary>ISO 4217.</summary>
    public required string Currency { get; init; }

    public bool PricesIncludeTax { get; init; }

    public required IReadOnlyList<InvoiceLineRequest> Lines { get; init; }

    public IReadOnlyList<AdjustmentRequest>? Adjustments { get; init; }

    /// <summary>Paid before (BT-113).</summary>
    public decimal Prepaid { get; init; }

    /// <summary>The invoice that a credit note corrects (BT-25).</summary>
    public SalesInvoiceId? Corrects { get; init; }

    public string? BuyerReference { get; init; }

    public string? Note { get; init; }

    /// <summary>Posts and numbers it in the same call.</summary>
    public bool Submit { get; init; }

    /// <summary>Null: the issue date. Only where it is submitted.</summary>
    public DateOnly? PostingDate { get; init; }

    public bool FutureConfirmed { get; init; }

    internal Error? Check()
    {
        if (Lines.Count > Bill.LinesMax)
            return FinanceErrors.TooManyLines.With($"{Lines.Count} lines are more than {Bill.LinesMax}", "lines");
        if (Note?.Length > 2000 || BuyerReference?.Length > 200)
            return FinanceErrors.TextInvalid.With($"A note has up to 2,000 characters, a reference 200", "note");
        return null;
    }

    internal Result<InvoiceDraft> ToDraft(InvoiceKind kind, Party party, Currency currency,
        IReadOnlyList<DraftLine> lines)
    {
        if (!Money.Fits(Prepaid, currency) || Prepaid < 0)
            return FinanceErrors.AmountInvalid.With($"{Prepaid} is no amount of {currency}", "prepaid");
        var adjustments = AdjustmentRequest.ToDraft(Adjustments, currency);
        if (adjustments.Failed) return adjustments.Failure;
        return new InvoiceDraft(Id ?? Ids.New<SalesInvoiceId>(), kind, party, IssueDate, currency, lines)
        {
            Branch = Branch, TaxPoint = TaxPoint, DueDate = DueDate, ServiceFrom = ServiceFrom, ServiceTo = ServiceTo,
            PricesIncludeTax = PricesIncludeTax, Adjustments = adjustments.Value, Prepaid = Prepaid,
                Corrects = Corrects,
            BuyerReference = BuyerReference, Note = Note,
        };
    }
}

/// <summary>A line: an item, or a description, or both.</summary>
public sealed record InvoiceLineRequest
{
    public ItemId? Item { get; init; }

    /// <summary>Null: the item's name.</summary>
    public string? Description { get; init; }

    public required decimal Quantity { get; init; }

    /// <summary>UN/ECE Rec 20; null: the item's unit.</summary>
    public string? Unit { get; init; }

    /// <summary>Of one base quantity; up to six decimals.</summary>
    public required decimal Price { get; init; }

    /// <summary>Null: 1.</summary>
    public decimal? BaseQuantity { get; init; }

    /// <summary>Null: the company's usual one.</summary>
    public string? TaxCode { get; init; }

    public IReadOnlyList<AdjustmentRequest>? Adjustments { get; init; }

    internal Result<DraftLine> ToDraft(IReadOnlyList<Item> items, Currency currency)
    {
        Item? item = null;
        if (Item is { } id)
        {
            foreach (var known in items) if (known.Id == id) item = known;
            if (item is null) return FinanceErrors.ItemNotFound.With($"There is no item {id}", "item");
        }
        else if (string.IsNullOrWhiteSpace(Description))
        {
            return FinanceErrors.TextInvalid.With($"A line without item has a description", "description");
        }
        if (Description?.Length > 500 || Unit?.Length > 10)
            return FinanceErrors.TextInvalid.With($"A description has up to 500 characters, a unit 10", "description");
        if (!BusinessM.Quantity.Fits(Quantity))
            return FinanceErrors.AmountInvalid.With($"{Quantity} is no quantity", "quantity");
        if (!BusinessM.Quantity.Fits(Price) || Price < 0)
            return FinanceErrors.AmountInvalid.With($"{Price} is no price; a return has a negative quantity", "price");
        if (BaseQuantity is { } per && (!BusinessM.Quantity.Fits(per) || per <= 0))
            return FinanceErrors.AmountInvalid.With($"{per} is no base quantity", "baseQuantity");
        var adjustments = AdjustmentRequest.ToDraft(Adjustments, currency);
        if (adjustments.Failed) return adjustments.Failure;
        return new DraftLine(item, Description, new Quantity(Quantity), new UnitPrice(Price), BaseQuantity ?? 1, Unit,
            TaxCode,
            adjustments.Value is [] ? null : adjustments.Value);
    }
}

/// <summary>An allowance, or a charge: an amount or a percentage, one of the two. On the document, tax code null splits
/// it over the categories and rates of the lines; on a line it has the line's.</summary>
public sealed record AdjustmentRequest
{
    public const int CountMax = 100;

    public bool Charge { get; init; }

    public decimal? Amount { get; init; }

    public decimal? Percent { get; init; }

    public string? Reason { get; init; }

    public string? TaxCode { get; init; }

    internal static Result<DraftAdjustment[]> ToDraft(IReadOnlyList<AdjustmentRequest>? adjustments,
        Currency currency)
    {
        if (adjustments is null or []) return Array.Empty<DraftAdjustment>();
        if (adjustments.Count > CountMax)
            return FinanceErrors.AmountInvalid.With($"There are at most {CountMax} adjustments", "adjustments");
        var drafts = new DraftAdjustment[adjustments.Count];
        for (var i = 0; i < drafts.Length; i++)
        {
            var a = adjustments[i];
            var bad = (a.Amount is null) == (a.Percent is null)
                || (a.Amount is { } amount && (!Money.Fits(amount, currency) || amount is < 0 or >= Bill.LineMax))
                || a.Percent is < 0 or > 1000 || (a.Percent is { } percent && !BusinessM.Quantity.Fits(percent));
            if (bad) return FinanceErrors.AmountInvalid.With(
                $"An adjustment has an amount or a percentage, zero or more",
                FormattableString.Invariant($"adjustments[{i}]"));
            if (a.Reason?.Length > 200) return FinanceErrors.TextInvalid.With($"A reason has up to 200 characters",
                FormattableString.Invariant($"adjustments[{i}].reason"));
            drafts[i] = new DraftAdjustment(a.Charge, a.Amount, a.Percent, a.Reason, a.TaxCode);
        }
        return drafts;
    }
}

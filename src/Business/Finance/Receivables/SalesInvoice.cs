using BusinessM.Contracts.BookKeeper;
using BusinessM.Finance.Ledger;
using BusinessM.Finance.Tax;
using BusinessM.Records;

namespace BusinessM.Finance.Receivables;

/// <summary>A sales invoice or credit note: drafted, submitted (which posts and numbers it), perhaps reversed. Amounts
/// are in the document's currency unless named Base (the company's currency).</summary>
[DocumentType("sales-invoice", "Sales invoice", "Sales invoices", Title = nameof(Number), Code = null,
    Latest = nameof(IssueDate), Writes = DocumentWrites.Owner, OwnGet = true,
    Where = "kind = 'Invoice'", Adds = "create")]
[DocumentType("credit-note", "Credit note", "Credit notes", Title = nameof(Number), Code = null,
    Latest = nameof(IssueDate), Writes = DocumentWrites.Owner, OwnGet = true,
    Where = "kind = 'CreditNote'", Adds = "create")]
[Verb("submit", "Submit", When = "status=draft", Fields = typeof(SubmitSalesInvoice.SubmitInvoiceRequest))]
[Verb("cancel", "Give up", When = "status=draft", Danger = true)]
[Verb("reverse", "Reverse", When = "status=posted", Danger = true,
    Fields = typeof(ReverseSalesInvoice.ReverseInvoiceRequest))]
public sealed class SalesInvoice : Document<SalesInvoiceId>
{
    private static readonly Transitions<InvoiceStatus> Moves =
        [(InvoiceStatus.Draft, InvoiceStatus.Posted), (InvoiceStatus.Draft, InvoiceStatus.Cancelled),
            (InvoiceStatus.Posted, InvoiceStatus.Reversed)];

    private readonly List<SalesInvoiceLine> _lines = [];

    public InvoiceKind Kind { get; private init; }

    [Field("Number", Length = 40, InList = true, Indexed = true)]
    public string? Number { get; private set; }

    [Field("Status", InList = true)]
    public InvoiceStatus Status { get; private set; }

    [Field("Party", Required = true, Writable = true, InList = true, Indexed = true), Link("masters.party")]
    public PartyId Party { get; private set; }

    [Field("Branch", Writable = true, Help = "The main one, if not said."), Link("masters.branch")]
    public BranchId Branch { get; private set; }

    /// <summary>Whether the number is its own, of imported history, outside the series.</summary>
    public bool OwnNumber { get; private init; }

    [Field("Issue date", Required = true, Writable = true, Default = "today", InList = true, Indexed = true)]
    public DateOnly IssueDate { get; private set; }

    [Field("Posting date")]
    public DateOnly? PostingDate { get; private set; }

    [Field("Tax point", Writable = true, Help = "Decides the tax rate; the issue date, if not said.")]
    public DateOnly TaxPoint { get; private set; }

    [Field("Due date", Writable = true, InList = true, Indexed = true, Help = "By the payment terms, if not said.")]
    public DateOnly DueDate { get; private set; }

    [Field("Service from", Writable = true)]
    public DateOnly? ServiceFrom { get; private set; }

    [Field("Service to", Writable = true)]
    public DateOnly? ServiceTo { get; private set; }

    [Field("Currency", Length = 3, Required = true, Writable = true, InList = true)]
    public Currency Currency { get; private set; }

    /// <summary>Units of the company's currency for one of the document's, as posted.</summary>
    [Field("Rate", Scale = 12)]
    public decimal? Rate { get; private set; }

    /// <summary>The same for the tax report, which may differ (Directive 2006/112 Art. 91).</summary>
    [Field("Rate of the tax report", Scale = 12)]
    public decimal? TaxRate { get; private set; }

    [Field("Prices include tax", Writable = true, Default = "false")]
    public bool PricesIncludeTax { get; private set; }

    [Field("Corrects", Writable = true, Help = "The invoice that a credit note is for."), Link("finance.sales-invoice")]
    public SalesInvoiceId? Corrects { get; private set; }

    [Field("Buyer's reference", Length = 200, Writable = true)]
    public string? BuyerReference { get; private set; }

    [Field("Note", Long = true, Length = 2000, Writable = true)]
    public string? Note { get; private set; }

    public string ReceivableAccount { get; private set; } = "";

    [Children("Allowances and charges", Name = "adjustments", InRow = true)]
    public IReadOnlyList<DraftAdjustment>? Entered { get; private set; }

    public IReadOnlyList<BilledAdjustment>? Adjustments { get; private set; }
    public IReadOnlyList<TaxLine> Taxes { get; private set; } = [];

    [Field("Sum of lines", Section = "Totals")]
    public decimal LineTotal { get; private set; }

    [Field("Allowances", Section = "Totals")]
    public decimal Allowances { get; private set; }

    [Field("Charges", Section = "Totals")]
    public decimal Charges { get; private set; }

    [Field("Without tax", Section = "Totals", InList = true)]
    public decimal TaxExclusive { get; private set; }

    [Field("Tax", Section = "Totals", InList = true)]
    public decimal TaxTotal { get; private set; }

    [Field("With tax", Section = "Totals")]
    public decimal TaxInclusive { get; private set; }

    [Field("Paid before", Section = "Totals", Writable = true, Min = "0")]
    public decimal Prepaid { get; private set; }

    [Field("Rounding", Section = "Totals")]
    public decimal Rounding { get; private set; }

    [Field("Payable", Section = "Totals", InList = true)]
    public decimal Payable { get; private set; }

    /// <summary>What was posted to the receivable account.</summary>
    public decimal? Total { get; private set; }

    [Field("Total in the company's currency", Section = "Totals")]
    public decimal? BaseTotal { get; private set; }

    [Field("Tax in the company's currency", Section = "Totals")]
    public decimal? BaseTax { get; private set; }

    /// <summary>What of it is open; with the sign of the document, above zero for credit notes too.</summary>
    [Field("Open", Section = "Totals", InList = true)]
    public decimal Open { get; private set; }

    public decimal BaseOpen { get; private set; }

    [Field("Reversal's number", Length = 40, Section = "Reversal")]
    public string? ReversalNumber { get; private set; }

    [Field("Reversed on", Section = "Reversal")]
    public DateOnly? ReversedOn { get; private set; }

    [Field("Reason of the reversal", Section = "Reversal")]
    public string? ReversalReason { get; private set; }

    [Children("Lines", Table = "sales_invoice_line", Parent = "invoice", Min = 1)]
    public IReadOnlyList<SalesInvoiceLine> Lines => _lines;

    public DocumentKind Series => Kind == InvoiceKind.Invoice ? DocumentKind.SalesInvoice : DocumentKind.CreditNote;

    internal static Guid ReversalOf(SalesInvoiceId id) => Ids.Derive(id.Value, "reversal");

    /// <summary>Drafts it: resolves tax by tax point and accounts by role, and computes the totals. Refuses a blocked
    /// party or item, unknown tax codes, dates out of order, and what <see cref="Bill"/> refuses.</summary>
    public static Result<SalesInvoice> Write(InvoiceDraft draft, CompanyBooks books)
    {
        if (draft.Lines.Count == 0) return FinanceErrors.NoLines.With($"The document has no line", "lines");
        if (draft.Lines.Count > Bill.LinesMax)
            return FinanceErrors.TooManyLines.With($"{draft.Lines.Count} lines are more than {Bill.LinesMax}", "lines");
        if (draft.Party.Blocked) return FinanceErrors.PartyBlocked.With($"Party {draft.Party.Code} is blocked",
            "party");
        if (draft.Customer?.Refuses(draft.Kind) is { } blocked) return blocked;
        if (FiscalYear.Holding(draft.IssueDate, books.Company.FiscalYearStartMonth).TryFailure(out var never))
            return never;
        var due = draft.DueDate ?? books.DueDate(draft.Customer?.PaymentTerms, draft.IssueDate);
        if (due < draft.IssueDate)
            return FinanceErrors.DatesOutOfOrder.With($"Due {due:yyyy-MM-dd}, issued {draft.IssueDate:yyyy-MM-dd}",
                "dueDate");
        if (draft.ServiceTo < draft.ServiceFrom)
            return FinanceErrors.DatesOutOfOrder.With($"The service ends before it starts", "serviceTo");
        var branch = books.BranchOf(draft.Branch);
        if (branch.Failed) return branch.Failure;
        var receivable = books.Roles.Of(Roles.Receivable, RoleScope.PartyGroup, draft.Party.Group);
        if (receivable.Failed) return receivable.Failure;
        var invoice = new SalesInvoice
        {
            Id = draft.Id, Company = books.Company.Id, Kind = draft.Kind, Branch = branch.Value.Id,
                Party = draft.Party.Id,
            Number = draft.OwnNumber, OwnNumber = draft.OwnNumber is not null, IssueDate = draft.IssueDate,
            TaxPoint = draft.TaxPoint ?? draft.IssueDate, DueDate = due, ServiceFrom = draft.ServiceFrom,
            ServiceTo = draft.ServiceTo, Currency = draft.Currency, PricesIncludeTax = draft.PricesIncludeTax,
            Corrects = draft.Corrects, BuyerReference = draft.BuyerReference, Note = draft.Note,
                Prepaid = draft.Prepaid,
            ReceivableAccount = receivable.Value, Entered = draft.Adjustments is [] ? null : draft.Adjustments,
        };
        for (var i = 0; i < draft.Lines.Count; i++)
        {
            if (invoice.Write(draft.Lines[i], i + 1, draft.Customer?.TaxCode, books).TryFailure(out var refused))
                return refused.At(FormattableString.Invariant($"lines[{i}]"));
        }
        var totalled = invoice.Compute(books);
        return totalled.Failed ? totalled.Failure : invoice;
    }

    /// <summary>Puts another draft in the place of this one; id, company and kind stay. Refuses what is not a draft any
    /// more, and what <see cref="Write(InvoiceDraft, CompanyBooks)"/> refuses.</summary>
    public Result<Done> Rewrite(InvoiceDraft draft, CompanyBooks books)
    {
        if (Status != InvoiceStatus.Draft) return FinanceErrors.NotADraft.With($"The document is {Status}");
        var written = Write(draft with { Id = Id, Kind = Kind }, books);
        if (written.Failed) return written.Failure;
        Take(written.Value);
        return Done.Ok;
    }

    // Lines are changed in place, so that the history of the document says what was changed of which.
    private void Take(SalesInvoice other)
    {
        (Branch, Party, IssueDate, TaxPoint, DueDate) =
            (other.Branch, other.Party, other.IssueDate, other.TaxPoint, other.DueDate);
        (ServiceFrom, ServiceTo, Currency) = (other.ServiceFrom, other.ServiceTo, other.Currency);
        (PricesIncludeTax, Corrects, Prepaid) = (other.PricesIncludeTax, other.Corrects, other.Prepaid);
        (BuyerReference, Note, ReceivableAccount) = (other.BuyerReference, other.Note, other.ReceivableAccount);
        (Entered, Adjustments, Taxes) = (other.Entered, other.Adjustments, other.Taxes);
        (LineTotal, Allowances, Charges, Rounding) =
            (other.LineTotal, other.Allowances, other.Charges, other.Rounding);
        (TaxExclusive, TaxTotal, TaxInclusive, Payable) =
            (other.TaxExclusive, other.TaxTotal, other.TaxInclusive, other.Payable);
        for (var i = 0; i < other._lines.Count; i++)
        {
            if (i < _lines.Count) _lines[i].Take(other._lines[i]);
            else _lines.Add(other._lines[i]);
        }
        _lines.RemoveRange(other._lines.Count, _lines.Count - other._lines.Count);
    }

    private Result<Done> Write(DraftLine line, int seq, string? usualTax, CompanyBooks books)
    {
        if (line.Item is { Blocked: true }) return FinanceErrors.ItemBlocked.With($"Item {line.Item.Code} is blocked",
            "item");
        var code = books.TaxCodeOf(line.TaxCode ?? usualTax);
        if (code.Failed) return code.Failure;
        var vat = code.Value.On(TaxPoint);
        if (vat.Failed) return vat.Failure;
        var role = Kind == InvoiceKind.CreditNote ? Roles.SalesReturns
            : line.Item is { Kind: Contracts.Masters.ItemKind.Service } ? Roles.ServiceSales : Roles.Sales;
        var account = line.Item is null ? books.Roles.Of(role, RoleScope.TaxCode, code.Value.Code)
            : books.Roles.Of(role, RoleScope.Item, line.Item.Code, RoleScope.ItemGroup, line.Item.Group,
                RoleScope.TaxCode, code.Value.Code);
        if (account.Failed) return account.Failure;
        _lines.Add(new SalesInvoiceLine
        {
            Invoice = Id, Seq = seq, Item = line.Item?.Id, Description = line.Description ?? line.Item?.Name ?? "",
            Quantity = line.Quantity, Unit = line.Unit ?? line.Item?.Unit ?? "C62", Price = line.Price,
            BaseQuantity = line.BaseQuantity, TaxCode = code.Value.Code, Category = vat.Value.Category,
            Percent = vat.Value.Percent, Adjustments = line.Adjustments, Account = account.Value,
        });
        return Done.Ok;
    }

    private Result<Done> Compute(CompanyBooks books)
    {
        var bill = ToBill(books);
        if (bill.Failed) return bill.Failure;
        var totals = bill.Value.Total();
        if (totals.Failed) return totals.Failure;
        var t = totals.Value;
        for (var i = 0; i < _lines.Count; i++) _lines[i].Net = t.LineNets[i];
        Adjustments = t.Adjustments is [] ? null : t.Adjustments;
        (LineTotal, Allowances, Charges, TaxExclusive) = (t.LineTotal, t.Allowances, t.Charges, t.TaxExclusive);
        (TaxTotal, TaxInclusive, Rounding, Payable) = (t.TaxTotal, t.TaxInclusive, t.Rounding, t.Payable);
        if (TaxInclusive + Rounding < 0)
            return FinanceErrors.TotalNegative.With($"The total is {TaxInclusive + Rounding} {Currency}", "lines");
        var taxes = new TaxLine[t.Subtotals.Count];
        for (var i = 0; i < taxes.Length; i++)
        {
            var s = t.Subtotals[i];
            var account = TaxAccount(s.Vat, books);
            if (account.Failed) return account.Failure;
            taxes[i] = new TaxLine(s.Vat.Category, s.Vat.Percent, s.Taxable, s.Tax, account.Value);
        }
        Taxes = taxes;
        return Done.Ok;
    }

    private Result<Bill> ToBill(CompanyBooks books)
    {
        var lines = new BillLine[_lines.Count];
        for (var i = 0; i < lines.Length; i++)
        {
            var l = _lines[i];
            lines[i] = new BillLine(l.Quantity, l.Price, l.BaseQuantity, l.Vat,
                l.Adjustments is null ? [] : [.. l.Adjustments.Select(a => new Adjustment(a.Charge, a.Amount,
                    a.Percent, a.Reason))]);
        }
        IReadOnlyList<Adjustment> adjustments = [];
        if (Entered is not null)
        {
            var resolved = new Adjustment[Entered.Count];
            for (var i = 0; i < resolved.Length; i++)
            {
                var vat = VatOf(Entered[i], books);
                if (vat.Failed) return vat.Failure.At(FormattableString.Invariant($"adjustments[{i}]"));
                resolved[i] = new Adjustment(Entered[i].Charge, Entered[i].Amount, Entered[i].Percent,
                    Entered[i].Reason, vat.Value);
            }
            adjustments = resolved;
        }
        return new Bill(Currency, lines, adjustments, PricesIncludeTax, Prepaid,
            books.RoundTo.TryGetValue(Currency.Code, out var step) ? step : null);
    }

    private Result<Vat?> VatOf(DraftAdjustment adjustment, CompanyBooks books)
    {
        if (adjustment.TaxCode is null) return (Vat?)null;
        var code = books.TaxCodeOf(adjustment.TaxCode);
        if (code.Failed) return code.Failure;
        var vat = code.Value.On(TaxPoint);
        return vat.Failed ? vat.Failure : vat.Value;
    }

    // One category and rate may come from several tax codes, as long as they post to one account.
    private Result<string> TaxAccount(Vat vat, CompanyBooks books)
    {
        string? found = null, last = null;
        foreach (var line in _lines)
        {
            if (line.Vat != vat || line.TaxCode == last) continue;
            last = line.TaxCode;
            var role = books.TaxCodes[last].Due == TaxDue.OnPayment ? Roles.TaxPending : Roles.OutputTax;
            var account = books.Roles.Of(role, RoleScope.TaxCode, last);
            if (account.Failed) return account.Failure;
            if (found is not null && found != account.Value)
                return FinanceErrors.TaxCodesClash.With(
                    $"{vat.Category} {vat.Percent} % posts to {found} and {account.Value}", "lines");
            found = account.Value;
        }
        return found ?? books.Roles.Of(Roles.OutputTax);
    }

    /// <summary>Posts the draft: takes the rate, and answers the journal. Tax rates changed since the draft was written
    /// count. Refuses what is not a draft, a date after today that was not confirmed, and a document of
    /// zeros.</summary>
    /// <param name="rate">Units of the company's currency for one of the document's on the posting date.</param>
    /// <param name="taxRate">The same for the tax report; null: the same rate.</param>
    public Result<Journal> Submit(CompanyBooks books, DateOnly postingDate, DateOnly today, bool futureConfirmed,
        decimal rate = 1, decimal? taxRate = null)
    {
        if (!Moves.Allows(Status,
            InvoiceStatus.Posted)) return FinanceErrors.NotADraft.With($"The document is {Status}");
        if (postingDate > today && !futureConfirmed) return FinanceErrors.PostingDateInFuture.With(
            $"{postingDate:yyyy-MM-dd} lies after today, {today:yyyy-MM-dd}", "postingDate");
        if (Refresh(books).TryFailure(out var stale)) return stale;
        var posting = new InvoicePosting(this, books, rate);
        var journal = posting.Journal(postingDate);
        if (journal.Failed) return journal.Failure;
        Status = InvoiceStatus.Posted;
        (PostingDate, Rate, TaxRate) = (postingDate, rate, taxRate ?? rate);
        (Total, BaseTotal, BaseTax) = (posting.Total, posting.BaseTotal, posting.BaseTax);
        (Open, BaseOpen) = (posting.Total, posting.BaseTotal);
        return journal;
    }

    // Lines were written with the rates of that day: a rate entered since counts from its date on.
    private Result<Done> Refresh(CompanyBooks books)
    {
        var changed = false;
        foreach (var line in _lines)
        {
            var code = books.TaxCodeOf(line.TaxCode);
            if (code.Failed) return code.Failure;
            var vat = code.Value.On(TaxPoint);
            if (vat.Failed) return vat.Failure;
            if (vat.Value.Percent == line.Percent) continue;
            (line.Percent, changed) = (vat.Value.Percent, true);
        }
        return changed ? Compute(books) : Done.Ok;
    }

    /// <summary>Told in the lane.</summary>
    public void Numbered(string number) => Number = number;

    /// <summary>Gives a draft up.</summary>
    public Result<Done> Cancel()
    {
        if (!Moves.Allows(Status,
            InvoiceStatus.Cancelled)) return FinanceErrors.NotADraft.With($"The document is {Status}");
        Status = InvoiceStatus.Cancelled;
        return Done.Ok;
    }

    /// <summary>Undoes one's own mistake (policy 5): the mirror entry, on the original's date while its period is open,
    /// else on the first open day. Refuses what is not posted, and what receipts are allocated to.</summary>
    public Result<ReverseJournal> Reverse(string reason, CompanyBooks books)
    {
        if (!Moves.Allows(Status,
            InvoiceStatus.Reversed)) return FinanceErrors.NotPosted.With($"The document is {Status}");
        if (Open != Total) return FinanceErrors.InvoiceSettled.With(
            $"{Total - Open} {Currency} of {Number} is settled");
        var date = ReversalDate.For(PostingDate!.Value, books.Periods);
        if (date.Failed) return date.Failure;
        Status = InvoiceStatus.Reversed;
        (Open, BaseOpen, ReversedOn, ReversalReason) = (0, 0, date.Value, reason);
        return new ReverseJournal(Company, Id.Value, ReversalOf(Id), new JournalSource(Series.Source, Id.Value), reason,
            date.Value);
    }

    public void ReversalNumbered(string number) => ReversalNumber = number;

    /// <summary>Whether another writing of it says the same: what a repeat with the same id must do.</summary>
    public bool SameContent(SalesInvoice other)
    {
        if ((Company, Kind, Branch, Party, IssueDate, TaxPoint, DueDate) != (other.Company, other.Kind, other.Branch,
                other.Party, other.IssueDate, other.TaxPoint, other.DueDate)
            || (ServiceFrom, ServiceTo, Currency, PricesIncludeTax, Corrects, BuyerReference, Note, Prepaid) != (
                other.ServiceFrom, other.ServiceTo, other.Currency, other.PricesIncludeTax, other.Corrects,
                other.BuyerReference, other.Note, other.Prepaid)
            || OwnNumber != other.OwnNumber || (OwnNumber && Number != other.Number)
            || _lines.Count != other._lines.Count
            || !(Entered ?? []).SequenceEqual(other.Entered ?? [])) return false;
        for (var i = 0; i < _lines.Count; i++)
            if (!_lines[i].SameContent(other._lines[i])) return false;
        return true;
    }

    /// <summary>Settles a part of what is open, in the document's currency, and says its value in the company's: at the
    /// document's rate, and all that is left with the last part (policy 13).</summary>
    internal decimal Settle(decimal part, Currency baseCurrency)
    {
        if (part <= 0 || part > Open) throw new InvalidOperationException("More was settled than is open");
        var value = part == Open ? BaseOpen : Math.Min(Money.Round(part * Rate!.Value, baseCurrency).Amount, BaseOpen);
        (Open, BaseOpen) = (Open - part, BaseOpen - value);
        return value;
    }

    /// <summary>Takes a settlement back.</summary>
    internal void Reopen(decimal part, decimal value) => (Open, BaseOpen) = (Open + part, BaseOpen + value);
}

/// <summary>The tax of one category and rate, and the account it is posted to (EN 16931 BG-23).</summary>
public sealed record TaxLine(VatCategory Category, decimal Percent, decimal Taxable, decimal Tax, string Account);

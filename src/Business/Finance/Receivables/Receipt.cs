using BusinessM.Contracts.BookKeeper;
using BusinessM.Finance.Ledger;
using BusinessM.Records;

namespace BusinessM.Finance.Receivables;

public readonly record struct ReceiptId(Guid Value) : ITypedId<ReceiptId>
{
    public static ReceiptId From(Guid value) => new(value);
    public override string ToString() => Value.ToString();
}

public enum ReceiptStatus { Draft, Posted, Reversed }

/// <summary>A part of an open document to settle, in its currency: <paramref name="Amount"/> is what is no longer owed,
/// of which <paramref name="Discount"/> is an early-payment discount given and <paramref name="Difference"/> is written
/// off as a payment difference; the rest was paid. On a credit note the amount lessens what is to be paid.</summary>
public sealed record Allocation(SalesInvoiceId Invoice, decimal Amount, decimal Discount = 0, decimal Difference = 0);

/// <summary>A settlement as it was posted, with its value in the company's currency.</summary>
public sealed record Settlement(
    [property: Field("Document", Required = true), Link("finance.sales-invoice")] SalesInvoiceId Invoice,
    [property: Field("Amount", Required = true, Min = "0", Help = "What is not owed any more.")] decimal Amount,
    [property: Field("Of it discount", Min = "0")] decimal Discount,
    [property: Field("Of it difference", Min = "0")] decimal Difference, decimal BaseAmount);

/// <summary>Money received from a customer: settles open documents wholly or in part, and what is left over is an
/// advance. Payments post to the method's clearing account; the bank is moved by statement lines only (policy 15).
/// </summary>
[DocumentType("receipt", "Receipt", "Receipts", Title = nameof(Number), Code = null, Latest = nameof(ReceivedOn),
    Writes = DocumentWrites.Owner, OwnGet = true, Adds = "submit")]
[Verb("allocate", "Allocate", When = "status=posted", Fields = typeof(AllocateReceipt.AllocateRequest))]
[Verb("reverse", "Reverse", When = "status=posted", Danger = true,
    Fields = typeof(ReverseReceipt.ReverseReceiptRequest))]
public sealed class Receipt : Document<ReceiptId>
{
    private static readonly Transitions<ReceiptStatus> Moves =
        [(ReceiptStatus.Draft, ReceiptStatus.Posted), (ReceiptStatus.Posted, ReceiptStatus.Reversed)];

    [Field("Number", Length = 40, InList = true, Indexed = true)]
    public string? Number { get; private set; }

    [Field("Status", InList = true)]
    public ReceiptStatus Status { get; private set; }

    [Field("Party", Required = true, InList = true, Indexed = true), Link("masters.party")]
    public PartyId Party { get; init; }

    [Field("Branch", Help = "The main one, if not said."), Link("masters.branch")]
    public BranchId Branch { get; init; }

    [Field("Received on", Required = true, Default = "today", InList = true, Indexed = true)]
    public DateOnly ReceivedOn { get; init; }

    [Field("Currency", Length = 3, Required = true, InList = true)]
    public Currency Currency { get; init; }

    [Field("Amount", Required = true, InList = true, Min = "0")]
    public decimal Amount { get; init; }

    [Field("Rate", Scale = 12)]
    public decimal Rate { get; private set; } = 1;

    [Field("Reference", Length = 200, InList = true)]
    public string? Reference { get; init; }

    [Children("Allocations", Name = "allocations", InRow = true)]
    public IReadOnlyList<Settlement> Settlements { get; private set; } = [];

    /// <summary>What was settled with nothing, kept on the advance account.</summary>
    [Field("Advance")]
    public decimal Advance { get; private set; }

    public decimal BaseAdvance { get; private set; }

    /// <summary>What of the advance has not been settled with a document since.</summary>
    [Field("Open advance", InList = true)]
    public decimal AdvanceOpen { get; private set; }

    public decimal BaseAdvanceOpen { get; private set; }

    /// <summary>How often the advance was allocated since; each time is a journal of its own.</summary>
    public int Allocated { get; private set; }

    /// <summary>Gain above zero, loss below, in the company's currency (IAS 21.28).</summary>
    [Field("Exchange difference")]
    public decimal ExchangeDifference { get; private set; }

    [Field("Reversal's number", Length = 40, Section = "Reversal")]
    public string? ReversalNumber { get; private set; }

    [Field("Reversed on", Section = "Reversal")]
    public DateOnly? ReversedOn { get; private set; }

    [Field("Reason of the reversal", Section = "Reversal")]
    public string? ReversalReason { get; private set; }

    /// <summary>Posts the receipt and settles the documents. Refuses allocations to what is not open, of another
    /// currency or party, above what is open or was received.</summary>
    /// <param name="items">The documents that the allocations name.</param>
    /// <param name="rate">Units of the company's currency for one of the receipt's on the day.</param>
    public Result<Journal> Submit(CompanyBooks books, Contracts.Masters.Party party,
        IReadOnlyList<Allocation> allocations,
        IReadOnlyDictionary<SalesInvoiceId, SalesInvoice> items, DateOnly today, bool futureConfirmed, decimal rate = 1)
    {
        var status = Status;
        if (Moves.Step(ref status, ReceiptStatus.Posted,
            s => FinanceErrors.ReceiptNotPosted.With($"The receipt is {s}"))
            .TryFailure(out var step)) return step;
        if (ReceivedOn > today && !futureConfirmed) return FinanceErrors.ReceiptDateInFuture.With(
            $"{ReceivedOn:yyyy-MM-dd} lies after today, {today:yyyy-MM-dd}", "receivedOn");
        if (Amount <= 0) return FinanceErrors.ReceiptAmountNotPositive.With($"{Amount} was received", "amount");
        var paid = Check(allocations, items);
        if (paid.Failed) return paid.Failure;
        if (paid.Value > Amount) return FinanceErrors.ReceiptMoreThanReceived.With(
            $"{paid.Value} {Currency} is allocated, {Amount} was received", "allocations");
        Rate = rate;
        (Advance, BaseAdvance) = (Amount - paid.Value, InBase(Amount - paid.Value, rate, books));
        (AdvanceOpen, BaseAdvanceOpen) = (Advance, BaseAdvance);
        var clearing = books.Roles.Of(Roles.Clearing);
        if (clearing.Failed) return clearing.Failure;
        var lines = new ReceiptLines(Currency.Code, Party.ToString());
        lines.Settle(clearing.Value, Amount, InBase(Amount, rate, books), credit: false, ofParty: false);
        var advance = books.Roles.Of(Roles.CustomerAdvance, RoleScope.PartyGroup, party.Group);
        if (advance.Failed) return advance.Failure;
        if (Settle(lines, books, allocations, items).TryFailure(out var refused)) return refused;
        if (Advance != 0) lines.Settle(advance.Value, Advance, BaseAdvance, credit: true);
        if (Realise(lines, books).TryFailure(out refused)) return refused;
        Status = status;
        return new Journal(Id.Value, Company, ReceivedOn, new JournalSource(DocumentKind.Receipt.Source, Id.Value),
            lines.All, Reference);
    }

    /// <summary>Settles documents with the advance that the receipt left, at the advance's rate (IFRIC 22). The same
    /// refusals as at its submission; more than is left of the advance is more than was received.</summary>
    public Result<Journal> Allocate(CompanyBooks books, Contracts.Masters.Party party, DateOnly date,
        IReadOnlyList<Allocation> allocations, IReadOnlyDictionary<SalesInvoiceId, SalesInvoice> items, DateOnly today,
        bool futureConfirmed)
    {
        if (Status != ReceiptStatus.Posted) return FinanceErrors.ReceiptNotPosted.With($"The receipt is {Status}");
        if (date > today && !futureConfirmed) return FinanceErrors.ReceiptDateInFuture.With(
            $"{date:yyyy-MM-dd} lies after today, {today:yyyy-MM-dd}", "postingDate");
        var paid = Check(allocations, items);
        if (paid.Failed) return paid.Failure;
        if (paid.Value > AdvanceOpen) return FinanceErrors.ReceiptMoreThanReceived.With(
            $"{paid.Value} {Currency} is allocated, {AdvanceOpen} is left of the advance", "allocations");
        if (paid.Value <= 0) return FinanceErrors.ReceiptAmountNotPositive.With($"{paid.Value} is allocated",
            "allocations");
        var advance = books.Roles.Of(Roles.CustomerAdvance, RoleScope.PartyGroup, party.Group);
        if (advance.Failed) return advance.Failure;
        var value = paid.Value == AdvanceOpen ? BaseAdvanceOpen
            : Math.Min(InBase(paid.Value, Rate, books), BaseAdvanceOpen);
        var lines = new ReceiptLines(Currency.Code, Party.ToString());
        lines.Settle(advance.Value, paid.Value, value, credit: false);
        if (Settle(lines, books, allocations, items).TryFailure(out var refused)) return refused;
        if (Realise(lines, books).TryFailure(out refused)) return refused;
        (AdvanceOpen, BaseAdvanceOpen) = (AdvanceOpen - paid.Value, BaseAdvanceOpen - value);
        return new Journal(AllocationOf(++Allocated), Company, date,
            new JournalSource(DocumentKind.Receipt.Source, Id.Value, Number), lines.All);
    }

    // The journal of the n-th allocation of the advance.
    private Guid AllocationOf(int n) => Ids.Derive(Id.Value, FormattableString.Invariant($"allocation {n}"));

    private Result<decimal> Check(IReadOnlyList<Allocation> allocations,
        IReadOnlyDictionary<SalesInvoiceId, SalesInvoice> items)
    {
        var paid = 0m;
        var seen = new HashSet<SalesInvoiceId>();
        for (var i = 0; i < allocations.Count; i++)
        {
            var (a, field) = (allocations[i], FormattableString.Invariant($"allocations[{i}]"));
            if (!items.TryGetValue(a.Invoice,
                out var item) || item.Status != InvoiceStatus.Posted || item.Party != Party
                || item.Open == 0)
                return FinanceErrors.ReceiptItemNotOpen.With($"Nothing of {a.Invoice} is open", field + ".invoice");
            if (!seen.Add(a.Invoice))
                return FinanceErrors.ReceiptItemTwice.With($"{item.Number} is allocated to twice", field + ".invoice");
            if (item.Currency != Currency) return FinanceErrors.ReceiptCurrencyDiffers.With(
                $"{item.Number} is in {item.Currency}, the receipt in {Currency}", field + ".invoice");
            if (a.Amount <= 0 || a.Discount < 0 || a.Difference < 0 || a.Discount + a.Difference > a.Amount
                || (item.Kind == InvoiceKind.CreditNote && a.Discount + a.Difference != 0))
                return FinanceErrors.ReceiptAmountNotPositive.With(
                    $"{a.Amount} with discount {a.Discount} and difference {a.Difference} leaves nothing paid",
                        field + ".amount");
            if (a.Amount > item.Open) return FinanceErrors.ReceiptMoreThanOpen.With(
                $"{item.Open} {Currency} of {item.Number} is open, not {a.Amount}", field + ".amount");
            paid += item.Kind == InvoiceKind.CreditNote ? -a.Amount : a.Amount - a.Discount - a.Difference;
        }
        return paid;
    }

    private Result<Done> Settle(ReceiptLines lines, CompanyBooks books, IReadOnlyList<Allocation> allocations,
        IReadOnlyDictionary<SalesInvoiceId, SalesInvoice> items)
    {
        var settlements = new List<Settlement>(Settlements);
        foreach (var a in allocations)
        {
            var item = items[a.Invoice];
            var value = item.Settle(a.Amount, books.Currency);
            settlements.Add(new Settlement(a.Invoice, a.Amount, a.Discount, a.Difference, value));
            lines.Settle(item.ReceivableAccount, a.Amount, value, item.Kind == InvoiceKind.Invoice);
            // Nothing was paid of a discount or a write-off, so no exchange difference arises on it: the item's rate.
            if (lines.Debit(books, Roles.DiscountGiven, a.Discount, InBase(a.Discount, item.Rate!.Value, books))
                .TryFailure(out var refused)) return refused;
            if (lines.Debit(books, Roles.PaymentDifference, a.Difference, InBase(a.Difference, item.Rate!.Value, books))
                .TryFailure(out refused)) return refused;
        }
        Settlements = settlements;
        return Done.Ok;
    }

    // What is left between debits and credits in the company's currency is the realised difference (policy 13).
    private Result<Done> Realise(ReceiptLines lines, CompanyBooks books)
    {
        var difference = lines.BaseDifference;
        if (difference == 0) return Done.Ok;
        var account = books.Roles.Of(difference > 0 ? Roles.ExchangeGain : Roles.ExchangeLoss);
        if (account.Failed) return account.Failure;
        lines.Exchange(account.Value);
        ExchangeDifference += difference;
        return Done.Ok;
    }

    public void Numbered(string number) => Number = number;

    /// <summary>Takes the receipt back, with what was allocated of its advance: the documents it settled are open
    /// again.
    /// The first of the reversals is the receipt's own.</summary>
    public Result<IReadOnlyList<ReverseJournal>> Reverse(string reason, CompanyBooks books,
        IReadOnlyDictionary<SalesInvoiceId, SalesInvoice> items)
    {
        if (!Moves.Allows(Status, ReceiptStatus.Reversed))
            return FinanceErrors.ReceiptNotPosted.With($"The receipt is {Status}");
        var date = ReversalDate.For(ReceivedOn, books.Periods);
        if (date.Failed) return date.Failure;
        foreach (var settlement in Settlements)
            items[settlement.Invoice].Reopen(settlement.Amount, settlement.BaseAmount);
        Status = ReceiptStatus.Reversed;
        (ReversedOn, ReversalReason, AdvanceOpen, BaseAdvanceOpen) = (date.Value, reason, 0, 0);
        var reversals = new List<ReverseJournal> { Mirror(Id.Value, reason, date.Value) };
        for (var n = 1; n <= Allocated; n++) reversals.Add(Mirror(AllocationOf(n), reason, null));
        return reversals;
    }

    private ReverseJournal Mirror(Guid journal, string reason, DateOnly? date) => new(Company, journal,
        Ids.Derive(journal, "reversal"), new JournalSource(DocumentKind.Receipt.Source, Id.Value), reason, date);

    public void ReversalNumbered(string number) => ReversalNumber = number;

    private decimal InBase(decimal amount, decimal rate, CompanyBooks books) => Currency == books.Currency ? amount
        : Money.Round(amount * rate, books.Currency).Amount;
}

/// <summary>The journal lines of a receipt as they gather.</summary>
internal sealed class ReceiptLines(string currency, string party)
{
    private readonly List<JournalLine> _lines = [];

    /// <summary>Debits less credits in the company's currency: above zero it is a gain.</summary>
    public decimal BaseDifference { get; private set; }

    public IReadOnlyList<JournalLine> All => _lines;

    public Result<Done> Debit(CompanyBooks books, string role, decimal amount, decimal value)
    {
        if (amount == 0) return Done.Ok;
        var account = books.Roles.Of(role);
        if (account.Failed) return account.Failure;
        Add(account.Value, Side.Debit, amount, value, null);
        return Done.Ok;
    }

    public void Settle(string account, decimal amount, decimal value, bool credit, bool ofParty = true) =>
        Add(account, credit ? Side.Credit : Side.Debit, amount, value, ofParty ? party : null);

    public void Exchange(string account) =>
        Add(account, BaseDifference > 0 ? Side.Credit : Side.Debit, 0, Math.Abs(BaseDifference), null);

    private void Add(string account, Side side, decimal amount, decimal value, string? of)
    {
        _lines.Add(new JournalLine(account, side, amount, currency, value, of));
        BaseDifference += side == Side.Debit ? value : -value;
    }
}

using BusinessM.Contracts.BookKeeper;
using BusinessM.Contracts.Masters;
using BusinessM.Contracts.RecordKeeper;
using BusinessM.Finance.Ledger;
using BusinessM.Records;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;

namespace BusinessM.Finance.Receivables;

/// <summary>A receipt as it is answered; amounts are decimal strings.</summary>
public sealed record ReceiptView(ReceiptId Id, CompanyId Company, int Version, ReceiptStatus Status, string? Number,
    BranchId Branch, PartyId Party, DateOnly ReceivedOn, string Currency, decimal Amount, decimal Rate,
    string? Reference, IReadOnlyList<SettlementView> Allocations, decimal Advance, decimal AdvanceOpen,
    decimal ExchangeDifference, string? ReversalNumber, DateOnly? ReversedOn, string? ReversalReason)
{
    internal static ReceiptView Of(Receipt r, Currency baseCurrency) => new(r.Id, r.Company, r.Version, r.Status,
        r.Number, r.Branch,
        r.Party, r.ReceivedOn, r.Currency.Code, SalesInvoiceView.Scaled(r.Amount, r.Currency),
            SalesInvoiceView.Plain(r.Rate),
        r.Reference, [.. r.Settlements.Select(s => new SettlementView(s.Invoice, SalesInvoiceView.Scaled(s.Amount,
            r.Currency),
            SalesInvoiceView.Scaled(s.Discount, r.Currency), SalesInvoiceView.Scaled(s.Difference, r.Currency)))],
        SalesInvoiceView.Scaled(r.Advance, r.Currency), SalesInvoiceView.Scaled(r.AdvanceOpen, r.Currency),
        SalesInvoiceView.Scaled(r.ExchangeDifference, baseCurrency),
        r.ReversalNumber, r.ReversedOn, r.ReversalReason);
}

public sealed record SettlementView(SalesInvoiceId Invoice, decimal Amount, decimal Discount, decimal Difference);

/// <summary>Money received: posts it and settles open documents in one call.</summary>
internal static class SubmitReceipt
{
    public const int AllocationsMax = 500;

    public sealed record ReceiptRequest
    {
        public ReceiptId? Id { get; init; }

        public required CompanyId Company { get; init; }

        public BranchId? Branch { get; init; }

        public required PartyId Party { get; init; }

        public required DateOnly ReceivedOn { get; init; }

        public required string Currency { get; init; }

        public required decimal Amount { get; init; }

        public string? Reference { get; init; }

        public IReadOnlyList<AllocationRequest>? Allocations { get; init; }

        public bool FutureConfirmed { get; init; }
    }

    /// <summary>Amount: what is no longer owed, with the discount given and the difference written off in it.</summary>
    public sealed record AllocationRequest
    {
        [Field("Document"), Link("finance.sales-invoice")]
        public required SalesInvoiceId Invoice { get; init; }

        [Field("Amount", Min = "0", Help = "What is not owed any more.")]
        public required decimal Amount { get; init; }

        [Field("Of it discount", Min = "0")]
        public decimal Discount { get; init; }

        [Field("Of it difference", Min = "0")]
        public decimal Difference { get; init; }
    }

    public static void Map(IEndpointRouteBuilder receipts) =>
        receipts.MapPost("/", Handle).RequirePermission("finance.receipt.submit");

    internal static async Task<Results<Created<ReceiptView>, Ok<ReceiptView>, ProblemHttpResult>> Handle(
        ReceiptRequest request, FinanceDb db, BooksOf booksOf, IMasters masters, IBookKeeper keeper, IUnitOfWork unit, CancellationToken ct)
    {
        var read = await booksOf.Of(request.Company, ct);
        if (read.Failed) return read.Failure.ToProblem();
        var books = read.Value;
        if (Check(request.Currency, request.Amount, request.Reference, request.Allocations ?? [], out var currency)
            is { } wrong) return wrong.ToProblem();
        if (request.Id is { } id && await db.Receipts.AsNoTracking().SingleOrDefaultAsync(r => r.Id == id,
            ct) is { } there)
            return IsRepeat(request, there) ? TypedResults.Ok(ReceiptView.Of(there, books.Currency))
                : FinanceErrors.ReceiptExists.With($"A receipt of the id {id} is there with other content",
                    "id").ToProblem();
        var branch = books.BranchOf(request.Branch);
        if (branch.Failed) return branch.Failure.ToProblem();
        var parties = await masters.Parties(new PartiesQuery(request.Company, [request.Party]), ct);
        if (parties.Failed) return parties.Failure.ToProblem();
        if (parties.Value is not [{ } party])
            return FinanceErrors.PartyNotFound.With($"There is no party {request.Party}", "party").ToProblem();
        var rate = await RateOf(request, books, masters, ct);
        if (rate.Failed) return rate.Failure.ToProblem();

        var receipt = new Receipt
        {
            Id = request.Id ?? Ids.New<ReceiptId>(), Company = request.Company, Branch = branch.Value.Id,
            Party = request.Party, ReceivedOn = request.ReceivedOn, Currency = currency, Amount = request.Amount,
            Reference = request.Reference,
        };
        var (company, ids) = (request.Company, (request.Allocations ?? []).Select(a => a.Invoice).Distinct().ToList());
        var items = await db.SalesInvoices.Where(i => i.Company == company
            && ids.Contains(i.Id)).ToDictionaryAsync(i => i.Id, ct);
        var journal = receipt.Submit(books, party, [.. (request.Allocations ?? []).Select(a =>
            new Allocation(a.Invoice, a.Amount, a.Discount, a.Difference))], items, booksOf.Today(books),
            request.FutureConfirmed, rate.Value);
        if (journal.Failed) return journal.Failure.ToProblem();
        var series = books.SeriesOf(DocumentKind.Receipt, receipt.Branch, receipt.ReceivedOn);
        if (series.Failed) return series.Failure.ToProblem();
        unit.Number(new NumberWanted(company, series.Value.Series, series.Value.Format, receipt.Id.Value,
            receipt.Numbered));
        var posted = await keeper.Post(journal.Value, ct);
        if (posted.Failed) return posted.Failure.ToProblem();

        db.Add(receipt);
        var committed = await db.Commit(() => ReceiptView.Of(receipt, books.Currency), ct, 201);
        return committed.Failed ? committed.Failure.ToProblem()
            : TypedResults.Created("/api/finance/receipts/" + receipt.Id, committed.Value);
    }

    private static bool IsRepeat(ReceiptRequest request, Receipt there) => (there.Company, there.Party,
        there.ReceivedOn,
            there.Currency.Code, there.Amount, there.Reference) == (request.Company, request.Party, request.ReceivedOn,
            request.Currency, request.Amount, request.Reference)
        && (request.Allocations ?? []).Select(a => (a.Invoice, a.Amount, a.Discount, a.Difference)).SequenceEqual(
            there.Settlements.Take(request.Allocations?.Count ?? 0).Select(s => (s.Invoice, s.Amount, s.Discount,
                s.Difference)));

    internal static Error? Check(string code, decimal amount, string? reference,
        IReadOnlyList<AllocationRequest> allocations, out Currency currency)
    {
        if (!Currency.TryParse(code, out currency))
            return FinanceErrors.CurrencyUnknown.With($"'{code}' is not a currency", "currency");
        if (reference?.Length > 200 || allocations.Count > AllocationsMax)
            return FinanceErrors.TextInvalid.With(
                $"A reference has up to 200 characters; there are up to {AllocationsMax} allocations", "reference");
        if (!Money.Fits(amount, currency) || amount >= Bill.LineMax)
            return FinanceErrors.AmountInvalid.With($"{amount} is no amount of {currency}", "amount");
        for (var i = 0; i < allocations.Count; i++)
        {
            var a = allocations[i];
            if (!Money.Fits(a.Amount, currency) || !Money.Fits(a.Discount, currency) || !Money.Fits(a.Difference,
                currency))
                return FinanceErrors.AmountInvalid.With($"An amount has more digits than {currency} has",
                    FormattableString.Invariant($"allocations[{i}].amount"));
        }
        return null;
    }

    private static async Task<Result<decimal>> RateOf(ReceiptRequest request, CompanyBooks books, IMasters masters,
        CancellationToken ct)
    {
        if (request.Currency == books.Currency.Code) return 1m;
        var found = await masters.Rate(new RateQuery(request.Company, request.Currency, books.Currency.Code,
            request.ReceivedOn, books.RateAgeMaxDays), ct);
        return found.Failed ? found.Failure : found.Value.Value;
    }
}

/// <summary>Settles documents with what a receipt left as an advance.</summary>
internal static class AllocateReceipt
{
    public sealed record AllocateRequest
    {
        [Field("Posting date", Default = "today")]
        public required DateOnly PostingDate { get; init; }

        [Children("Allocations", InRow = true, Min = 1)]
        public required IReadOnlyList<SubmitReceipt.AllocationRequest> Allocations { get; init; }

        public bool FutureConfirmed { get; init; }
    }

    public static void Map(IEndpointRouteBuilder receipts) =>
        receipts.MapPost("/{id:guid}/allocate", Handle).RequirePermission("finance.receipt.allocate");

    private static async Task<Results<Ok<ReceiptView>, ProblemHttpResult>> Handle(Guid id, AllocateRequest request,
        FinanceDb db, BooksOf booksOf, IMasters masters, IBookKeeper keeper, Caller caller, CancellationToken ct)
    {
        var wanted = new ReceiptId(id);
        var receipt = await db.Receipts.SingleOrDefaultAsync(r => r.Id == wanted, ct);
        if (receipt is null || !caller.Sees(receipt.Company))
            return FinanceErrors.ReceiptNotFound.With($"There is no receipt {id}").ToProblem();
        var books = await booksOf.Of(receipt.Company, ct);
        if (books.Failed) return books.Failure.ToProblem();
        if (SubmitReceipt.Check(receipt.Currency.Code, 0, null, request.Allocations, out _) is { } wrong)
            return wrong.ToProblem();
        var parties = await masters.Parties(new PartiesQuery(receipt.Company, [receipt.Party]), ct);
        if (parties.Failed) return parties.Failure.ToProblem();
        var (company, ids) = (receipt.Company, request.Allocations.Select(a => a.Invoice).Distinct().ToList());
        var items = await db.SalesInvoices.Where(i => i.Company == company
            && ids.Contains(i.Id)).ToDictionaryAsync(i => i.Id, ct);
        var journal = receipt.Allocate(books.Value, parties.Value[0], request.PostingDate,
            [.. request.Allocations.Select(a =>
            new Allocation(a.Invoice, a.Amount, a.Discount, a.Difference))], items, booksOf.Today(books.Value),
            request.FutureConfirmed);
        if (journal.Failed) return journal.Failure.ToProblem();
        var posted = await keeper.Post(journal.Value, ct);
        if (posted.Failed) return posted.Failure.ToProblem();

        var committed = await db.Commit(() => ReceiptView.Of(receipt, books.Value.Currency), ct);
        return committed.Failed ? committed.Failure.ToProblem() : TypedResults.Ok(committed.Value);
    }
}

internal static class ReverseReceipt
{
    public sealed record ReverseReceiptRequest
    {
        [Field("Reason", Length = 500)]
        public required string Reason { get; init; }
    }

    public static void Map(IEndpointRouteBuilder receipts)
    {
        receipts.MapPost("/{id:guid}/reverse", Handle).RequirePermission("finance.receipt.reverse");
        receipts.MapGet("/{id:guid}", Get).RequirePermission("finance.receipt.read");
    }

    private static async Task<Results<Ok<ReceiptView>, ProblemHttpResult>> Handle(Guid id,
        ReverseReceiptRequest request,
        FinanceDb db, BooksOf booksOf, IBookKeeper keeper, IUnitOfWork unit, Caller caller, CancellationToken ct)
    {
        if (string.IsNullOrWhiteSpace(request.Reason) || request.Reason.Length > 500)
            return FinanceErrors.TextInvalid.With($"A reason has 1 to 500 characters", "reason").ToProblem();
        var wanted = new ReceiptId(id);
        var receipt = await db.Receipts.SingleOrDefaultAsync(r => r.Id == wanted, ct);
        if (receipt is null || !caller.Sees(receipt.Company))
            return FinanceErrors.ReceiptNotFound.With($"There is no receipt {id}").ToProblem();
        var books = await booksOf.Of(receipt.Company, ct);
        if (books.Failed) return books.Failure.ToProblem();
        var ids = receipt.Settlements.Select(s => s.Invoice).ToList();
        var items = await db.SalesInvoices.Where(i => ids.Contains(i.Id)).ToDictionaryAsync(i => i.Id, ct);
        var reversal = receipt.Reverse(request.Reason, books.Value, items);
        if (reversal.Failed) return reversal.Failure.ToProblem();
        var series = books.Value.SeriesOf(DocumentKind.Reversal, receipt.Branch, reversal.Value[0].Date!.Value);
        if (series.Failed) return series.Failure.ToProblem();
        unit.Number(new NumberWanted(receipt.Company, series.Value.Series, series.Value.Format, receipt.Id.Value,
            receipt.ReversalNumbered));
        foreach (var mirror in reversal.Value)
        {
            var reversed = await keeper.Reverse(mirror, ct);
            if (reversed.Failed) return reversed.Failure.ToProblem();
        }

        var committed = await db.Commit(() => ReceiptView.Of(receipt, books.Value.Currency), ct);
        return committed.Failed ? committed.Failure.ToProblem() : TypedResults.Ok(committed.Value);
    }

    private static async Task<Results<Ok<ReceiptView>, ProblemHttpResult>> Get(Guid id, FinanceDb db, BooksOf booksOf,
        Caller caller, CancellationToken ct)
    {
        var wanted = new ReceiptId(id);
        var receipt = await db.Receipts.AsNoTracking().SingleOrDefaultAsync(r => r.Id == wanted, ct);
        if (receipt is null || !caller.Sees(receipt.Company))
            return FinanceErrors.ReceiptNotFound.With($"There is no receipt {id}").ToProblem();
        var books = await booksOf.Of(receipt.Company, ct);
        return books.Failed ? books.Failure.ToProblem() : TypedResults.Ok(ReceiptView.Of(receipt,
            books.Value.Currency));
    }
}

using BusinessM.Contracts.Masters;
using BusinessM.Finance.Ledger;
using BusinessM.Finance.Parties;
using BusinessM.Records;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;

namespace BusinessM.Finance.Receivables;

/// <summary>Posts a draft and numbers it.</summary>
internal static class SubmitSalesInvoice
{
    public sealed record SubmitInvoiceRequest
    {
        /// <summary>Null: the issue date.</summary>
        [Field("Posting date", Help = "The issue date, if not said.")]
        public DateOnly? PostingDate { get; init; }

        public bool FutureConfirmed { get; init; }
    }

    public static void Map(IEndpointRouteBuilder invoices, InvoiceKind kind) => invoices.MapPost("/{id:guid}/submit",
        Handle)
        .RequirePermission(CreateSalesInvoice.Permission(kind, "submit"));

    private static async Task<Results<Ok<SalesInvoiceView>, ProblemHttpResult>> Handle(Guid id,
        SubmitInvoiceRequest request, FinanceDb db, Invoicing invoicing, InvoiceLoader loader, CancellationToken ct)
    {
        var loaded = await loader.Load(id, ct);
        if (loaded.Failed) return loaded.Failure.ToProblem();
        var (invoice, books) = loaded.Value;
        if (await loader.Blocked(invoice, ct) is { } blocked) return blocked.ToProblem();

        var submitted = await invoicing.Submit(invoice, books, request.PostingDate ?? invoice.IssueDate,
            request.FutureConfirmed, ct);
        if (submitted.Failed) return submitted.Failure.ToProblem();

        var committed = await db.Commit(() => SalesInvoiceView.Of(invoice, books.Currency), ct);
        return committed.Failed ? committed.Failure.ToProblem() : TypedResults.Ok(committed.Value);
    }
}

/// <summary>Undoes a posted document for one's own mistake: a mirror entry with a number of its own (policy
/// 5).</summary>
internal static class ReverseSalesInvoice
{
    public sealed record ReverseInvoiceRequest
    {
        [Field("Reason", Length = 500)]
        public required string Reason { get; init; }
    }

    public static void Map(IEndpointRouteBuilder invoices, InvoiceKind kind) => invoices.MapPost("/{id:guid}/reverse",
        Handle)
        .RequirePermission(CreateSalesInvoice.Permission(kind, "reverse"));

    private static async Task<Results<Ok<SalesInvoiceView>, ProblemHttpResult>> Handle(Guid id,
        ReverseInvoiceRequest request, FinanceDb db, Invoicing invoicing, InvoiceLoader loader, CancellationToken ct)
    {
        if (string.IsNullOrWhiteSpace(request.Reason) || request.Reason.Length > 500)
            return FinanceErrors.TextInvalid.With($"A reason has 1 to 500 characters", "reason").ToProblem();
        var loaded = await loader.Load(id, ct);
        if (loaded.Failed) return loaded.Failure.ToProblem();
        var (invoice, books) = loaded.Value;
        var reversed = await invoicing.Reverse(invoice, books, request.Reason, ct);
        if (reversed.Failed) return reversed.Failure.ToProblem();

        var committed = await db.Commit(() => SalesInvoiceView.Of(invoice, books.Currency), ct);
        return committed.Failed ? committed.Failure.ToProblem() : TypedResults.Ok(committed.Value);
    }
}

/// <summary>Gives a draft up.</summary>
internal static class CancelSalesInvoice
{
    public static void Map(IEndpointRouteBuilder invoices, InvoiceKind kind) => invoices.MapPost("/{id:guid}/cancel",
        Handle)
        .RequirePermission(CreateSalesInvoice.Permission(kind, "cancel"));

    private static async Task<Results<Ok<SalesInvoiceView>, ProblemHttpResult>> Handle(Guid id, FinanceDb db,
        InvoiceLoader loader, CancellationToken ct)
    {
        var loaded = await loader.Load(id, ct);
        if (loaded.Failed) return loaded.Failure.ToProblem();
        var (invoice, books) = loaded.Value;
        if (invoice.Cancel().TryFailure(out var refused)) return refused.ToProblem();

        var committed = await db.Commit(() => SalesInvoiceView.Of(invoice, books.Currency), ct);
        return committed.Failed ? committed.Failure.ToProblem() : TypedResults.Ok(committed.Value);
    }
}

/// <summary>Loads a document with its lines and the books of its company, for one request.</summary>
internal sealed class InvoiceLoader(FinanceDb db, BooksOf booksOf, CustomersOf customers, IMasters masters,
    Caller caller)
{
    public async Task<Result<(SalesInvoice Invoice, CompanyBooks Books)>> Load(Guid id, CancellationToken ct)
    {
        var wanted = new SalesInvoiceId(id);
        var invoice = await db.SalesInvoices.Include(i => i.Lines.OrderBy(l => l.Seq))
            .SingleOrDefaultAsync(i => i.Id == wanted, ct);
        if (invoice is null || !caller.Sees(invoice.Company))
            return FinanceErrors.InvoiceNotFound.With($"There is no document {id}");
        var books = await booksOf.Of(invoice.Company, ct);
        return books.Failed ? books.Failure : (invoice, books.Value);
    }

    /// <summary>A draft may be older than the block of its party, the customer or an item.</summary>
    public async Task<Error?> Blocked(SalesInvoice invoice, CancellationToken ct)
    {
        var parties = await masters.Parties(new PartiesQuery(invoice.Company, [invoice.Party]), ct);
        if (parties.Failed) return parties.Failure;
        if (parties.Value is [{ Blocked: true } party])
            return FinanceErrors.PartyBlocked.With($"Party {party.Code} is blocked", "party");
        if ((await customers.Of(invoice.Company, invoice.Party, ct))?.Refuses(invoice.Kind) is { } blocked)
            return blocked;
        foreach (var some in invoice.Lines.Where(l => l.Item is not null).Select(l =>
            l.Item!.Value).Distinct().Chunk(1_000))
        {
            var items = await masters.Items(new ItemsQuery(invoice.Company, some), ct);
            if (items.Failed) return items.Failure;
            if (items.Value.FirstOrDefault(i => i.Blocked) is { } item)
                return FinanceErrors.ItemBlocked.With($"Item {item.Code} is blocked", "lines");
        }
        return null;
    }
}

using BusinessM.Finance.Ledger;
using BusinessM.Records;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;

namespace BusinessM.Finance.Receivables;

/// <summary>Writes a draft, or writes and posts it in one call. A repeat with the same id and content answers the
/// document as it stands.</summary>
internal static class CreateSalesInvoice
{
    public static void Map(IEndpointRouteBuilder invoices, InvoiceKind kind) => invoices.MapPost("/",
        (InvoiceRequest request, Invoicing invoicing, FinanceDb db, BooksOf booksOf, UnitOfWork unit, Caller caller,
            CancellationToken ct) => Handle(kind, request, invoicing, db, booksOf, unit, caller, ct))
        .RequirePermission(Permission(kind, "create"));

    public static string Permission(InvoiceKind kind, string verb) =>
        kind == InvoiceKind.Invoice ? "finance.sales-invoice." + verb : "finance.credit-note." + verb;

    private static async Task<Results<Created<SalesInvoiceView>, Ok<SalesInvoiceView>, ProblemHttpResult>> Handle(
        InvoiceKind kind, InvoiceRequest request, Invoicing invoicing, FinanceDb db, BooksOf booksOf, UnitOfWork unit,
        Caller caller, CancellationToken ct)
    {
        var books = await booksOf.Of(request.Company, ct);
        if (books.Failed) return books.Failure.ToProblem();
        if (request.Submit && MaySubmit(kind, caller, unit) is { } forbidden) return forbidden.ToProblem();
        var created = await invoicing.Create(kind, request, ct);
        if (created.Failed) return created.Failure.ToProblem();

        var invoice = created.Value;
        var committed = await db.Commit(() => SalesInvoiceView.Of(invoice, books.Value.Currency), ct, 201);
        if (!committed.Failed)
            return TypedResults.Created("/api/finance/sales-invoices/" + invoice.Id, committed.Value);
        if (committed.Failure.Code != RecordErrors.Exists.Code) return committed.Failure.ToProblem();
        return await Existing(invoice, books.Value, db, ct) is { } there ? TypedResults.Ok(there)
            : FinanceErrors.InvoiceExists.With($"A document of the id {invoice.Id} is there with other content", "id")
                .ToProblem();
    }

    /// <summary>Posting in the same call has its own permission, and is what the audit trail then calls it.</summary>
    internal static Error? MaySubmit(InvoiceKind kind, Caller caller, UnitOfWork unit)
    {
        var permission = Permission(kind, "submit");
        if (!caller.May(permission)) return RecordErrors.NotPermitted.With($"{permission} is missing");
        unit.Action = permission;
        return null;
    }

    /// <summary>The document of the same id, if it was written with the same content.</summary>
    internal static async Task<SalesInvoiceView?> Existing(SalesInvoice written, CompanyBooks books, FinanceDb db,
        CancellationToken ct)
    {
        var id = written.Id;
        var existing = await db.SalesInvoices.AsNoTracking().Include(i => i.Lines.OrderBy(l => l.Seq))
            .SingleOrDefaultAsync(i => i.Id == id, ct);
        return existing is not null && existing.SameContent(written) ? SalesInvoiceView.Of(existing,
            books.Currency) : null;
    }
}

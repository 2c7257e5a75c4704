using BusinessM.Records;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Routing;

namespace BusinessM.Finance.Receivables;

/// <summary>Puts another draft in the place of a draft, and perhaps posts it: the whole document as it is created.
/// </summary>
internal static class ChangeSalesInvoice
{
    public static void Map(IEndpointRouteBuilder invoices, InvoiceKind kind) => invoices.MapPatch("/{id:guid}",
        (Guid id, InvoiceRequest request, [FromHeader(Name = "If-Match")] string? ifMatch, Invoicing invoicing,
            InvoiceLoader loader, FinanceDb db, UnitOfWork unit, Caller caller, CancellationToken ct) =>
            Handle(kind, id, request, ifMatch, invoicing, loader, db, unit, caller, ct))
        .RequirePermission(CreateSalesInvoice.Permission(kind, "change"));

    private static async Task<Results<Ok<SalesInvoiceView>, ProblemHttpResult>> Handle(InvoiceKind kind, Guid id,
        InvoiceRequest request, string? ifMatch, Invoicing invoicing, InvoiceLoader loader, FinanceDb db,
        UnitOfWork unit, Caller caller, CancellationToken ct)
    {
        var loaded = await loader.Load(id, ct);
        if (loaded.Failed) return loaded.Failure.ToProblem();
        var (invoice, books) = loaded.Value;
        if (invoice.Kind != kind || request.Company != invoice.Company)
            return FinanceErrors.InvoiceNotFound.With($"There is no document {id}").ToProblem();
        if (Stale(ifMatch, invoice.Version) is { } stale)
            return stale.ToProblem(StatusCodes.Status412PreconditionFailed);
        if (request.Submit && CreateSalesInvoice.MaySubmit(kind, caller, unit) is { } forbidden)
            return forbidden.ToProblem();
        var changed = await invoicing.Change(invoice, request, books, ct);
        if (changed.Failed) return changed.Failure.ToProblem();

        var committed = await db.Commit(() => SalesInvoiceView.Of(invoice, books.Currency), ct);
        return committed.Failed ? committed.Failure.ToProblem() : TypedResults.Ok(committed.Value);
    }

    // The whole is given, so that there is nothing to merge: another version refuses.
    private static Error? Stale(string? ifMatch, int version) => ifMatch is null
        || ifMatch.Trim('"') == version.ToString(System.Globalization.CultureInfo.InvariantCulture) ? null
        : RecordErrors.Stale.With($"The draft is at version {version}, not at {ifMatch}: load it again", "version");
}

using BusinessM.Records;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;

namespace BusinessM.Finance.Receivables;

internal static class GetSalesInvoice
{
    public static void Map(IEndpointRouteBuilder invoices, InvoiceKind kind) => invoices.MapGet("/{id:guid}", Handle)
        .RequirePermission(CreateSalesInvoice.Permission(kind, "read"));

    private static async Task<Results<Ok<SalesInvoiceView>, ProblemHttpResult>> Handle(Guid id, InvoiceLoader loader,
        CancellationToken ct)
    {
        var loaded = await loader.Load(id, ct);
        return loaded.Failed ? loaded.Failure.ToProblem()
            : TypedResults.Ok(SalesInvoiceView.Of(loaded.Value.Invoice, loaded.Value.Books.Currency));
    }
}

using BusinessM.Finance.Ledger;
using BusinessM.Records;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace BusinessM.Finance.Receivables;

/// <summary>Many documents in one call, one enqueue in the lane: all or nothing (one business transaction), or each by
/// itself. The same decisions and refusals as one by one.</summary>
internal static class CreateSalesInvoices
{
    public const int DocumentsMax = 1_000;

    public sealed record SalesInvoicesRequest
    {
        public required CompanyId Company { get; init; }

        public bool AllOrNothing { get; init; } = true;

        public required IReadOnlyList<InvoiceRequest> Documents { get; init; }
    }

    /// <summary>What became of a document: its number and state, or the refusal.</summary>
    public sealed record BulkOutcome(SalesInvoiceId Id, InvoiceStatus? Status, string? Number, decimal? Payable,
        Refusal? Refusal);

    public sealed record Refusal(string Code, string Message, string? Field);

    public sealed record SalesInvoicesView(int Accepted, int Refused, IReadOnlyList<BulkOutcome> Documents);

    public static void Map(IEndpointRouteBuilder invoices, InvoiceKind kind) => invoices.MapPost("/bulk",
        (SalesInvoicesRequest request, Bulk bulk, BooksOf booksOf, CancellationToken ct) =>
            Handle(kind, request, bulk, booksOf, ct))
        .RequirePermission(CreateSalesInvoice.Permission(kind, "submit"));

    private static async Task<Results<Ok<SalesInvoicesView>, ProblemHttpResult>> Handle(InvoiceKind kind,
        SalesInvoicesRequest request, Bulk bulk, BooksOf booksOf, CancellationToken ct)
    {
        if (request.Documents.Count is 0 or > DocumentsMax || request.Documents.Any(d => d.Company != request.Company)
            || request.Documents.Where(d => d.Id is not null).DistinctBy(d => d.Id).Count()
                != request.Documents.Count(d => d.Id is not null))
            return FinanceErrors.BulkSize.With(
                $"A bulk has 1 to {DocumentsMax} documents of one company, each of its own id",
                    "documents").ToProblem();
        var books = await booksOf.Of(request.Company, ct);
        if (books.Failed) return books.Failure.ToProblem();
        if (!request.AllOrNothing) return TypedResults.Ok(await bulk.Each(kind, request.Documents, books.Value, ct));
        var all = await bulk.All(kind, request.Documents, ct);
        return all.Failed ? all.Failure.ToProblem() : TypedResults.Ok(all.Value);
    }
}

/// <summary>Commits many documents as one enqueue.</summary>
internal sealed class Bulk(FinanceDb db, Invoicing invoicing, Caller caller, UnitOfWork unit, Lane lane,
    IServiceScopeFactory scopes)
{
    /// <summary>All of them in one unit of work; the first refusal refuses all.</summary>
    public async Task<Result<CreateSalesInvoices.SalesInvoicesView>> All(InvoiceKind kind,
        IReadOnlyList<InvoiceRequest> requests, CancellationToken ct)
    {
        var invoices = new SalesInvoice[requests.Count];
        for (var i = 0; i < invoices.Length; i++)
        {
            var created = await invoicing.Create(kind, requests[i], ct);
            if (created.Failed) return created.Failure.At(FormattableString.Invariant($"documents[{i}]"));
            invoices[i] = created.Value;
        }
        return await db.Commit(() => new CreateSalesInvoices.SalesInvoicesView(invoices.Length, 0,
            [.. invoices.Select(Outcome)]), ct);
    }

    /// <summary>Each in a unit of its own: a refusal does not touch its neighbours.</summary>
    public async Task<CreateSalesInvoices.SalesInvoicesView> Each(InvoiceKind kind,
        IReadOnlyList<InvoiceRequest> requests,
        CompanyBooks books, CancellationToken ct)
    {
        var outcomes = new CreateSalesInvoices.BulkOutcome[requests.Count];
        var open = new AsyncServiceScope[requests.Count];
        var decided = new (SalesInvoice Invoice, FinanceDb Db, Prepared Prepared)?[requests.Count];
        for (var i = 0; i < open.Length; i++) open[i] = Scope();
        try
        {
            // Decided side by side, for no decision sees another's; written in the order of the request.
            await Parallel.ForAsync(0, requests.Count, ct, async (i, stop) =>
            {
                var request = requests[i].Id is null ? requests[i] with { Id = Ids.New<SalesInvoiceId>() }
                    : requests[i];
                var services = open[i].ServiceProvider;
                var created = await services.GetRequiredService<Invoicing>().Create(kind, request, stop);
                if (created.Failed)
                {
                    outcomes[i] = Outcome(request.Id!.Value, created.Failure);
                    return;
                }
                var (invoice, its) = (created.Value, services.GetRequiredService<FinanceDb>());
                decided[i] = (invoice, its, its.Prepare(() => Outcome(invoice)));
            });
            int[] places = [.. Enumerable.Range(0, decided.Length).Where(i => decided[i] is not null)];
            var results = await lane.Commit([.. places.Select(i => decided[i]!.Value.Prepared)], allOrNothing: false);
            for (var i = 0; i < results.Count; i++)
            {
                var (invoice, its, _) = decided[places[i]]!.Value;
                outcomes[places[i]] = !results[i].Failed ? Outcome(invoice)
                    : results[i].Failure.Code == RecordErrors.Exists.Code
                        && await CreateSalesInvoice.Existing(invoice, books, its, ct) is { } there
                        ? new(there.Id, there.Status, there.Number, there.Payable, null)
                    : Outcome(invoice.Id, results[i].Failure);
            }
        }
        finally
        {
            foreach (var scope in open) await scope.DisposeAsync();
        }
        var accepted = outcomes.Count(o => o.Refusal is null);
        return new(accepted, outcomes.Length - accepted, outcomes);
    }

    private AsyncServiceScope Scope()
    {
        var scope = scopes.CreateAsyncScope();
        scope.ServiceProvider.GetRequiredService<Caller>().ActAs(caller);
        scope.ServiceProvider.GetRequiredService<UnitOfWork>().Action = unit.Action;
        return scope;
    }

    private static CreateSalesInvoices.BulkOutcome Outcome(SalesInvoice invoice) => new(invoice.Id, invoice.Status,
        invoice.Number, SalesInvoiceView.Scaled(invoice.Payable, invoice.Currency), null);

    private static CreateSalesInvoices.BulkOutcome Outcome(SalesInvoiceId id, Error refusal) =>
        new(id, null, null, null, new(refusal.Code, refusal.Message, refusal.Field));
}

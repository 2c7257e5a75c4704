using System.Globalization;
using BusinessM.Finance.Ledger;
using BusinessM.Records;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;

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

/// <summary>A page of documents by issue date, 1 to 500; <c>after</c> is the cursor of the page before.</summary>
internal static class ListSalesInvoices
{
    public const int TakeMax = 500;

    public sealed record SalesInvoiceRow(SalesInvoiceId Id, InvoiceKind Kind, InvoiceStatus Status, string? Number,
        PartyId Party, DateOnly IssueDate, DateOnly DueDate, string Currency, decimal Payable, decimal Open);

    public sealed record SalesInvoicePage(IReadOnlyList<SalesInvoiceRow> Documents, string? Next);

    public static void Map(IEndpointRouteBuilder invoices, InvoiceKind kind) => invoices.MapGet("/",
        (Guid company, Guid? party, InvoiceStatus? status, DateOnly? from, DateOnly? to, string? number, string? after,
            int? take, FinanceDb db, BooksOf booksOf, CancellationToken ct) =>
            Handle(kind, new Filter(company, party, status, from, to, number, after, take ?? 100), db, booksOf, ct))
        .RequirePermission(CreateSalesInvoice.Permission(kind, "read"));

    private sealed record Filter(Guid Company, Guid? Party, InvoiceStatus? Status, DateOnly? From, DateOnly? To,
        string? Number, string? After, int Take);

    private static async Task<Results<Ok<SalesInvoicePage>, ProblemHttpResult>> Handle(InvoiceKind kind, Filter filter,
        FinanceDb db, BooksOf booksOf, CancellationToken ct)
    {
        var books = await booksOf.Of(new CompanyId(filter.Company), ct);
        if (books.Failed) return books.Failure.ToProblem();
        if (filter.Take is < 1 or > TakeMax || !TryCursor(filter.After, out var day, out var id))
            return FinanceErrors.PageInvalid.With(
                $"A page has 1 to {TakeMax} documents and the cursor of the page before")
                .ToProblem();
        var (company, party, from, to, number) = (filter.Company, filter.Party, filter.From ?? DateOnly.MinValue,
            filter.To ?? DateOnly.MaxValue, filter.Number);
        var (of, status, take) = (kind.ToString(), filter.Status?.ToString(), filter.Take + 1);
        var rows = await db.SalesInvoices.FromSql($"""
            select * from finance.sales_invoice where company = {company} and kind = {of}
              and (issue_date, id) > ({day}, {id}) and issue_date between {from} and {to}
              and ({party}::uuid is null or party = {party}) and ({status}::text is null or status = {status})
              and ({number}::text is null or number = {number})
            order by issue_date, id limit {take}
            """).AsNoTracking().ToListAsync(ct);
        var next = rows.Count > filter.Take ? rows[filter.Take - 1] : null;
        return TypedResults.Ok(new SalesInvoicePage([.. rows.Take(filter.Take).Select(Row)],
            next is null ? null : string.Create(CultureInfo.InvariantCulture,
                $"{next.IssueDate:yyyy-MM-dd}.{next.Id}")));
    }

    private static SalesInvoiceRow Row(SalesInvoice i) => new(i.Id, i.Kind, i.Status, i.Number, i.Party, i.IssueDate,
        i.DueDate, i.Currency.Code, SalesInvoiceView.Scaled(i.Payable, i.Currency), SalesInvoiceView.Scaled(i.Open,
            i.Currency));

    internal static bool TryCursor(string? after, out DateOnly day, out Guid id)
    {
        (day, id) = (DateOnly.MinValue, Guid.Empty);
        return after is null || (after.Length > 11
            && DateOnly.TryParseExact(after.AsSpan(0, 10), "yyyy-MM-dd", CultureInfo.InvariantCulture,
                DateTimeStyles.None, out day)
            && Guid.TryParse(after.AsSpan(11), out id));
    }
}

using BusinessM.Finance.Ledger;
using BusinessM.Finance.Receivables;
using BusinessM.Records;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;

namespace BusinessM.Finance.Reports;

/// <summary>What customers owe (above zero) and what is owed to them (credit notes, advances: below zero), as known
/// now.
/// At most 5,000 rows; narrow it by party. Amounts are in the item's currency, base in the company's.</summary>
internal static class OpenItems
{
    public static void Map(IEndpointRouteBuilder reports) =>
        reports.MapGet("/open-items", Handle).RequirePermission("finance.report.read");

    private static async Task<Results<Ok<OpenItemsView>, ProblemHttpResult>> Handle(Guid company, Guid? party,
        OpenItemsReport report, CancellationToken ct)
    {
        var view = await report.Of(new CompanyId(company), party, ct);
        return view.Failed ? view.Failure.ToProblem() : TypedResults.Ok(view.Value);
    }
}

public sealed record OpenItemRow(Guid Id, string Kind, string? Number, PartyId Party, DateOnly Date, DateOnly? DueDate,
    bool Overdue, string Currency, decimal Amount, decimal Open, decimal BaseOpen);

public sealed record OpenItemsView(string Currency, IReadOnlyList<OpenItemRow> Items, decimal BaseTotal);

/// <summary>The open items of a company, for the endpoint and the command line.</summary>
public sealed class OpenItemsReport
{
    public const int RowsMax = 5_000;

    private readonly FinanceDb _db;
    private readonly BooksOf _booksOf;

    internal OpenItemsReport(FinanceDb db, BooksOf booksOf) => (_db, _booksOf) = (db, booksOf);

    public async Task<Result<OpenItemsView>> Of(CompanyId of, Guid? party, CancellationToken ct)
    {
        var books = await _booksOf.Of(of, ct);
        if (books.Failed) return books.Failure;
        var company = of.Value;
        var (own, today, take) = (books.Value.Currency, _booksOf.Today(books.Value), RowsMax);
        var invoices = await _db.SalesInvoices.FromSql($"""
            select * from finance.sales_invoice where company = {company} and open <> 0
              and ({party}::uuid is null or party = {party}) order by party, due_date, id limit {take}
            """).AsNoTracking().ToListAsync(ct);
        var receipts = await _db.Receipts.FromSql($"""
            select * from finance.receipt where company = {company} and advance_open <> 0 and status = 'Posted'
              and ({party}::uuid is null or party = {party}) order by party, received_on, id limit {take}
            """).AsNoTracking().ToListAsync(ct);
        var rows = invoices.Select(i => Of(i, own, today)).Concat(receipts.Select(r => new OpenItemRow(r.Id.Value,
            "advance",
            r.Number, r.Party, r.ReceivedOn, null, false, r.Currency.Code, Scaled(-r.Amount, r.Currency),
            Scaled(-r.AdvanceOpen, r.Currency), Scaled(-r.BaseAdvanceOpen, own)))).ToList();
        return new OpenItemsView(own.Code, rows, Scaled(rows.Sum(r => r.BaseOpen), own));
    }

    private static OpenItemRow Of(SalesInvoice i, Currency own, DateOnly today)
    {
        var sign = i.Kind == InvoiceKind.Invoice ? 1 : -1;
        return new OpenItemRow(i.Id.Value, i.Series.Name, i.Number, i.Party, i.IssueDate, i.DueDate,
            sign > 0 && i.DueDate < today, i.Currency.Code, Scaled(sign * i.Total!.Value, i.Currency),
            Scaled(sign * i.Open, i.Currency), Scaled(sign * i.BaseOpen, own));
    }

    private static decimal Scaled(decimal amount, Currency currency) => SalesInvoiceView.Scaled(amount, currency);
}

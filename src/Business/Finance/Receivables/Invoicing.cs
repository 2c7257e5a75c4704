using BusinessM.Contracts.BookKeeper;
using BusinessM.Contracts.Masters;
using BusinessM.Contracts.RecordKeeper;
using BusinessM.Finance.Ledger;
using BusinessM.Finance.Parties;
using Microsoft.EntityFrameworkCore;

namespace BusinessM.Finance.Receivables;

/// <summary>The one decision path of sales invoices and credit notes: a single call, a bulk and an import all take it.
/// It includes what is to happen in the unit of work; the caller commits.</summary>
internal sealed class Invoicing(FinanceDb db, BooksOf booksOf, CustomersOf customers, IMasters masters,
    IBookKeeper keeper, IUnitOfWork unit)
{
    /// <summary>Writes the draft, and posts it where <see cref="InvoiceRequest.Submit"/> asks for it.</summary>
    public async Task<Result<SalesInvoice>> Create(InvoiceKind kind, InvoiceRequest request, CancellationToken ct)
    {
        var books = await booksOf.Of(request.Company, ct);
        if (books.Failed) return books.Failure;
        var draft = await Draft(kind, request, ct);
        if (draft.Failed) return draft.Failure;
        return await Create(draft.Value, books.Value, request.Submit, request.PostingDate, request.FutureConfirmed, ct);
    }

    /// <summary>The same with the masters found already.</summary>
    public async Task<Result<SalesInvoice>> Create(InvoiceDraft draft, CompanyBooks books, bool submit,
        DateOnly? postingDate, bool futureConfirmed, CancellationToken ct)
    {
        var completed = await Complete(draft, books, ct);
        if (completed.Failed) return completed.Failure;
        draft = completed.Value;
        var invoice = SalesInvoice.Write(draft, books);
        if (invoice.Failed) return invoice;
        if (submit)
        {
            var posted = await Submit(invoice.Value, books, postingDate ?? draft.IssueDate, futureConfirmed, ct);
            if (posted.Failed) return posted.Failure;
        }
        db.Add(invoice.Value);
        return invoice;
    }

    /// <summary>Puts what is requested in the place of a draft that was loaded, and posts it where it asks for it.
    /// </summary>
    public async Task<Result<Done>> Change(SalesInvoice invoice, InvoiceRequest request, CompanyBooks books,
        CancellationToken ct)
    {
        var draft = await Draft(invoice.Kind, request, ct);
        if (draft.Failed) return draft.Failure;
        var completed = await Complete(draft.Value, books, ct);
        if (completed.Failed) return completed.Failure;
        var rewritten = invoice.Rewrite(completed.Value, books);
        if (rewritten.Failed || !request.Submit) return rewritten;
        return await Submit(invoice, books, request.PostingDate ?? invoice.IssueDate, request.FutureConfirmed, ct);
    }

    /// <summary>Posts a draft: rate, journal, number.</summary>
    public async Task<Result<Done>> Submit(SalesInvoice invoice, CompanyBooks books, DateOnly postingDate,
        bool futureConfirmed, CancellationToken ct)
    {
        decimal rate = 1;
        if (invoice.Currency != books.Currency)
        {
            var found = await masters.Rate(new RateQuery(books.Company.Id, invoice.Currency.Code, books.Currency.Code,
                postingDate, books.RateAgeMaxDays), ct);
            if (found.Failed) return found.Failure;
            rate = found.Value.Value;
        }
        var journal = invoice.Submit(books, postingDate, booksOf.Today(books), futureConfirmed, rate);
        if (journal.Failed) return journal.Failure;
        var series = books.SeriesOf(invoice.Series, invoice.Branch, invoice.IssueDate);
        if (series.Failed) return series.Failure;
        if (!invoice.OwnNumber)
            unit.Number(new NumberWanted(invoice.Company, series.Value.Series, series.Value.Format, invoice.Id.Value,
                invoice.Numbered));
        var posted = await keeper.Post(journal.Value, ct);
        return posted.Failed ? posted.Failure : Done.Ok;
    }

    public async Task<Result<Done>> Reverse(SalesInvoice invoice, CompanyBooks books, string reason,
        CancellationToken ct)
    {
        var reversal = invoice.Reverse(reason, books);
        if (reversal.Failed) return reversal.Failure;
        var series = books.SeriesOf(DocumentKind.Reversal, invoice.Branch, reversal.Value.Date!.Value);
        if (series.Failed) return series.Failure;
        unit.Number(new NumberWanted(invoice.Company, series.Value.Series, series.Value.Format, invoice.Id.Value,
            invoice.ReversalNumbered));
        var posted = await keeper.Reverse(reversal.Value, ct);
        return posted.Failed ? posted.Failure : Done.Ok;
    }

    /// <summary>The masters that a request names, found; refuses the first that is not there.</summary>
    public async Task<Result<InvoiceDraft>> Draft(InvoiceKind kind, InvoiceRequest request, CancellationToken ct)
    {
        if (request.Check() is { } wrong) return wrong;
        if (!Currency.TryParse(request.Currency, out var currency))
            return FinanceErrors.CurrencyUnknown.With($"'{request.Currency}' is not a currency", "currency");
        var parties = await masters.Parties(new PartiesQuery(request.Company, [request.Party]), ct);
        if (parties.Failed) return parties.Failure;
        if (parties.Value is not [{ } party])
            return FinanceErrors.PartyNotFound.With($"There is no party {request.Party}", "party");
        var items = await Items(request, ct);
        if (items.Failed) return items.Failure;
        var lines = new DraftLine[request.Lines.Count];
        for (var i = 0; i < lines.Length; i++)
        {
            var line = request.Lines[i].ToDraft(items.Value, currency);
            if (line.Failed) return line.Failure.At(FormattableString.Invariant($"lines[{i}]"));
            lines[i] = line.Value;
        }
        return request.ToDraft(kind, party, currency, lines);
    }

    private async Task<Result<IReadOnlyList<Item>>> Items(InvoiceRequest request, CancellationToken ct)
    {
        var ids = new List<ItemId>(request.Lines.Count);
        foreach (var line in request.Lines)
            if (line.Item is { } id && !ids.Contains(id)) ids.Add(id);
        if (ids.Count == 0) return Array.Empty<Item>();
        if (ids.Count <= AskedMax) return await masters.Items(new ItemsQuery(request.Company, ids), ct);
        var all = new List<Item>(ids.Count);
        foreach (var some in ids.Chunk(AskedMax))
        {
            var found = await masters.Items(new ItemsQuery(request.Company, some), ct);
            if (found.Failed) return found;
            all.AddRange(found.Value);
        }
        return all;
    }

    private const int AskedMax = 1_000;

    // Imported history stands as it was, whatever the customer's terms are now.
    private async Task<Result<InvoiceDraft>> Complete(InvoiceDraft draft, CompanyBooks books, CancellationToken ct)
    {
        if (draft.Corrects is { } corrected && await Corrected(corrected, draft.Party.Id, ct) is { } unknown)
            return unknown;
        return draft.OwnNumber is not null ? draft
            : draft with { Customer = await customers.Of(books.Company.Id, draft.Party.Id, ct) };
    }

    private async Task<Error?> Corrected(SalesInvoiceId id, PartyId party, CancellationToken ct)
    {
        var corrected = await db.SalesInvoices.SingleOrDefaultAsync(i => i.Id == id, ct);
        return corrected is { Status: InvoiceStatus.Posted,
            Kind: InvoiceKind.Invoice } && corrected.Party == party ? null
            : FinanceErrors.CorrectedNotFound.With($"{id} is not a posted invoice of the party", "corrects");
    }
}

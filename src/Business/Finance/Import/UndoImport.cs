using BusinessM.Contracts.BookKeeper;
using BusinessM.Contracts.RecordKeeper;
using BusinessM.Finance.Ledger;
using BusinessM.Finance.Receivables;
using BusinessM.Records;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace BusinessM.Finance.Import;

/// <summary>How much of an import was undone: what was reversed now and before, and what is refused to be.</summary>
public sealed record UndoOutcome(ImportId Id, ImportState State, int Reversed, int ReversedBefore, int Refused);

/// <summary>Takes an import back by reversing each of its documents (policy 5). Repeating it after it was cut off, or
/// after the refusals' reasons are gone, does the rest.</summary>
public sealed class UndoImport(IServiceScopeFactory scopes, Lane lane)
{
    private const string Action = "finance.import.undo";
    private const int ChunkDocuments = 250;

    /// <param name="progress">Hears documents dealt with and how many there are.</param>
    /// <param name="refused">Hears the number of a document that cannot be reversed, and why.</param>
    public async Task<Result<UndoOutcome>> Run(ImportId id, string actor, Action<int, int> progress,
        Action<string, Error> refused, CancellationToken ct)
    {
        await using var scope = ImportScope.Open(scopes, actor, Action);
        var db = scope.ServiceProvider.GetRequiredService<FinanceDb>();
        var import = await db.Set<SalesImport>().SingleOrDefaultAsync(i => i.Id == id, ct);
        if (import is null) return FinanceErrors.ImportNotFound.With($"There is no import {id}");
        var documents = await db.Set<ImportedDocument>().AsNoTracking().Where(d => d.Import == id)
            .OrderBy(d => d.Number).ToListAsync(ct);
        var (reversed, before, failed, done) = (0, 0, 0, 0);
        foreach (var chunk in documents.Chunk(ChunkDocuments))
        {
            var (now, earlier, refusals) = await Reverse(import, chunk, actor, ct);
            (reversed, before, failed, done) = (reversed + now, before + earlier, failed + refusals.Count, done + chunk.Length);
            foreach (var (number, refusal) in refusals) refused(number, refusal);
            progress(done, documents.Count);
        }
        if (failed == 0 && import.State != ImportState.Undone)
        {
            import.Undo();
            var committed = await db.Commit(ct);
            if (committed.Failed) return committed.Failure;
        }
        return new UndoOutcome(id, import.State, reversed, before, failed);
    }

    private async Task<(int Reversed, int Before, List<(string Number, Error Refusal)> Refusals)> Reverse(SalesImport import,
        ImportedDocument[] chunk, string actor, CancellationToken ct)
    {
        var open = new List<AsyncServiceScope>(chunk.Length);
        var prepared = new List<(string Number, Prepared Prepared)>(chunk.Length);
        var refusals = new List<(string, Error)>();
        try
        {
            foreach (var document in chunk)
            {
                var scope = ImportScope.Open(scopes, actor, Action);
                open.Add(scope);
                var reversal = await Reverse(import.Company, document, scope.ServiceProvider, ct);
                if (reversal.Failed) refusals.Add((document.Number, reversal.Failure));
                else if (reversal.Value is { } one) prepared.Add((document.Number, one));
            }
            var results = await lane.Commit([.. prepared.Select(p => p.Prepared)], allOrNothing: false);
            var before = chunk.Length - prepared.Count - refusals.Count;
            for (var i = 0; i < results.Count; i++)
                if (results[i].Failed) refusals.Add((prepared[i].Number, results[i].Failure));
            return (results.Count(r => !r.Failed), before, refusals);
        }
        finally
        {
            foreach (var scope in open) await scope.DisposeAsync();
        }
    }

    // Null: it is reversed already.
    private static async Task<Result<Prepared?>> Reverse(CompanyId company, ImportedDocument document,
        IServiceProvider scope, CancellationToken ct)
    {
        const string reason = "The import was undone";
        var db = scope.GetRequiredService<FinanceDb>();
        var books = await scope.GetRequiredService<BooksOf>().Of(company, ct);
        if (books.Failed) return books.Failure;
        if (document.Kind == SalesDocumentKind.BadDebt)
        {
            var journalId = new ManualJournalId(document.Document);
            var journal = await db.Journals.SingleAsync(j => j.Id == journalId, ct);
            if (journal.Status == ManualJournalStatus.Reversed) return (Prepared?)null;
            var undone = await Reverse(journal, books.Value, reason, scope, ct);
            if (undone.Failed) return undone.Failure;
        }
        else
        {
            var invoiceId = new SalesInvoiceId(document.Document);
            var invoice = await db.SalesInvoices.SingleAsync(i => i.Id == invoiceId, ct);
            if (invoice.Status == InvoiceStatus.Reversed) return (Prepared?)null;
            var undone = await scope.GetRequiredService<Invoicing>().Reverse(invoice, books.Value, reason, ct);
            if (undone.Failed) return undone.Failure;
        }
        return db.Prepare(() => new Done());
    }

    private static async Task<Result<Done>> Reverse(ManualJournal journal, CompanyBooks books, string reason,
        IServiceProvider scope, CancellationToken ct)
    {
        var reversal = journal.Reverse(reason, books);
        if (reversal.Failed) return reversal.Failure;
        var series = books.SeriesOf(DocumentKind.Reversal, journal.Branch, reversal.Value.Date!.Value);
        if (series.Failed) return series.Failure;
        scope.GetRequiredService<IUnitOfWork>().Number(new NumberWanted(journal.Company, series.Value.Series,
            series.Value.Format, journal.Id.Value, journal.ReversalNumbered));
        var reversed = await scope.GetRequiredService<IBookKeeper>().Reverse(reversal.Value, ct);
        return reversed.Failed ? reversed.Failure : new Done();
    }
}

using BusinessM.Finance.Receivables;
using BusinessM.Records;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace BusinessM.Finance.Import;

/// <summary>The second reading: documents in chunks, decided side by side while the chunk before is written.</summary>
internal sealed class ImportRun(ImportRequest request, ImportId import, ImportMasters masters, IServiceScopeFactory scopes,
    Lane lane, IImportListener listener, SalesSurvey survey)
{
    /// <summary>Documents and lines of one commit: large enough that it costs little per document, small enough that two
    /// of them are held in memory.</summary>
    public const int ChunkDocuments = 250;

    public const int ChunkRows = 5_000;

    private readonly ImportDecision _decision = new(import, request.Company, request.Map, masters, request.DryRun);
    private readonly int[] _imported = new int[4];
    private int _documents, _rows, _refused, _there;

    public async Task<ImportCounts> All(IEnumerable<SalesDocument> documents, CancellationToken ct)
    {
        var writing = Task.CompletedTask;
        foreach (var chunk in Chunks(documents))
        {
            ct.ThrowIfCancellationRequested();
            var decided = await Decide(chunk, ct);
            await writing;
            writing = Write(chunk, decided);
        }
        await writing;
        _refused += survey.BrokenDocuments;
        return new ImportCounts(survey.Rows, survey.Documents, _imported[(int)SalesDocumentKind.Invoice],
            _imported[(int)SalesDocumentKind.CreditNote], _imported[(int)SalesDocumentKind.BadDebt],
            _imported[(int)SalesDocumentKind.StockAdjustment], _refused, _there);
    }

    private static IEnumerable<List<SalesDocument>> Chunks(IEnumerable<SalesDocument> documents)
    {
        var (chunk, rows) = (new List<SalesDocument>(ChunkDocuments), 0);
        foreach (var document in documents)
        {
            chunk.Add(document);
            rows += document.Rows.Count;
            if (chunk.Count < ChunkDocuments && rows < ChunkRows) continue;
            yield return chunk;
            (chunk, rows) = (new List<SalesDocument>(ChunkDocuments), 0);
        }
        if (chunk.Count > 0) yield return chunk;
    }

    private async Task<Decided[]> Decide(List<SalesDocument> chunk, CancellationToken ct)
    {
        var decided = new Decided[chunk.Count];
        var (there, taken) = await Known(chunk, ct);
        await Parallel.ForAsync(0, chunk.Count, new ParallelOptions
        {
            CancellationToken = ct, MaxDegreeOfParallelism = Environment.ProcessorCount,
        }, async (i, token) => decided[i] = await Decide(chunk[i], there, taken, token));
        return decided;
    }

    private async ValueTask<Decided> Decide(SalesDocument document, HashSet<Guid> there, HashSet<string> taken,
        CancellationToken ct)
    {
        if (document.Kind == SalesDocumentKind.StockAdjustment)
            return document.Disagreement() is { } differs ? new Decided(Fault: differs) : new Decided();
        if (there.Contains(SalesImport.DocumentId(import, document.Number))) return new Decided(There: true);
        if (taken.Contains(document.Number)) return new Decided(Fault: ImportDecision.Fault(document,
            RecordErrors.Duplicate.With($"Another document has the number {document.Number}", "number")));
        var scope = ImportScope.Open(scopes, request.Actor, "finance.import.sales");
        try
        {
            var (fault, prepared) = await _decision.Decide(document, scope.ServiceProvider, ct);
            if (fault is null && !request.DryRun) return new Decided(Prepared: prepared, Scope: scope);
            await scope.DisposeAsync();
            return new Decided(Fault: fault);
        }
        catch
        {
            await scope.DisposeAsync();
            throw;
        }
    }

    // What this import has written before, and numbers that documents of others have.
    private async Task<(HashSet<Guid> There, HashSet<string> Taken)> Known(List<SalesDocument> chunk, CancellationToken ct)
    {
        await using var scope = ImportScope.Open(scopes, request.Actor, "finance.import.sales");
        var db = scope.ServiceProvider.GetRequiredService<FinanceDb>();
        Guid[] ids = [.. chunk.Select(d => SalesImport.DocumentId(import, d.Number))];
        var there = await db.Set<ImportedDocument>().AsNoTracking().Where(d => d.Import == import && ids.Contains(d.Document))
            .Select(d => d.Document).ToListAsync(ct);
        if (there.Count == chunk.Count) return ([.. there], []);
        string[] numbers = [.. chunk.Select(d => d.Number)];
        var company = request.Company;
        var taken = await db.SalesInvoices.AsNoTracking().Where(i => i.Company == company && i.OwnNumber
            && i.Status != InvoiceStatus.Reversed && numbers.Contains(i.Number!)).Select(i => i.Number!).ToListAsync(ct);
        return ([.. there], [.. taken]);
    }

    private async Task Write(List<SalesDocument> chunk, Decided[] decided)
    {
        try
        {
            var refusals = await Commit([.. decided.Where(d => d.Prepared is not null).Select(d => d.Prepared!)]);
            var next = 0;
            for (var i = 0; i < chunk.Count; i++)
            {
                var refusal = decided[i].Prepared is null ? null : refusals[next++];
                Count(chunk[i], decided[i], refusal);
            }
            listener.Progress(_documents, _rows, _refused);
        }
        finally
        {
            foreach (var one in decided)
                if (one.Scope is { } scope) await scope.DisposeAsync();
        }
    }

    // A fault of the whole chunk is nobody's refusal: each is tried alone, so that the one at fault is found.
    private async Task<Error?[]> Commit(IReadOnlyList<Prepared> prepared)
    {
        if (prepared.Count == 0) return [];
        try
        {
            return [.. (await lane.Commit(prepared, allOrNothing: false)).Select(r => r.Failed ? r.Failure : null)];
        }
        catch (System.Data.Common.DbException) when (prepared.Count > 1)
        {
            var refusals = new List<Error?>(prepared.Count);
            foreach (var one in prepared) refusals.AddRange(await Commit([one]));
            return [.. refusals];
        }
    }

    private void Count(SalesDocument document, Decided decided, Error? refusal)
    {
        _documents++;
        _rows += document.Rows.Count;
        var there = decided.There || refusal?.Code == RecordErrors.Exists.Code;
        var fault = decided.Fault ?? (refusal is null || there ? null : ImportDecision.Fault(document, refusal));
        if (fault is not null)
        {
            _refused++;
            listener.Refused(fault);
            return;
        }
        if (there) _there++;
        _imported[(int)document.Kind]++;
        if (document.Kind == SalesDocumentKind.StockAdjustment) listener.StockAdjustment(document);
    }

    private readonly record struct Decided(RowFault? Fault = null, Prepared? Prepared = null, AsyncServiceScope? Scope = null,
        bool There = false);
}

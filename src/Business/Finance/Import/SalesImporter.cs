using System.Security.Cryptography;
using BusinessM.Contracts.Masters;
using BusinessM.Records;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace BusinessM.Finance.Import;

/// <summary>What to import. A dry run decides everything and writes nothing.</summary>
public sealed record ImportRequest(CompanyId Company, string File, ImportMap Map, string MapText, string Actor,
    bool DryRun = false);

/// <summary>What became of it. Faults and stock adjustments went to the listener.</summary>
public sealed record ImportOutcome(ImportId Id, bool DryRun, ImportCounts Counts);

/// <summary>Hears what an import finds, in the order of the file within each reading.</summary>
public interface IImportListener
{
    /// <summary>The file has been read once: this much is to be imported.</summary>
    void Surveyed(int documents, int rows);

    /// <summary>Documents dealt with so far.</summary>
    void Progress(int documents, int rows, int refused);

    void Refused(RowFault fault);

    /// <summary>A document of zero prices: quantities below zero are a loss of stock, above zero were found.</summary>
    void StockAdjustment(SalesDocument document);
}

/// <summary>Imports sales from a CSV file: read twice as a stream, decided like single calls, committed some hundreds of
/// documents at once. An import that was cut off is repeated as it was called; what is there already stays.</summary>
public sealed class SalesImporter(IServiceScopeFactory scopes, Lane lane)
{
    private const string Action = "finance.import.sales";

    public async Task<Result<ImportOutcome>> Run(ImportRequest request, IImportListener listener, CancellationToken ct)
    {
        var file = new SalesFile(request.File, request.Map);
        var survey = SalesSurvey.Of(file, ct);
        foreach (var fault in survey.Faults) listener.Refused(fault);
        if (survey.Refusal is { } refusal) return refusal.Error;
        listener.Surveyed(survey.Documents, survey.Rows);

        var begun = await Begin(request, ct);
        if (begun.Failed) return begun.Failure;
        var masters = new ImportMasters(request.Company, request.Map);
        await using (var scope = ImportScope.Open(scopes, request.Actor, Action))
        {
            var found = await masters.Find(survey, scope.ServiceProvider.GetRequiredService<IMasters>(), ct);
            if (found.Failed) return found.Failure;
        }
        if (!request.DryRun)
        {
            var registered = await masters.Register(scopes, request.Actor, ct);
            if (registered.Failed) return registered.Failure;
        }
        var run = new ImportRun(request, begun.Value, masters, scopes, lane, listener, survey);
        var counts = await run.All(SalesDocument.In(file, request.Map, survey), ct);
        if (!request.DryRun && await Finish(request, begun.Value, counts, ct) is { Failed: true } unfinished)
            return unfinished.Failure;
        return new ImportOutcome(begun.Value, request.DryRun, counts);
    }

    /// <summary>The imports of a company, the newest first.</summary>
    public async Task<IReadOnlyList<SalesImport>> List(CompanyId company, CancellationToken ct)
    {
        await using var scope = ImportScope.Open(scopes, "import", Action);
        var db = scope.ServiceProvider.GetRequiredService<FinanceDb>();
        return await db.Set<SalesImport>().AsNoTracking().Where(i => i.Company == company)
            .OrderByDescending(i => i.CreatedAt).ThenBy(i => i.Id).ToListAsync(ct);
    }

    private async Task<Result<ImportId>> Begin(ImportRequest request, CancellationToken ct)
    {
        string fileHash;
        await using (var content = File.OpenRead(request.File))
            fileHash = Convert.ToHexStringLower(await SHA256.HashDataAsync(content, ct));
        var mapHash = Convert.ToHexStringLower(SHA256.HashData(System.Text.Encoding.UTF8.GetBytes(request.MapText)))[..16];
        await using var scope = ImportScope.Open(scopes, request.Actor, Action);
        var db = scope.ServiceProvider.GetRequiredService<FinanceDb>();
        var company = request.Company;
        var earlier = await db.Set<SalesImport>().AsNoTracking().Where(i => i.Company == company
            && i.FileHash == fileHash && i.MapHash == mapHash).ToListAsync(ct);
        if (earlier.FirstOrDefault(i => i.State != ImportState.Undone) is { } there) return there.Id;
        var id = SalesImport.IdOf(company, fileHash, mapHash, earlier.Count);
        if (request.DryRun) return id;
        db.Add(new SalesImport
        {
            Id = id, Company = company, File = Path.GetFileName(request.File), FileHash = fileHash, Map = request.Map.Name,
            MapHash = mapHash,
        });
        var committed = await db.Commit(ct);
        return committed.Failed && committed.Failure.Code != RecordErrors.Exists.Code ? committed.Failure : id;
    }

    private async Task<Result<Done>> Finish(ImportRequest request, ImportId id, ImportCounts counts, CancellationToken ct)
    {
        await using var scope = ImportScope.Open(scopes, request.Actor, Action);
        var db = scope.ServiceProvider.GetRequiredService<FinanceDb>();
        var import = await db.Set<SalesImport>().SingleAsync(i => i.Id == id, ct);
        import.Finish(counts);
        return await db.Commit(ct);
    }
}

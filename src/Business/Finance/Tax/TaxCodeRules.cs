using BusinessM.Contracts.RecordKeeper;
using BusinessM.Finance.Ledger;
using BusinessM.Records;
using Microsoft.EntityFrameworkCore;

namespace BusinessM.Finance.Tax;

/// <summary>Tax codes as they are entered. The document is what counts; the books' copy is written with it, so that a
/// decision relies on one version.</summary>
internal sealed class TaxCodeRules(FinanceDb db, IUnitOfWork unit) : IDocumentRules<TaxCodeDocument>
{
    public async Task<Result<Done>> Before(DocumentChange<TaxCodeDocument> change, CancellationToken ct)
    {
        var code = change.Document.ToTaxCode();
        if (code.Failed) return code.Failure;
        var company = change.Document.Company;
        var settings = await db.Settings.SingleOrDefaultAsync(s => s.Id == company, ct);
        if (settings is null) return FinanceErrors.CompanyNotFound.With($"There is no company {company} with books");
        var kept = change.IsNew ? settings.Add(code.Value) : settings.Change(code.Value);
        if (kept.Failed) return kept;
        unit.Include(new BooksChanged(company, () => settings.Version));
        return Done.Ok;
    }

    public Task<Result<Done>> BeforeRemoval(TaxCodeDocument document, CancellationToken ct) =>
        Task.FromResult<Result<Done>>(RecordErrors.Kept.With(
            $"Tax codes are not removed, since documents may name {document.Code}: block it"));
}

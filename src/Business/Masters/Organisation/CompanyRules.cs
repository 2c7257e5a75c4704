using BusinessM.Contracts.RecordKeeper;
using BusinessM.Records;

namespace BusinessM.Masters.Organisation;

/// <summary>Changed like any document; made by Finance alone, with its books.</summary>
internal sealed class CompanyRules(IUnitOfWork unit) : IDocumentRules<Company>
{
    public Task<Result<Done>> Before(DocumentChange<Company> change, CancellationToken ct)
    {
        var company = change.Document;
        if (change.IsNew) return Task.FromResult<Result<Done>>(
            MastersErrors.CompanyIsFounded.With($"Company {company.Code} would have no books", "code"));
        unit.Include(new MasterChanged(company.Company, company.ToContract));
        return Task.FromResult(Done.Ok);
    }
}

using BusinessM.Contracts.RecordKeeper;
using BusinessM.Records;
using Microsoft.EntityFrameworkCore;

namespace BusinessM.Masters.Organisation;

/// <summary>Changed like any document; made by Finance alone, with its books.</summary>
internal sealed class CompanyRules(MastersDb db, IUnitOfWork unit) : IDocumentRules<Company>
{
    public async Task<Result<Done>> Before(DocumentChange<Company> change, CancellationToken ct)
    {
        var company = change.Document;
        if (change.IsNew)
            return MastersErrors.CompanyIsFounded.With($"Company {company.Code} would have no books", "code");
        if (company.DefaultBranch is { } branch && change.Changed.Contains("defaultBranch"))
        {
            var id = company.Id;
            if (!await db.Branches.AnyAsync(b => b.Id == branch && b.Company == id, ct))
                return MastersErrors.BranchForeign.With($"{branch} is no branch of {company.Code}", "defaultBranch");
        }
        unit.Include(new MasterChanged(company.Company, company.ToContract));
        return Done.Ok;
    }
}

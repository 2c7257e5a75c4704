using BusinessM.Contracts.Masters;
using BusinessM.Records;

namespace BusinessM.Masters.Organisation;

/// <summary>The companies that a caller sees.</summary>
internal static class Companies
{
    internal static async Task<Error?> Visible(Guid company, IMasters masters, Caller caller, CancellationToken ct)
    {
        if (!caller.Sees(new CompanyId(company))) return NotFound(company);
        var found = await masters.Companies(new CompaniesQuery([new CompanyId(company)]), ct);
        return found.Failed ? found.Failure : found.Value.Count == 0 ? NotFound(company) : null;
    }

    private static Error NotFound(Guid company) => MastersErrors.CompanyNotFound.With($"There is no company {company}");
}

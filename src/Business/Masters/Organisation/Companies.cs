using BusinessM.Contracts.Masters;
using BusinessM.Contracts.RecordKeeper;
using BusinessM.Records;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;

namespace BusinessM.Masters.Organisation;

/// <summary>The companies that the caller sees, and their branches. A company is made by Finance, with its books.
/// </summary>
internal static class Companies
{
    public sealed record BranchRequest
    {
        public BranchId? Id { get; init; }

        public required string Code { get; init; }

        public required string Name { get; init; }
    }

    public static void Map(IEndpointRouteBuilder masters)
    {
        masters.MapGet("/", List).RequirePermission("masters.company.read");
        masters.MapGet("/{company:guid}/branches", Branches).RequirePermission("masters.company.read");
        masters.MapPost("/{company:guid}/branches", AddBranch).RequirePermission("masters.branch.add");
    }

    private static async Task<Ok<IReadOnlyList<Contracts.Masters.Company>>> List(IMasters masters, Caller caller,
        CancellationToken ct)
    {
        var all = await masters.Companies(new CompaniesQuery(), ct);
        return TypedResults.Ok<IReadOnlyList<Contracts.Masters.Company>>([.. all.Value.Where(c => caller.Sees(c.Id))]);
    }

    private static async Task<Results<Ok<IReadOnlyList<Contracts.Masters.Branch>>, ProblemHttpResult>> Branches(
        Guid company, IMasters masters, Caller caller, CancellationToken ct)
    {
        if (await Visible(company, masters, caller, ct) is { } refused) return refused.ToProblem();
        return TypedResults.Ok((await masters.Branches(new BranchesQuery(new CompanyId(company)), ct)).Value);
    }

    private static async Task<Results<Created<Contracts.Masters.Branch>, ProblemHttpResult>> AddBranch(Guid company,
        BranchRequest request, MastersDb db, IMasters masters, Caller caller, CancellationToken ct)
    {
        if (await Visible(company, masters, caller, ct) is { } refused) return refused.ToProblem();
        if (Texts.Check(request.Code, request.Name, null) is { } text) return text.ToProblem();
        var branch = new Branch
        {
            Id = request.Id ?? Ids.New<BranchId>(), Company = new CompanyId(company), Code = request.Code,
                Name = request.Name,
        };
        db.Add(branch);
        var committed = await db.Commit(branch.ToContract, ct, 201);
        return committed.Failed ? committed.Failure.ToProblem()
            : TypedResults.Created("/api/masters/companies/" + branch.Company + "/branches", committed.Value);
    }

    internal static async Task<Error?> Visible(Guid company, IMasters masters, Caller caller, CancellationToken ct)
    {
        if (!caller.Sees(new CompanyId(company))) return NotFound(company);
        var found = await masters.Companies(new CompaniesQuery([new CompanyId(company)]), ct);
        return found.Failed ? found.Failure : found.Value.Count == 0 ? NotFound(company) : null;
    }

    private static Error NotFound(Guid company) => MastersErrors.CompanyNotFound.With($"There is no company {company}");
}

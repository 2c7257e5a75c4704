using BusinessM.Contracts.Masters;
using BusinessM.Contracts.RecordKeeper;
using BusinessM.Records;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;

namespace BusinessM.Masters;

internal static class Parties
{
    public const int TakeMax = 500;

    public sealed record PartyRequest
    {
        public PartyId? Id { get; init; }

        public required CompanyId Company { get; init; }

        public required string Code { get; init; }

        public required string Name { get; init; }

        /// <summary>ISO 3166 alpha-2.</summary>
        public string? Country { get; init; }

        /// <summary>Groups may have accounts of their own.</summary>
        public string? Group { get; init; }
    }

    /// <summary>What may change of a party; what is left out stays.</summary>
    public sealed record PartyChange
    {
        public string? Name { get; init; }

        public string? Country { get; init; }

        public string? Group { get; init; }

        public bool? Blocked { get; init; }
    }

    public sealed record PartyPage(IReadOnlyList<Contracts.Masters.Party> Parties, string? Next);

    public static void Map(IEndpointRouteBuilder parties)
    {
        parties.MapPost("/", Add).RequirePermission("masters.party.add");
        parties.MapGet("/", List).RequirePermission("masters.party.read");
        parties.MapGet("/{id:guid}", Get).RequirePermission("masters.party.read");
        parties.MapPatch("/{id:guid}", Change).RequirePermission("masters.party.change");
    }

    private static async Task<Results<Created<Contracts.Masters.Party>, ProblemHttpResult>> Add(PartyRequest request,
        MastersDb db, IMasters masters, IUnitOfWork unit, Caller caller, CancellationToken ct)
    {
        if (await Companies.Visible(request.Company.Value, masters, caller,
            ct) is { } unseen) return unseen.ToProblem();
        if ((Texts.Check(request.Code, request.Name, request.Country) ?? Texts.Group(request.Group)) is { } text)
            return text.ToProblem();
        var party = new Party
        {
            Id = request.Id ?? Ids.New<PartyId>(), Company = request.Company, Code = request.Code, Name = request.Name,
            Country = request.Country, PartyGroup = request.Group,
        };
        db.Add(party);
        unit.Include(new MasterChanged(party.Company, party.ToContract));
        var committed = await db.Commit(party.ToContract, ct, 201);
        return committed.Failed ? committed.Failure.ToProblem()
            : TypedResults.Created("/api/masters/parties/" + party.Id, committed.Value);
    }

    private static async Task<Results<Ok<PartyPage>, ProblemHttpResult>> List(Guid company, string? search,
        string? after,
        int? take, MastersDb db, IMasters masters, Caller caller, CancellationToken ct)
    {
        if (await Companies.Visible(company, masters, caller, ct) is { } unseen) return unseen.ToProblem();
        var (rows, like, start) = (Math.Clamp(take ?? 100, 1, TakeMax), "%" + search + "%", after ?? "");
        var found = await db.Parties.FromSql($"""
            select * from masters.party where company = {company} and code > {start}
              and ({search}::text is null or code ilike {like} or name ilike {like}) order by code limit {rows}
            """).AsNoTracking().ToListAsync(ct);
        return TypedResults.Ok(new PartyPage([.. found.Select(p => p.ToContract())],
            found.Count == rows ? found[^1].Code : null));
    }

    private static async Task<Results<Ok<Contracts.Masters.Party>, ProblemHttpResult>> Get(Guid id, MastersDb db,
        Caller caller, CancellationToken ct)
    {
        var wanted = new PartyId(id);
        var party = await db.Parties.AsNoTracking().SingleOrDefaultAsync(p => p.Id == wanted, ct);
        return party is null || !caller.Sees(party.Company)
            ? MastersErrors.PartyNotFound.With($"There is no party {id}").ToProblem()
                : TypedResults.Ok(party.ToContract());
    }

    private static async Task<Results<Ok<Contracts.Masters.Party>, ProblemHttpResult>> Change(Guid id,
        PartyChange change,
        MastersDb db, IUnitOfWork unit, Caller caller, CancellationToken ct)
    {
        var wanted = new PartyId(id);
        var party = await db.Parties.SingleOrDefaultAsync(p => p.Id == wanted, ct);
        if (party is null || !caller.Sees(party.Company))
            return MastersErrors.PartyNotFound.With($"There is no party {id}").ToProblem();
        (party.Name, party.Country) = (change.Name ?? party.Name, change.Country ?? party.Country);
        (party.PartyGroup, party.Blocked) = (change.Group ?? party.PartyGroup, change.Blocked ?? party.Blocked);
        if ((Texts.Check(party.Code, party.Name, party.Country) ?? Texts.Group(party.PartyGroup)) is { } text)
            return text.ToProblem();
        unit.Include(new MasterChanged(party.Company, party.ToContract));
        var committed = await db.Commit(party.ToContract, ct);
        return committed.Failed ? committed.Failure.ToProblem() : TypedResults.Ok(committed.Value);
    }
}

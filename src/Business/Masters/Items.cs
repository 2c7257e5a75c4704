using BusinessM.Contracts.Masters;
using BusinessM.Contracts.RecordKeeper;
using BusinessM.Records;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;

namespace BusinessM.Masters;

internal static class Items
{
    public const int TakeMax = 500;

    public sealed record ItemRequest
    {
        public ItemId? Id { get; init; }

        public required CompanyId Company { get; init; }

        public required string Code { get; init; }

        public required string Name { get; init; }

        public ItemKind Kind { get; init; }

        /// <summary>UN/ECE Rec 20.</summary>
        public string Unit { get; init; } = "C62";

        /// <summary>Groups may have accounts of their own.</summary>
        public string? Group { get; init; }
    }

    /// <summary>What may change of a item; what is left out stays.</summary>
    public sealed record ItemChange
    {
        public string? Name { get; init; }

        public string? Unit { get; init; }

        public string? Group { get; init; }

        public bool? Blocked { get; init; }
    }

    public sealed record ItemPage(IReadOnlyList<Contracts.Masters.Item> Items, string? Next);

    public static void Map(IEndpointRouteBuilder items)
    {
        items.MapPost("/", Add).RequirePermission("masters.item.add");
        items.MapGet("/", List).RequirePermission("masters.item.read");
        items.MapGet("/{id:guid}", Get).RequirePermission("masters.item.read");
        items.MapPatch("/{id:guid}", Change).RequirePermission("masters.item.change");
    }

    private static async Task<Results<Created<Contracts.Masters.Item>, ProblemHttpResult>> Add(ItemRequest request,
        MastersDb db, IMasters masters, IUnitOfWork unit, Caller caller, CancellationToken ct)
    {
        if (await Companies.Visible(request.Company.Value, masters, caller,
            ct) is { } unseen) return unseen.ToProblem();
        if ((Texts.Check(request.Code, request.Name,
            null) ?? Texts.Group(request.Group) ?? Texts.Unit(request.Unit)) is { } text)
            return text.ToProblem();
        var item = new Item
        {
            Id = request.Id ?? Ids.New<ItemId>(), Company = request.Company, Code = request.Code, Name = request.Name,
            Kind = request.Kind, Unit = request.Unit, ItemGroup = request.Group,
        };
        db.Add(item);
        unit.Include(new MasterChanged(item.Company, item.ToContract));
        var committed = await db.Commit(item.ToContract, ct, 201);
        return committed.Failed ? committed.Failure.ToProblem()
            : TypedResults.Created("/api/masters/items/" + item.Id, committed.Value);
    }

    private static async Task<Results<Ok<ItemPage>, ProblemHttpResult>> List(Guid company, string? search,
        string? after,
        int? take, MastersDb db, IMasters masters, Caller caller, CancellationToken ct)
    {
        if (await Companies.Visible(company, masters, caller, ct) is { } unseen) return unseen.ToProblem();
        var (rows, like, start) = (Math.Clamp(take ?? 100, 1, TakeMax), "%" + search + "%", after ?? "");
        var found = await db.Items.FromSql($"""
            select * from masters.item where company = {company} and code > {start}
              and ({search}::text is null or code ilike {like} or name ilike {like}) order by code limit {rows}
            """).AsNoTracking().ToListAsync(ct);
        return TypedResults.Ok(new ItemPage([.. found.Select(p => p.ToContract())],
            found.Count == rows ? found[^1].Code : null));
    }

    private static async Task<Results<Ok<Contracts.Masters.Item>, ProblemHttpResult>> Get(Guid id, MastersDb db,
        Caller caller, CancellationToken ct)
    {
        var wanted = new ItemId(id);
        var item = await db.Items.AsNoTracking().SingleOrDefaultAsync(p => p.Id == wanted, ct);
        return item is null || !caller.Sees(item.Company)
            ? MastersErrors.ItemNotFound.With($"There is no item {id}").ToProblem()
                : TypedResults.Ok(item.ToContract());
    }

    private static async Task<Results<Ok<Contracts.Masters.Item>, ProblemHttpResult>> Change(Guid id, ItemChange change,
        MastersDb db, IUnitOfWork unit, Caller caller, CancellationToken ct)
    {
        var wanted = new ItemId(id);
        var item = await db.Items.SingleOrDefaultAsync(p => p.Id == wanted, ct);
        if (item is null || !caller.Sees(item.Company))
            return MastersErrors.ItemNotFound.With($"There is no item {id}").ToProblem();
        (item.Name, item.Unit) = (change.Name ?? item.Name, change.Unit ?? item.Unit);
        (item.ItemGroup, item.Blocked) = (change.Group ?? item.ItemGroup, change.Blocked ?? item.Blocked);
        if ((Texts.Check(item.Code, item.Name,
            null) ?? Texts.Group(item.ItemGroup) ?? Texts.Unit(item.Unit)) is { } text)
            return text.ToProblem();
        unit.Include(new MasterChanged(item.Company, item.ToContract));
        var committed = await db.Commit(item.ToContract, ct);
        return committed.Failed ? committed.Failure.ToProblem() : TypedResults.Ok(committed.Value);
    }
}

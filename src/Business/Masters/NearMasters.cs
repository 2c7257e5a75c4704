using BusinessM.Contracts.Masters;
using BusinessM.Contracts.RecordKeeper;
using Microsoft.EntityFrameworkCore;
using Branch = BusinessM.Masters.Organisation.Branch;
using Company = BusinessM.Masters.Organisation.Company;
using Item = BusinessM.Masters.Items.Item;
using Party = BusinessM.Masters.Parties.Party;

namespace BusinessM.Masters;

/// <summary>The port's near end. A decision stands on what it was told: parties and items answered here are looked at
/// again in the lane.</summary>
internal sealed partial class NearMasters(MastersDb db, MastersCache cache, IUnitOfWork unit) : IMasters
{
    public const int AskedMax = 1_000;

    private readonly Dictionary<Guid, object> _registered = [];

    public async Task<Result<IReadOnlyList<Contracts.Masters.Company>>> Companies(CompaniesQuery query,
        CancellationToken ct)
    {
        if (query.Ids is null)
        {
            var all = await db.Companies.AsNoTracking().OrderBy(c => c.Code).ToListAsync(ct);
            return Answer(all.Select(c => c.ToContract()));
        }
        if (TooMany(query.Ids.Count) is { } refused) return refused;
        var found = new List<Contracts.Masters.Company>();
        var missing = new List<CompanyId>();
        foreach (var id in query.Ids)
        {
            if ((Registered<Contracts.Masters.Company>(id.Value) ?? cache.Find<Contracts.Masters.Company>(id
                .Value)) is { } known)
                found.Add(known);
            else missing.Add(id);
        }
        if (missing.Count == 0) return found;
        foreach (var company in await db.Companies.AsNoTracking().Where(c => missing.Contains(c.Id)).ToListAsync(ct))
        {
            cache.Keep(company.ToContract());
            found.Add(company.ToContract());
        }
        return found;
    }

    public async Task<Result<IReadOnlyList<Contracts.Masters.Branch>>> Branches(BranchesQuery query,
        CancellationToken ct)
    {
        var company = query.Company;
        var rows = await db.Branches.AsNoTracking().Where(b => b.Company == company).OrderBy(b => b.Id).ToListAsync(ct);
        return Answer(_registered.Values.OfType<Contracts.Masters.Branch>().Where(b => b.Company == company)
            .Concat(rows.Select(b => b.ToContract())));
    }

    public async Task<Result<IReadOnlyList<Contracts.Masters.Party>>> Parties(PartiesQuery query, CancellationToken ct)
    {
        if (TooMany((query.Ids?.Count ?? 0) + (query.Codes?.Count ?? 0)) is { } refused) return refused;
        var found = new List<Contracts.Masters.Party>((query.Ids?.Count ?? 0) + (query.Codes?.Count ?? 0));
        var (ids, codes) = (new List<PartyId>(), new List<string>());
        foreach (var id in query.Ids ?? [])
            if (!Take(Registered<Contracts.Masters.Party>(id.Value) ?? cache.Find<Contracts.Masters.Party>(id
                .Value))) ids.Add(id);
        foreach (var code in query.Codes ?? [])
            if (!Take(Registered<Contracts.Masters.Party>(p => p.Company == query.Company && p.Code == code)
                ?? cache.PartyOf(query.Company, code))) codes.Add(code);
        if (ids.Count + codes.Count > 0)
        {
            var company = query.Company;
            foreach (var row in await db.Parties.AsNoTracking()
                .Where(p => p.Company == company && (ids.Contains(p.Id) || codes.Contains(p.Code))).ToListAsync(ct))
            {
                cache.Keep(row.ToContract());
                Take(row.ToContract());
            }
        }
        return found;

        bool Take(Contracts.Masters.Party? party)
        {
            if (party is null) return false;
            if (party.Company != query.Company) return true;
            if (party.Version > 0) db.RelyOn<Party>(party.Company, party.Id.Value, party.Version);
            found.Add(party);
            return true;
        }
    }

    public async Task<Result<IReadOnlyList<Contracts.Masters.Item>>> Items(ItemsQuery query, CancellationToken ct)
    {
        if (TooMany((query.Ids?.Count ?? 0) + (query.Codes?.Count ?? 0)) is { } refused) return refused;
        var found = new List<Contracts.Masters.Item>((query.Ids?.Count ?? 0) + (query.Codes?.Count ?? 0));
        var (ids, codes) = (new List<ItemId>(), new List<string>());
        foreach (var id in query.Ids ?? [])
            if (!Take(Registered<Contracts.Masters.Item>(id.Value) ?? cache.Find<Contracts.Masters.Item>(id
                .Value))) ids.Add(id);
        foreach (var code in query.Codes ?? [])
            if (!Take(Registered<Contracts.Masters.Item>(i => i.Company == query.Company && i.Code == code)
                ?? cache.ItemOf(query.Company, code))) codes.Add(code);
        if (ids.Count + codes.Count > 0)
        {
            var company = query.Company;
            foreach (var row in await db.Items.AsNoTracking()
                .Where(i => i.Company == company && (ids.Contains(i.Id) || codes.Contains(i.Code))).ToListAsync(ct))
            {
                cache.Keep(row.ToContract());
                Take(row.ToContract());
            }
        }
        return found;

        bool Take(Contracts.Masters.Item? item)
        {
            if (item is null) return false;
            if (item.Company != query.Company) return true;
            if (item.Version > 0) db.RelyOn<Item>(item.Company, item.Id.Value, item.Version);
            found.Add(item);
            return true;
        }
    }

    public Task<Result<Done>> Register(RegisterMasters masters, CancellationToken ct)
    {
        foreach (var party in masters.Parties)
        {
            if (Texts.Check(party.Code, party.Name, party.Country) is { } refused) return Doomed(refused);
            var row = Party.From(party);
            db.Add(row);
            Changed(party.Company, party.Id.Value, party, row.ToContract);
        }
        foreach (var item in masters.Items)
        {
            if (Texts.Check(item.Code, item.Name, null) is { } refused) return Doomed(refused);
            var row = Item.From(item);
            db.Add(row);
            Changed(item.Company, item.Id.Value, item, row.ToContract);
        }
        return Task.FromResult(Done.Ok);
    }

    public async Task<Result<Done>> Found(FoundCompany founding, CancellationToken ct)
    {
        var (company, branch) = (founding.Company, founding.MainBranch);
        if (Texts.Check(company.Code, company.Name, company.Country) is { } text) return unit.Doom(text);
        if (Texts.Check(branch.Code, branch.Name, null) is { } of) return unit.Doom(of.At("branch"));
        if (!Currency.TryParse(company.Currency, out _))
            return unit.Doom(MastersErrors.CurrencyUnknown.With($"'{company.Currency}' is not a currency", "currency"));
        if (!Zones.IsKnown(company.Zone))
            return unit.Doom(MastersErrors.ZoneUnknown.With($"'{company.Zone}' is not a time zone", "zone"));
        if (company.FiscalYearStartMonth is < 1 or > 12)
            return unit.Doom(MastersErrors.MonthInvalid.With($"{company.FiscalYearStartMonth} is no month",
                "fiscalYearStartMonth"));
        var (id, code) = (company.Id, company.Code);
        if (await db.Companies.AnyAsync(c => c.Id == id || c.Code == code, ct))
            return unit.Doom(MastersErrors.CompanyExists.With($"Company {code} is there already", "code"));
        var row = Company.From(company);
        db.Add(row);
        db.Add(Branch.From(branch));
        Changed(id, id.Value, company, row.ToContract);
        _registered[branch.Id.Value] = branch;
        return Done.Ok;
    }

    // Seen by later calls of this unit at once, by others after the commit.
    private void Changed(CompanyId company, Guid id, object row, Func<object> now)
    {
        _registered[id] = row;
        unit.Include(new MasterChanged(company, now));
    }

    private T? Registered<T>(Guid id) where T : class =>
        _registered.Count > 0 && _registered.TryGetValue(id, out var row) ? row as T : null;

    private T? Registered<T>(Func<T, bool> matches) where T : class =>
        _registered.Count == 0 ? null : _registered.Values.OfType<T>().FirstOrDefault(matches);

    private Task<Result<Done>> Doomed(Error refusal) => Task.FromResult<Result<Done>>(unit.Doom(refusal));

    private static Result<IReadOnlyList<T>> Answer<T>(IEnumerable<T> rows) => rows.ToList();

    private static Error? TooMany(int asked) => asked <= AskedMax ? null
        : MastersErrors.TooManyAsked.With($"{asked} are more than {AskedMax}");
}

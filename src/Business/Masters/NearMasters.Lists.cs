using BusinessM.Contracts.Masters;
using BusinessM.Masters.Prices;
using Microsoft.EntityFrameworkCore;
using Address = BusinessM.Masters.Parties.Address;
using Item = BusinessM.Masters.Items.Item;

namespace BusinessM.Masters;

internal sealed partial class NearMasters
{
    public async Task<Result<IReadOnlyList<ItemUnits>>> Units(ItemUnitsQuery query, CancellationToken ct)
    {
        if (TooMany(query.Items.Count) is { } refused) return refused;
        var company = query.Company;
        ItemId[] ids = [.. query.Items.Distinct().Where(id => Registered<Contracts.Masters.Item>(id.Value) is null)];
        var rows = await db.Items.AsNoTracking().Include(i => i.Units)
            .Where(i => i.Company == company && ids.Contains(i.Id)).ToListAsync(ct);
        foreach (var row in rows) db.RelyOn<Item>(company, row.Id.Value, row.Version);
        var registered = query.Items.Distinct().Select(id => Registered<Contracts.Masters.Item>(id.Value))
            .OfType<Contracts.Masters.Item>().Where(i => i.Company == company);
        return Answer(rows.Select(i => i.ToUnits())
            .Concat(registered.Select(i => new ItemUnits(i.Id, i.Unit, i.Unit, i.Unit, []))));
    }

    public async Task<Result<IReadOnlyList<PartyItem>>> ItemsOfParty(ItemsOfPartyQuery query, CancellationToken ct)
    {
        if (TooMany(query.Codes.Count) is { } refused) return refused;
        var (company, party, codes) = (query.Company, query.Party, query.Codes.ToArray());
        var found = await db.Items.AsNoTracking().Where(i => i.Company == company)
            .SelectMany(i => i.Codes.Where(c => c.Party == party && codes.Contains(c.Code)))
            .OrderBy(c => c.Code).ThenBy(c => c.Parent).ToListAsync(ct);
        return Answer(found.Select(c => new PartyItem(c.Code, c.Parent, c.Name)));
    }

    public async Task<Result<IReadOnlyList<PartyAddress>>> Addresses(AddressesQuery query, CancellationToken ct)
    {
        if (TooMany((query.Parties?.Count ?? 0) + (query.Ids?.Count ?? 0)) is { } refused) return refused;
        var (company, parties, ids) = (query.Company, query.Parties?.ToArray() ?? [], query.Ids?.ToArray() ?? []);
        var rows = await db.Addresses.AsNoTracking()
            .Where(a => a.Company == company && (parties.Contains(a.Party) || ids.Contains(a.Id)))
            .OrderBy(a => a.Party).ThenByDescending(a => a.IsDefault).ThenBy(a => a.Id).ToListAsync(ct);
        foreach (var row in rows) db.RelyOn<Address>(company, row.Id.Value, row.Version);
        return Answer(rows.Select(a => a.ToContract()));
    }

    public async Task<Result<PricesAnswer>> Prices(PricesQuery query, CancellationToken ct)
    {
        if (TooMany(query.Items.Count) is { } refused) return refused;
        var (company, code, day) = (query.Company, query.PriceList, query.Day);
        var list = await db.PriceLists.AsNoTracking()
            .SingleOrDefaultAsync(l => l.Company == company && l.Code == code, ct);
        if (list is null) return MastersErrors.PriceListNotFound.With($"There is no price list {code}", "priceList");
        if (list.Blocked || !Rules.Overlap((list.ValidFrom, list.ValidTo), (day, day)))
            return MastersErrors.PriceListNotValid.With($"Price list {code} does not hold on {day:yyyy-MM-dd}",
                "priceList");
        ItemId[] ids = [.. query.Items.Select(i => i.Item).Distinct()];
        var units = await Units(new ItemUnitsQuery(company, ids), ct);
        if (units.Failed) return units.Failure;
        var prices = (await db.Prices.AsNoTracking().Where(p => p.Company == company && p.PriceList == code
            && ids.Contains(p.Item) && (p.ValidFrom == null || p.ValidFrom <= day)
            && (p.ValidTo == null || p.ValidTo >= day)).ToListAsync(ct)).ToLookup(p => p.Item);
        var known = units.Value.ToDictionary(u => u.Item);
        foreach (var id in ids)
            if (!known.ContainsKey(id)) return MastersErrors.ItemNotFound.With($"There is no item {id}", "items");
        return new PricesAnswer(code, list.Currency, list.IncludesTax,
            [.. query.Items.Select(asked => Pricing.Choose(asked, day, known[asked.Item], prices[asked.Item]))]);
    }
}

using BusinessM.Records;
using Microsoft.EntityFrameworkCore;

namespace BusinessM.Masters.Prices;

internal sealed class PriceListRules : IDocumentRules<PriceList>
{
    public Task<Result<Done>> Before(DocumentChange<PriceList> change, CancellationToken ct) =>
        Task.FromResult(Rules.Answer(Rules.Validity(change.Document.ValidFrom, change.Document.ValidTo)));
}

internal sealed class PriceRules(MastersDb db) : IDocumentRules<Price>
{
    public async Task<Result<Done>> Before(DocumentChange<Price> change, CancellationToken ct)
    {
        var price = change.Document;
        if (Rules.Validity(price.ValidFrom, price.ValidTo) is { } reversed) return reversed;
        var (company, id) = (price.Company, price.Item);
        var item = await db.Items.AsNoTracking().Include(i => i.Units)
            .SingleOrDefaultAsync(i => i.Company == company && i.Id == id, ct);
        if (item is null) return MastersErrors.ItemNotFound.With($"There is no item {id}", "item");
        price.Unit ??= item.Unit;
        if (item.ToUnits().FactorOf(price.Unit) is null)
            return MastersErrors.UnitNotOfItem.With($"{price.Unit} is not among the units of {item.Code}", "unit");
        var (list, self) = (price.PriceList, price.Id);
        var others = await db.Prices.AsNoTracking()
            .Where(p => p.Company == company && p.PriceList == list && p.Item == id && p.Id != self).ToListAsync(ct);
        return Rules.Answer(Pricing.Overlapping(price, others));
    }
}

using BusinessM.Contracts.Masters;
using BusinessM.Contracts.RecordKeeper;
using BusinessM.Records;
using Microsoft.EntityFrameworkCore;

namespace BusinessM.Masters.Items;

internal sealed class ItemRules(MastersDb db, IUnitOfWork unit) : IDocumentRules<Item>
{
    public async Task<Result<Done>> Before(DocumentChange<Item> change, CancellationToken ct)
    {
        var item = change.Document;
        if (item.Check() is { } wrong) return wrong;
        if (!change.IsNew && change.Changed.Contains("unit")
            && item.CheckUnitStays(db.Entry(item).Property(i => i.Unit).OriginalValue) is { } stays) return stays;
        if (change.Changed.Contains("components") && await KitWithin(item, ct) is { } kit) return kit;
        unit.Include(new MasterChanged(item.Company, item.ToContract));
        return Done.Ok;
    }

    // Kits are taken apart in one step.
    private async Task<Error?> KitWithin(Item item, CancellationToken ct)
    {
        ItemId[] ids = [.. item.Components.Select(c => c.Item)];
        if (ids is []) return null;
        var kit = await db.Items.AsNoTracking().Where(i => ids.Contains(i.Id) && i.Kind == ItemKind.Kit)
            .Select(i => i.Code).FirstOrDefaultAsync(ct);
        return kit is null ? null : MastersErrors.KitInvalid.With($"{kit} is a kit itself", "components");
    }
}

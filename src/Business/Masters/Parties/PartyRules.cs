using BusinessM.Contracts.RecordKeeper;
using BusinessM.Records;
using Microsoft.EntityFrameworkCore;

namespace BusinessM.Masters.Parties;

internal sealed class PartyRules(IUnitOfWork unit) : IDocumentRules<Party>
{
    public Task<Result<Done>> Before(DocumentChange<Party> change, CancellationToken ct)
    {
        var party = change.Document;
        if (!change.IsNew && party.CheckChange() is { } refused) return Task.FromResult<Result<Done>>(refused);
        unit.Include(new MasterChanged(party.Company, party.ToContract));
        return Task.FromResult(Done.Ok);
    }
}

internal sealed class AddressRules(MastersDb db) : IDocumentRules<Address>
{
    /// <summary>A party has one default of a kind: the one that was given last.</summary>
    public async Task<Result<Done>> Before(DocumentChange<Address> change, CancellationToken ct)
    {
        var address = change.Document;
        address.Complete();
        if (!address.IsDefault) return Done.Ok;
        var (company, party, kind, id) = (address.Company, address.Party, address.Kind, address.Id);
        foreach (var other in await db.Addresses.Where(a => a.Company == company && a.Party == party && a.Kind == kind
            && a.IsDefault && a.Id != id).ToListAsync(ct))
            other.IsDefault = false;
        return Done.Ok;
    }
}

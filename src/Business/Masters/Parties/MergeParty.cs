using System.Text.Json;
using BusinessM.Contracts.Masters;
using BusinessM.Contracts.RecordKeeper;
using BusinessM.Records;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;

namespace BusinessM.Masters.Parties;

/// <summary>Two parties turn out to be one: the other stands for both, addresses, contacts and item codes go over to
/// it, and contexts hear of it. Documents that name this one keep it.</summary>
internal static class MergeParty
{
    public sealed record MergePartyRequest
    {
        [Field("Into"), Link("masters.party")]
        public required PartyId Into { get; init; }
    }

    public static void Map(IEndpointRouteBuilder parties) =>
        parties.MapPost("/{id:guid}/merge", Handle).RequirePermission("masters.party.merge");

    private static async Task<Results<Ok<Contracts.Masters.Party>, ProblemHttpResult>> Handle(Guid id,
        MergePartyRequest request, MastersDb db, IUnitOfWork unit, Caller caller, CancellationToken ct)
    {
        var from = await db.SeenParty(new PartyId(id), caller, ct);
        var into = await db.SeenParty(request.Into, caller, ct);
        if (from is null) return MastersErrors.PartyNotFound.With($"There is no party {id}").ToProblem();
        if (into is null)
            return MastersErrors.PartyNotFound.With($"There is no party {request.Into}", "into").ToProblem();
        var merged = from.MergeInto(into);
        if (merged.Failed) return merged.Failure.ToProblem();
        await Lead(db, unit, from, into, ct);
        unit.Include(new MasterChanged(from.Company, from.ToContract));
        unit.Include(new OutboxEffect(from.Company, Ids.New(), PartyMerged.Subject,
            JsonSerializer.Serialize(new PartyMerged(from.Company, from.Id, into.Id), Wire.Options)));
        var committed = await db.Commit(from.ToContract, ct);
        return committed.Failed ? committed.Failure.ToProblem() : TypedResults.Ok(committed.Value);
    }

    // What leads to the one leads to the other: addresses are no defaults there, and a code that an item has for both
    // is kept once.
    private static async Task Lead(MastersDb db, IUnitOfWork unit, Party from, Party into, CancellationToken ct)
    {
        var (company, left, id) = (from.Company, from.Id, into.Id);
        foreach (var address in await db.Addresses.Where(a => a.Company == company && a.Party == left).ToListAsync(ct))
        {
            db.Entry(address).Property(a => a.Party).CurrentValue = id;
            address.IsDefault = false;
        }
        foreach (var contact in await db.Contacts.Where(c => c.Company == company && c.Party == left).ToListAsync(ct))
            db.Entry(contact).Property(c => c.Party).CurrentValue = id;
        foreach (var party in await db.Parties.Where(p => p.Company == company && p.MergedInto == left).ToListAsync(ct))
        {
            party.GoOnTo(id);
            unit.Include(new MasterChanged(company, party.ToContract));
        }
        foreach (var item in await db.Items.Include(i => i.Codes)
            .Where(i => i.Company == company && i.Codes.Any(c => c.Party == left)).ToListAsync(ct))
        {
            db.RemoveRange(item.LeadCodes(left, id));
            db.Entry(item).Property(i => i.Name).IsModified = true;     // the item's version counts its codes' changes
            unit.Include(new MasterChanged(company, item.ToContract));
        }
    }

    /// <summary>A party of a company that the caller sees, to be changed.</summary>
    internal static async Task<Party?> SeenParty(this MastersDb db, PartyId id, Caller caller, CancellationToken ct)
    {
        var party = await db.Parties.SingleOrDefaultAsync(p => p.Id == id, ct);
        return party is not null && caller.Sees(party.Company) ? party : null;
    }
}

using System.Text.Json;
using BusinessM.Contracts.Masters;
using BusinessM.Contracts.RecordKeeper;
using BusinessM.Records;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.ChangeTracking;

namespace BusinessM.Masters.Parties;

/// <summary>Erases a person's data (Regulation 2016/679 Art. 17): the party, its addresses and contacts now, and what
/// they were before from the audit trail and the answers kept. What tax law demands on posted documents stays there
/// (Art. 17(3)(b)). The chain holds (policy 19).</summary>
internal static class EraseParty
{
    public sealed record ErasePartyRequest
    {
        [Field("Reason", Length = 200, Help = "Kept for good: name no person.")]
        public required string Reason { get; init; }
    }

    public static void Map(IEndpointRouteBuilder parties) =>
        parties.MapPost("/{id:guid}/erase", Handle).RequirePermission("masters.party.erase");

    private static async Task<Results<Ok<Contracts.Masters.Party>, ProblemHttpResult>> Handle(Guid id,
        ErasePartyRequest request, MastersDb db, IUnitOfWork unit, Erasures erasures, Caller caller,
        CancellationToken ct)
    {
        if (string.IsNullOrWhiteSpace(request.Reason) || request.Reason.Length > 200)
            return MastersErrors.TextInvalid.With($"A reason has 1 to 200 characters", "reason").ToProblem();
        var party = await db.SeenParty(new PartyId(id), caller, ct);
        if (party is null) return MastersErrors.PartyNotFound.With($"There is no party {id}").ToProblem();
        var erased = party.Erase();
        if (erased.Failed) return erased.Failure.ToProblem();
        db.Entry(party).Property(p => p.Code).CurrentValue = party.ErasedCode;
        EmptyExtras(db.Entry(party));
        unit.Include(new HistoryErased(party.Company, [party.Id.Value, .. await Others(db, party, ct)],
            request.Reason));
        unit.Include(new MasterChanged(party.Company, party.ToContract));
        unit.Include(new OutboxEffect(party.Company, Ids.New(), PartyErased.Subject,
            JsonSerializer.Serialize(new PartyErased(party.Company, party.Id), Wire.Options)));
        var committed = await db.Commit(party.ToContract, ct);
        if (committed.Failed) return committed.Failure.ToProblem();
        erasures.Wake();
        return TypedResults.Ok(committed.Value);
    }

    // Fields that regions and administrators added may tell anything.
    private static void EmptyExtras(EntityEntry entry)
    {
        foreach (var extra in entry.Metadata.GetProperties().Where(p => p.IsIndexerProperty()))
            entry.Property(extra.Name).CurrentValue = null;
    }

    private static async Task<IReadOnlyList<Guid>> Others(MastersDb db, Party party, CancellationToken ct)
    {
        var (company, id) = (party.Company, party.Id);
        var addresses = await db.Addresses.Where(a => a.Company == company && a.Party == id).ToListAsync(ct);
        var contacts = await db.Contacts.Where(c => c.Company == company && c.Party == id).ToListAsync(ct);
        foreach (var address in addresses)
        {
            address.Erase();
            EmptyExtras(db.Entry(address));
        }
        foreach (var contact in contacts)
        {
            contact.Erase();
            EmptyExtras(db.Entry(contact));
        }
        return [.. addresses.Select(a => a.Id.Value), .. contacts.Select(c => c.Id.Value)];
    }
}

using BusinessM.Masters.Items;
using BusinessM.Masters.Parties;
using BusinessM.Records;
using Microsoft.EntityFrameworkCore;

namespace BusinessM.Masters;

/// <summary>A group that may stand under another one of its kind.</summary>
internal interface IGroup : IDocument
{
    string Code { get; }

    string? ParentGroup { get; }
}

/// <summary>Groups make a tree.</summary>
internal static class Groups
{
    /// <summary>Deeper trees are refused like cycles: nobody can read them.</summary>
    public const int DepthMax = 10;

    /// <summary>Whether the way up from a group comes back to it, or does not end. <paramref name="above"/>: the
    /// parents of the groups on the way, as far as they are known.</summary>
    public static Error? Cycle(string code, string? parent, IReadOnlyDictionary<string, string?> above)
    {
        var (at, depth) = (parent, 0);
        while (at is not null && at != code && depth++ < DepthMax) at = above.GetValueOrDefault(at);
        return at is null ? null
            : MastersErrors.GroupCycle.With($"{code} cannot stand under {parent}: that stands under {at}", "parent");
    }

    /// <summary>Looks up what stands above, and relies on it: two changes at once must not close a circle.</summary>
    public static async Task<Result<Done>> Check<TGroup>(MastersDb db, TGroup group, CancellationToken ct)
        where TGroup : class, IGroup
    {
        var (above, company, next) = (new Dictionary<string, string?>(StringComparer.Ordinal), group.Company,
            group.ParentGroup);
        while (next is not null && next != group.Code && above.Count < DepthMax && !above.ContainsKey(next))
        {
            var code = next;
            var found = await db.Set<TGroup>().AsNoTracking()
                .SingleOrDefaultAsync(g => g.Company == company && g.Code == code, ct);
            if (found is null) break;
            db.RelyOn<TGroup>(company, found.Key, found.Version);
            next = above[code] = found.ParentGroup;
        }
        return Rules.Answer(Cycle(group.Code, group.ParentGroup, above));
    }
}

internal sealed class PartyGroupRules(MastersDb db) : IDocumentRules<PartyGroup>
{
    public Task<Result<Done>> Before(DocumentChange<PartyGroup> change, CancellationToken ct) =>
        Groups.Check(db, change.Document, ct);
}

internal sealed class ItemGroupRules(MastersDb db) : IDocumentRules<ItemGroup>
{
    public Task<Result<Done>> Before(DocumentChange<ItemGroup> change, CancellationToken ct) =>
        Groups.Check(db, change.Document, ct);
}

using BusinessM.Contracts.Masters;
using BusinessM.Records;
using Microsoft.Extensions.DependencyInjection;

namespace BusinessM.Finance.Import;

/// <summary>The customers and items of a file: found by code, else registered. Codes are case-sensitive.</summary>
internal sealed class ImportMasters(CompanyId company, ImportMap map)
{
    /// <summary>Masters of one unit of work.</summary>
    private const int RegisteredAtOnce = 500;

    private const int AskedAtOnce = 1_000;
    private const int NameMax = 200;

    private readonly Dictionary<string, Party> _parties = new(StringComparer.Ordinal);
    private readonly Dictionary<string, Item> _items = new(StringComparer.Ordinal);

    public Party? PartyOf(SalesRow row) =>
        _parties.GetValueOrDefault(row.Customer.Length > 0 ? row.Customer : map.WalkIn?.Code ?? "");

    public Item? ItemOf(SalesRow row) => row.Item.Length > 0 ? _items.GetValueOrDefault(row.Item) : null;

    /// <summary>Those of a document that are not there yet: a dry run registers them with each document, and commits
    /// nothing.</summary>
    public RegisterMasters NewOf(SalesDocument document) => new(company,
        [.. document.Rows.Select(PartyOf).OfType<Party>().Where(p => p.Version == 0).Distinct()],
        [.. document.Rows.Select(ItemOf).OfType<Item>().Where(i => i.Version == 0).Distinct()]);

    /// <summary>Looks up what is there and prepares the rest, version 0.</summary>
    public async Task<Result<Done>> Find(SalesSurvey survey, IMasters masters, CancellationToken ct)
    {
        string[] customers = [.. survey.Customers.Keys.Append(map.WalkIn?.Code ?? "").Where(c => c.Length > 0).Distinct()];
        foreach (var codes in customers.Chunk(AskedAtOnce))
        {
            var found = await masters.Parties(new PartiesQuery(company, Codes: codes), ct);
            if (found.Failed) return found.Failure;
            foreach (var party in found.Value) _parties[party.Code] = party;
        }
        foreach (var codes in survey.Items.Keys.Chunk(AskedAtOnce))
        {
            var found = await masters.Items(new ItemsQuery(company, Codes: codes), ct);
            if (found.Failed) return found.Failure;
            foreach (var item in found.Value) _items[item.Code] = item;
        }
        if (map.WalkIn is { } walkIn) Prepare(walkIn.Code, walkIn.Name, "");
        foreach (var (code, (name, country)) in survey.Customers) Prepare(code, Name(name, "Customer " + code), country);
        foreach (var (code, name) in survey.Items)
        {
            if (_items.ContainsKey(code)) continue;
            _items[code] = new Item(Ids.New<ItemId>(), company, code, Name(name, code),
                map.Services.Contains(code) ? ItemKind.Service : ItemKind.Stock, "C62", false, 0);
        }
        return new Done();
    }

    private void Prepare(string code, string name, string country)
    {
        if (!_parties.ContainsKey(code))
            _parties[code] = new Party(Ids.New<PartyId>(), company, code, name, CountryOf(country), false, 0);
    }

    /// <summary>Registers what is not there yet, some hundreds per commit.</summary>
    public async Task<Result<Done>> Register(IServiceScopeFactory scopes, string actor, CancellationToken ct)
    {
        foreach (var parties in _parties.Values.Where(p => p.Version == 0).ToArray().Chunk(RegisteredAtOnce))
        {
            var made = await Register(new RegisterMasters(company, parties, []), scopes, actor, ct);
            if (made.Failed) return made;
            foreach (var party in parties) _parties[party.Code] = party with { Version = 1 };
        }
        foreach (var items in _items.Values.Where(i => i.Version == 0).ToArray().Chunk(RegisteredAtOnce))
        {
            var made = await Register(new RegisterMasters(company, [], items), scopes, actor, ct);
            if (made.Failed) return made;
            foreach (var item in items) _items[item.Code] = item with { Version = 1 };
        }
        return new Done();
    }

    private static async Task<Result<Done>> Register(RegisterMasters masters, IServiceScopeFactory scopes, string actor,
        CancellationToken ct)
    {
        await using var scope = ImportScope.Open(scopes, actor, "masters.register");
        var db = scope.ServiceProvider.GetRequiredService<FinanceDb>();
        var registered = await scope.ServiceProvider.GetRequiredService<IMasters>().Register(masters, ct);
        return registered.Failed ? registered : await db.Commit(ct);
    }

    private string? CountryOf(string name) => map.Countries.TryGetValue(name, out var code) ? code
        : name.Length == 2 && name.All(char.IsAsciiLetterUpper) ? name : null;

    private static string Name(string name, string otherwise) => string.IsNullOrWhiteSpace(name) ? otherwise
        : name.Length <= NameMax ? name : name[..NameMax];
}

/// <summary>Scopes of an import's units of work.</summary>
internal static class ImportScope
{
    public static AsyncServiceScope Open(IServiceScopeFactory scopes, string actor, string action)
    {
        var scope = scopes.CreateAsyncScope();
        scope.ServiceProvider.GetRequiredService<Caller>().ActAsSystem(actor);
        scope.ServiceProvider.GetRequiredService<UnitOfWork>().Action = action;
        return scope;
    }
}

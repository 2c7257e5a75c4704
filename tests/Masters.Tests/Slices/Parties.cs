using BusinessM.Contracts.Masters;
using BusinessM.Documents.Tests;
using BusinessM.HostTesting;
using BusinessM.Testing;

namespace BusinessM.Masters.Tests.Slices;

public sealed class Parties(RunningHost host) : IClassFixture<RunningHost>
{
    private const string Path = "/api/masters/parties";

    [Fact]
    public async Task A_party_without_a_code_gets_the_next_of_the_series()
    {
        var company = await host.Company();
        var made = (await host.Client.Post(Path, new { company, name = "Jones", country = "GB", kind = "person" }))
            .Good();
        ((string?)made.Json!["code"]).ShouldBe("P-00001");
        var second = (await host.Client.Post(Path, new { company, name = "Smith Ltd" })).Good();
        ((string?)second.Json!["code"]).ShouldBe("P-00002");
        ((string?)second.Json!["kind"]).ShouldBe("organisation");
        (await host.Client.Get($"{Path}?company={company}&search=smi")).Column("name").ShouldBe(["Smith Ltd"]);
        (await host.Client.Get($"{Path}?company={company}&filter=[\"country\",\"eq\",\"GB\"]")).Column("name")
            .ShouldBe(["Jones"]);
    }

    [Fact]
    public async Task Groups_are_named_by_code_and_stand_in_no_circle()
    {
        var company = await host.Company();
        const string Groups = "/api/masters/party-groups";
        var retail = (await host.Client.Post(Groups, new { company, code = "RETAIL", name = "Retail" })).Good().Id;
        (await host.Client.Post(Groups, new { company, code = "SHOPS", name = "Shops", parent = "RETAIL" })).Good();
        var party = (await host.Client.Post(Path, new { company, name = "Shop", group = "SHOPS" })).Good();
        ((string?)party.Json!["group"]).ShouldBe("SHOPS");
        (await host.Client.Post(Path, new { company, name = "Shop", group = "NONE" }))
            .Refused(400, "record.link.not-found", "group");
        await Cycle(retail, "SHOPS");
        await Cycle(retail, "RETAIL");
        (await host.Client.Get($"{Path}?company={company}&filter=[\"group\",\"eq\",\"SHOPS\"]")).Column("name")
            .ShouldBe(["Shop"]);
    }

    [Fact, Produces("masters.group.cycle")]
    public async Task A_group_under_itself_is_refused()
    {
        var company = await host.Company();
        var id = (await host.Client.Post("/api/masters/item-groups", new { company, code = "A", name = "A" }))
            .Good().Id;
        (await host.Client.Patch("/api/masters/item-groups/" + id, new { parent = "A" }))
            .Refused(409, "masters.group.cycle", "parent");
    }

    [Fact]
    public async Task The_newest_default_address_of_a_kind_is_the_default()
    {
        var company = await host.Company();
        var party = await Party(company, "Jones");
        var first = await Address(company, party, "York", "billing", true);
        var other = await Address(company, party, "Hull", "shipping", true);
        var second = await Address(company, party, "Leeds", "billing", true);
        var addresses = await Addresses(company, party);
        addresses.Where(a => a.Default).Select(a => a.Id.Value).ShouldBe([other, second], ignoreOrder: true);
        addresses.Single(a => a.Id.Value == first).Address.City.ShouldBe("York");
        addresses.Select(a => a.Name).ShouldBe(["Hull", "Leeds", "York"], ignoreOrder: true);
    }

    [Fact]
    public async Task A_merged_party_hands_its_addresses_contacts_and_codes_over()
    {
        var company = await host.Company();
        var (from, into) = (await Party(company, "Jones"), await Party(company, "Jones Ltd"));
        var earlier = await Party(company, "Jonse");
        await Merge(earlier, from);
        var address = await Address(company, from, "York", "billing", true);
        (await host.Client.Post("/api/masters/contacts", new { company, party = from, name = "Jo" })).Good();
        var item = (await host.Client.Post("/api/masters/items", new
        {
            company, name = "Screw",
            codes = new[] { new { party = from, code = "S1" }, new { party = into, code = "S1" }, new { party = from,
                code = "S2" } },
        })).Good().Id;
        await Merge(from, into);
        var moved = (await Addresses(company, into)).ShouldHaveSingleItem();
        (moved.Id.Value, moved.Default).ShouldBe((address, false));
        (await host.Client.Get($"/api/masters/contacts?company={company}&filter=[\"party\",\"eq\",\"{into}\"]"))
            .Column("name").ShouldBe(["Jo"]);
        var codes = (await host.Client.Get("/api/masters/items/" + item)).Good().Json!["codes"]!.AsArray();
        codes.Select(c => $"{c!["party"]} {c["code"]}").ShouldBe([$"{into} S1", $"{into} S2"], ignoreOrder: true);
        var read = (await host.Client.Get($"{Path}/{from}")).Good().Json!;
        ((bool?)read["blocked"], (string?)read["mergedInto"]).ShouldBe((true, into.ToString()));
        ((string?)(await host.Client.Get($"{Path}/{earlier}")).Good().Json!["mergedInto"]).ShouldBe(into.ToString());
        var known = await host.Do((IMasters masters) =>
            masters.Parties(new PartiesQuery(new CompanyId(company), [new PartyId(from)]), default));
        known.Value.Single().MergedInto!.Value.Value.ShouldBe(into);
    }

    [Fact, Produces("masters.party.merge-invalid"), Produces("masters.party.stands-for-another"),
        Produces("masters.party.not-found")]
    public async Task What_cannot_be_merged_is_refused()
    {
        var company = await host.Company();
        var (from, into) = (await Party(company, "A"), await Party(company, "B"));
        (await host.Client.Post($"{Path}/{from}/merge", new { into = from }))
            .Refused(409, "masters.party.merge-invalid", "into");
        (await host.Client.Post($"{Path}/{from}/merge", new { into = Guid.CreateVersion7() }))
            .Refused(404, "masters.party.not-found", "into");
        await Merge(from, into);
        (await host.Client.Post($"{Path}/{from}/merge", new { into })).Refused(409, "masters.party.merge-invalid");
        (await host.Client.Patch($"{Path}/{from}", new { blocked = false }))
            .Refused(409, "masters.party.stands-for-another", "blocked");
        using var stranger = await host.WithKey(["*"], [new CompanyId(Guid.CreateVersion7())]);
        (await stranger.Post($"{Path}/{into}/erase", new { reason = "asked" })).Refused(404, "masters.party.not-found");
    }

    private async Task Merge(Guid from, Guid into) => (await host.Client.Post($"{Path}/{from}/merge", new { into }))
        .Good();

    private async Task Cycle(Guid group, string parent) =>
        (await host.Client.Patch("/api/masters/party-groups/" + group, new { parent }))
            .Refused(409, "masters.group.cycle", "parent");

    private async Task<Guid> Party(Guid company, string name) =>
        (await host.Client.Post(Path, new { company, name })).Good().Id;

    private async Task<Guid> Address(Guid company, Guid party, string city, string kind, bool standard) =>
        (await host.Client.Post("/api/masters/addresses", new Dictionary<string, object>
        {
            ["company"] = company, ["party"] = party, ["city"] = city, ["kind"] = kind, ["country"] = "GB",
            ["default"] = standard,
        })).Good().Id;

    private async Task<IReadOnlyList<PartyAddress>> Addresses(Guid company, Guid party) =>
        (await host.Do((IMasters masters) => masters.Addresses(
            new AddressesQuery(new CompanyId(company), [new PartyId(party)]), default))).Value;
}

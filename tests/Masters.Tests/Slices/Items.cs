using BusinessM.Contracts.Masters;
using BusinessM.Documents.Tests;
using BusinessM.HostTesting;
using BusinessM.Testing;

namespace BusinessM.Masters.Tests.Slices;

public sealed class Items(RunningHost host) : IClassFixture<RunningHost>
{
    private const string Path = "/api/masters/items";

    [Fact]
    public async Task An_item_is_bought_and_sold_in_its_units()
    {
        var company = await host.Company();
        var supplier = (await host.Client.Post("/api/masters/parties", new { company, name = "Supplier" })).Good().Id;
        var made = (await host.Client.Post(Path, new
        {
            company, name = "Screw", gtin = "6291041500213", hsCode = "731814", origin = "DE", purchaseUnit = "XBX",
            weight = "0.004", weightUnit = "KGM", leadTimeDays = 7, minimumOrderQuantity = "2.5",
            units = new[] { new { unit = "XBX", factor = "200" } },
            codes = new[] { new { party = supplier, code = "4711", name = "Schraube" } },
        })).Good();
        ((string?)made.Json!["code"], (string?)made.Json["unit"], (string?)made.Json["kind"])
            .ShouldBe(("I-00001", "C62", "stock"));
        var read = (await host.Client.Get($"{Path}/{made.Id}")).Good().Json!;
        ((string?)read["weight"], (string?)read["minimumOrderQuantity"], (string?)read["units"]![0]!["factor"])
            .ShouldBe(("0.004", "2.5", "200"));
        ((string?)read["names"]!["masters.unit/XBX"]).ShouldBe("XBX Box");

        var units = await host.Do((IMasters masters) =>
            masters.Units(new ItemUnitsQuery(new CompanyId(company), [new ItemId(made.Id)]), default));
        units.Value.Single().InBase(new Quantity(3), "XBX").ShouldBe(new Quantity(600));
        var items = await host.Do((IMasters masters) => masters.ItemsOfParty(
            new ItemsOfPartyQuery(new CompanyId(company), new PartyId(supplier), ["4711", "none"]), default));
        items.Value.ShouldBe([new PartyItem("4711", new ItemId(made.Id), "Schraube")]);
    }

    [Fact]
    public async Task A_change_is_seen_by_who_asks_for_the_item_at_once()
    {
        var company = await host.Company();
        var id = (await host.Client.Post(Path, new { company, code = "A", name = "A" })).Good().Id;
        (await Known(company, id)).TaxClass.ShouldBeNull();
        (await host.Client.Patch($"{Path}/{id}", new { taxClass = "reduced", name = "B" })).Good();
        var item = await Known(company, id);
        (item.TaxClass, item.Name, item.Version).ShouldBe(("reduced", "B", 2));
        (await host.Client.Call("DELETE", $"{Path}/{id}")).Good();
        (await Known(company, id)).Blocked.ShouldBeTrue();
    }

    private static readonly (string Code, string Field, string Json)[] Wrong =
    [
        ("masters.item.gtin-invalid", "gtin", """ "gtin": "6291041500214" """),
        ("masters.item.unit-repeated", "units[0].unit", """ "units": [{ "unit": "C62", "factor": "1" }] """),
        ("masters.item.unit-foreign", "salesUnit", """ "salesUnit": "KGM" """),
        ("masters.item.weight-unit-missing", "weightUnit", """ "weight": "1" """),
        ("masters.item.kit-invalid", "components", """ "kind": "kit" """),
        ("record.field.value", "units[0].factor", """ "units": [{ "unit": "KGM", "factor": "0" }] """),
        ("record.link.not-found", "unit", """ "unit": "ZZ9" """),
    ];

    [Fact, Produces("masters.item.gtin-invalid"), Produces("masters.item.unit-repeated")]
    [Produces("masters.item.unit-foreign"), Produces("masters.item.weight-unit-missing")]
    [Produces("masters.item.kit-invalid")]
    public async Task What_does_not_fit_together_is_refused()
    {
        var company = await host.Company();
        foreach (var (code, field, json) in Wrong)
            (await host.Client.Post(Path, $$"""{ "company": "{{company}}", "name": "Wrong", {{json}} }"""))
                .Refused(400, code, field);
        (await host.Client.Get($"{Path}?company={company}")).Column("name").ShouldBeEmpty();
    }

    [Fact, Produces("masters.item.unit-fixed")]
    public async Task The_base_unit_of_goods_never_changes()
    {
        var company = await host.Company();
        var goods = (await host.Client.Post(Path, new { company, name = "Goods", unit = "KGM" })).Good().Id;
        (await host.Client.Patch($"{Path}/{goods}", new { unit = "GRM" }))
            .Refused(409, "masters.item.unit-fixed", "unit");
        var work = (await host.Client.Post(Path, new { company, name = "Work", unit = "HUR", kind = "service" }))
            .Good().Id;
        (await host.Client.Patch($"{Path}/{work}", new { unit = "DAY" })).Good();
    }

    [Fact, Produces("masters.item.code-repeated")]
    public async Task A_code_of_a_party_stands_once()
    {
        var company = await host.Company();
        var party = (await host.Client.Post("/api/masters/parties", new { company, name = "P" })).Good().Id;
        (await host.Client.Post(Path, new
        {
            company, name = "Twice", codes = new[] { new { party, code = "X" }, new { party, code = "X" } },
        })).Refused(400, "masters.item.code-repeated", "codes[1].code");
    }

    [Fact]
    public async Task Kits_are_made_of_what_is_no_kit()
    {
        var company = await host.Company();
        var part = (await host.Client.Post(Path, new { company, name = "Part" })).Good().Id;
        var kit = (await host.Client.Post(Path, new
        {
            company, name = "Kit", kind = "kit", components = new[] { new { item = part, quantity = "2" } },
        })).Good().Id;
        (await host.Client.Post(Path, new
        {
            company, name = "Kit of kits", kind = "kit", components = new[] { new { item = kit, quantity = "1" } },
        })).Refused(400, "masters.item.kit-invalid", "components");
    }

    private async Task<Item> Known(Guid company, Guid id) => (await host.Do((IMasters masters) =>
        masters.Items(new ItemsQuery(new CompanyId(company), [new ItemId(id)]), default))).Value.Single();
}

using BusinessM.Contracts.Masters;
using Item = BusinessM.Masters.Items.Item;
using BusinessM.Masters.Items;

namespace BusinessM.Masters.Tests.Items;

public sealed class ItemTests
{
    [Fact]
    public void Units_besides_the_base_unit_have_factors()
    {
        var item = Screws(new ItemUnit { Unit = "XBX", Factor = 200 }, new ItemUnit { Unit = "XPX", Factor = 9_600 });
        (item.PurchaseUnit, item.SalesUnit) = ("XPX", "XBX");
        item.Check().ShouldBeNull();
        var units = item.ToUnits();
        units.Base.ShouldBe("C62");
        units.FactorOf("C62").ShouldBe(1);
        units.FactorOf("XPX").ShouldBe(9_600);
        units.FactorOf("KGM").ShouldBeNull();
        units.InBase(new Quantity(2.5m), "XBX").ShouldBe(new Quantity(500));
        units.InBase(new Quantity(1), "KGM").ShouldBeNull();
        units.InBase(new Quantity(999_999_999_999), "XPX").ShouldBeNull();
    }

    [Theory]
    [InlineData("C62", "XBX")]
    [InlineData("XBX", "XBX")]
    public void A_unit_is_named_once(string first, string second) =>
        Screws(new ItemUnit { Unit = first, Factor = 1 }, new ItemUnit { Unit = second, Factor = 2 }).Check()!.Code
            .ShouldBe(MastersErrors.UnitRepeated.Code);

    [Fact]
    public void What_is_bought_and_sold_in_must_be_one_of_them()
    {
        var item = Screws(new ItemUnit { Unit = "XBX", Factor = 200 });
        item.PurchaseUnit = "XPX";
        var error = item.Check()!;
        (error.Code, error.Field).ShouldBe((MastersErrors.UnitNotOfItem.Code, "purchaseUnit"));
        (item.PurchaseUnit, item.SalesUnit) = (null, "XPX");
        item.Check()!.Field.ShouldBe("salesUnit");
    }

    [Fact]
    public void A_wrong_gtin_is_found_on_the_item_and_on_its_packages()
    {
        var item = Screws(new ItemUnit { Unit = "XBX", Factor = 200, Gtin = "6291041500214" });
        item.Check()!.Field.ShouldBe("units[0].gtin");
        item.Units[0].Gtin = "6291041500213";
        item.Check().ShouldBeNull();
        item.Gtin = "96385075";
        item.Check()!.Field.ShouldBe("gtin");
    }

    [Theory]
    [InlineData(ItemKind.Stock, true)]
    [InlineData(ItemKind.Kit, true)]
    [InlineData(ItemKind.Service, false)]
    [InlineData(ItemKind.Expense, false)]
    public void The_base_unit_of_goods_never_changes(ItemKind kind, bool refused)
    {
        var item = new Item { Code = "I", Name = "I", Kind = kind, Unit = "KGM" };
        item.CheckUnitStays("KGM").ShouldBeNull();
        item.CheckUnitStays("C62")?.Code.ShouldBe(MastersErrors.UnitFixed.Code);
        (item.CheckUnitStays("C62") is not null).ShouldBe(refused);
    }

    [Fact]
    public void A_weight_has_a_unit()
    {
        var item = Screws();
        item.Weight = 0.004m;
        item.Check()!.Code.ShouldBe(MastersErrors.WeightUnitMissing.Code);
        item.WeightUnit = "KGM";
        item.Check().ShouldBeNull();
    }

    [Fact]
    public void A_kit_and_nothing_else_has_components()
    {
        var (kit, part) = (new Item { Code = "K", Name = "Kit", Kind = ItemKind.Kit }, Ids.New<ItemId>());
        kit.Check()!.Code.ShouldBe(MastersErrors.KitInvalid.Code);
        kit.Components.Add(new KitComponent { Item = part, Quantity = new Quantity(2) });
        kit.Check().ShouldBeNull();
        kit.Components.Add(new KitComponent { Item = part, Quantity = new Quantity(1) });
        kit.Check()!.Field.ShouldBe("components[1].item");
        kit.Components[1].Item = kit.Id;
        kit.Check()!.Field.ShouldBe("components[1].item");
        var screws = Screws();
        screws.Components.Add(new KitComponent { Item = part, Quantity = new Quantity(1) });
        screws.Check()!.Code.ShouldBe(MastersErrors.KitInvalid.Code);
    }

    [Fact]
    public void Codes_of_a_party_go_over_to_another_and_stand_once()
    {
        var (from, into, other) = (Ids.New<PartyId>(), Ids.New<PartyId>(), Ids.New<PartyId>());
        var item = Screws();
        item.Codes.AddRange([Code(from, "A"), Code(from, "B"), Code(into, "B"), Code(other, "A")]);
        item.Check().ShouldBeNull();
        item.LeadCodes(from, into).ShouldBe([item.Codes[1]]);
        item.Codes.RemoveAt(1);
        item.Codes.Select(c => (c.Party, c.Code)).ShouldBe([(into, "A"), (into, "B"), (other, "A")]);
        item.Check().ShouldBeNull();
        item.Codes.Add(Code(other, "A"));
        item.Check()!.Code.ShouldBe(MastersErrors.ItemCodeRepeated.Code);
    }

    private static ItemPartyCode Code(PartyId party, string code) => new() { Party = party, Code = code };

    private static Item Screws(params ItemUnit[] units) => new() { Code = "S", Name = "Screw", Units = [.. units] };
}

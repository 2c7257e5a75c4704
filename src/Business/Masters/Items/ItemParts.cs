using BusinessM.Records;

namespace BusinessM.Masters.Items;

/// <summary>A unit in which an item is also counted.</summary>
internal sealed class ItemUnit : Part<ItemId>
{
    [Field("Unit", Required = true), Link("masters.unit", ByCode = true)]
    public string Unit { get; set; } = "";

    [Field("Factor", Scale = 6, Required = true, Min = "0.000001", Max = "999999999999",
        Help = "Base units in one of this unit.")]
    public decimal Factor { get; set; }

    [Field("GTIN", Length = 14, Help = "Of the package.")]
    public string? Gtin { get; set; }
}

/// <summary>What a supplier or customer calls an item.</summary>
internal sealed class ItemPartyCode : Part<ItemId>
{
    [Field("Party", Required = true), Link("masters.party")]
    public PartyId Party { get; set; }

    [Field("Code", Length = 60, Required = true)]
    public string Code { get; set; } = "";

    [Field("Name", Length = 200)]
    public string? Name { get; set; }
}

/// <summary>What a kit is made of.</summary>
internal sealed class KitComponent : Part<ItemId>
{
    [Field("Item", Required = true), Link("masters.item")]
    public ItemId Item { get; set; }

    [Field("Quantity", Required = true, Min = "0.000001", Help = "In the component's base unit, for one kit.")]
    public Quantity Quantity { get; set; }
}

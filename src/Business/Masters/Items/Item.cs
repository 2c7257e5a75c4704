using BusinessM.Contracts.Masters;
using BusinessM.Records;

namespace BusinessM.Masters.Items;

/// <summary>What is bought, stocked, made or sold.</summary>
[DocumentType("item", "Item", "Items", Series = "I-{00000}")]
internal sealed class Item : Master<ItemId>
{
    /// <summary>The unit of what is counted: one.</summary>
    public const string One = "C62";

    [Field("Code", Length = 40, Required = true, Unique = true, InList = true, InSearch = true)]
    public string Code { get; init; } = "";

    [Field("Name", Length = 200, Required = true, InList = true, InSearch = true, Indexed = true)]
    public string Name { get; set; } = "";

    [Field("Kind", InList = true, Indexed = true, Default = "stock")]
    public ItemKind Kind { get; init; }

    [Field("Group", Name = "group", InList = true, Indexed = true), Link("masters.item-group", ByCode = true)]
    public string? ItemGroup { get; set; }

    [Field("Base unit", Required = true, InList = true, Default = One, Help = "Stock is kept in it.")]
    [Link("masters.unit", ByCode = true)]
    public string Unit { get; set; } = One;

    [Field("Purchase unit", Section = "Units", Help = "The base unit, where none is named.")]
    [Link("masters.unit", ByCode = true)]
    public string? PurchaseUnit { get; set; }

    [Field("Sales unit", Section = "Units", Help = "The base unit, where none is named.")]
    [Link("masters.unit", ByCode = true)]
    public string? SalesUnit { get; set; }

    [Field("GTIN", Length = 14, InList = true, InSearch = true, Indexed = true,
        Help = "EAN or UPC: 8, 12, 13 or 14 digits.")]
    public string? Gtin { get; set; }

    [Field("HS/HSN code", Indexed = true, Section = "Tax and trade", Pattern = "[0-9]{4}|[0-9]{6}|[0-9]{8}|[0-9]{10}",
        PatternMessage = "A code of the Harmonized System has 4, 6, 8 or 10 digits.")]
    public string? HsCode { get; set; }

    [Field("Country of origin", Section = "Tax and trade"), Link("masters.country", ByCode = true)]
    public string? Origin { get; set; }

    [Field("Tax class", Length = 40, Indexed = true, Section = "Tax and trade",
        Help = "Finance finds the tax code by it.")]
    public string? TaxClass { get; set; }

    [Field("Weight", Scale = 6, Min = "0", Section = "Logistics", Help = "Of one base unit.")]
    public decimal? Weight { get; set; }

    [Field("Weight unit", Section = "Logistics"), Link("masters.unit", ByCode = true)]
    public string? WeightUnit { get; set; }

    [Field("Lead time in days", Min = "0", Max = "3650", Section = "Logistics")]
    public int? LeadTimeDays { get; set; }

    [Field("Minimum order quantity", Min = "0", Section = "Logistics", Help = "In the purchase unit.")]
    public Quantity? MinimumOrderQuantity { get; set; }

    [Field("Description", Long = true)]
    public string? Description { get; set; }

    [Children("Units")]
    public List<ItemUnit> Units { get; init; } = [];

    [Children("Codes of suppliers and customers")]
    public List<ItemPartyCode> Codes { get; init; } = [];

    [Children("Components of the kit")]
    public List<KitComponent> Components { get; init; } = [];

    public Contracts.Masters.Item ToContract() => new(Id, Company, Code, Name, Kind, Unit, Blocked, Version, ItemGroup,
        TaxClass, HsCode);

    public ItemUnits ToUnits() => new(Id, Unit, PurchaseUnit ?? Unit, SalesUnit ?? Unit,
        [.. Units.OrderBy(u => u.Seq).Select(u => new UnitFactor(u.Unit, u.Factor))]);

    public static Item From(Contracts.Masters.Item item) => new()
    {
        Id = item.Id, Company = item.Company, Code = item.Code, Name = item.Name, Kind = item.Kind, Unit = item.Unit,
        Blocked = item.Blocked, ItemGroup = item.Group, TaxClass = item.TaxClass, HsCode = item.HsCode,
    };

    /// <summary>What must fit together, whatever else there is.</summary>
    public Error? Check() => CheckUnits() ?? CheckCodes() ?? CheckKit() ?? (Weight is null || WeightUnit is not null
        ? null : MastersErrors.WeightUnitMissing.With($"{Weight} of what?", "weightUnit"));

    /// <summary>Quantities that stand elsewhere are in the base unit: that of goods never changes.</summary>
    public Error? CheckUnitStays(string before) => before == Unit || Kind is ItemKind.Service or ItemKind.Expense ? null
        : MastersErrors.UnitFixed.With($"Item {Code} is kept in {before}", "unit");

    /// <summary>Codes of the one party become the other's; answers those that it has already, which go.</summary>
    public IReadOnlyList<ItemPartyCode> LeadCodes(PartyId from, PartyId into)
    {
        var had = Codes.Where(c => c.Party == into).Select(c => c.Code).ToHashSet(StringComparer.Ordinal);
        var twice = Codes.Where(c => c.Party == from && had.Contains(c.Code)).ToList();
        foreach (var code in Codes.Where(c => c.Party == from).Except(twice)) code.Party = into;
        return twice;
    }

    private Error? CheckUnits()
    {
        var known = new HashSet<string>(StringComparer.Ordinal) { Unit };
        for (var i = 0; i < Units.Count; i++)
        {
            if (!known.Add(Units[i].Unit))
                return MastersErrors.UnitRepeated.With($"{Units[i].Unit} is the base unit, or named before",
                    Line("units", i, "unit"));
            if (Items.Gtin.Check(Units[i].Gtin, Line("units", i, "gtin")) is { } wrong) return wrong;
        }
        return Items.Gtin.Check(Gtin, "gtin") ?? Own(PurchaseUnit, "purchaseUnit") ?? Own(SalesUnit, "salesUnit");

        Error? Own(string? unit, string field) => unit is null || known.Contains(unit) ? null
            : MastersErrors.UnitNotOfItem.With($"{unit} is not among the units of {Code}", field);
    }

    private Error? CheckCodes()
    {
        var known = new HashSet<(PartyId, string)>();
        for (var i = 0; i < Codes.Count; i++)
            if (!known.Add((Codes[i].Party, Codes[i].Code)))
                return MastersErrors.ItemCodeRepeated.With($"{Codes[i].Code} stands there twice",
                    Line("codes", i, "code"));
        return null;
    }

    private Error? CheckKit()
    {
        if (Kind == ItemKind.Kit != Components.Count > 0)
            return MastersErrors.KitInvalid.With($"A kit has components, and nothing else has", "components");
        for (var i = 0; i < Components.Count; i++)
            if (Components[i].Item == Id || Components.Take(i).Any(c => c.Item == Components[i].Item))
                return MastersErrors.KitInvalid.With($"The kit itself, or named before", Line("components", i, "item"));
        return null;
    }

    private static string Line(string table, int line, string field) =>
        FormattableString.Invariant($"{table}[{line}].{field}");
}

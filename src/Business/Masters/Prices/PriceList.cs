using BusinessM.Records;

namespace BusinessM.Masters.Prices;

internal readonly record struct PriceListId(Guid Value) : ITypedId<PriceListId>
{
    public static PriceListId From(Guid value) => new(value);
}

internal readonly record struct PriceId(Guid Value) : ITypedId<PriceId>
{
    public static PriceId From(Guid value) => new(value);
}

/// <summary>Prices for some customers, or of a supplier, in one currency.</summary>
[DocumentType("price-list", "Price list", "Price lists")]
internal sealed class PriceList : Master<PriceListId>
{
    [Field("Code", Length = 40, Required = true, Unique = true, InList = true, InSearch = true)]
    public string Code { get; init; } = "";

    [Field("Name", Length = 200, Required = true, InList = true, InSearch = true)]
    public string Name { get; set; } = "";

    [Field("Currency", Required = true, InList = true), Link("masters.currency", ByCode = true)]
    public string Currency { get; init; } = "";

    [Field("Prices include tax", InList = true)]
    public bool IncludesTax { get; init; }

    [Field("Valid from", InList = true)]
    public DateOnly? ValidFrom { get; set; }

    [Field("Valid to", InList = true)]
    public DateOnly? ValidTo { get; set; }
}

/// <summary>A price on a list. A document of its own: lists of a hundred thousand prices are usual, and are filtered,
/// imported and changed line by line.</summary>
[DocumentType("price", "Price", "Prices", Title = nameof(Item), Code = null, Removable = true)]
internal sealed class Price : Document<PriceId>
{
    [Field("Price list", Required = true, InList = true, Indexed = true), Link("masters.price-list", ByCode = true)]
    public string PriceList { get; init; } = "";

    [Field("Item", Required = true, InList = true, Indexed = true), Link("masters.item")]
    public ItemId Item { get; init; }

    [Field("Unit", InList = true, Help = "The item's base unit, where none is named.")]
    [Link("masters.unit", ByCode = true)]
    public string? Unit { get; set; }

    [Field("From quantity", InList = true, Min = "0", Help = "In this unit; smaller quantities have another price.")]
    public Quantity MinimumQuantity { get; set; }

    [Field("Price", Name = "price", Required = true, InList = true, Min = "0")]
    public UnitPrice Value { get; set; }

    [Field("Valid from", InList = true)]
    public DateOnly? ValidFrom { get; set; }

    [Field("Valid to", InList = true)]
    public DateOnly? ValidTo { get; set; }
}

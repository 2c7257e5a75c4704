namespace BusinessM.Contracts.Masters;

/// <summary>What items cost on a day by a list, named by its code; at most 1,000.</summary>
public sealed record PricesQuery(CompanyId Company, string PriceList, DateOnly Day, IReadOnlyList<PriceAsked> Items);

/// <summary>Unit: one of the item's.</summary>
public sealed record PriceAsked(ItemId Item, string Unit, Quantity Quantity);

/// <summary>Prices of one unit each, as asked; null: the list has none.</summary>
public sealed record PricesAnswer(string PriceList, string Currency, bool IncludesTax,
    IReadOnlyList<UnitPrice?> Prices);

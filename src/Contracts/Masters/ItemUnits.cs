namespace BusinessM.Contracts.Masters;

/// <summary>At most 1,000.</summary>
public sealed record ItemUnitsQuery(CompanyId Company, IReadOnlyList<ItemId> Items);

/// <summary>Factor: base units in one of this unit, up to six decimals.</summary>
public sealed record UnitFactor(string Unit, decimal Factor);

/// <summary>The units of an item, by their codes of UN/ECE Rec 20. The base unit has the factor 1 and is not among the
/// others.</summary>
public sealed record ItemUnits(ItemId Item, string Base, string Purchase, string Sales,
    IReadOnlyList<UnitFactor> Others)
{
    /// <summary>Base units in one of the unit; null: the item is not counted in it.</summary>
    public decimal? FactorOf(string unit) => unit == Base ? 1m : Others.FirstOrDefault(u => u.Unit == unit)?.Factor;

    /// <summary>The same quantity in the base unit, rounded half away from zero to six decimals; null: the item is not
    /// counted in the unit, or there are too many digits.</summary>
    public Quantity? InBase(Quantity quantity, string unit)
    {
        if (FactorOf(unit) is not { } factor) return null;
        if (Math.Abs(quantity.Value) * factor >= 1_000_000_000_000m) return null;
        var value = decimal.Round(quantity.Value * factor, Quantity.Digits, MidpointRounding.AwayFromZero);
        return Quantity.Fits(value) ? new Quantity(value) : null;
    }
}

/// <summary>By the codes that the party gives to items (case-sensitive), at most 1,000.</summary>
public sealed record ItemsOfPartyQuery(CompanyId Company, PartyId Party, IReadOnlyList<string> Codes);

public sealed record PartyItem(string Code, ItemId Item, string? Name);

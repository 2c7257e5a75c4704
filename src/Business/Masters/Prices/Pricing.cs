using BusinessM.Contracts.Masters;

namespace BusinessM.Masters.Prices;

/// <summary>Which price of a list holds.</summary>
internal static class Pricing
{
    /// <summary>On one day, for one unit and quantity, a list has one price at most.</summary>
    public static Error? Overlapping(Price price, IEnumerable<Price> others) => others.FirstOrDefault(o =>
        o.Unit == price.Unit && o.MinimumQuantity == price.MinimumQuantity
        && Rules.Overlap((o.ValidFrom, o.ValidTo), (price.ValidFrom, price.ValidTo))) is not { } other ? null
            : MastersErrors.PriceOverlaps.With($"The list has the price {other.Value} on some of these days",
                "validFrom");

    /// <summary>The price of the quantity on the day: that of the unit itself, else one of another unit of the item,
    /// converted; of these the one with the greatest quantity that is reached. Null: there is none.</summary>
    public static UnitPrice? Choose(PriceAsked asked, DateOnly day, ItemUnits units, IEnumerable<Price> prices)
    {
        if (units.FactorOf(asked.Unit) is not { } factor) return null;
        var found = prices.Where(p => Rules.Overlap((p.ValidFrom, p.ValidTo), (day, day)))
            .Select(p => (Price: p, Factor: units.FactorOf(p.Unit ?? units.Base)))
            .Where(p => p.Factor is not null
                && p.Price.MinimumQuantity.Value * p.Factor <= asked.Quantity.Value * factor)
            .OrderByDescending(p => p.Price.Unit == asked.Unit)
            .ThenByDescending(p => p.Price.MinimumQuantity.Value * p.Factor)
            .ThenByDescending(p => p.Price.ValidFrom).ThenBy(p => p.Price.Unit, StringComparer.Ordinal)
            .FirstOrDefault();
        if (found.Price is not { } price) return null;
        if (price.Unit == asked.Unit) return price.Value;
        var value = decimal.Round(price.Value.Value * factor / found.Factor!.Value, UnitPrice.Digits,
            MidpointRounding.AwayFromZero);
        return Quantity.Fits(value) ? new UnitPrice(value) : null;
    }
}

using BusinessM.Contracts.Masters;
using BusinessM.Masters.Prices;

namespace BusinessM.Masters.Tests.Prices;

public sealed class PricingTests
{
    private static readonly DateOnly Day = new(2026, 3, 15);
    private readonly ItemId _item = Ids.New<ItemId>();

    private ItemUnits Units => new(_item, "C62", "XBX", "C62", [new UnitFactor("XBX", 12), new UnitFactor("XPX", 480)]);

    [Theory]
    [InlineData("1", "10")]
    [InlineData("99.999", "10")]
    [InlineData("100", "9.5")]
    [InlineData("5000", "9.5")]
    public void The_greatest_quantity_that_is_reached_decides(string quantity, string price) =>
        Chosen("C62", quantity, Price("10"), Price("9.5", minimum: 100)).ShouldBe(Decimal(price));

    [Fact]
    public void Below_the_least_quantity_there_is_no_price() =>
        Chosen("C62", "9", Price("10", minimum: 10)).ShouldBeNull();

    [Fact]
    public void The_unit_asked_for_comes_before_others() =>
        Chosen("XBX", "1", Price("10"), Price("110", unit: "XBX")).ShouldBe(110);

    /// <summary>A box has 12: 12 x 10 = 120. A pallet has 480, a piece of it 3600 / 480 = 7.5.</summary>
    [Fact]
    public void Other_units_are_converted()
    {
        Chosen("XBX", "1", Price("10")).ShouldBe(120);
        Chosen("C62", "480", Price("3600", unit: "XPX", minimum: 1)).ShouldBe(7.5m);
        Chosen("C62", "479", Price("3600", unit: "XPX", minimum: 1)).ShouldBeNull();
        Chosen("XBX", "10", Price("10"), Price("9", minimum: 120)).ShouldBe(108);
    }

    /// <summary>100 / 12 = 8.3333333...</summary>
    [Fact]
    public void Converted_prices_have_six_decimals() =>
        Chosen("C62", "1", Price("100", unit: "XBX")).ShouldBe(8.333333m);

    [Fact]
    public void A_unit_that_the_item_has_not_got_has_no_price() => Chosen("KGM", "1", Price("10")).ShouldBeNull();

    [Theory]
    [InlineData(null, null, true)]
    [InlineData("2026-03-15", "2026-03-15", true)]
    [InlineData("2026-03-16", null, false)]
    [InlineData(null, "2026-03-14", false)]
    public void Prices_hold_on_their_days(string? from, string? to, bool holds) =>
        (Chosen("C62", "1", Price("10", from: from, to: to)) is not null).ShouldBe(holds);

    [Theory]
    [InlineData("2026-01-01", "2026-03-31", true)]
    [InlineData("2026-04-01", null, false)]
    [InlineData("2026-03-31", null, true)]
    [InlineData(null, "2025-12-31", false)]
    public void Two_prices_never_hold_on_one_day(string? from, string? to, bool overlaps)
    {
        var there = Price("10", from: "2026-01-01", to: "2026-03-31");
        var error = Pricing.Overlapping(Price("11", from: from, to: to), [there]);
        error?.Code.ShouldBe(MastersErrors.PriceOverlaps.Code);
        (error is not null).ShouldBe(overlaps);
        Pricing.Overlapping(Price("11", minimum: 5, from: from, to: to), [there]).ShouldBeNull();
        Pricing.Overlapping(Price("11", unit: "XBX", from: from, to: to), [there]).ShouldBeNull();
    }

    [Fact]
    public void A_validity_does_not_end_before_it_begins()
    {
        Rules.Validity(Day, Day).ShouldBeNull();
        Rules.Validity(null, Day).ShouldBeNull();
        Rules.Validity(Day, null).ShouldBeNull();
        Rules.Validity(Day, Day.AddDays(-1))!.Code.ShouldBe(MastersErrors.ValidityReversed.Code);
    }

    private decimal? Chosen(string unit, string quantity, params Price[] prices) =>
        Pricing.Choose(new PriceAsked(_item, unit, new Quantity(Decimal(quantity))), Day, Units, prices)?.Value;

    private Price Price(string value, string unit = "C62", decimal minimum = 0, string? from = null,
        string? to = null) => new()
    {
        PriceList = "L", Item = _item, Unit = unit, MinimumQuantity = new Quantity(minimum),
        Value = new UnitPrice(Decimal(value)), ValidFrom = Date(from), ValidTo = Date(to),
    };

    private static DateOnly? Date(string? text) =>
        text is null ? null : DateOnly.Parse(text, System.Globalization.CultureInfo.InvariantCulture);

    private static decimal Decimal(string text) =>
        decimal.Parse(text, System.Globalization.CultureInfo.InvariantCulture);
}

using System.Globalization;

namespace BusinessM.Tests;

public class A_unit_price_times_a_quantity
{
    // quantity x price / base quantity, by hand: 3 x 33.333333 = 99.999999; 2.5 x 0.005 = 0.0125; 1000/12 = 83.3333;
    // 0.5 x 0.01 = 0.005 -> 0.01; -0.5 x 0.01 -> -0.01; 7 x 1.005 = 7.035 -> 7.04
    [Theory]
    [InlineData("33.333333", "3", "1", "EUR", "100.00")]
    [InlineData("0.005", "2.5", "1", "EUR", "0.01")]
    [InlineData("1000", "1", "12", "EUR", "83.33")]
    [InlineData("0.01", "0.5", "1", "EUR", "0.01")]
    [InlineData("0.01", "-0.5", "1", "EUR", "-0.01")]
    [InlineData("1.005", "7", "1", "EUR", "7.04")]
    [InlineData("1.005", "7", "1", "JPY", "7")]
    [InlineData("1.0005", "1", "1", "KWD", "1.001")]
    public void is_rounded_once(string price, string quantity, string baseQuantity, string currency, string expected) =>
        new UnitPrice(Of(price)).Times(new Quantity(Of(quantity)), Currency.Of(currency), Of(baseQuantity))
            .AmountText.ShouldBe(expected);

    // Exact products: 99999999998999999.900000000001; 10000000005000000.10000000005; 999999999998.000000000001;
    // 490005833333335200.024999999999, where a decimal of 28 digits would see a half.
    [Theory]
    [InlineData("999999999999.999999", "99999.999999", "99999999998999999.90")]
    [InlineData("100000000000.000001", "100000.00005", "10000000005000000.10")]
    [InlineData("999999.999999", "999999.999999", "999999999998.00")]
    [InlineData("700008333.333333", "700000000.000003", "490005833333335200.02")]
    public void is_exact_for_large_ones(string price, string quantity, string expected) =>
        new UnitPrice(Of(price)).Times(new Quantity(Of(quantity)), Currency.Of("EUR")).AmountText.ShouldBe(expected);

    [Fact]
    public void needs_a_base_quantity_above_zero() =>
        Should.Throw<ArgumentException>(() => new UnitPrice(1).Times(new Quantity(1), Currency.Of("EUR"), 0));

    [Fact]
    public void has_at_most_six_decimals_in_both()
    {
        Should.Throw<ArgumentException>(() => new UnitPrice(0.0000001m));
        Should.Throw<ArgumentException>(() => new Quantity(0.0000001m));
        Quantity.Fits(1_000_000_000_000m).ShouldBeFalse();
        new Quantity(1.500000m).ToString().ShouldBe("1.5");
        (new Quantity(1) - new Quantity(0.25m)).ShouldBe(new Quantity(0.75m));
    }

    private static decimal Of(string text) => decimal.Parse(text, CultureInfo.InvariantCulture);
}

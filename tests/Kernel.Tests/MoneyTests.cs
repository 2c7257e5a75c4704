using System.Globalization;
using FsCheck;
using FsCheck.Fluent;

namespace BusinessM.Tests;

public class Money_of_a_currency
{
    private static readonly Currency Eur = Currency.Of("EUR");

    // Half away from zero at the currency's scale, each by hand (policy 8).
    [Theory]
    [InlineData("EUR", "1.005", "1.01")]
    [InlineData("EUR", "-1.005", "-1.01")]
    [InlineData("EUR", "1.0049999", "1.00")]
    [InlineData("EUR", "2.675", "2.68")]
    [InlineData("EUR", "-0.004", "0.00")]
    [InlineData("JPY", "0.5", "1")]
    [InlineData("JPY", "-0.5", "-1")]
    [InlineData("KWD", "0.0005", "0.001")]
    [InlineData("CLF", "0.00005", "0.0001")]
    public void is_rounded_half_away_from_zero(string currency, string amount, string expected) =>
        Money.Round(Of(amount), Currency.Of(currency)).AmountText.ShouldBe(expected);

    [Fact]
    public void is_exact_at_its_scale()
    {
        Should.Throw<ArgumentException>(() => new Money(1.001m, Eur));
        new Money(1.10m, Eur).ShouldBe(new Money(1.1m, Eur));
        Money.Fits(0.001m, Eur).ShouldBeFalse();
        Money.Fits(0.001m, Currency.Of("KWD")).ShouldBeTrue();
    }

    [Fact]
    public void has_at_most_eighteen_whole_digits()
    {
        new Money(999_999_999_999_999_999.99m, Eur).Amount.ShouldBe(999_999_999_999_999_999.99m);
        Should.Throw<OverflowException>(() => new Money(1_000_000_000_000_000_000m, Eur));
        Money.Fits(-1_000_000_000_000_000_000m, Eur).ShouldBeFalse();
    }

    [Fact]
    public void never_mixes_with_another()
    {
        var (one, other) = (new Money(1, Eur), new Money(1, Currency.Of("USD")));
        Should.Throw<InvalidOperationException>(() => one + other);
        Should.Throw<InvalidOperationException>(() => one - other);
        Should.Throw<InvalidOperationException>(() => one < other);
        one.ShouldNotBe(other);
    }

    [Fact]
    public void that_was_never_set_is_a_bug()
    {
        Should.Throw<InvalidOperationException>(() => default(Money).Currency.Code);
        Should.Throw<InvalidOperationException>(() => default(Money) + new Money(1, Eur));
    }

    [Fact]
    public void is_written_the_same_in_every_culture()
    {
        var hostile = (CultureInfo)CultureInfo.InvariantCulture.Clone();
        (hostile.NumberFormat.NumberDecimalSeparator, hostile.NumberFormat.NegativeSign) = (",", "~");
        var before = CultureInfo.CurrentCulture;
        CultureInfo.CurrentCulture = hostile;
        try
        {
            $"{-1234.5m}".ShouldBe("~1234,5");
            new Money(-1234.5m, Eur).ToString().ShouldBe("-1234.50 EUR");
            new Quantity(-0.5m).ToString().ShouldBe("-0.5");
            new UnitPrice(1.25m).ToString().ShouldBe("1.25");
            Error.Invalid("x.y.z", $"{1.5m}").Message.ShouldBe("1.5");
            Should.Throw<ArgumentException>(() => new Money(0.001m, Eur)).Message.ShouldStartWith("0.001 ");
        }
        finally
        {
            CultureInfo.CurrentCulture = before;
        }
    }

    [Fact]
    public void of_nothing_has_no_sign()
    {
        (-Money.Zero(Eur)).AmountText.ShouldBe("0.00");
        new Money(-0.00m, Eur).AmountText.ShouldBe("0.00");
    }

    // 100 x 1.0845 = 108.45; 0.01 x 1.0845 = 0.010845 -> 0.01; 10 x 156.789 = 1567.89 -> 1568 JPY
    [Theory]
    [InlineData("100", "1.0845", "USD", "108.45")]
    [InlineData("0.01", "1.0845", "USD", "0.01")]
    [InlineData("10", "156.789", "JPY", "1568")]
    public void converts_at_a_rate(string amount, string rate, string to, string expected) =>
        new Money(Of(amount), Eur).ConvertAt(Of(rate), Currency.Of(to)).AmountText.ShouldBe(expected);

    // Each share rounded down, left-over units one by one in written order; negatives mirrored (policy 9).
    [Theory]
    [InlineData("100", "1 1 1", "33.34 33.33 33.33")]
    [InlineData("-100", "1 1 1", "-33.34 -33.33 -33.33")]
    [InlineData("0.05", "3 7", "0.02 0.03")]
    [InlineData("0.02", "0 1 1 1", "0.00 0.01 0.01 0.00")]
    [InlineData("10", "0.333333 0.666667", "3.34 6.66")]
    [InlineData("0", "1 2", "0.00 0.00")]
    public void is_split_in_written_order(string amount, string weights, string expected) =>
        string.Join(' ', new Money(Of(amount), Eur).Allocate([.. weights.Split(' ').Select(Of)])
            .Select(share => share.AmountText)).ShouldBe(expected);

    [Fact]
    public void is_not_split_among_nothing()
    {
        Should.Throw<ArgumentException>(() => new Money(1, Eur).Allocate([]));
        Should.Throw<ArgumentException>(() => new Money(1, Eur).Allocate([0, 0]));
        Should.Throw<ArgumentException>(() => new Money(1, Eur).Allocate([1, -1]));
    }

    [Fact]
    public void splits_without_losing_a_minor_unit()
    {
        var weights = Gen.Choose(0, 1_000_000).Select(n => n / 1000m).NonEmptyListOf()
            .Where(list => list.Any(weight => weight > 0));
        var cases = Gen.Choose(int.MinValue, int.MaxValue).Zip(weights,
            (units, list) => (Amount: new Money(units / 100m, Eur), Weights: list)).ToArbitrary();
        Prop.ForAll(cases, c =>
        {
            var shares = c.Amount.Allocate(c.Weights);
            var total = c.Weights.Sum();
            var mirrored = (-c.Amount).Allocate(c.Weights).Select(share => -share);
            return shares.Aggregate(Money.Zero(Eur), (sum, share) => sum + share) == c.Amount
                && shares.Zip(c.Weights).All(pair =>
                    Math.Abs(pair.First.Amount - c.Amount.Amount * pair.Second / total) < 0.01m
                    && (pair.Second > 0 || pair.First.IsZero))
                && mirrored.SequenceEqual(shares);
        }).QuickCheckThrowOnFailure();
    }

    private static decimal Of(string text) => decimal.Parse(text, CultureInfo.InvariantCulture);

    // Multiples of the step on either side: 12.37 lies between 12.35 and 12.40; 12.375 is half way, away from zero.
    [Theory]
    [InlineData("12.37", "0.05", "12.35")]
    [InlineData("12.375", "0.05", "12.40")]
    [InlineData("-12.375", "0.05", "-12.40")]
    [InlineData("12.50", "1", "13.00")]
    public void rounds_to_a_step_half_away_from_zero(string amount, string step, string rounded) =>
        Money.RoundTo(decimal.Parse(amount, CultureInfo.InvariantCulture),
            decimal.Parse(step, CultureInfo.InvariantCulture), Currency.Of("CHF")).AmountText.ShouldBe(rounded);
}

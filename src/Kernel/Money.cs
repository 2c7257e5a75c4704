using System.Globalization;
using System.Numerics;

namespace BusinessM;

/// <summary>An amount, exact at its currency's scale. Adding or comparing two currencies is a bug and throws. Amounts
/// of more than 18 whole digits throw.</summary>
public readonly record struct Money
{
    /// <summary>The largest absolute amount: 18 whole digits, as the ledger's columns hold.</summary>
    public const decimal Limit = 1_000_000_000_000_000_000m;

    public Money(decimal amount, Currency currency)
    {
        if (RoundAmount(amount, currency.Digits) != amount)
            throw new ArgumentException(Invariant($"{amount} has more digits than {currency.Code} has ({currency.Digits})"));
        if (Math.Abs(amount) >= Limit) throw new OverflowException(Invariant($"{amount} {currency.Code} is too large"));
        (Amount, Currency) = (amount, currency);
    }

    public decimal Amount { get; }

    public Currency Currency { get; }

    public bool IsZero => Amount == 0;

    public bool IsNegative => Amount < 0;

    public static Money Zero(Currency currency) => new(0, currency);

    /// <summary>Rounds half away from zero at the currency's scale (policy 8). The only rounding of money.</summary>
    public static Money Round(decimal amount, Currency currency) => new(RoundAmount(amount, currency.Digits), currency);

    /// <summary>Rounds half away from zero to the nearest multiple of a step, as cash is (policy 10): 12.37 to 0.05 is
    /// 12.35. The step is an amount of the currency, above zero.</summary>
    public static Money RoundTo(decimal amount, decimal step, Currency currency) => step > 0
        ? new(Math.Round(amount / step, 0, MidpointRounding.AwayFromZero) * step, currency)
        : throw new ArgumentException("A step is above zero");

    /// <summary>Whether the amount is exact at the currency's scale and within <see cref="Limit"/>.</summary>
    public static bool Fits(decimal amount, Currency currency) =>
        Math.Abs(amount) < Limit && RoundAmount(amount, currency.Digits) == amount;

    public Money Abs() => new(Math.Abs(Amount), Currency);

    /// <summary>Converts at a rate (units of <paramref name="to"/> for one of this currency), rounded once.</summary>
    public Money ConvertAt(decimal rate, Currency to) => RoundExactly(Amount, rate, 1m, to);

    // one x other / divisor, rounded once: a decimal rounds to 28 digits first, and may make a half where none was.
    internal static Money RoundExactly(decimal one, decimal other, decimal divisor, Currency currency)
    {
        var whole = Integral(one) * Integral(other) * (BigInteger)Scale(currency.Digits);
        var part = Integral(divisor) * BigInteger.Pow(10, 28);
        var units = BigInteger.DivRem(BigInteger.Abs(whole) * 2 + part, part * 2, out _);
        if (units >= (BigInteger)Limit * (BigInteger)Scale(currency.Digits))
            throw new OverflowException(Invariant($"{one} x {other} / {divisor} {currency} is too large"));
        return new Money(whole.Sign * (decimal)units / Scale(currency.Digits), currency);
    }

    /// <summary>Splits in proportion to the weights without losing a minor unit: each share rounded towards zero, the
    /// units left over go one by one in written order; negative amounts are mirrored (policy 9).</summary>
    public IReadOnlyList<Money> Allocate(IReadOnlyList<decimal> weights)
    {
        if (weights.Count == 0) throw new ArgumentException("Nothing to split among");
        if (weights.Any(weight => weight < 0)) throw new ArgumentException("A weight is negative");
        var parts = weights.Select(Integral).ToArray();
        var total = parts.Aggregate(BigInteger.Zero, BigInteger.Add);
        if (total.IsZero) throw new ArgumentException("All weights are zero");
        var whole = new BigInteger(Math.Abs(Amount) * Scale(Currency.Digits));
        var shares = parts.Select(part => whole * part / total).ToArray();
        var left = shares.Aggregate(whole, BigInteger.Subtract);
        for (var i = 0; left > 0; i = (i + 1) % shares.Length)
        {
            if (parts[i].IsZero) continue;
            shares[i]++;
            left--;
        }
        var (sign, currency) = (Math.Sign(Amount), Currency);
        return [.. shares.Select(share => new Money(sign * (decimal)share / Scale(currency.Digits), currency))];
    }

    public static Money operator +(Money left, Money right) => new(left.Amount + left.Same(right), left.Currency);

    public static Money operator -(Money left, Money right) => new(left.Amount - left.Same(right), left.Currency);

    public static Money operator -(Money money) => new(-money.Amount, money.Currency);

    public static bool operator <(Money left, Money right) => left.Amount < left.Same(right);

    public static bool operator >(Money left, Money right) => left.Amount > left.Same(right);

    public static bool operator <=(Money left, Money right) => left.Amount <= left.Same(right);

    public static bool operator >=(Money left, Money right) => left.Amount >= left.Same(right);

    /// <summary>As 1234.50 EUR: all minor digits, a dot, no grouping, whatever the culture.</summary>
    public override string ToString() => Invariant($"{AmountText} {Currency}");

    /// <summary>The amount alone with all minor digits: 1234.50.</summary>
    public string AmountText => Amount.ToString("F" + Currency.Digits.ToString(CultureInfo.InvariantCulture),
        CultureInfo.InvariantCulture);

    private static decimal RoundAmount(decimal amount, int digits) =>
        Math.Round(amount, digits, MidpointRounding.AwayFromZero);

    // A number in units of 10^-28, exact whatever its scale, so that no division rounds before the last.
    private static BigInteger Integral(decimal weight)
    {
        Span<int> bits = stackalloc int[4];
        decimal.GetBits(weight, bits);
        var scale = (bits[3] >> 16) & 0xFF;
        var mantissa = new BigInteger(new decimal(bits[0], bits[1], bits[2], bits[3] < 0, 0));
        return mantissa * BigInteger.Pow(10, 28 - scale);
    }

    private static decimal Scale(int digits) => digits switch { 0 => 1m, 1 => 10m, 2 => 100m, 3 => 1000m, _ => 10000m };

    private decimal Same(Money other) => other.Currency == Currency ? other.Amount
        : throw new InvalidOperationException($"Mixed currencies: {Currency} and {other.Currency}");

    private static string Invariant(FormattableString text) => FormattableString.Invariant(text);
}

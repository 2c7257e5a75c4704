using System.Globalization;

namespace BusinessM;

/// <summary>A quantity of something, up to six decimals; its unit of measure stands beside it (UN/ECE Rec 20).
/// </summary>
public readonly record struct Quantity
{
    public const int Digits = 6;

    public Quantity(decimal value)
    {
        if (!Fits(value)) throw new ArgumentException(FormattableString.Invariant($"{value} is no quantity"));
        Value = value;
    }

    public decimal Value { get; }

    /// <summary>At most six decimals and twelve whole digits.</summary>
    public static bool Fits(decimal value) =>
        Math.Abs(value) < 1_000_000_000_000m && decimal.Round(value, Digits, MidpointRounding.ToZero) == value;

    public static Quantity operator +(Quantity left, Quantity right) => new(left.Value + right.Value);

    public static Quantity operator -(Quantity left, Quantity right) => new(left.Value - right.Value);

    public static Quantity operator -(Quantity quantity) => new(-quantity.Value);

    public override string ToString() => Value.ToString("0.######", CultureInfo.InvariantCulture);
}

/// <summary>A price of one unit (or of a base quantity), up to six decimals. Times a quantity it is the only
/// multiplication that makes money.</summary>
public readonly record struct UnitPrice
{
    public const int Digits = 6;

    public UnitPrice(decimal value)
    {
        if (!Quantity.Fits(value))
            throw new ArgumentException(FormattableString.Invariant($"{value} is no unit price"));
        Value = value;
    }

    public decimal Value { get; }

    /// <summary>quantity x price / base quantity, rounded once at the currency's scale (EN 16931 BT-131, policy 8).
    /// </summary>
    public Money Times(Quantity quantity, Currency currency, decimal baseQuantity = 1m) => baseQuantity > 0
        ? Money.RoundExactly(Value, quantity.Value, baseQuantity, currency)
        : throw new ArgumentException("A base quantity is above zero");

    public override string ToString() => Value.ToString("0.######", CultureInfo.InvariantCulture);
}

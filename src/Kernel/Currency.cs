namespace BusinessM;

/// <summary>A currency of ISO 4217: three capital letters and the number of its minor units' digits (0 to 4).</summary>
public readonly partial record struct Currency : IComparable<Currency>
{
    private readonly string? _code;

    private Currency(string code, byte digits) => (_code, Digits) = (code, digits);

    /// <summary>The alphabetic code, such as EUR.</summary>
    public string Code => _code ?? throw new InvalidOperationException("A currency was used that was never set");

    /// <summary>Digits of the minor unit: EUR 2, JPY 0, KWD 3.</summary>
    public byte Digits { get; }

    /// <summary>The currency of the code; an unknown code is a bug (see <see cref="TryParse"/> for input).</summary>
    public static Currency Of(string code) => TryParse(code, out var currency) ? currency
        : throw new ArgumentException($"'{code}' is not a currency of ISO 4217 with minor units");

    public static bool TryParse(string? code, out Currency currency) =>
        Iso4217.TryGetValue(code ?? "", out currency);

    /// <summary>All currencies, by code.</summary>
    public static IReadOnlyCollection<Currency> All => Iso4217.Values;

    public int CompareTo(Currency other) => string.CompareOrdinal(_code, other._code);

    public override string ToString() => _code ?? "(none)";
}

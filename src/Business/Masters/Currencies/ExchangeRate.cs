using BusinessM.Records;

namespace BusinessM.Masters.Currencies;

public readonly record struct ExchangeRateId(Guid Value) : ITypedId<ExchangeRateId>
{
    public static ExchangeRateId From(Guid value) => new(value);

    public override string ToString() => Value.ToString();
}

/// <summary>Units of <see cref="ToCurrency"/> for one <see cref="FromCurrency"/> on a day.</summary>
[DocumentType("exchange-rate", "Exchange rate", "Exchange rates", Title = nameof(Day), Code = null, Removable = true)]
internal sealed class ExchangeRate : Document<ExchangeRateId>
{
    public const string Entered = "entered";

    [Field("From", Name = "from", Required = true, InList = true), Link("masters.currency", ByCode = true)]
    public string FromCurrency { get; init; } = "";

    [Field("To", Name = "to", Required = true, InList = true), Link("masters.currency", ByCode = true)]
    public string ToCurrency { get; init; } = "";

    [Field("Day", Required = true, InList = true, Indexed = true)]
    public DateOnly Day { get; init; }

    [Field("Rate", Scale = 12, Required = true, InList = true, Min = "0.000000000001", Max = "999999999999",
        Help = "Units of the second currency for one of the first.")]
    public decimal Value { get; set; }

    [Field("Source", Length = 40, InList = true, Default = Entered, Help = "Who published it, such as ECB.")]
    public string Source { get; set; } = Entered;

    public static Error? Check(string from, string to, decimal value, string source)
    {
        if (!Currency.TryParse(from, out _) || !Currency.TryParse(to, out _))
            return MastersErrors.CurrencyUnknown.With($"{from} or {to} is not a currency", "from");
        if (from == to || value is <= 0 or >= 1_000_000_000_000m || decimal.Round(value, 12) != value
            || source.Length is 0 or > 40)
            return MastersErrors.RateInvalid.With($"{value} is no rate from {from} to {to}", "value");
        return null;
    }
}

/// <summary>A rate leads from one currency to another.</summary>
internal sealed class ExchangeRateRules : IDocumentRules<ExchangeRate>
{
    public Task<Result<Done>> Before(DocumentChange<ExchangeRate> change, CancellationToken ct)
    {
        var rate = change.Document;
        return Task.FromResult(Rules.Answer(ExchangeRate.Check(rate.FromCurrency, rate.ToCurrency, rate.Value,
            rate.Source)));
    }
}

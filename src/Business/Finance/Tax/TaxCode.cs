
namespace BusinessM.Finance.Tax;

/// <summary>A rate in percent, from a tax point on.</summary>
public readonly record struct DatedRate(DateOnly From, decimal Percent);

public enum TaxDue { OnInvoice, OnPayment }

public readonly record struct TaxCodeId(Guid Value) : ITypedId<TaxCodeId>
{
    public static TaxCodeId From(Guid value) => new(value);
    public override string ToString() => Value.ToString();
}

/// <summary>A tax of a company: its VAT category, its rates by date, and when it falls due (policy 11).</summary>
public sealed class TaxCode : Document<TaxCodeId>
{
    public string Code { get; private init; } = "";

    public string Name { get; private set; } = "";

    public VatCategory Category { get; private init; }

    public TaxDue Due { get; private init; }

    /// <summary>In ascending order of date; a category without rates has one of 0 from the beginning.</summary>
    public IReadOnlyList<DatedRate> Rates { get; private set; } = [];

    /// <summary>Declares a tax code. Refuses rates on a category that has none, no rate at all, two rates of one day.
    /// </summary>
    public static Result<TaxCode> Declare(TaxCodeId id, CompanyId company, string code, string name,
        VatCategory category, TaxDue due, IReadOnlyList<DatedRate> rates)
    {
        if (!Vat.TakesRate(category))
        {
            if (rates.Any(rate => rate.Percent != 0)) return FinanceErrors.TaxRateNotAllowed.With(
                $"Category {category} has no rate: {code} was given one", "rates");
            rates = [new DatedRate(DateOnly.MinValue, 0)];
        }
        if (rates is []) return FinanceErrors.TaxRateMissing.With($"Tax code {code} has no rate", "rates");
        if (rates.Any(rate => rate.Percent is < 0 or > 100 || decimal.Round(rate.Percent, 4) != rate.Percent))
            return FinanceErrors.TaxRateNotAllowed.With($"A rate lies between 0 and 100, four decimals at most",
                "rates");
        var ordered = rates.OrderBy(rate => rate.From).ToArray();
        for (var i = 1; i < ordered.Length; i++)
        {
            if (ordered[i].From == ordered[i - 1].From) return FinanceErrors.TaxRateNotAllowed.With(
                $"Two rates of {code} start on {ordered[i].From:yyyy-MM-dd}", "rates");
        }
        return new TaxCode { Id = id, Company = company, Code = code, Name = name, Category = category, Due = due,
            Rates = ordered };
    }

    /// <summary>The rate of the tax point, not of the posting date (Directive 2006/112 Art. 93).</summary>
    public Result<Vat> On(DateOnly taxPoint)
    {
        for (var i = Rates.Count - 1; i >= 0; i--)
            if (Rates[i].From <= taxPoint) return new Vat(Category, Rates[i].Percent);
        return FinanceErrors.TaxRateMissing.With($"Tax code {Code} has no rate on {taxPoint:yyyy-MM-dd}", "taxPoint");
    }
}

namespace BusinessM.Finance.Tax;

/// <summary>A rate in percent, from a tax point on.</summary>
public readonly record struct DatedRate(DateOnly From, decimal Percent);

public enum TaxDue { OnInvoice, OnPayment }

/// <summary>Whether a tax is a percentage of its base, or an amount for each unit (policy 8).</summary>
public enum TaxCalculation { Percent, PerUnit }

/// <summary>A tax of a company: its VAT category, when it falls due, and its rates in ascending order of date (policy
/// 11). A category without rates has one of 0 from the beginning.</summary>
public sealed record TaxCode(string Code, string Name, VatCategory Category, TaxDue Due, IReadOnlyList<DatedRate> Rates,
    TaxCalculation Calculation = TaxCalculation.Percent, bool Blocked = false)
{
    public const int RatesMax = 100;

    /// <summary>Checks and orders a tax code as entered. Refuses rates on a category that has none, no rate at all, two
    /// rates of one day.</summary>
    public static Result<TaxCode> Declare(string code, string name, VatCategory category, TaxDue due,
        IReadOnlyList<DatedRate> rates)
    {
        if (code.Length is 0 or > 20 || code.Trim() != code || name.Length is 0 or > 200)
            return FinanceErrors.TextInvalid.With($"A tax code has 1 to 20 characters, its name 1 to 200", "code");
        if (!Vat.TakesRate(category))
        {
            if (rates.Any(rate => rate.Percent != 0)) return FinanceErrors.TaxRateNotAllowed.With(
                $"Category {category} has no rate: {code} was given one", "rates");
            rates = [new DatedRate(DateOnly.MinValue, 0)];
        }
        if (rates is []) return FinanceErrors.TaxRateMissing.With($"Tax code {code} has no rate", "rates");
        if (rates.Count > RatesMax || rates.Any(rate => rate.Percent is < 0 or > 100
            || decimal.Truncate(rate.Percent * 10_000) != rate.Percent * 10_000))
            return FinanceErrors.TaxRateNotAllowed.With(
                $"A rate lies between 0 and 100 with four decimals at most; there are at most {RatesMax}", "rates");
        var ordered = rates.OrderBy(rate => rate.From).ToArray();
        for (var i = 1; i < ordered.Length; i++)
        {
            if (ordered[i].From == ordered[i - 1].From) return FinanceErrors.TaxRateNotAllowed.With(
                $"Two rates of {code} start on {ordered[i].From:yyyy-MM-dd}", "rates");
        }
        return new TaxCode(code, name, category, due, ordered);
    }

    /// <summary>The rate of the tax point, not of the posting date (Directive 2006/112 Art. 93).</summary>
    public Result<Vat> On(DateOnly taxPoint)
    {
        for (var i = Rates.Count - 1; i >= 0; i--)
            if (Rates[i].From <= taxPoint) return new Vat(Category, Rates[i].Percent);
        return FinanceErrors.TaxRateMissing.With($"Tax code {Code} has no rate on {taxPoint:yyyy-MM-dd}", "taxPoint");
    }
}

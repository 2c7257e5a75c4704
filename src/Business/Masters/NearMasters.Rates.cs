using BusinessM.Contracts.Masters;
using Microsoft.EntityFrameworkCore;

namespace BusinessM.Masters;

internal sealed partial class NearMasters
{
    public async Task<Result<Rate>> Rate(RateQuery query, CancellationToken ct)
    {
        if (!Currency.TryParse(query.From, out _) || !Currency.TryParse(query.To, out _))
            return MastersErrors.CurrencyUnknown.With($"{query.From} or {query.To} is not a currency");
        if (query.From == query.To) return new Rate(query.From, query.To, query.Day, 1, "same");
        if (await Direct(query, ct) is { } direct) return direct;
        var companies = await Companies(new CompaniesQuery([query.Company]), ct);
        if (companies.Failed) return companies.Failure;
        if (companies.Value is [{ } company] && company.Currency != query.From && company.Currency != query.To
            && await Direct(query with { To = company.Currency }, ct) is { } first
            && await Direct(query with { From = company.Currency }, ct) is { } second)
        {
            return new Rate(query.From, query.To, first.Day < second.Day ? first.Day : second.Day,
                Digits(first.Value * second.Value), $"{first.Source} over {company.Currency}");
        }
        return MastersErrors.RateMissing.With(
            $"No rate {query.From} to {query.To} on {query.Day:yyyy-MM-dd} or up to {query.MaxAgeDays} days before");
    }

    private async Task<Rate?> Direct(RateQuery query, CancellationToken ct)
    {
        var (company, from, to, day, oldest) = (query.Company, query.From, query.To, query.Day,
            DateOnly.FromDayNumber(Math.Max(0, query.Day.DayNumber - query.MaxAgeDays)));
        var row = await db.Rates.AsNoTracking()
            .Where(r => r.Company == company && r.Day <= day && r.Day >= oldest
                && ((r.FromCurrency == from && r.ToCurrency == to) || (r.FromCurrency == to && r.ToCurrency == from)))
            .OrderByDescending(r => r.Day).ThenByDescending(r => r.FromCurrency == from).FirstOrDefaultAsync(ct);
        return row is null ? null
            : new Rate(from, to, row.Day, Digits(row.FromCurrency == from ? row.Value : 1 / row.Value), row.Source);
    }

    private static decimal Digits(decimal rate) => decimal.Round(rate, 12, MidpointRounding.AwayFromZero);
}

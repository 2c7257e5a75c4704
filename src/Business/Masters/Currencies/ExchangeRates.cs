using BusinessM.Contracts.Masters;
using BusinessM.Masters.Organisation;
using BusinessM.Records;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;

namespace BusinessM.Masters.Currencies;

/// <summary>Exchange rates of a company by day. Entering a day again replaces its rate; what is posted stays.</summary>
internal static class ExchangeRates
{
    public const int RatesMax = 1_000;

    public sealed record RatesRequest
    {
        public required CompanyId Company { get; init; }

        public required IReadOnlyList<RateRequest> Rates { get; init; }
    }

    public sealed record RateRequest
    {
        public required string From { get; init; }

        public required string To { get; init; }

        public required DateOnly Day { get; init; }

        /// <summary>Units of To for one From.</summary>
        public required decimal Value { get; init; }

        public string Source { get; init; } = ExchangeRate.Entered;
    }

    public sealed record RatesView(int Entered);

    public static void Map(IEndpointRouteBuilder rates)
    {
        rates.MapPost("/", Enter).RequirePermission("masters.rate.enter");
        rates.MapGet("/", Get).RequirePermission("masters.rate.read");
    }

    private static async Task<Results<Ok<RatesView>, ProblemHttpResult>> Enter(RatesRequest request, MastersDb db,
        IMasters masters, Caller caller, CancellationToken ct)
    {
        if (await Companies.Visible(request.Company.Value, masters, caller,
            ct) is { } unseen) return unseen.ToProblem();
        if (request.Rates.Count is 0 or > RatesMax)
            return MastersErrors.RateInvalid.With($"1 to {RatesMax} rates are entered at once", "rates").ToProblem();
        var (company, days) = (request.Company, request.Rates.Select(r => r.Day).Distinct().ToList());
        var there = await db.Rates.Where(r => r.Company == company && days.Contains(r.Day))
            .ToDictionaryAsync(r => (r.FromCurrency, r.ToCurrency, r.Day), ct);
        for (var i = 0; i < request.Rates.Count; i++)
        {
            var rate = request.Rates[i];
            if (ExchangeRate.Check(rate.From, rate.To, rate.Value, rate.Source) is { } wrong)
                return wrong.At(FormattableString.Invariant($"rates[{i}]")).ToProblem();
            if (there.TryGetValue((rate.From, rate.To, rate.Day), out var old))
            {
                (old.Value, old.Source) = (rate.Value, rate.Source);
                continue;
            }
            var made = new ExchangeRate
            {
                Id = Ids.New<ExchangeRateId>(), Company = company, FromCurrency = rate.From, ToCurrency = rate.To,
                Day = rate.Day, Value = rate.Value, Source = rate.Source,
            };
            there[(rate.From, rate.To, rate.Day)] = made;
            db.Add(made);
        }
        var committed = await db.Commit(() => new RatesView(request.Rates.Count), ct);
        return committed.Failed ? committed.Failure.ToProblem() : TypedResults.Ok(committed.Value);
    }

    private static async Task<Results<Ok<Rate>, ProblemHttpResult>> Get(Guid company, string from, string to,
        DateOnly day,
        int? maxAgeDays, IMasters masters, Caller caller, CancellationToken ct)
    {
        if (await Companies.Visible(company, masters, caller, ct) is { } unseen) return unseen.ToProblem();
        var rate = await masters.Rate(new RateQuery(new CompanyId(company), from, to, day,
            Math.Clamp(maxAgeDays ?? 7, 0, 365)), ct);
        return rate.Failed ? rate.Failure.ToProblem() : TypedResults.Ok(rate.Value);
    }
}

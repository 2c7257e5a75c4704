using BusinessM.Contracts.BookKeeper;
using BusinessM.Contracts.Masters;
using BusinessM.Finance.Ledger;
using BusinessM.Finance.Tax;
using BusinessM.Records;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;

namespace BusinessM.Finance.SetUp;

/// <summary>A company and how it keeps its books.</summary>
public sealed record CompanyView(CompanyId Id, string Code, string Name, string Currency, string Country, string Zone,
    int Version, string? DefaultTaxCode, int PaymentDays, int RateAgeMaxDays, IReadOnlyList<BranchView> Branches,
    IReadOnlyList<TaxCode> TaxCodes, IReadOnlyList<FiscalYear> FiscalYears, IReadOnlyList<PeriodView> Periods,
    IReadOnlyDictionary<string, string> NumberFormats, IReadOnlyDictionary<string, decimal> RoundTo)
{
    internal static CompanyView Of(BooksSettings s, Company c, IReadOnlyList<Branch> branches,
        IReadOnlyList<Period> periods) => new(c.Id, c.Code, c.Name, c.Currency, c.Country, c.Zone, s.Version,
        s.DefaultTaxCode, s.PaymentDays, s.RateAgeMaxDays, [.. branches.Select(b => new BranchView(b.Id, b.Code,
            b.Name))],
        s.TaxCodes, s.FiscalYears, [.. periods.OrderBy(p => p.From).ThenBy(p => p.Adjustment)
            .Select(p => new PeriodView(p.Code, p.From, p.To, p.State, p.Adjustment))], s.NumberFormats, s.RoundTo);
}

public sealed record BranchView(BranchId Id, string Code, string Name);

public sealed record PeriodView(string Code, DateOnly From, DateOnly To, PeriodState State, bool Adjustment);

internal static class GetCompany
{
    public static void Map(IEndpointRouteBuilder companies)
    {
        companies.MapGet("/{company:guid}", Handle).RequirePermission("finance.company.read");
        companies.MapGet("/{company:guid}/accounts", Accounts).RequirePermission("finance.company.read");
    }

    private static async Task<Results<Ok<CompanyView>, ProblemHttpResult>> Handle(Guid company, BooksOf booksOf,
        CancellationToken ct)
    {
        var read = await booksOf.Change(new CompanyId(company), ct);
        if (read.Failed) return read.Failure.ToProblem();
        var (settings, books) = read.Value;
        return TypedResults.Ok(CompanyView.Of(settings, books.Company, books.Branches, books.Periods));
    }

    private static async Task<Results<Ok<IReadOnlyList<ChartAccount>>, ProblemHttpResult>> Accounts(Guid company,
        BooksOf booksOf, CancellationToken ct)
    {
        var read = await booksOf.Change(new CompanyId(company), ct);
        return read.Failed ? read.Failure.ToProblem() : TypedResults.Ok(read.Value.Settings.Accounts);
    }
}

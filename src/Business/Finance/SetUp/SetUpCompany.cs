using BusinessM.Contracts.BookKeeper;
using BusinessM.Contracts.Masters;
using BusinessM.Contracts.RecordKeeper;
using BusinessM.Finance.Ledger;
using BusinessM.Finance.Tax;
using BusinessM.Records;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;

namespace BusinessM.Finance.SetUp;

/// <summary>A company with its main branch, chart, tax codes, fiscal year and periods, in one call.</summary>
internal static class SetUpCompany
{
    public sealed record SetUpCompanyRequest
    {
        public CompanyId? Id { get; init; }

        public required string Code { get; init; }

        public required string Name { get; init; }

        /// <summary>ISO 4217: what the books are kept in.</summary>
        public required string Currency { get; init; }

        /// <summary>ISO 3166 alpha-2.</summary>
        public required string Country { get; init; }

        /// <summary>IANA: decides what today is.</summary>
        public required string Zone { get; init; }

        public int FiscalYearStartMonth { get; init; } = 1;

        /// <summary>A day of the first fiscal year.</summary>
        public required DateOnly FirstDay { get; init; }

        public BranchId? BranchId { get; init; }

        public string BranchCode { get; init; } = "MAIN";

        public string? BranchName { get; init; }

        /// <summary>Null: one code O, out of the scope of VAT.</summary>
        public IReadOnlyList<TaxCodeRequest>? TaxCodes { get; init; }

        /// <summary>Names that journal lines may carry.</summary>
        public IReadOnlyList<string>? Dimensions { get; init; }
    }

    public sealed record TaxCodeRequest
    {
        public required string Code { get; init; }

        public required string Name { get; init; }

        public required VatCategory Category { get; init; }

        public TaxDue Due { get; init; }

        public IReadOnlyList<DatedRate>? Rates { get; init; }

        internal Result<TaxCode> Declare() => TaxCode.Declare(Code, Name, Category, Due, Rates ?? []);
    }

    public static void Map(IEndpointRouteBuilder companies) =>
        companies.MapPost("/", Handle).RequirePermission("finance.company.set-up");

    private static async Task<Results<Created<CompanyView>, ProblemHttpResult>> Handle(SetUpCompanyRequest request,
        CompanySetUp setUp, FinanceDb db, Caller caller, CancellationToken ct)
    {
        if (caller.Companies is not null && (request.Id is null || !caller.Sees(request.Id.Value)))
            return RecordErrors.NotPermitted.With($"Only who sees all companies may set one up").ToProblem();
        var made = await setUp.Include(request, ct);
        if (made.Failed) return made.Failure.ToProblem();
        var committed = await db.Commit(() => CompanyView.Of(made.Value.Settings, made.Value.Company,
            made.Value.Branches,
            made.Value.Periods), ct, 201);
        return committed.Failed ? committed.Failure.ToProblem()
            : TypedResults.Created("/api/finance/companies/" + made.Value.Company.Id, committed.Value);
    }
}

/// <summary>Sets a company up within a unit of work; the caller commits.</summary>
internal sealed class CompanySetUp(FinanceDb db, IMasters masters, IBookKeeper keeper, IUnitOfWork unit)
{
    public sealed record Made(BooksSettings Settings, Company Company, IReadOnlyList<Branch> Branches,
        IReadOnlyList<Period> Periods);

    public async Task<Result<Made>> Include(SetUpCompany.SetUpCompanyRequest request, CancellationToken ct)
    {
        var company = new Company(request.Id ?? Ids.New<CompanyId>(), request.Code, request.Name, request.Currency,
            request.Country, request.Zone, request.FiscalYearStartMonth, 0);
        var branch = new Branch(request.BranchId ?? Ids.New<BranchId>(), company.Id, request.BranchCode,
            request.BranchName ?? request.Name, 0);
        var founded = await masters.Found(new FoundCompany(company, branch), ct);
        if (founded.Failed) return founded.Failure;

        var year = FiscalYear.Holding(request.FirstDay, request.FiscalYearStartMonth);
        if (year.Failed) return year.Failure.At("firstDay");
        var settings = BooksSettings.Of(company.Id, ChartOfAccounts.Generic, year.Value);
        if (AddTaxCodes(settings, request).TryFailure(out var refused)) return refused;
        var opened = await keeper.Open(new Books(company.Id, company.Currency, request.Dimensions ?? []), ct);
        if (opened.Failed) return opened.Failure;
        var accounts = await keeper.PutAccounts([.. settings.Accounts.Select(a => a.ToAccount(company.Id))], ct);
        if (accounts.Failed) return accounts.Failure;
        var periods = year.Value.Periods(company.Id);
        var put = await keeper.PutPeriods(periods, ct);
        if (put.Failed) return put.Failure;
        foreach (var code in settings.TaxCodes) db.Add(TaxCodeDocument.Of(company.Id, code));
        db.Add(settings);
        unit.Include(new BooksChanged(company.Id, () => settings.Version));
        return new Made(settings, company, [branch], periods);
    }

    private static Result<Done> AddTaxCodes(BooksSettings settings, SetUpCompany.SetUpCompanyRequest request)
    {
        if (request.TaxCodes is null or [])
            return settings.Add(new TaxCode("O", "Out of the scope of VAT", VatCategory.O, TaxDue.OnInvoice,
                [new DatedRate(DateOnly.MinValue, 0)]));
        for (var i = 0; i < request.TaxCodes.Count; i++)
        {
            var code = request.TaxCodes[i].Declare();
            if (code.Failed) return code.Failure.At(FormattableString.Invariant($"taxCodes[{i}]"));
            if (settings.Add(code.Value).TryFailure(out var refused))
                return refused.At(FormattableString.Invariant($"taxCodes[{i}]"));
        }
        return Done.Ok;
    }
}

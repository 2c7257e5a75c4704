using BusinessM.Contracts.BookKeeper;
using BusinessM.Contracts.RecordKeeper;
using BusinessM.Finance.Ledger;
using BusinessM.Finance.Tax;
using BusinessM.Records;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;

namespace BusinessM.Finance.SetUp;

/// <summary>Changes of a company's books: tax codes, accounts, roles, fiscal years, periods, formats, settings. Each
/// answers the company as it stands.</summary>
internal static class ChangeBooks
{
    public sealed record AccountRequest
    {
        public required string Code { get; init; }

        public required string Name { get; init; }

        public required AccountType Type { get; init; }

        public Side? NormalSide { get; init; }

        public string? Parent { get; init; }

        public bool Group { get; init; }

        /// <summary>The one currency that it takes; null: any.</summary>
        public string? Currency { get; init; }

        public string? StatementLine { get; init; }

        public string? CashFlow { get; init; }
    }

    public sealed record FiscalYearRequest
    {
        /// <summary>A day of the year; it runs from the company's starting month.</summary>
        public required DateOnly Holding { get; init; }
    }

    public sealed record PeriodRequest
    {
        public required PeriodState State { get; init; }
    }

    public sealed record NumberFormatRequest
    {
        /// <summary>sales-invoice, credit-note, receipt, journal or reversal.</summary>
        public required string Kind { get; init; }

        /// <summary>Tokens {fy}, {branch} and {00000}.</summary>
        public required string Format { get; init; }
    }

    public sealed record SettingsRequest
    {
        public string? DefaultTaxCode { get; init; }

        public int PaymentDays { get; init; } = 30;

        public int RateAgeMaxDays { get; init; } = 7;

        /// <summary>By currency, the step that a payable amount is rounded to.</summary>
        public IReadOnlyDictionary<string, decimal>? RoundTo { get; init; }
    }

    public static void Map(IEndpointRouteBuilder companies)
    {
        companies.MapPost("/{company:guid}/tax-codes", AddTaxCode).RequirePermission("finance.tax-code.add");
        companies.MapPost("/{company:guid}/tax-codes/change",
            ChangeTaxCode).RequirePermission("finance.tax-code.change");
        companies.MapPost("/{company:guid}/accounts", AddAccount).RequirePermission("finance.account.add");
        companies.MapPost("/{company:guid}/roles", GiveRole).RequirePermission("finance.account.give-role");
        companies.MapPost("/{company:guid}/fiscal-years", AddFiscalYear).RequirePermission("finance.fiscal-year.open");
        companies.MapPost("/{company:guid}/periods/{code}", SetPeriod).RequirePermission("finance.period.set");
        companies.MapPost("/{company:guid}/number-formats", SetFormat).RequirePermission("finance.number-format.set");
        companies.MapPost("/{company:guid}/settings", Set).RequirePermission("finance.company.change");
    }

    private static Task<Results<Ok<CompanyView>, ProblemHttpResult>> AddTaxCode(Guid company,
        SetUpCompany.TaxCodeRequest request, BooksChange change, FinanceDb db, CancellationToken ct) =>
        change.Take(company, (settings, _) =>
        {
            var code = request.Declare();
            if (code.Failed) return code.Failure;
            if (settings.Add(code.Value).TryFailure(out var refused)) return refused;
            db.Add(TaxCodeDocument.Of(settings.Id, code.Value));
            return Done.Ok;
        }, ct);

    private static Task<Results<Ok<CompanyView>, ProblemHttpResult>> ChangeTaxCode(Guid company,
        SetUpCompany.TaxCodeRequest request, BooksChange change, FinanceDb db, CancellationToken ct) =>
        change.Take(company, async (settings, _) =>
        {
            var declared = request.Declare();
            if (declared.Failed) return declared.Failure;
            var (id, name) = (settings.Id, request.Code);
            var code = await db.TaxCodes.Include(t => t.Rates.OrderBy(r => r.Seq))
                .SingleOrDefaultAsync(t => t.Company == id && t.Code == name, ct);
            if (code is null) return FinanceErrors.TaxCodeNotFound.With($"There is no tax code {name}", "code");
            code.Change(declared.Value);
            var changed = code.ToTaxCode();
            return changed.Failed ? changed.Failure : settings.Change(changed.Value);
        }, ct);

    private static Task<Results<Ok<CompanyView>, ProblemHttpResult>> AddAccount(Guid company, AccountRequest request,
        BooksChange change, IBookKeeper keeper, CancellationToken ct) =>
        change.Take(company, async (settings, books) =>
        {
            var side = request.NormalSide
                ?? (request.Type is AccountType.Asset or AccountType.Expense ? Side.Debit : Side.Credit);
            var account = new ChartAccount(request.Code, request.Name, request.Parent, request.StatementLine,
                request.Type,
                side, request.Group, null, false, request.CashFlow);
            if (settings.Add(account).TryFailure(out var refused)) return refused;
            return await keeper.PutAccounts([account.ToAccount(books.Company.Id) with { Currency =
                request.Currency }], ct);
        }, ct);

    private static Task<Results<Ok<CompanyView>, ProblemHttpResult>> GiveRole(Guid company, RoleAccount request,
        BooksChange change, CancellationToken ct) => change.Take(company, (settings, _) => settings.Give(request), ct);

    private static Task<Results<Ok<CompanyView>, ProblemHttpResult>> AddFiscalYear(Guid company,
        FiscalYearRequest request, BooksChange change, IBookKeeper keeper, CancellationToken ct) =>
        change.Take(company, async (settings, books) =>
        {
            var year = FiscalYear.Holding(request.Holding, books.Company.FiscalYearStartMonth);
            if (year.Failed) return year.Failure.At("holding");
            if (settings.Add(year.Value).TryFailure(out var refused)) return refused;
            return await keeper.PutPeriods(year.Value.Periods(books.Company.Id), ct);
        }, ct);

    private static Task<Results<Ok<CompanyView>, ProblemHttpResult>> SetPeriod(Guid company, string code,
        PeriodRequest request, PeriodChange change, PeriodClosing closing, CancellationToken ct) =>
        request.State == PeriodState.Closed ? closing.Close(company, code, ct)
            : change.Set(company, code, request.State, ct);

    private static Task<Results<Ok<CompanyView>, ProblemHttpResult>> SetFormat(Guid company,
        NumberFormatRequest request,
        BooksChange change, CancellationToken ct) => change.Take(company, (settings, books) =>
            settings.Set(request.Kind, request.Format, books.Company.Country, books.Branches), ct);

    private static Task<Results<Ok<CompanyView>, ProblemHttpResult>> Set(Guid company, SettingsRequest request,
        BooksChange change, CancellationToken ct) => change.Take(company, (settings, _) => settings.Set(
            request.DefaultTaxCode, request.PaymentDays, request.RateAgeMaxDays,
            request.RoundTo ?? new Dictionary<string, decimal>()), ct);
}

/// <summary>Loads a company's settings, changes them, commits, and drops what was cached of them.</summary>
internal sealed class BooksChange(FinanceDb db, BooksOf booksOf, IBooks reads, IUnitOfWork unit)
{
    public Task<Results<Ok<CompanyView>, ProblemHttpResult>> Take(Guid company,
        Func<BooksSettings, CompanyBooks, Result<Done>> change, CancellationToken ct) =>
        Take(company, (settings, books) => Task.FromResult(change(settings, books)), ct);

    public async Task<Results<Ok<CompanyView>, ProblemHttpResult>> Take(Guid company,
        Func<BooksSettings, CompanyBooks, Task<Result<Done>>> change, CancellationToken ct)
    {
        var read = await booksOf.Change(new CompanyId(company), ct);
        if (read.Failed) return read.Failure.ToProblem();
        var (settings, books) = read.Value;
        var changed = await change(settings, books);
        if (changed.Failed) return changed.Failure.ToProblem();

        // A period's state is not ours, but decisions rely on this document's version for it.
        db.Entry(settings).Property(s => s.PaymentDays).IsModified = true;
        unit.Include(new BooksChanged(settings.Id, () => settings.Version));
        var committed = await db.Commit(() => settings.Version, ct);
        if (committed.Failed) return committed.Failure.ToProblem();
        var periods = await reads.Periods(new PeriodsQuery(settings.Id), ct);
        return periods.Failed ? periods.Failure.ToProblem()
            : TypedResults.Ok(CompanyView.Of(settings, books.Company, books.Branches, periods.Value));
    }
}

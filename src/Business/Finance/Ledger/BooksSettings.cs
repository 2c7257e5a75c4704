using System.Collections.Frozen;
using BusinessM.Contracts.BookKeeper;
using BusinessM.Contracts.Masters;
using BusinessM.Finance.Tax;
using BusinessM.Finance.Terms;
using BusinessM.Records;

namespace BusinessM.Finance.Ledger;

/// <summary>How a company keeps its books: chart, roles, tax codes, fiscal years, formats. One document, so that a
/// decision relies on one version.</summary>
public sealed class BooksSettings : Document<CompanyId>
{
    public const int AccountsMax = 10_000;

    public IReadOnlyList<ChartAccount> Accounts { get; private set; } = [];

    /// <summary>Accounts that stand for a role in a narrower scope than the company.</summary>
    public IReadOnlyList<RoleAccount> RoleOverrides { get; private set; } = [];

    /// <summary>A copy of the tax codes' documents.</summary>
    public IReadOnlyList<TaxCode> TaxCodes { get; private set; } = [];

    /// <summary>A copy of the payment terms' documents.</summary>
    public IReadOnlyList<PaymentTerms> PaymentTerms { get; private set; } = [];

    public IReadOnlyList<FiscalYear> FiscalYears { get; private set; } = [];

    public IReadOnlyDictionary<string, string> NumberFormats { get; private set; } = FrozenDictionary<string,
        string>.Empty;

    public IReadOnlyDictionary<string, decimal> RoundTo { get; private set; } = FrozenDictionary<string, decimal>.Empty;

    public string? DefaultTaxCode { get; private set; }

    public int PaymentDays { get; private set; } = 30;

    public int RateAgeMaxDays { get; private set; } = 7;

    public static BooksSettings Of(CompanyId company, IReadOnlyList<ChartAccount> chart, FiscalYear year) =>
        new() { Id = company, Company = company, Accounts = chart, FiscalYears = [year] };

    /// <summary>Adds a tax code; the first one is what lines without one take.</summary>
    public Result<Done> Add(TaxCode code)
    {
        if (TaxCodes.Any(c => c.Code == code.Code))
            return FinanceErrors.TaxCodeExists.With($"Tax code {code.Code} is there already", "code");
        TaxCodes = [.. TaxCodes, code];
        if (code is { Blocked: false, Calculation: TaxCalculation.Percent }) DefaultTaxCode ??= code.Code;
        return Done.Ok;
    }

    /// <summary>Replaces the rates of a tax code. What is posted keeps the rate it was posted with. Refuses to block
    /// what lines without a code take.</summary>
    public Result<Done> Change(TaxCode code)
    {
        if (TaxCodes.All(c => c.Code != code.Code))
            return FinanceErrors.TaxCodeNotFound.With($"There is no tax code {code.Code}", "code");
        if (code.Blocked && code.Code == DefaultTaxCode)
            return FinanceErrors.TaxCodeIsDefault.With($"Lines without a tax code take {code.Code}", "blocked");
        TaxCodes = [.. TaxCodes.Select(c => c.Code == code.Code ? code with { Category = c.Category } : c)];
        return Done.Ok;
    }

    /// <summary>Adds payment terms, or replaces them.</summary>
    public void Put(PaymentTerms terms) =>
        PaymentTerms = [.. PaymentTerms.Where(t => t.Code != terms.Code), terms];

    public Result<Done> Add(FiscalYear year)
    {
        if (FiscalYears.Any(year.Overlaps))
            return FinanceErrors.FiscalYearOverlaps.With($"{year.From:yyyy-MM-dd} to {year.To:yyyy-MM-dd} overlaps",
                "year");
        FiscalYears = [.. FiscalYears.Append(year).OrderBy(y => y.From)];
        return Done.Ok;
    }

    public Result<Done> Add(ChartAccount account)
    {
        if (account.Code.Length is 0 or > 20 || account.Code.Trim() != account.Code
            || account.Name.Length is 0 or > 200)
            return FinanceErrors.TextInvalid.With($"An account's code has 1 to 20 characters, its name 1 to 200",
                "code");
        if (Accounts.Any(a => a.Code == account.Code))
            return FinanceErrors.AccountExists.With($"Account {account.Code} is there already", "code");
        if (account.Parent is not null && Accounts.FirstOrDefault(a => a.Code == account.Parent) is not { Group: true })
            return FinanceErrors.AccountNotFound.With($"There is no group {account.Parent}", "parent");
        if (Accounts.Count >= AccountsMax)
            return FinanceErrors.TextInvalid.With($"A chart has at most {AccountsMax} accounts", "code");
        Accounts = [.. Accounts.Append(account with { Role = null, Default = false })
            .OrderBy(a => a.Code, StringComparer.Ordinal)];
        return Done.Ok;
    }

    /// <summary>Gives a role to an account, in the company as a whole (it becomes the default) or in a narrower scope.
    /// </summary>
    public Result<Done> Give(RoleAccount role)
    {
        if (Accounts.FirstOrDefault(a => a.Code == role.Account) is not { Group: false })
            return FinanceErrors.AccountNotFound.With($"There is no account {role.Account} that takes postings",
                "account");
        if (Accounts.All(a => a.Role != role.Role))
            return FinanceErrors.NoAccountForRole.With($"There is no role {role.Role}", "role");
        if (role.Scope != RoleScope.Company)
        {
            RoleOverrides = [.. RoleOverrides.Where(r => r with { Account = role.Account } != role), role];
            return Done.Ok;
        }
        Accounts = [.. Accounts.Select(a => a.Code == role.Account ? a with { Role = role.Role, Default = true }
            : a.Role == role.Role ? a with { Default = false } : a)];
        return Done.Ok;
    }

    public Result<Done> Set(string kind, string format, string country, IReadOnlyList<Branch> branches)
    {
        var longest = branches.Select(b => b.Code).MaxBy(code => code.Length) ?? "";
        if (!DocumentKind.All.Contains(kind))
            return FinanceErrors.NumberFormatInvalid.With($"'{kind}' is not a kind of document", "kind");
        if (NumberFormat.Check(format, country, longest).TryFailure(out var refused)) return refused;
        if (branches.Count > 1 && !format.Contains("{branch}", StringComparison.Ordinal))
            return FinanceErrors.NumberFormatInvalid.With($"With several branches the format needs {{branch}}",
                "format");
        NumberFormats = new Dictionary<string, string>(NumberFormats) { [kind] = format };
        return Done.Ok;
    }

    public Result<Done> Set(string? defaultTaxCode, int paymentDays, int rateAgeMaxDays,
        IReadOnlyDictionary<string, decimal> roundTo)
    {
        if (defaultTaxCode is not null && TaxCodes.All(c => c.Code != defaultTaxCode || c.Blocked))
            return FinanceErrors.TaxCodeNotFound.With($"There is no tax code {defaultTaxCode}", "defaultTaxCode");
        if (paymentDays is < 0 or > 3650 || rateAgeMaxDays is < 0 or > 365)
            return FinanceErrors.AmountInvalid.With($"Days of payment 0 to 3650, age of a rate 0 to 365",
                "paymentDays");
        foreach (var (currency, step) in roundTo)
        {
            if (!Currency.TryParse(currency, out var known) || step <= 0 || step > 1000 || !Money.Fits(step, known))
                return FinanceErrors.AmountInvalid.With($"{step} is no step of {currency} to round to", "roundTo");
        }
        (DefaultTaxCode, PaymentDays, RateAgeMaxDays, RoundTo) = (defaultTaxCode, paymentDays, rateAgeMaxDays, roundTo);
        return Done.Ok;
    }

    /// <summary>As decisions take it.</summary>
    public CompanyBooks ToBooks(Company company, IReadOnlyList<Branch> branches, IReadOnlyList<Period> periods) => new()
    {
        Company = company,
        Currency = Currency.Of(company.Currency),
        Branches = branches,
        Accounts = Accounts.ToFrozenDictionary(a => a.Code, StringComparer.Ordinal),
        Roles = new AccountRoles([.. Accounts.Where(a => a.Default)
            .Select(a => new RoleAccount(a.Role!, RoleScope.Company, "", a.Code)), .. RoleOverrides]),
        TaxCodes = TaxCodes.ToFrozenDictionary(c => c.Code, StringComparer.Ordinal),
        PaymentTerms = PaymentTerms.ToFrozenDictionary(t => t.Code, StringComparer.Ordinal),
        DefaultTaxCode = DefaultTaxCode,
        FiscalYears = FiscalYears,
        Periods = periods,
        NumberFormats = NumberFormats.ToFrozenDictionary(),
        RoundTo = RoundTo.ToFrozenDictionary(),
        PaymentDays = PaymentDays,
        RateAgeMaxDays = RateAgeMaxDays,
        Version = Version,
    };
}

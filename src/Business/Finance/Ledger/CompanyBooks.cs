using System.Collections.Frozen;
using BusinessM.Contracts.BookKeeper;
using BusinessM.Contracts.Masters;
using BusinessM.Finance.Tax;
using BusinessM.Finance.Terms;

namespace BusinessM.Finance.Ledger;

/// <summary>What every decision of Finance stands on: one company with its chart, roles, tax codes, years and periods,
/// as last seen. It never changes; a change makes another one.</summary>
public sealed class CompanyBooks
{
    public required Company Company { get; init; }

    public required Currency Currency { get; init; }

    /// <summary>In order of their making; the first is the main branch.</summary>
    public required IReadOnlyList<Branch> Branches { get; init; }

    public required FrozenDictionary<string, ChartAccount> Accounts { get; init; }

    public required AccountRoles Roles { get; init; }

    public required FrozenDictionary<string, TaxCode> TaxCodes { get; init; }

    public FrozenDictionary<string, PaymentTerms> PaymentTerms { get; init; } =
        FrozenDictionary<string, PaymentTerms>.Empty;

    /// <summary>The tax code of lines that name none.</summary>
    public required string? DefaultTaxCode { get; init; }

    public required IReadOnlyList<FiscalYear> FiscalYears { get; init; }

    public required IReadOnlyList<Period> Periods { get; init; }

    /// <summary>Formats by document kind, where they are not the usual ones.</summary>
    public FrozenDictionary<string, string> NumberFormats { get; init; } = FrozenDictionary<string, string>.Empty;

    /// <summary>By currency, the step that a payable amount is rounded to (policy 10).</summary>
    public FrozenDictionary<string, decimal> RoundTo { get; init; } = FrozenDictionary<string, decimal>.Empty;

    /// <summary>Days of credit where the document names no due date.</summary>
    public int PaymentDays { get; init; } = 30;

    /// <summary>How old an exchange rate may be, in days (policy 12).</summary>
    public int RateAgeMaxDays { get; init; } = 7;

    /// <summary>The version of the settings' document, which decisions rely on.</summary>
    public int Version { get; init; }

    public Result<Branch> BranchOf(BranchId? id)
    {
        if (id is null) return Branches[0];
        foreach (var branch in Branches) if (branch.Id == id) return branch;
        return FinanceErrors.BranchNotFound.With($"The company has no branch {id}", "branch");
    }

    /// <summary>When a document is due: by terms of the company, or after its days of credit.</summary>
    public DateOnly DueDate(string? terms, DateOnly issued) => terms is not null
        && PaymentTerms.TryGetValue(terms, out var found) ? found.LastDue(issued) : issued.AddDays(PaymentDays);

    public Result<TaxCode> TaxCodeOf(string? code)
    {
        var wanted = code ?? DefaultTaxCode;
        if (wanted is null) return FinanceErrors.TaxCodeNotFound.With(
            $"A tax code is missing, and the company has none by default", "taxCode");
        if (!TaxCodes.TryGetValue(wanted, out var found))
            return FinanceErrors.TaxCodeNotFound.With($"The company has no tax code '{wanted}'", "taxCode");
        if (found.Blocked) return FinanceErrors.TaxCodeBlocked.With($"Tax code {wanted} is blocked", "taxCode");
        return found.Calculation == TaxCalculation.Percent ? found : FinanceErrors.TaxCodePerUnit.With(
            $"Tax code {wanted} is an amount per unit, which is no VAT category of a line", "taxCode");
    }

    /// <summary>The series of a document (policy 4): its name, and its format with all but the number filled in.
    /// </summary>
    public Result<(string Series, string Format)> SeriesOf(DocumentKind kind, BranchId branch, DateOnly issueDate)
    {
        FiscalYear? year = null;
        foreach (var candidate in FiscalYears) if (candidate.Holds(issueDate)) year = candidate;
        if (year is null)
            return FinanceErrors.FiscalYearMissing.With($"No fiscal year holds {issueDate:yyyy-MM-dd}", "issueDate");
        var code = "";
        foreach (var candidate in Branches) if (candidate.Id == branch) code = candidate.Code;
        var format = NumberFormats.GetValueOrDefault(kind.Name)
            ?? (branch == Branches[0].Id ? kind.Prefix + "-{fy}-{00000}" : kind.Prefix + "-{branch}-{fy}-{00000}");
        return (code + "/" + kind.Name + "/" + year.Code, NumberFormat.Fill(format, year.Code, code));
    }
}

/// <summary>A kind of numbered document: its name in series and sources, and the usual prefix of its numbers.</summary>
public sealed record DocumentKind(string Name, string Prefix)
{
    public static readonly DocumentKind SalesInvoice = new("sales-invoice", "SI");
    public static readonly DocumentKind CreditNote = new("credit-note", "CN");
    public static readonly DocumentKind Receipt = new("receipt", "RC");
    public static readonly DocumentKind Journal = new("journal", "JE");

    /// <summary>Reversals have numbers of their own (policy 5).</summary>
    public static readonly DocumentKind Reversal = new("reversal", "RV");

    public static readonly IReadOnlyList<string> All =
        [SalesInvoice.Name, CreditNote.Name, Receipt.Name, Journal.Name, Reversal.Name];

    /// <summary>As a journal's source names it.</summary>
    public string Source => "finance." + Name;
}

using System.Collections.Frozen;
using BusinessM.Contracts.BookKeeper;
using BusinessM.Contracts.Masters;
using BusinessM.Finance.Ledger;
using BusinessM.Finance.Parties;
using BusinessM.Finance.Receivables;
using BusinessM.Finance.Tax;
using BusinessM.Finance.Terms;

namespace BusinessM.Finance.Tests;

/// <summary>A company in memory for pure tests: the generic chart, the calendar year 2026, taxes S20, S10 and
/// O.</summary>
internal static class Some
{
    public static readonly DateOnly Today = new(2026, 11, 21);
    public static readonly CompanyId Company = Ids.New<CompanyId>();
    public static readonly BranchId Branch = Ids.New<BranchId>();

    public static readonly Party Customer = new(Ids.New<PartyId>(), Company, "C1", "Customer", "DE", false, 1);

    public static readonly Item Goods = new(Ids.New<ItemId>(), Company, "G1", "Goods", ItemKind.Stock, "C62", false, 1);

    public static readonly Item Service = new(Ids.New<ItemId>(), Company, "V1", "Work", ItemKind.Service, "HUR",
        false, 1);

    public static CompanyBooks Books(string currency = "EUR", IReadOnlyList<Period>? periods = null,
        IReadOnlyList<RoleAccount>? overrides = null, IReadOnlyList<PaymentTerms>? terms = null, params TaxCode[] more)
    {
        var chart = ChartOfAccounts.Generic;
        TaxCode[] taxes = [Tax("S20", VatCategory.S, (new(2020, 1, 1), 20)), Tax("S10", VatCategory.S, (new(2020, 1,
            1), 10)),
            Tax("O", VatCategory.O), .. more];
        return new CompanyBooks
        {
            Company = new Company(Company, "CO", "Company", currency, "DE", "Europe/Berlin", 1, 1),
            Currency = Currency.Of(currency),
            Branches = [new Branch(Branch, Company, "MAIN", "Main", 1)],
            Accounts = chart.ToFrozenDictionary(a => a.Code),
            Roles = new AccountRoles([.. chart.Where(a => a.Default)
                .Select(a => new RoleAccount(a.Role!, RoleScope.Company, "", a.Code)), .. overrides ?? []]),
            TaxCodes = taxes.ToFrozenDictionary(t => t.Code),
            PaymentTerms = (terms ?? []).ToFrozenDictionary(t => t.Code),
            DefaultTaxCode = "S20",
            FiscalYears = [FiscalYear.Starting(2026, 1)],
            Periods = periods ?? FiscalYear.Starting(2026, 1).Periods(Company),
        };
    }

    public static TaxCode Tax(string code, VatCategory category, params (DateOnly From, decimal Percent)[] rates) =>
        TaxCode.Declare(code, code, category, TaxDue.OnInvoice,
            [.. rates.Select(r => new DatedRate(r.From, r.Percent))]).Value;

    public static CustomerTerms Terms(string? terms = null, string? tax = null) =>
        new(Ids.New(), 1, terms, tax, false, false, null);

    public static DraftLine Line(decimal quantity, decimal price, string? tax = null, Item? item = null) =>
        new(item ?? Goods, null, new Quantity(quantity), new UnitPrice(price), TaxCode: tax);

    public static InvoiceDraft Draft(params DraftLine[] lines) =>
        new(Ids.New<SalesInvoiceId>(), InvoiceKind.Invoice, Customer, Today, Currency.Of("EUR"), lines);

    public static SalesInvoice Posted(CompanyBooks books, InvoiceDraft draft, decimal rate = 1)
    {
        var invoice = SalesInvoice.Write(draft, books).Value;
        invoice.Submit(books, Today, Today, false, rate).Value.ShouldNotBeNull();
        return invoice;
    }

    public static IEnumerable<string> Text(Journal journal) => journal.Lines.Select(line => FormattableString.Invariant(
        $"{line.Account} {line.Side} {line.Amount:0.00} {line.Currency} {line.BaseAmount:0.00}"));

    /// <summary>Balanced in the company's currency and in each currency (policy 12).</summary>
    public static bool Balances(Journal journal) =>
        journal.Lines.Count >= 2 && journal.Lines.Sum(l => Signed(l, l.BaseAmount)) == 0
        && journal.Lines.GroupBy(l => l.Currency).All(g => g.Sum(l => Signed(l, l.Amount)) == 0)
        && journal.Lines.All(l => l.Amount >= 0 && l.BaseAmount >= 0);

    private static decimal Signed(JournalLine line, decimal amount) => line.Side == Side.Debit ? amount : -amount;
}

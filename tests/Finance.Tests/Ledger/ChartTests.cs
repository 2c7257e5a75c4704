using BusinessM.Contracts.BookKeeper;
using BusinessM.Finance.Ledger;

namespace BusinessM.Finance.Tests.Ledger;

public sealed class ChartTests
{
    private readonly IReadOnlyList<ChartAccount> _chart = ChartOfAccounts.Generic;

    [Fact]
    public void Every_role_has_exactly_one_default_account() =>
        _chart.Where(a => a.Role is not null).GroupBy(a => a.Role).ShouldAllBe(role => role.Count(a => a.Default) == 1);

    [Fact]
    public void Defaults_take_postings_and_parents_are_groups()
    {
        _chart.Where(a => a.Default).ShouldAllBe(a => !a.Group && a.Role != null);
        var byCode = _chart.ToDictionary(a => a.Code);
        _chart.Where(a => a.Parent is not null).ShouldAllBe(a => byCode[a.Parent!].Group
            && byCode[a.Parent!].Type == a.Type);
        _chart.Where(a => !a.Group).ShouldAllBe(a => a.CashFlow != null && a.StatementLine != null);
    }

    [Theory, InlineData("currency-clearing"), InlineData("unrealised-exchange-gain"),
        InlineData("unrealised-exchange-loss"),
        InlineData("settlement-discount-given"), InlineData("settlement-discount-taken"),
            InlineData("payment-difference"),
        InlineData("customer-advance"), InlineData("supplier-advance"), InlineData("tax-on-advances"),
            InlineData("tax-pending"),
        InlineData("suspense"), InlineData("rounding"), InlineData("exchange-gain"), InlineData("exchange-loss")]
    public void Policies_find_their_role(string role) => Some.Books().Roles.Of(role).Failed.ShouldBeFalse();

    [Fact]
    public void A_role_without_account_is_refused() =>
        Some.Books().Roles.Of("none").Failure.Code.ShouldBe("finance.role.no-account");

    [Fact]
    public void A_fiscal_year_has_its_months_and_an_adjustment_period()
    {
        var year = FiscalYear.Holding(new DateOnly(2027, 3, 31), 4).Value;
        (year.Code, year.From, year.To).ShouldBe(("2026-27", new DateOnly(2026, 4, 1), new DateOnly(2027, 3, 31)));
        var periods = year.Periods(Some.Company);
        periods.Count(p => !p.Adjustment).ShouldBe(12);
        periods[10].ShouldBe(new Period(Some.Company, "2027-02", new(2027, 2, 1), new(2027, 2, 28), PeriodState.Open));
        periods[12].ShouldBe(new Period(Some.Company, "2026-27-ADJ", new(2027, 3, 31), new(2027, 3, 31),
            PeriodState.Open, true));
    }

    [Fact]
    public void Numbers_are_in_a_series_of_branch_kind_and_year()
    {
        Some.Books().SeriesOf(DocumentKind.SalesInvoice, Some.Branch, Some.Today).Value
            .ShouldBe(("MAIN/sales-invoice/2026", "SI-2026-{00000}"));
        NumberFormat.Label("SI-2026-{00000}", 42).ShouldBe("SI-2026-00042");
        NumberFormat.Label("SI-2026-{00000}", 1_234_567).ShouldBe("SI-2026-1234567");
        Some.Books().SeriesOf(DocumentKind.SalesInvoice, Some.Branch, new(2025, 12, 31)).Failure.Code
            .ShouldBe("finance.fiscal-year.missing");
    }

    // CGST Rule 46(b): at most sixteen characters. SI-2026-27-00042 has 16.
    [Theory, InlineData("SI-{fy}-{00000}", "IN", true), InlineData("INV-{fy}-{00000}", "IN", false),
        InlineData("INV-{fy}-{00000}", "DE", true), InlineData("SI-{fy}", "DE", false), InlineData("{0}{0}", "DE",
            false)]
    public void Number_formats_are_checked(string format, string country, bool good) =>
        NumberFormat.Check(format, country, "MAIN").Failed.ShouldBe(!good);
}

using BusinessM.Contracts.BookKeeper;
using BusinessM.Finance.Ledger;
using BusinessM.Finance.Receivables;
using BusinessM.Finance.Tax;
using FsCheck;
using FsCheck.Fluent;

namespace BusinessM.Finance.Tests.Receivables;

public sealed class SubmittingASalesInvoice
{
    private readonly CompanyBooks _books = Some.Books();

    // 3 x 10 + 5 x 2 at 20 % = 40 + 8; 1 x 30 service at 10 % = 30 + 3: receivable 81.
    [Fact]
    public void Posts_receivable_income_and_tax()
    {
        var invoice = SalesInvoice.Write(Some.Draft(Some.Line(3, 10), Some.Line(5, 2),
            Some.Line(1, 30, "S10", Some.Service)), _books).Value;
        var journal = invoice.Submit(_books, Some.Today, Some.Today, false).Value;
        Some.Text(journal).ShouldBe(["1210 Debit 81.00 EUR 81.00", "4100 Credit 40.00 EUR 40.00",
            "4200 Credit 30.00 EUR 30.00", "2210 Credit 11.00 EUR 11.00"]);
        journal.Lines[0].Party.ShouldBe(Some.Customer.Id.ToString());
        journal.Source.ShouldBe(new JournalSource("finance.sales-invoice", invoice.Id.Value));
        (invoice.Status, invoice.Open, invoice.TaxTotal).ShouldBe((InvoiceStatus.Posted, 81m, 11m));
    }

    [Fact]
    public void Credit_note_is_the_mirror_on_sales_returns()
    {
        var draft = Some.Draft(Some.Line(2, 10)) with { Kind = InvoiceKind.CreditNote };
        var journal = SalesInvoice.Write(draft, _books).Value.Submit(_books, Some.Today, Some.Today, false).Value;
        Some.Text(journal).ShouldBe(["1210 Credit 24.00 EUR 24.00", "4110 Debit 20.00 EUR 20.00",
            "2210 Debit 4.00 EUR 4.00"]);
    }

    // 100 USD + 20 % at 0.8765: receivable 105.18; tax 17.53; income 87.65; 0 over. With 33.33: 40.00 -> 35.06,
    // 29.2137.. 29.21,
    // tax 6.67 -> 5.8462.. 5.85: sum 35.06, nothing left over.
    [Fact]
    public void Foreign_currency_is_posted_in_both()
    {
        var invoice = SalesInvoice.Write(Some.Draft(Some.Line(1, 33.33m)) with { Currency = Currency.Of("USD") },
            _books).Value;
        Some.Text(invoice.Submit(_books, Some.Today, Some.Today, false, 0.8765m).Value).ShouldBe(
            ["1210 Debit 40.00 USD 35.06", "4100 Credit 33.33 USD 29.21", "2210 Credit 6.67 USD 5.85"]);
        (invoice.BaseTotal, invoice.BaseTax).ShouldBe((35.06m, 5.85m));
    }

    [Fact]
    public void Discounts_charges_and_rounding_have_their_accounts()
    {
        var books = Some.Books();
        var draft = Some.Draft(Some.Line(1, 100.004m)) with
        {
            PricesIncludeTax = true,
            Adjustments = [new DraftAdjustment(false, 10, null), new DraftAdjustment(true, 5.02m, null)],
        };
        var invoice = SalesInvoice.Write(draft, books).Value;
        // Gross 100.00 - 10.00 + 5.02 = 95.02; net 79.1833.. -> 79.18, tax 15.836 -> 15.84, sum 95.02.
        // Taken out: 83.33 - 8.33 + 4.18 = 79.18.
        Some.Text(invoice.Submit(books, Some.Today, Some.Today, false).Value).ShouldBe(["1210 Debit 95.02 EUR 95.02",
            "4100 Credit 83.33 EUR 83.33", "2210 Credit 15.84 EUR 15.84", "4120 Debit 8.33 EUR 8.33",
            "4300 Credit 4.18 EUR 4.18"]);
    }

    // Germany lowered 19 % to 16 % from July to December 2020 (Zweites Corona-Steuerhilfegesetz).
    [Theory, InlineData("2020-06-30", 19), InlineData("2020-07-01", 16), InlineData("2020-12-31", 16),
        InlineData("2021-01-01", 19)]
    public void Tax_point_decides_the_rate(string day, int percent)
    {
        var code = Some.Tax("DE", VatCategory.S, (new(2007, 1, 1), 19), (new(2020, 7, 1), 16), (new(2021, 1, 1), 19));
        var draft = Some.Draft(Some.Line(1, 100, "DE")) with
        {
            TaxPoint = DateOnly.ParseExact(day, "yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture),
        };
        SalesInvoice.Write(draft, Some.Books(more: code)).Value.TaxTotal.ShouldBe(percent);
    }

    [Fact]
    public void A_rate_changed_since_the_draft_counts()
    {
        var before = Some.Books(more: Some.Tax("X", VatCategory.S, (new(2020, 1, 1), 19)));
        var after = Some.Books(more: Some.Tax("X", VatCategory.S, (new(2020, 1, 1), 19), (new(2026, 11, 1), 21)));
        var invoice = SalesInvoice.Write(Some.Draft(Some.Line(1, 100, "X")), before).Value;
        invoice.Submit(after, Some.Today, Some.Today, false).Value.Lines[0].Amount.ShouldBe(121m);
    }

    [Fact]
    public void Accounts_follow_the_narrowest_role()
    {
        var books = Some.Books(overrides: [new("sales", RoleScope.Item, "G1", "4500"), new("sales", RoleScope.TaxCode,
            "S20", "4300"),
            new("output-tax", RoleScope.TaxCode, "S10", "2240")]);
        var invoice = Some.Posted(books, Some.Draft(Some.Line(1, 10), new DraftLine(null, "Free", new(1), new(20)),
            Some.Line(1, 100, "S10", Some.Service)));
        invoice.Lines.Select(l => l.Account).ShouldBe(["4500", "4300", "4200"]);
        invoice.Taxes.Select(t => (t.Account, t.Tax)).ShouldBe([("2210", 6m), ("2240", 10m)]);
    }

    [Fact]
    public void Twice_is_refused()
    {
        var invoice = Some.Posted(_books, Some.Draft(Some.Line(1, 10)));
        Refused("finance.sales-invoice.not-a-draft", invoice.Submit(_books, Some.Today, Some.Today, false));
        invoice.Cancel().Failure.Code.ShouldBe("finance.sales-invoice.not-a-draft");
    }

    [Fact]
    public void A_later_day_needs_confirmation()
    {
        var invoice = SalesInvoice.Write(Some.Draft(Some.Line(1, 10)), _books).Value;
        Refused("finance.sales-invoice.posting-date-in-future", invoice.Submit(_books, Some.Today.AddDays(1),
            Some.Today, false));
        invoice.Status.ShouldBe(InvoiceStatus.Draft);
        invoice.Submit(_books, Some.Today.AddDays(1), Some.Today, true).Failed.ShouldBeFalse();
    }

    [Fact]
    public void What_cannot_be_invoiced_is_refused()
    {
        var line = Some.Line(1, 10);
        Refused("finance.sales-invoice.no-lines", Some.Draft());
        Refused("finance.party.blocked", Some.Draft(line) with { Party = Some.Customer with { Blocked = true } });
        Refused("finance.item.blocked", Some.Draft(Some.Line(1, 1, item: Some.Goods with { Blocked = true })));
        Refused("finance.sales-invoice.total-negative", Some.Draft(Some.Line(-1, 10)));
        Refused("finance.tax-code.not-found", Some.Draft(Some.Line(1, 1, "NONE")));
        Refused("finance.branch.not-found", Some.Draft(line) with { Branch = Ids.New<BranchId>() });
        Refused("finance.sales-invoice.dates-out-of-order", Some.Draft(line) with { DueDate = Some.Today.AddDays(-1) });
        Refused("finance.tax-code.no-rate", Some.Draft(line) with { TaxPoint = new(2019, 12, 31) });
        Refused("finance.sales-invoice.nothing-to-post",
            SalesInvoice.Write(Some.Draft(Some.Line(1, 0)), _books).Value.Submit(_books, Some.Today, Some.Today,
                false));
    }

    [Fact]
    public void Reversal_takes_the_original_date_while_its_period_is_open()
    {
        var invoice = Some.Posted(_books, Some.Draft(Some.Line(1, 10)));
        invoice.Reverse("typing error", _books).Value.Date.ShouldBe(Some.Today);
        (invoice.Status, invoice.Open).ShouldBe((InvoiceStatus.Reversed, 0m));
        invoice.Reverse("again", _books).Failure.Code.ShouldBe("finance.sales-invoice.not-posted");
    }

    [Fact]
    public void Reversal_takes_the_first_open_day_when_the_period_is_closed()
    {
        var invoice = Some.Posted(_books, Some.Draft(Some.Line(1, 10)));
        var closed = FiscalYear.Starting(2026, 1).Periods(Some.Company)
            .Select(p => p.To < new DateOnly(2026, 12, 1) ? p with { State = PeriodState.Closed } : p).ToArray();
        invoice.Reverse("late", Some.Books(periods: closed)).Value.Date.ShouldBe(new DateOnly(2026, 12, 1));
        var none = closed.Select(p => p with { State = PeriodState.Closed }).ToArray();
        Some.Posted(_books, Some.Draft(Some.Line(1, 10))).Reverse("late", Some.Books(periods: none)).Failure.Code
            .ShouldBe("finance.period.no-open-day");
    }

    [Fact]
    public void Any_invoice_balances_in_both_currencies() => Prop.ForAll(Gen.Choose(1, 4_000_000).ToArbitrary(),
        Lines(), (rate, some) =>
    {
        var draft = Some.Draft([.. some.Get]) with { Currency = Currency.Of("JPY") };
        var invoice = SalesInvoice.Write(draft, _books);
        if (invoice.Failed) return true;
        var journal = invoice.Value.Submit(_books, Some.Today, Some.Today, false, rate / 1_000_000m);
        return journal.Failed || Some.Balances(journal.Value);
    }).QuickCheckThrowOnFailure();

    private static Arbitrary<NonEmptyArray<DraftLine>> Lines() =>
        (from lines in (from quantity in Gen.Choose(-2, 30)
                        from price in Gen.Choose(1, 1_000_000)
                        from tax in Gen.Elements("S20", "S10")
                        from item in Gen.Elements(Some.Goods, Some.Service)
                        select Some.Line(quantity, price / 100m, tax, item)).NonEmptyListOf()
         select NonEmptyArray<DraftLine>.NewNonEmptyArray([.. lines])).ToArbitrary();

    private void Refused(string code, InvoiceDraft draft) => SalesInvoice.Write(draft,
        _books).Failure.Code.ShouldBe(code);

    private static void Refused(string code, Result<Journal> result) => result.Failure.Code.ShouldBe(code);
}

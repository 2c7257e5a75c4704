using BusinessM.Finance.Receivables;
using BusinessM.Finance.Terms;
using BusinessM.Testing;

namespace BusinessM.Finance.Tests.Terms;

public sealed class DueDates
{
    private static PaymentTerms Terms(params DueStep[] steps) =>
        PaymentTerms.Declare("T", "Terms", steps, null, null).Value;

    private static DateOnly Day(string text) =>
        DateOnly.ParseExact(text, "yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture);

    /// <summary>As another program has them: Odoo, addons/account/tests/test_payment_term.py.</summary>
    [Theory]
    [InlineData(DueRule.AfterEndOfMonth, 45, null, "2019-03-17", "2019-03-17", "2019-03-17")]
    [InlineData(DueRule.DayOfMonth, 31, 15, "2019-02-15", "2019-02-15", "2019-03-15")]
    [InlineData(DueRule.AfterEndOfMonth, 0, null, "2019-01-31", "2019-01-31", "2019-01-31")]
    [InlineData(DueRule.EndOfMonth, 0, null, "2019-01-31", "2019-01-31", "2019-01-31")]
    [InlineData(DueRule.AfterEndOfMonth, 1, null, "2019-02-01", "2019-02-01", "2019-02-01")]
    public void Are_those_of_another_program(DueRule rule, int days, int? day, params string[] due) =>
        new[] { "2019-01-01", "2019-01-15", "2019-01-31" }.Select(issued =>
            Terms(new DueStep(100, days, rule, day)).DueDates(Day(issued))[0]).ShouldBe(due.Select(Day));

    // 2024 is a leap year. Jan 31 + 30 days: 29 of February and one of March. Nov 20 + 30: ten to Nov 30, twenty more.
    // Days then end of month: Dec 20 -> Dec 31. The 31st of a month of 30 days is its last day; from Feb 29 on the next
    // 31st is that day itself, for February has no later one. The next 15th after Dec 20 is in January.
    [Theory]
    [InlineData(DueRule.Net, 30, null, "2024-01-31", "2024-03-01")]
    [InlineData(DueRule.Net, 0, null, "2024-11-20", "2024-11-20")]
    [InlineData(DueRule.Net, 30, null, "2024-11-20", "2024-12-20")]
    [InlineData(DueRule.EndOfMonth, 30, null, "2024-11-20", "2024-12-31")]
    [InlineData(DueRule.EndOfMonth, 30, null, "2023-01-29", "2023-02-28")]
    [InlineData(DueRule.DayOfMonth, 0, 31, "2024-11-20", "2024-11-30")]
    [InlineData(DueRule.DayOfMonth, 0, 31, "2024-02-29", "2024-02-29")]
    [InlineData(DueRule.DayOfMonth, 30, 15, "2024-11-20", "2025-01-15")]
    [InlineData(DueRule.DayOfMonth, 30, 20, "2024-11-20", "2024-12-20")]
    public void Follow_from_days_and_rule(DueRule rule, int days, int? day, string issued, string due) =>
        Terms(new DueStep(100, days, rule, day)).DueDates(Day(issued)).ShouldBe([Day(due)]);

    // 100.00 in thirds of 33.33, 33.33 and 33.34 %: 33.33 + 33.33 + 33.34. 0.05 in the same: 0.01 each, and the two
    // cents left over go to the first two (policy 9).
    [Fact]
    public void Of_instalments_come_with_parts_that_add_up()
    {
        var terms = Terms(new(33.33m, 0), new(33.33m, 30), new(33.34m, 60));
        var issued = Day("2024-11-20");
        terms.DueDates(issued).ShouldBe([issued, Day("2024-12-20"), Day("2025-01-19")]);
        terms.LastDue(issued).ShouldBe(Day("2025-01-19"));
        var euro = Currency.Of("EUR");
        terms.Parts(issued, new Money(100m, euro)).Select(p => p.Amount.Amount).ShouldBe([33.33m, 33.33m, 33.34m]);
        terms.Parts(issued, new Money(0.05m, euro)).Select(p => p.Amount.Amount).ShouldBe([0.02m, 0.02m, 0.01m]);
    }

    [Fact]
    public void Are_the_longest_wait_where_an_earlier_instalment_stands_last() =>
        Terms(new(70, 60), new(30, 10)).LastDue(Day("2024-11-20")).ShouldBe(Day("2025-01-19"));

    [Fact]
    public void Leave_days_for_a_discount()
    {
        var terms = PaymentTerms.Declare("2/10", "2 % in 10 days, net 30", [new(100, 30)], 2, 10).Value;
        terms.DiscountUntil(Day("2024-11-25")).ShouldBe(Day("2024-12-05"));
        Terms(new DueStep(100, 30)).DiscountUntil(Day("2024-11-25")).ShouldBeNull();
    }

    [Fact]
    public void Are_not_declared_of_terms_that_do_not_fit()
    {
        Declared(null, null, new DueStep(50, 0), new DueStep(40, 30))
            .ShouldBeRefused("finance.payment-terms.not-whole").Field.ShouldBe("instalments");
        Declared(null, null, new DueStep(50, 0), new DueStep(50, 0, DueRule.DayOfMonth))
            .ShouldBeRefused("finance.payment-terms.day-invalid").Field.ShouldBe("instalments[1].day");
        Declared(null, null, new DueStep(100, 0, DueRule.Net, 15))
            .ShouldBeRefused("finance.payment-terms.day-invalid").Field.ShouldBe("day");
        Declared(2, null, new DueStep(100, 30))
            .ShouldBeRefused("finance.payment-terms.discount-incomplete").Field.ShouldBe("discountDays");
        Declared(null, 10, new DueStep(100, 30))
            .ShouldBeRefused("finance.payment-terms.discount-incomplete").Field.ShouldBe("discountPercent");
    }

    private static Result<PaymentTerms> Declared(decimal? discount, int? days, params DueStep[] steps) =>
        PaymentTerms.Declare("T", "Terms", steps, discount, days);

    [Fact]
    public void Of_a_document_without_instalments_are_its_own()
    {
        var document = new PaymentTermsDocument { Code = "EOM", Name = "End of month", Rule = DueRule.EndOfMonth };
        document.ToTerms().Value.Steps.ShouldBe([new DueStep(100, 0, DueRule.EndOfMonth)]);
        document.Instalments.AddRange([new() { Seq = 2, Percent = 70, Days = 30 }, new() { Seq = 1, Percent = 30 }]);
        document.ToTerms().Value.Steps.ShouldBe([new DueStep(30, 0), new DueStep(70, 30)]);
    }

    [Fact]
    public void Of_an_invoice_are_the_customers_unless_given()
    {
        var books = Some.Books(terms: [Terms(new DueStep(100, 0, DueRule.EndOfMonth))]);
        // Issued on 2026-11-21; the company gives 30 days.
        var draft = Some.Draft(Some.Line(1, 10));
        SalesInvoice.Write(draft, books).Value.DueDate.ShouldBe(Day("2026-12-21"));
        var customer = Some.Terms("T");
        SalesInvoice.Write(draft with { Customer = customer }, books).Value.DueDate.ShouldBe(Day("2026-11-30"));
        SalesInvoice.Write(draft with { Customer = customer, DueDate = Day("2026-11-25") }, books).Value.DueDate
            .ShouldBe(Day("2026-11-25"));
    }
}

using BusinessM.Finance.Ledger;
using BusinessM.Finance.Receivables;
using BusinessM.Testing;

namespace BusinessM.Finance.Tests.Receivables;

public sealed class RewritingADraft
{
    private readonly CompanyBooks _books = Some.Books();

    // 3 x 10 at 20 %: 30 + 6. Then 2 x 15 at 20 %, 1 x 30 of work at 10 %: 60 + 6 + 3.
    [Fact]
    public void Says_what_a_new_writing_would_say()
    {
        var invoice = SalesInvoice.Write(Some.Draft(Some.Line(3, 10)), _books).Value;
        var (id, line) = (invoice.Id, invoice.Lines[0]);
        invoice.Payable.ShouldBe(36m);
        var other = Some.Draft(Some.Line(2, 15), Some.Line(1, 30, "S10", Some.Service)) with
        {
            IssueDate = new(2026, 11, 1), BuyerReference = "PO 7", PricesIncludeTax = false,
        };
        invoice.Rewrite(other, _books).Failed.ShouldBeFalse();
        (invoice.Id, invoice.Status, invoice.Payable, invoice.TaxTotal).ShouldBe((id, InvoiceStatus.Draft, 69m, 9m));
        (invoice.IssueDate, invoice.DueDate, invoice.BuyerReference)
            .ShouldBe((new(2026, 11, 1), new(2026, 12, 1), "PO 7"));
        invoice.Lines[0].ShouldBeSameAs(line);
        invoice.Lines.Select(l => (l.Invoice, l.Seq, l.Net)).ShouldBe([(id, 1, 30m), (id, 2, 30m)]);
        invoice.SameContent(SalesInvoice.Write(other, _books).Value).ShouldBeTrue();
        Some.Balances(invoice.Submit(_books, Some.Today, Some.Today, false).Value).ShouldBeTrue();
    }

    [Fact]
    public void Takes_lines_away()
    {
        var invoice = SalesInvoice.Write(Some.Draft(Some.Line(3, 10), Some.Line(5, 2)), _books).Value;
        invoice.Rewrite(Some.Draft(Some.Line(5, 2)), _books).Failed.ShouldBeFalse();
        (invoice.Lines.Count, invoice.Lines[0].Quantity.Value, invoice.Payable).ShouldBe((1, 5m, 12m));
    }

    [Fact]
    public void Is_refused_once_it_is_posted_or_given_up()
    {
        var posted = Some.Posted(_books, Some.Draft(Some.Line(1, 10)));
        posted.Rewrite(Some.Draft(Some.Line(2, 10)), _books).ShouldBeRefused("finance.sales-invoice.not-a-draft");
        posted.Lines[0].Quantity.Value.ShouldBe(1m);
        var given = SalesInvoice.Write(Some.Draft(Some.Line(1, 10)), _books).Value;
        given.Cancel().Failed.ShouldBeFalse();
        given.Rewrite(Some.Draft(Some.Line(2, 10)), _books).ShouldBeRefused("finance.sales-invoice.not-a-draft");
    }

    [Fact]
    public void Leaves_it_as_it_was_where_the_new_one_is_refused()
    {
        var invoice = SalesInvoice.Write(Some.Draft(Some.Line(3, 10)), _books).Value;
        invoice.Rewrite(Some.Draft(Some.Line(1, 10), Some.Line(1, 10, "NONE")), _books)
            .ShouldBeRefused("finance.tax-code.not-found").Field.ShouldBe("lines[1].taxCode");
        (invoice.Lines.Count, invoice.Payable).ShouldBe((1, 36m));
    }
}

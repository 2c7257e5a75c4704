using BusinessM.Contracts.BookKeeper;
using BusinessM.Finance.Ledger;
using BusinessM.Finance.Receivables;
using FsCheck;
using FsCheck.Fluent;

namespace BusinessM.Finance.Tests.Receivables;

public sealed class SubmittingAReceipt
{
    private readonly CompanyBooks _books = Some.Books();

    // Owed 5000: 100 leaves 4900 (ERPNext, erp-cases D3).
    [Fact]
    public void A_part_leaves_the_rest_open()
    {
        var invoice = Owed(5000);
        Some.Text(Receive(100, 1, [new(invoice.Id, 100)], invoice).Value)
            .ShouldBe(["1150 Debit 100.00 EUR 100.00", "1210 Credit 100.00 EUR 100.00"]);
        invoice.Open.ShouldBe(4900m);
    }

    // 100 paid 110: 10 stay with us as an advance (Tryton, erp-cases D5), never netted (IAS 1.32).
    [Fact]
    public void What_is_left_over_is_an_advance()
    {
        var invoice = Owed(100);
        Some.Text(Receive(110, 1, [new(invoice.Id, 100)], invoice).Value).ShouldBe(["1150 Debit 110.00 EUR 110.00",
            "1210 Credit 100.00 EUR 100.00", "2130 Credit 10.00 EUR 10.00"]);
    }

    // 240: pays 120, 20, then 99 and writes 1 off (Tryton, erp-cases D5).
    [Fact]
    public void A_difference_is_written_off()
    {
        var invoice = Owed(240);
        Receive(120, 1, [new(invoice.Id, 120)], invoice);
        Receive(20, 1, [new(invoice.Id, 20)], invoice);
        Some.Text(Receive(99, 1, [new(invoice.Id, 100, Difference: 1)],
            invoice).Value).ShouldBe(["1150 Debit 99.00 EUR 99.00",
            "1210 Credit 100.00 EUR 100.00", "6540 Debit 1.00 EUR 1.00"]);
        invoice.Open.ShouldBe(0m);
    }

    [Fact]
    public void An_early_payment_discount_has_its_account()
    {
        var invoice = Owed(100);
        Some.Text(Receive(98, 1, [new(invoice.Id, 100, Discount: 2)],
            invoice).Value).ShouldBe(["1150 Debit 98.00 EUR 98.00",
            "1210 Credit 100.00 EUR 100.00", "4130 Debit 2.00 EUR 2.00"]);
    }

    // 1000 at 30, paid at 31: 1000 company units gained (iDempiere, erp-cases E5).
    [Fact]
    public void A_rate_that_moved_is_realised()
    {
        var invoice = Owed(1000, "USD", 30);
        Some.Text(Receive(1000, 31, [new(invoice.Id, 1000)],
            invoice).Value).ShouldBe(["1150 Debit 1000.00 USD 31000.00",
            "1210 Credit 1000.00 USD 30000.00", "4520 Credit 0.00 USD 1000.00"]);
        (invoice.Open, invoice.BaseOpen).ShouldBe((0m, 0m));
    }

    [Fact]
    public void A_credit_note_lessens_what_is_paid()
    {
        var (invoice, credit) = (Owed(100), Owed(20, kind: InvoiceKind.CreditNote));
        Some.Text(Receive(80, 1, [new(invoice.Id, 100), new(credit.Id, 20)], invoice, credit).Value).ShouldBe(
            ["1150 Debit 80.00 EUR 80.00", "1210 Credit 100.00 EUR 100.00", "1210 Debit 20.00 EUR 20.00"]);
    }

    [Fact]
    public void Reversal_opens_the_documents_again()
    {
        var invoice = Owed(1000, "USD", 0.9m);
        var items = new Dictionary<SalesInvoiceId, SalesInvoice> { [invoice.Id] = invoice };
        var receipt = New(400, "USD");
        receipt.Submit(_books, Some.Customer, [new(invoice.Id, 400)], items, Some.Today, false,
            0.95m).Failed.ShouldBeFalse();
        invoice.Reverse("no", _books).Failure.Code.ShouldBe("finance.sales-invoice.settled");
        receipt.Reverse("bounced", _books, items).Failed.ShouldBeFalse();
        (invoice.Open, invoice.BaseOpen, receipt.Status).ShouldBe((1000m, 900m, ReceiptStatus.Reversed));
        receipt.Reverse("again", _books, items).Failure.Code.ShouldBe("finance.receipt.not-posted");
    }

    // 100 USD in advance at 0.90; an invoice of 60 at 0.80 takes 54.00 of the advance for its 48.00: 6.00 gained; then
    // 40
    // at 0.95 takes the rest, 36.00, for 38.00: 2.00 lost. Reversed, all of it is back.
    [Fact]
    public void An_advance_settles_later_documents()
    {
        var (first, second) = (Owed(60, "USD", 0.8m), Owed(40, "USD", 0.95m));
        var items = new[] { first, second }.ToDictionary(i => i.Id);
        var receipt = New(100, "USD");
        receipt.Submit(_books, Some.Customer, [], items, Some.Today, false, 0.9m).Failed.ShouldBeFalse();
        Some.Text(receipt.Allocate(_books, Some.Customer, Some.Today, [new(first.Id, 60)], items, Some.Today,
            false).Value)
            .ShouldBe(["2130 Debit 60.00 USD 54.00", "1210 Credit 60.00 USD 48.00", "4520 Credit 0.00 USD 6.00"]);
        receipt.Allocate(_books, Some.Customer, Some.Today, [new(second.Id, 40, Discount: 1)], items,
            Some.Today.AddDays(-1), false)
            .Failure.Code.ShouldBe("finance.receipt.posting-date-in-future");
        Some.Text(receipt.Allocate(_books, Some.Customer, Some.Today, [new(second.Id, 40)], items, Some.Today,
            false).Value)
            .ShouldBe(["2130 Debit 40.00 USD 36.00", "1210 Credit 40.00 USD 38.00", "6520 Debit 0.00 USD 2.00"]);
        (receipt.AdvanceOpen, receipt.BaseAdvanceOpen, receipt.ExchangeDifference).ShouldBe((0m, 0m, 4m));
        receipt.Allocate(_books, Some.Customer, Some.Today, [new(Owed(1, "USD", 1).Id, 1)], items, Some.Today, false)
            .Failure.Code.ShouldBe("finance.receipt.item-not-open");
        receipt.Reverse("bounced", _books, items).Value.Count.ShouldBe(3);
        (first.Open, first.BaseOpen, second.Open, second.BaseOpen).ShouldBe((60m, 48m, 40m, 38m));
    }

    [Fact]
    public void What_cannot_be_settled_is_refused()
    {
        var (invoice, dollars) = (Owed(100), Owed(100, "USD", 0.9m));
        Refused("finance.receipt.more-than-open", 200, [new(invoice.Id, 101)], invoice);
        Refused("finance.receipt.more-than-received", 50, [new(invoice.Id, 100)], invoice);
        Refused("finance.receipt.item-not-open", 50, [new(Ids.New<SalesInvoiceId>(), 10)], invoice);
        Refused("finance.receipt.item-twice", 50, [new(invoice.Id, 10), new(invoice.Id, 10)], invoice);
        Refused("finance.receipt.currency-differs", 50, [new(dollars.Id, 10)], dollars);
        Refused("finance.receipt.amount-not-positive", 50, [new(invoice.Id, -1)], invoice);
        Refused("finance.receipt.amount-not-positive", 0, [], invoice);
        invoice.Open.ShouldBe(100m);
    }

    // Whatever the parts and rates, the last part clears both amounts to zero, and every journal balances (policy 13).
    [Fact]
    public void The_last_part_clears_both_amounts() => Prop.ForAll(Gen.Choose(1, 3_000_000).ToArbitrary(),
        Gen.Choose(1, 3_000_000).ToArbitrary(), Gen.Choose(1, 99_999).NonEmptyListOf().ToArbitrary(), (rate, paid,
            cuts) =>
    {
        var invoice = Owed(1000, "USD", rate / 1_000_000m);
        foreach (var cut in cuts.Append(int.MaxValue))
        {
            var part = Math.Min(cut / 100m, invoice.Open);
            if (part == 0) break;
            if (!Some.Balances(Receive(part, paid / 1_000_000m, [new(invoice.Id, part)], invoice).Value)) return false;
        }
        return invoice is { Open: 0, BaseOpen: 0 };
    }).QuickCheckThrowOnFailure();

    private SalesInvoice Owed(decimal amount, string currency = "EUR", decimal rate = 1,
        InvoiceKind kind = InvoiceKind.Invoice) =>
        Some.Posted(Some.Books(), Some.Draft(Some.Line(1, amount, "O")) with { Currency = Currency.Of(currency),
            Kind = kind }, rate);

    private Receipt New(decimal amount, string currency) => new()
    {
        Company = Some.Company, Branch = Some.Branch, Party = Some.Customer.Id, ReceivedOn = Some.Today,
            Amount = amount,
        Currency = Currency.Of(currency),
    };

    private Result<Journal> Receive(decimal amount, decimal rate, Allocation[] allocations,
        params SalesInvoice[] items) =>
        New(amount, items[0].Currency == Currency.Of("USD") && rate != 1 ? "USD" : "EUR").Submit(_books, Some.Customer,
            allocations, items.ToDictionary(i => i.Id), Some.Today, false, rate);

    private void Refused(string code, decimal amount, Allocation[] allocations, params SalesInvoice[] items) =>
        Receive(amount, 1, allocations, items).Failure.Code.ShouldBe(code);
}

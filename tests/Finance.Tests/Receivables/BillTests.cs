using System.Globalization;
using BusinessM.Finance.Receivables;
using BusinessM.Finance.Tax;
using FsCheck;
using FsCheck.Fluent;

namespace BusinessM.Finance.Tests.Receivables;

public sealed class BillTests
{
    private static readonly Currency Eur = Currency.Of("EUR");
    private static readonly Vat S20 = new(VatCategory.S, 20), S10 = new(VatCategory.S, 10), S19 = new(VatCategory.S,
        19);

    public static TheoryData<string> Published() => [.. PublishedInvoices.Files()];

    [Theory, MemberData(nameof(Published))]
    public void Published_example_has_our_totals(string file)
    {
        var root = PublishedInvoices.Read(file);
        var totals = PublishedInvoices.ToBill(file).Total().Value;
        var theirs = root.One("LegalMonetaryTotal")!;
        totals.LineTotal.ShouldBe(theirs.Number("LineExtensionAmount")!.Value, "BT-106");
        totals.Allowances.ShouldBe(theirs.Number("AllowanceTotalAmount") ?? 0, "BT-107");
        totals.Charges.ShouldBe(theirs.Number("ChargeTotalAmount") ?? 0, "BT-108");
        totals.TaxExclusive.ShouldBe(theirs.Number("TaxExclusiveAmount")!.Value, "BT-109");
        totals.TaxInclusive.ShouldBe(theirs.Number("TaxInclusiveAmount")!.Value, "BT-112");
        totals.Rounding.ShouldBe(theirs.Number("PayableRoundingAmount") ?? 0, "BT-114");
        totals.Payable.ShouldBe(theirs.Number("PayableAmount")!.Value, "BT-115");
        var tax = root.Many("TaxTotal").First(t => t.One("TaxSubtotal") is not null);
        totals.TaxTotal.ShouldBe(tax.Number("TaxAmount")!.Value, "BT-110");
        Subtotals(totals).ShouldBe(tax.Many("TaxSubtotal").Select(s => (PublishedInvoices.ToVat(s.One("TaxCategory")!),
            s.Number("TaxableAmount")!.Value, s.Number("TaxAmount")!.Value)), ignoreOrder: true);
        totals.LineNets.ShouldBe(root.Elements().Where(e => e.Name.LocalName is "InvoiceLine" or "CreditNoteLine")
            .Select(line => line.Number("LineExtensionAmount")!.Value));
    }

    [Fact]
    public void Published_examples_match_the_manifest()
    {
        var rows = File.ReadLines(Path.Combine(PublishedInvoices.Folder, "manifest.csv")).Skip(1).ToArray();
        rows.Length.ShouldBe(PublishedInvoices.Files().Count());
        foreach (var row in rows)
        {
            var field = row.Split(',');
            var t = PublishedInvoices.ToBill(field[0]).Total().Value;
            decimal[] ours = [t.LineTotal, t.Allowances, t.Charges, t.TaxExclusive, t.TaxTotal, t.TaxInclusive,
                t.Prepaid,
                t.Rounding, t.Payable];
            ours.ShouldBe(field[11..20].Select(f => f.Length == 0 ? 0 : PublishedInvoices.Parse(f)), field[0]);
        }
    }

    // 4.6 x 1000 pieces on five lines = 4600, 19 % = 874 (ERPNext's case "many small prices", erp-cases C5).
    [Fact]
    public void Vat_is_taken_on_the_sum_not_per_line()
    {
        var bill = Of([.. new[] { 84m, 54, 288, 144, 430 }.Select(q => Line(q, 4.6m, S19))]).Total().Value;
        (bill.TaxExclusive, bill.TaxTotal, bill.TaxInclusive).ShouldBe((4600m, 874m, 5474m));
    }

    // 75 + 500 + 200 + 100 + 50 + 50 = 975, discount 75: 900, 24 % = 216: 1116 (ERPNext, erp-cases C5).
    [Fact]
    public void A_document_discount_lowers_the_taxable_sum()
    {
        var vat = new Vat(VatCategory.S, 24);
        var bill = Of([.. new[] { 75m, 500, 200, 100, 50, 50 }.Select(price => Line(1, price, vat))],
            new Adjustment(false, 75, null)).Total().Value;
        (bill.LineTotal, bill.Allowances, bill.TaxExclusive, bill.TaxTotal, bill.TaxInclusive)
            .ShouldBe((975m, 75m, 900m, 216m, 1116m));
    }

    // 10.00 over 20.00 (S20) and 10.01 (S10) = 30.01: 6.6644.., 3.3355.. -> 6.66 + 3.33, the cent left over to the
    // first.
    [Fact]
    public void A_document_discount_is_split_per_category_and_rate()
    {
        var bill = Of([Line(1, 20, S20), Line(1, 10.01m, S10)], new Adjustment(false, 10, null)).Total().Value;
        bill.Adjustments.Select(a => (a.Vat, a.Amount)).ShouldBe([(S20, 6.67m), (S10, 3.33m)]);
        Subtotals(bill).ShouldBe([(S20, 13.33m, 2.67m), (S10, 6.68m, 0.67m)]);
    }

    // 10 % of lines 20.00 + 10.00 = 3.00, split 2.00 + 1.00.
    [Fact]
    public void A_percentage_is_of_the_sum_of_lines()
    {
        var bill = Of([Line(1, 20, S20), Line(1, 10, S10)], new Adjustment(false, null, 10)).Total().Value;
        bill.Adjustments.Select(a => a.Amount).ShouldBe([2m, 1m]);
    }

    // Half away from zero: 1 x 0.125 = 0.13, -1 x 0.125 = -0.13; two lines of 0.0035 are 0.00 (Tryton, erp-cases C11).
    [Fact]
    public void Lines_are_rounded_half_away_from_zero()
    {
        Of([Line(1, 0.125m, S20), Line(-1, 0.125m, S20)]).Total().Value.LineNets.ShouldBe([0.13m, -0.13m]);
        Of([Line(1, 0.0035m, S20), Line(1, 0.0035m, S20)]).Total().Value.Payable.ShouldBe(0m);
    }

    // 42.06 to steps of 0.05 is 42.05 by half away from zero; 42.08 is 42.10.
    [Theory, InlineData("42.06", "42.05", "-0.01"), InlineData("42.08", "42.10", "0.02"), InlineData("42.075",
        "42.10", "0.02")]
    public void Cash_rounding_is_the_rounding_amount(string price, string payable, string rounding)
    {
        var zero = new Vat(VatCategory.Z, 0);
        var bill = (Of([Line(1, PublishedInvoices.Parse(price), zero)]) with { RoundTo = 0.05m }).Total().Value;
        bill.Payable.ShouldBe(PublishedInvoices.Parse(payable));
        bill.Rounding.ShouldBe(PublishedInvoices.Parse(rounding));
    }

    // 120.00 with 20 %: 100.00 + 20.00. 0.03 with 20 %: 0.03 / 1.2 = 0.025 -> 0.03, tax 0.01, sum 0.04, so -0.01 is
    // rounding.
    [Theory, InlineData("120.00", "100.00", "20.00", "0"), InlineData("0.03", "0.03", "0.01", "-0.01"),
        InlineData("99.99", "83.33", "16.67", "-0.01")]
    public void A_gross_price_stands_and_the_tax_is_taken_out(string gross, string net, string tax, string rounding)
    {
        var bill = (Of([Line(1, PublishedInvoices.Parse(gross), S20)]) with { PricesIncludeTax = true }).Total().Value;
        bill.TaxExclusive.ShouldBe(PublishedInvoices.Parse(net));
        bill.TaxTotal.ShouldBe(PublishedInvoices.Parse(tax));
        bill.Rounding.ShouldBe(PublishedInvoices.Parse(rounding));
        bill.Payable.ShouldBe(PublishedInvoices.Parse(gross));
    }

    [Fact]
    public void Out_of_scope_stands_alone() =>
        Of([Line(1, 1, S20), Line(1, 1, new Vat(VatCategory.O, 0))]).Total().Failure.Code
            .ShouldBe("finance.tax.out-of-scope-mixed");

    [Fact]
    public void A_discount_needs_something_to_be_split_over() =>
        Of([Line(0, 1, S20), Line(0, 1, S10)], new Adjustment(false, 5, null)).Total().Failure.Code
            .ShouldBe("finance.bill.nothing-to-split-over");

    [Fact]
    public void Amounts_above_fourteen_digits_are_refused() =>
        Of([Line(100_000_000, 1_000_000, S20)]).Total().Failure.ShouldSatisfyAllConditions(
            e => e.Code.ShouldBe("finance.amount.too-large"), e => e.Field.ShouldBe("lines[0]"));

    [Fact]
    public void Sums_hold_for_any_bill() => Prop.ForAll(Bills(), bill =>
    {
        var t = bill.Total();
        if (t.Failed) return t.Failure.Code == "finance.bill.nothing-to-split-over";
        var v = t.Value;
        return v.LineNets.Sum() == v.LineTotal                                              // BR-CO-10
            && v.TaxExclusive == v.LineTotal - v.Allowances + v.Charges                     // BR-CO-13
            && v.TaxTotal == v.Subtotals.Sum(s => s.Tax)                                    // BR-CO-14
            && v.TaxInclusive == v.TaxExclusive + v.TaxTotal                                // BR-CO-15
            && v.Payable == v.TaxInclusive - v.Prepaid + v.Rounding                         // BR-CO-16
            && v.Subtotals.All(s => s.Tax == s.Vat.On(s.Taxable, bill.Currency))            // BR-CO-17
            && v.Subtotals.Sum(s => s.Taxable) == v.TaxExclusive
            && v.Adjustments.All(a => v.Subtotals.Any(s => s.Vat == a.Vat))                 // BR-32
            && v.Subtotals.All(s => s.Taxable == Net(bill, v, s.Vat))                       // BR-S-08
            && (!bill.PricesIncludeTax || Math.Abs(v.Rounding) <= 0.01m * v.Subtotals.Count);
    }).QuickCheckThrowOnFailure();

    private static decimal Net(Bill bill, BillTotals totals, Vat vat) =>
        bill.Lines.Select((line, i) => line.Vat == vat ? totals.LineNets[i] : 0).Sum()
        + totals.Adjustments.Where(a => a.Vat == vat).Sum(a => a.Charge ? a.Amount : -a.Amount);

    private static Arbitrary<Bill> Bills()
    {
        var vat = Gen.Elements(S20, S10, S19, new Vat(VatCategory.Z, 0), new Vat(VatCategory.S, 5.5m));
        var line = from quantity in Gen.Choose(-3000, 9000)
                   from price in Gen.Choose(0, 9_999_999)
                   from of in vat
                   select new BillLine(new Quantity(quantity / 100m), new UnitPrice(price / 10_000m), 1, of, []);
        var adjustment = from charge in Gen.Elements(true, false)
                         from amount in Gen.Choose(0, 50_000)
                         from percent in Gen.Elements(true, false)
                         select percent ? new Adjustment(charge, null, amount / 1000m)
                             : new Adjustment(charge, amount / 100m, null);
        return (from lines in line.NonEmptyListOf()
                from adjustments in adjustment.ListOf()
                from included in Gen.Elements(true, false)
                select new Bill(Eur, [.. lines], [.. adjustments], included)).ToArbitrary();
    }

    private static IEnumerable<(Vat, decimal, decimal)> Subtotals(BillTotals totals) =>
        totals.Subtotals.Select(s => (s.Vat, s.Taxable, s.Tax));

    private static Bill Of(IReadOnlyList<BillLine> lines, params Adjustment[] adjustments) => new(Eur, lines,
        adjustments);

    private static BillLine Line(decimal quantity, decimal price, Vat vat) =>
        new(new Quantity(quantity), new UnitPrice(price), 1, vat, []);
}

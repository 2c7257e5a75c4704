using System.Reflection;
using System.Text.RegularExpressions;
using BusinessM.Finance.Tax;
using BusinessM.Finance.Terms;
using BusinessM.Records;
using BusinessM.Testing;

namespace BusinessM.Finance.Tests.Tax;

public sealed class TaxCodeDocuments
{
    private static TaxCodeDocument Standard(params (int Year, decimal? Percent, decimal? Amount)[] rates)
    {
        var document = new TaxCodeDocument { Code = "S", Name = "Standard", Category = VatCategory.S };
        document.Rates.AddRange(rates.Select((rate, i) => new TaxRate
            { Seq = i + 1, ValidFrom = new(rate.Year, 1, 1), Percent = rate.Percent, Amount = rate.Amount }));
        return document;
    }

    [Fact]
    public void Say_what_invoices_take()
    {
        var code = Standard((2021, 19, null), (2020, 16, null)).ToTaxCode().Value;
        code.Rates.ShouldBe([new DatedRate(new(2020, 1, 1), 16), new DatedRate(new(2021, 1, 1), 19)]);
        (code.Code, code.Category, code.Calculation, code.Blocked)
            .ShouldBe(("S", VatCategory.S, TaxCalculation.Percent, false));
    }

    [Fact]
    public void Of_a_declared_code_say_the_same_again()
    {
        foreach (var code in new[] { Some.Tax("S", VatCategory.S, (new(2020, 1, 1), 20), (new(2024, 1, 1), 21)),
            Some.Tax("Z", VatCategory.Z), Some.Tax("O", VatCategory.O) })
        {
            var again = TaxCodeDocument.Of(Some.Company, code).ToTaxCode().Value;
            again.Rates.ShouldBe(code.Rates);
            (again with { Rates = code.Rates }).ShouldBe(code);
        }
        TaxCodeDocument.Of(Some.Company, Some.Tax("Z", VatCategory.Z)).Rates.ShouldBeEmpty();
    }

    [Fact]
    public void Keep_the_row_of_a_rate_that_stays()
    {
        var document = Standard((2020, 16, null), (2021, 19, null));
        var kept = document.Rates[1].Id;
        document.Change(Some.Tax("S", VatCategory.S, (new(2021, 1, 1), 20), (new(2025, 1, 1), 21)));
        document.Rates.Select(r => (r.ValidFrom.Year, r.Percent, r.Seq)).ShouldBe([(2021, 20m, 1), (2025, 21m, 2)]);
        document.Rates[0].Id.ShouldBe(kept);
    }

    [Fact]
    public void Refuse_a_reason_where_the_category_has_none()
    {
        foreach (var category in Enum.GetValues<VatCategory>())
        {
            var document = new TaxCodeDocument { Code = "X", Name = "X", Category = category,
                ExemptionReason = "VATEX-EU-O" };
            if (Vat.TakesRate(category)) document.Rates.Add(new TaxRate { ValidFrom = new(2020, 1, 1), Percent = 5 });
            var code = document.ToTaxCode();
            // EN 16931: BR-E-10, BR-AE-10, BR-IC-10, BR-G-10 and BR-O-10 want one.
            if (category is VatCategory.E or VatCategory.AE or VatCategory.K or VatCategory.G or VatCategory.O)
                code.Failed.ShouldBeFalse();
            else code.ShouldBeRefused("finance.tax-code.reason-not-allowed");
        }
    }

    [Fact]
    public void Of_an_amount_per_unit_have_amounts_and_stand_on_no_line()
    {
        Standard((2020, null, 5)).ToTaxCode().ShouldBeRefused("finance.tax-code.rate-invalid");
        Standard((2020, 5, 5)).ToTaxCode().ShouldBeRefused("finance.tax-code.rate-invalid").Field.ShouldBe("rates[0]");
        var eco = new TaxCodeDocument { Code = "ECO", Name = "Ecotax", Category = VatCategory.S,
            Calculation = TaxCalculation.PerUnit };
        eco.Rates.Add(new TaxRate { ValidFrom = new(2020, 1, 1), Percent = 5 });
        eco.ToTaxCode().ShouldBeRefused("finance.tax-code.rate-invalid");
        (eco.Rates[0].Percent, eco.Rates[0].Amount) = (null, 5);
        Some.Books(more: eco.ToTaxCode().Value).TaxCodeOf("ECO").ShouldBeRefused("finance.tax-code.per-unit");
    }

    [Fact]
    public void That_are_blocked_stand_on_no_new_line()
    {
        var document = Standard((2020, 16, null));
        document.Blocked = true;
        Some.Books(more: document.ToTaxCode().Value).TaxCodeOf("S").ShouldBeRefused("finance.tax-code.blocked");
    }

    /// <summary>The lists grow, so fields check the form of a code; every code of today has it.</summary>
    [Theory]
    [InlineData("VATEX.csv", 87)]
    [InlineData("UNCL4461.csv", 84)]
    public void And_methods_take_every_code_of_the_lists(string list, int count)
    {
        var property = list == "VATEX.csv" ? typeof(TaxCodeDocument).GetProperty("ExemptionReason")
            : typeof(PaymentMethod).GetProperty("Means");
        var field = property!.GetCustomAttribute<FieldAttribute>()!;
        var codes = File.ReadAllLines(Path.Combine(AppContext.BaseDirectory, "data", "codelists", list))[1..];
        codes.Length.ShouldBe(count);
        foreach (var code in codes)
        {
            code.ShouldMatch($"\\A(?:{field.Pattern})\\z");
            code.Length.ShouldBeLessThanOrEqualTo(field.Length);
        }
        Regex.IsMatch(codes[0] + "!", $"\\A(?:{field.Pattern})\\z").ShouldBeFalse();
    }
}

using System.Globalization;

namespace BusinessM.Tests;

public class A_currency
{
    [Fact]
    public void has_the_minor_units_of_iso_4217()
    {
        var listed = File.ReadLines(Path.Combine(AppContext.BaseDirectory, "data", "iso-4217", "list-one.csv")).Skip(1)
            .Select(row => row.Split(',', 4)).Where(row => row[2] != "N.A.")
            .ToDictionary(row => row[0], row => int.Parse(row[2], CultureInfo.InvariantCulture));
        listed["XCG"] = 2;   // amendment 176, newer than the list
        Currency.All.ToDictionary(currency => currency.Code, currency => (int)currency.Digits)
            .OrderBy(pair => pair.Key, StringComparer.Ordinal)
            .ShouldBe(listed.OrderBy(pair => pair.Key, StringComparer.Ordinal));
    }

    [Theory]
    [InlineData("eur")]
    [InlineData("")]
    [InlineData(null)]
    [InlineData("XAU")]
    [InlineData("XXX")]
    public void is_known_by_its_capital_letters_only(string? code)
    {
        Currency.TryParse(code, out _).ShouldBeFalse();
        if (code is not null) Should.Throw<ArgumentException>(() => Currency.Of(code));
    }
}

using BusinessM.Finance.Banking;
using BusinessM.Testing;

namespace BusinessM.Finance.Tests.Banking;

public sealed class IbanTests
{
    private static readonly string Registry = Path.Combine(AppContext.BaseDirectory, "data", "iban", "examples.csv");

    private static IEnumerable<string> Examples() =>
        File.ReadLines(Registry).Skip(1).Select(line => line.Split(',')[1]);

    [Fact]
    public void Of_every_country_of_the_registry_is_taken()
    {
        Examples().Count().ShouldBe(89);
        foreach (var iban in Examples()) Iban.Check(iban).ShouldBeNull(iban);
    }

    /// <summary>ISO 7064 mod 97-10 finds every single character mistyped and every two neighbours swapped.</summary>
    [Fact]
    public void Of_every_country_is_refused_with_one_digit_more_or_less_or_another_one()
    {
        foreach (var iban in Examples())
        {
            Iban.Check(iban + "0").ShouldNotBeNull(iban);
            Iban.Check(iban[..^1]).ShouldNotBeNull(iban);
            for (var i = 4; i < iban.Length; i++)
            {
                if (!char.IsAsciiDigit(iban[i])) continue;
                var other = (char)('0' + (iban[i] - '0' + 1) % 10);
                Iban.Check(iban[..i] + other + iban[(i + 1)..]).ShouldNotBeNull($"{iban} at {i}");
            }
        }
    }

    [Theory]
    [InlineData("")]
    [InlineData("DE")]
    [InlineData("US12345678901234567890")]
    [InlineData("DEA9370400440532013000")]
    [InlineData("DE89 3704 0044 0532 0130 00")]
    [InlineData("de89370400440532013000")]
    public void Of_another_form_is_refused(string text) => Iban.Check(text).ShouldNotBeNull();

    [Fact]
    public void In_print_form_is_made_plain() =>
        Iban.Plain("gb29 nwbk 6016 1331 9268 19").ShouldBe("GB29NWBK60161331926819");
}

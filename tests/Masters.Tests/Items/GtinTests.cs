using BusinessM.Masters.Items;

namespace BusinessM.Masters.Tests.Items;

public sealed class GtinTests
{
    /// <summary>6x1 2x3 9x1 1x3 0x1 4x3 1x1 5x3 0x1 0x3 2x1 1x3 = 6+6+9+3+0+12+1+15+0+0+2+3 = 57; 60 - 57 = 3 (the
    /// example of GS1's check digit page).</summary>
    [Fact]
    public void The_check_digit_fills_up_to_the_next_ten() => Gtin.CheckDigit("629104150021").ShouldBe(3);

    /// <summary>27+6+9+8+15+0+21 = 86, and 4; 0+3+18+0+0+0+6+9+3+4+15 = 58, and 2; 1+6+3+12+5+18+3 = 48, and 2.
    /// </summary>
    [Theory]
    [InlineData("6291041500213")]
    [InlineData("96385074")]
    [InlineData("036000291452")]
    [InlineData("00012345600012")]
    public void Those_of_all_four_lengths_are_known(string text) => Gtin.IsValid(text).ShouldBeTrue();

    [Theory]
    [InlineData("6291041500214")]
    [InlineData("6291041500")]
    [InlineData("629104150021A")]
    [InlineData("٦٢٩١٠٤١٥٠٠٢١٣")]
    [InlineData("")]
    public void Others_are_none(string text) => Gtin.IsValid(text).ShouldBeFalse();

    [Fact]
    public void Any_one_wrong_digit_is_found()
    {
        const string Right = "6291041500213";
        for (var at = 0; at < Right.Length; at++)
            for (var digit = '0'; digit <= '9'; digit++)
                if (digit != Right[at])
                    Gtin.IsValid(Right[..at] + digit + Right[(at + 1)..]).ShouldBeFalse();
    }
}

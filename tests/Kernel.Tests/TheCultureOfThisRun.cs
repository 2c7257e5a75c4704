using System.Globalization;

namespace BusinessM.Tests;

/// <summary>./test repeats this project as users elsewhere; this keeps that from silently being no repetition at all.</summary>
public sealed class TheCultureOfThisRun
{
    [Fact]
    public void is_the_one_that_the_runner_asked_for()
    {
        var asked = Environment.GetEnvironmentVariable("M_TEST_CULTURE") ?? "";
        if (asked.Length == 0) return;
        CultureInfo.CurrentCulture.Name.ShouldBe(asked);
        1234.5m.ToString("N1", CultureInfo.CurrentCulture).ShouldBe("1.234,5");
        "i".ToUpper(CultureInfo.CurrentCulture).ShouldBe(asked == "tr-TR" ? "İ" : "I");
        TimeZoneInfo.Local.BaseUtcOffset.ShouldBe(TimeSpan.FromHours(14));
    }
}

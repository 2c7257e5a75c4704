using System.Globalization;

namespace BusinessM.Tests;

public class A_business_date
{
    // Offsets as the IANA database has them: Kiritimati +14, Pago Pago -11, London +1 in summer, India +5:30.
    [Theory]
    [InlineData("2026-01-31T10:00:00Z", "Pacific/Kiritimati", "2026-02-01")]
    [InlineData("2026-01-31T09:59:59Z", "Pacific/Kiritimati", "2026-01-31")]
    [InlineData("2026-02-01T10:59:59Z", "Pacific/Pago_Pago", "2026-01-31")]
    [InlineData("2026-07-01T23:00:00Z", "Europe/London", "2026-07-02")]
    [InlineData("2026-01-01T23:59:59Z", "Europe/London", "2026-01-01")]
    [InlineData("2026-03-31T18:30:00Z", "Asia/Kolkata", "2026-04-01")]
    public void belongs_to_the_zone(string moment, string zone, string date) =>
        Zones.DateAt(Moment(moment), zone).ShouldBe(Date(date));

    // Midnight does not exist on the first day of summer time in Beirut (2022-03-27), nor did 2011-12-30 in Apia.
    [Theory]
    [InlineData("2026-02-01", "Pacific/Kiritimati", "2026-01-31T10:00:00Z")]
    [InlineData("2026-03-29", "Europe/London", "2026-03-29T00:00:00Z")]
    [InlineData("2026-03-30", "Europe/London", "2026-03-29T23:00:00Z")]
    [InlineData("2022-03-27", "Asia/Beirut", "2022-03-26T22:00:00Z")]
    [InlineData("2011-12-31", "Pacific/Apia", "2011-12-30T10:00:00Z")]
    public void begins_when_the_zone_says(string date, string zone, string moment)
    {
        var start = Zones.StartOf(Date(date), zone);
        start.ShouldBe(Moment(moment));
        Zones.DateAt(start, zone).ShouldBe(Date(date));
        Zones.DateAt(start.AddTicks(-1), zone).ShouldBeLessThan(Date(date));
    }

    [Fact]
    public void needs_a_known_zone()
    {
        Zones.IsKnown("Europe/London").ShouldBeTrue();
        Zones.IsKnown("Europe/Londen").ShouldBeFalse();
        Should.Throw<Exception>(() => Zones.DateAt(DateTimeOffset.UnixEpoch, "Europe/Londen"));
        Zones.DataVersion.ShouldStartWith("20");
    }

    private static DateTimeOffset Moment(string text) => DateTimeOffset.Parse(text, CultureInfo.InvariantCulture);

    private static DateOnly Date(string text) => DateOnly.Parse(text, CultureInfo.InvariantCulture);
}

using NodaTime;
using NodaTime.TimeZones;

namespace BusinessM;

/// <summary>Business dates: today belongs to the company's IANA time zone, taken from NodaTime's own data, so that no
/// system file decides.</summary>
public static class Zones
{
    /// <summary>Whether the name is a zone of the IANA time zone database, such as Europe/London.</summary>
    public static bool IsKnown(string zone) => DateTimeZoneProviders.Tzdb.GetZoneOrNull(zone) is not null;

    /// <summary>The business date at a moment in a zone; an unknown zone is a bug.</summary>
    public static DateOnly DateAt(DateTimeOffset moment, string zone)
    {
        var local = Instant.FromDateTimeOffset(moment).InZone(DateTimeZoneProviders.Tzdb[zone]);
        return new DateOnly(local.Year, local.Month, local.Day);
    }

    /// <summary>The moment at which a business date begins in a zone (after a gap where midnight does not exist).
    /// </summary>
    public static DateTimeOffset StartOf(DateOnly date, string zone) =>
        DateTimeZoneProviders.Tzdb[zone]
            .AtStartOfDay(new LocalDate(date.Year, date.Month, date.Day))
            .ToInstant().ToDateTimeOffset();

    /// <summary>The version of the time zone data, such as 2026a.</summary>
    public static string DataVersion => TzdbDateTimeZoneSource.Default.TzdbVersion;
}

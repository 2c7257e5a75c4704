using BusinessM.Contracts.Regions;

namespace BusinessM.Regions;

/// <summary>The countries, and how each writes numbers and dates (Unicode CLDR, the short date with a year of four
/// digits; a space that groups digits does not break).</summary>
internal static class EuropeanNumbers
{
    private const string Space = "\u00a0";
    private const string NarrowSpace = "\u202f";
    private const string Points = "dd.MM.yyyy";
    private const string Slashes = "dd/MM/yyyy";
    private const string Iso = "yyyy-MM-dd";

    /// <summary>ISO 3166 codes of the 27 members and the United Kingdom (Northern Ireland, XI in VAT ids, is GB).
    /// </summary>
    internal static IReadOnlyList<string> Countries { get; } =
    [
        "AT", "BE", "BG", "CY", "CZ", "DE", "DK", "EE", "ES", "FI", "FR", "GB", "GR", "HR", "HU", "IE", "IT", "LT",
        "LU", "LV", "MT", "NL", "PL", "PT", "RO", "SE", "SI", "SK",
    ];

    internal static NumberStyle Usual { get; } = Style(",", ".", Points);

    internal static IReadOnlyList<CountryNumbers> ByCountry { get; } =
    [
        new("AT", Style(",", Space, Points)),
        new("BE", Style(",", ".", Slashes)),
        new("BG", Style(",", Space, Points)),
        new("CY", Style(",", ".", Slashes)),
        new("CZ", Style(",", Space, Points)),
        new("EE", Style(",", Space, Points)),
        new("ES", Style(",", ".", Slashes)),
        new("FI", Style(",", Space, Points)),
        new("FR", Style(",", NarrowSpace, Slashes)),
        new("GB", Style(".", ",", Slashes)),
        new("GR", Style(",", ".", Slashes)),
        new("HU", Style(",", Space, "yyyy. MM. dd.")),
        new("IE", Style(".", ",", Slashes)),
        new("IT", Style(",", ".", Slashes)),
        new("LT", Style(",", Space, Iso)),
        new("LV", Style(",", Space, Points)),
        new("MT", Style(".", ",", Slashes)),
        new("NL", Style(",", ".", "dd-MM-yyyy")),
        new("PL", Style(",", Space, Points)),
        new("PT", Style(",", Space, Slashes)),
        new("SE", Style(",", Space, Iso)),
        new("SK", Style(",", Space, Points)),
    ];

    private static NumberStyle Style(string point, string group, string date) => new([3], point, group, date);
}

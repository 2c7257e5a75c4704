using BusinessM.Contracts.RecordKeeper;

namespace BusinessM.Regions;

/// <summary>The Leitweg-ID of German authorities (Leitweg-ID Format-Spezifikation 2.0.2, section 2): coarse address,
/// fine address where there is one, check digits by ISO 7064 MOD 97-10 over the text without hyphens.</summary>
internal static class LeitwegIds
{
    internal static IReadOnlyList<FieldCheck> Checks { get; } =
    [
        new("pattern", "A Leitweg-ID is 2 to 12 digits, a hyphen, up to 30 letters and digits with a hyphen where "
            + "there is a fine address, and two check digits, such as 04011000-1234512345-06.")
        {
            Pattern = "[0-9]{2,12}(-[0-9A-Za-z]{1,30})?-[0-9]{2}",
        },
        new("options", "A Leitweg-ID begins with the number of a German state, 01 to 16, or 99 for the Federation.")
        {
            Count = 2,
            Options =
            [
                "01", "02", "03", "04", "05", "06", "07", "08", "09", "10", "11", "12", "13", "14", "15", "16", "99",
            ],
        },
        new("checksum", "The check digits of this Leitweg-ID do not fit: one of its characters is mistyped.")
        {
            Checksum = new("mod97-10") { Alphabet = VatSum.DigitsAndLetters, AnyCase = true, Skip = "-" },
        },
    ];
}

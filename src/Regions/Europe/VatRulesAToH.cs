using BusinessM.Contracts.RecordKeeper;
using static BusinessM.Regions.VatSum;

namespace BusinessM.Regions;

/// <summary>Austria to Hungary, by prefix. Forms and check digits are those of the Commission's "VIES - VAT number
/// construction rules", and of the national rules where these are newer. Places count from the country's letters on.
/// </summary>
internal static class VatRulesAToH
{
    /// <summary>Month and day of a Czech birth number: women's months + 50, + 20 more on a day that ran full.</summary>
    private const string MonthAndDay = "([0257][1-9]|[1368][0-2])(0[1-9]|[12][0-9]|3[01])";

    internal static IReadOnlyList<VatRule> All { get; } =
    [
        new("AT", "Austria", "U[0-9]{8}", "ATU and 8 digits, such as ATU13585627",
            Of(3, 7, 10, [1, 2], "complement") with { Fold = "digits", Plus = 4 }),
        new("BE", "Belgium", "[01][0-9]{9}", "BE and 10 digits, the first 0 or 1, such as BE0428759497",
            Of(2, 8, 97, Powers(8, 97), "difference") with { CheckCount = 2 }),
        new("BG", "Bulgaria", "[0-9]{9,10}", "BG and 9 or 10 digits, such as BG175074752",
            new(Of(2, 8, 11, [1, 2, 3, 4, 5, 6, 7, 8], characters: TenIsZero) with
            {
                NextWeights = [3, 4, 5, 6, 7, 8, 9, 10],
            }, @"[0-9]{9}\z"),
            new(BulgarianPerson, @"[0-9]{10}\z")),
        new("CY", "Cyprus", "(1[013-9]|[02-9][0-9])[0-9]{6}[A-Z]",
            "CY, 8 digits that do not begin with 12, and a letter, such as CY10259033P", Cyprus),
        new("CZ", "Czechia", $"[0-8][0-9]{{7}}|6[0-9]{{8}}|([0-4][0-9]|5[0-3]|[89][0-9]){MonthAndDay}[0-9]{{3}}"
            + $"|[0-9]{{2}}{MonthAndDay}[0-9]{{4}}",
            "CZ and 8 digits, or 9 or 10 digits of a person, such as CZ25123891",
            new(Of(2, 7, 11, [8, 7, 6, 5, 4, 3, 2], characters: "10987654321"), @"[0-9]{8}\z"),
            new(Of(3, 7, 11, [8, 7, 6, 5, 4, 3, 2], characters: "89012345678"), @"6[0-9]{8}\z"),
            new(Of(2, 9, 11, Powers(9, 11), characters: TenIsZero), @"[0-9]{10}\z")),
        new("DE", "Germany", "[1-9][0-9]{8}", "DE and 9 digits, the first not 0, such as DE129390950", Mod11(2, 9)),
        new("DK", "Denmark", "[1-9][0-9]{7}", "DK and 8 digits, the first not 0, such as DK10150817",
            Of(2, 7, 11, [2, 7, 6, 5, 4, 3, 2], "complement")),
        new("EE", "Estonia", "[0-9]{9}", "EE and 9 digits, such as EE101256753",
            Of(2, 8, 10, [3, 7, 1], "complement")),
        new("EL", "Greece", "[0-9]{9}", "EL and 9 digits, such as EL094501040",
            Of(2, 8, 11, [256, 128, 64, 32, 16, 8, 4, 2], characters: TenIsZero)),
        new("ES", "Spain", "[A-HJUV][0-9]{7}[0-9A-J]|[NPQRSW][0-9]{7}[A-J]|[0-9]{8}[A-Z]|[K-MX-Z][0-9]{7}[A-Z]",
            "ES and 9 characters, the first or last or both of them letters, such as ESA78109592", Spain),
        new("FI", "Finland", "[0-9]{8}", "FI and 8 digits, such as FI18261444",
            Of(2, 7, 11, [7, 9, 10, 5, 8, 4, 2], "complement")),
        new("FR", "France", "[0-9A-HJ-NP-Z]{2}[0-9]{9}",
            "FR, 2 characters and the 9 digits of the SIREN, such as FR83404833048",
            new(Luhn(4, 9), "[0-9A-Z]{2}(00[1-9]|0[1-9]|[1-9])"),        // Monaco's numbers, 000..., are no SIREN
            new(Of(4, 9, 97, Powers(9, 97, times: 3)) with { Plus = 12, CheckStart = 2, CheckCount = 2 }, "[0-9]{2}")),
        Kingdom("GB", "the United Kingdom"),
        new("HR", "Croatia", "[0-9]{11}", "HR and 11 digits, such as HR33392005961", Mod11(2, 11)),
        new("HU", "Hungary", "[1-9][0-9]{7}", "HU and 8 digits, the first not 0, such as HU12892312",
            Of(2, 7, 10, [9, 7, 3, 1], "complement")),
    ];

    /// <summary>British numbers, and those of Northern Ireland, which trades goods as a part of the Union: modulus 97,
    /// and for numbers from 100 0000 on also the series 9755, whose check number is 55 less.</summary>
    internal static VatRule Kingdom(string prefix, string country)
    {
        var old = Of(2, 7, 97, [8, 7, 6, 5, 4, 3, 2], "complement") with { CheckCount = 2 };
        return new(prefix, country, "[0-9]{9}|[0-9]{12}|GD[0-4][0-9]{2}|HA[5-9][0-9]{2}",
            $"{prefix} and 9 or 12 digits, or GD or HA and 3 digits, such as {prefix}980780684",
            new(old, "0[0-9]{8}"),
            new(old with { Or = old with { Plus = 55 } }, "[1-9][0-9]{8}"));
    }

    /// <summary>Citizens (EGN), foreigners (PNF) and others have ten digits with rules of their own.</summary>
    private static Checksum BulgarianPerson => Of(2, 9, 11, [2, 4, 8, 5, 10, 9, 7, 3, 6], characters: TenIsZero) with
    {
        Or = Of(2, 9, 10, [21, 19, 17, 13, 11, 9, 7, 3, 1]) with
        {
            Or = Of(2, 9, 11, [4, 3, 2, 7, 6, 5, 4, 3, 2], "complement"),
        },
    };

    /// <summary>Digits in odd places count by a table, the others as they are; the sum by 26 is a letter.</summary>
    private static Checksum Cyprus => Of(2, 8, 26, [1], characters: "ABCDEFGHIJKLMNOPQRSTUVWXYZ") with
    {
        Tables = [[1, 0, 5, 7, 9, 13, 15, 17, 19, 21], [0, 1, 2, 3, 4, 5, 6, 7, 8, 9]],
    };

    /// <summary>Companies (Orden EHA/451/2008): a digit, or its letter for the kinds N, P, Q, R, S and W. Persons: the
    /// number by 23, X, Y and Z of foreigners counting 0, 1 and 2.</summary>
    private static VatSum[] Spain
    {
        get
        {
            const string personLetters = "TRWAGMYFPDXBNJZSQVHLCKE";
            var digit = Of(3, 7, 10, [2, 1], "complement") with { Fold = "digits" };
            var letter = digit with { CheckAlphabet = "JABCDEFGHI" };
            var person = Of(3, 7, 23, Powers(7, 23), characters: personLetters);
            var million = Powers(8, 23)[0];
            return
            [
                new(digit with { Or = letter }, "[A-HJUV]"),
                new(letter, "[NPQRSW]"),
                new(Of(2, 8, 23, Powers(8, 23), characters: personLetters), "[0-9]"),
                new(person, "[K-MX]"),
                new(person with { Plus = million }, "Y"),
                new(person with { Plus = 2 * million % 23 }, "Z"),
            ];
        }
    }
}

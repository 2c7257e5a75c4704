using BusinessM.Contracts.RecordKeeper;
using static BusinessM.Regions.VatSum;

namespace BusinessM.Regions;

/// <summary>Ireland to Northern Ireland (XI), by prefix; see the sources at the first half.</summary>
internal static class VatRulesIToZ
{
    private const string IrishLetters = "WABCDEFGHIJKLMNOPQRSTUV";

    internal static IReadOnlyList<VatRule> All { get; } =
    [
        new("IE", "Ireland", "[0-9]{7}[A-W][A-IW]?|[0-9][A-Z+*][0-9]{5}[A-W]",
            "IE, 7 digits and 1 or 2 letters, such as IE6433435OA",
            new(Irish(2, 7, [8, 7, 6, 5, 4, 3, 2]), @"[0-9]{7}[A-Z]\z"),
            new(IrishOfTwoLetters, "[0-9]{7}[A-Z]{2}"),
            new(Irish(4, 6, [7, 6, 5, 4, 3, 2]) with { Places = [4, 5, 6, 7, 8, 2], CheckStart = 9 }, "[0-9][A-Z+*]")),
        new("IT", "Italy", "[0-9]{7}(00[1-9]|0[1-9][0-9]|100|120|121|888|999)[0-9]",
            "IT and 11 digits, the eighth to tenth a province, such as IT00743110157", Luhn(2, 11)),
        new("LT", "Lithuania", "[0-9]{7}1[0-9]|[0-9]{10}1[0-9]",
            "LT and 9 or 12 digits, the last but one 1, such as LT119511515",
            new(Of(2, 8, 11, [1, 2, 3, 4, 5, 6, 7, 8], characters: TenIsZero) with
            {
                NextWeights = [3, 4, 5, 6, 7, 8, 9, 1],
            }, @"[0-9]{9}\z"),
            new(Of(2, 11, 11, [1, 2, 3, 4, 5, 6, 7, 8, 9, 1, 2], characters: TenIsZero) with
            {
                NextWeights = [3, 4, 5, 6, 7, 8, 9, 1, 2, 3, 4],
            }, "[0-9]{12}")),
        new("LU", "Luxembourg", "[0-9]{8}", "LU and 8 digits, such as LU10590281",
            Of(2, 6, 89, Powers(6, 89)) with { CheckCount = 2 }),
        new("LV", "Latvia",
            "[4-9][0-9]{10}|(0[1-9]|[12][0-9]|3[01])(0[1-9]|1[0-2])[0-9]{2}[0-2][0-9]{4}|3[2-9][0-9]{9}",
            "LV and 11 digits, such as LV40003189718",
            new(Of(2, 10, 11, [9, 1, 4, 8, 3, 10, 2, 5, 7, 6], "complement") with { Plus = 8 }, "[4-9]"),
            new(Of(2, 10, 11, [10, 5, 8, 4, 2, 1, 6, 3, 7, 9], characters: TenIsZero) with { Plus = 1 },
                "([0-2]|3[01])")),
        new("MT", "Malta", "[1-9][0-9]{7}", "MT and 8 digits, the first not 0, such as MT17025737",
            Of(2, 6, 37, [3, 4, 6, 7, 8, 9], "difference") with { CheckCount = 2 }),
        new("NL", "the Netherlands", "[0-9]{9}B(0[1-9]|[1-9][0-9])",
            "NL, 9 digits, B and 2 digits, such as NL822502975B01", Dutch),
        new("PL", "Poland", "[0-9]{10}", "PL and 10 digits, such as PL5261025421",
            Of(2, 9, 11, [6, 5, 7, 2, 3, 4, 5, 6, 7])),
        new("PT", "Portugal", "[1-9][0-9]{8}", "PT and 9 digits, the first not 0, such as PT507297687",
            Of(2, 8, 11, [9, 8, 7, 6, 5, 4, 3, 2], "complement", TenIsZero)),
        new("RO", "Romania", "[1-9][0-9]{1,9}", "RO and 2 to 10 digits, the first not 0, such as RO18547290",
            // ten times the weights 7, 5, 3, 2, 1, 7, 5, 3, 2 of the rule
            Of(2, 9, 11, [70, 50, 30, 20, 10, 70, 50, 30, 20], characters: TenIsZero) with { Width = 12 }),
        new("SE", "Sweden", "[0-9]{10}(0[1-9]|[1-8][0-9]|9[0-4])",
            "SE and 12 digits, the last two 01 to 94, such as SE556043606401", Luhn(2, 10)),
        new("SI", "Slovenia", "[1-9][0-9]{7}", "SI and 8 digits, the first not 0, such as SI50223054",
            Of(2, 7, 11, [8, 7, 6, 5, 4, 3, 2], "complement", "-1234567890")),     // 11 as the result is never given
        new("SK", "Slovakia", "[1-9][0-9][2-47-9][0-9]{7}",
            "SK and 10 digits, the third 2, 3, 4, 7, 8 or 9, such as SK2022193459",
            Of(2, 9, 11, Powers(9, 11, times: 10), "complement")),
        VatRulesAToH.Kingdom("XI", "Northern Ireland"),
    ];

    private static Checksum Irish(int start, int count, IReadOnlyList<int> weights) =>
        Of(start, count, 23, weights, characters: IrishLetters);

    /// <summary>The letter behind the check letter counts by its place in the alphabet times 9. In an alphabet of
    /// digits and letters A is 10 and not 1: 9 x 9 too much, which 11 more makes 92, four times 23. W is then 32,
    /// where it must be 0: 9 x 32 + 11 is 299, thirteen times 23.</summary>
    private static Checksum IrishOfTwoLetters => Irish(2, 7, [8, 7, 6, 5, 4, 3, 2, 9]) with
    {
        Alphabet = DigitsAndLetters,
        Places = [2, 3, 4, 5, 6, 7, 8, 10],
        Plus = 11,
    };

    /// <summary>The number of a company (RSIN) or, until 2019, of a person by 11; since 2020 persons have numbers that
    /// the whole id, letters as two digits, checks by 97.</summary>
    private static Checksum Dutch => Of(2, 8, 11, [9, 8, 7, 6, 5, 4, 3, 2]) with
    {
        Or = new("mod97-10") { Alphabet = DigitsAndLetters },
    };
}

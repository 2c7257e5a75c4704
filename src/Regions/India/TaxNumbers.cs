using BusinessM.Contracts.RecordKeeper;

namespace BusinessM.Regions;

/// <summary>How Indian tax numbers are made, part by part, so that the user is told which part is wrong.</summary>
internal static class TaxNumbers
{
    private const string DigitsAndLetters = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ";

    private static readonly string[] HolderLetters = [.. IndianLists.Holders.Select(h => h.Value)];

    private static readonly string HolderWords =
        string.Join(", ", IndianLists.Holders.Select(h => $"{h.Value} {h.Label}"));

    /// <summary>PAN (Income-tax Rules, rule 114): five letters, of which the fourth says what kind of holder it is,
    /// four digits, and a letter whose rule is not published.</summary>
    internal static IReadOnlyList<FieldCheck> Pan { get; } =
    [
        Form("[A-Z]{5}[0-9]{4}[A-Z]",
            "A PAN is five capital letters, four digits and a capital letter, without spaces."),
        Part(3, 1, HolderLetters, $"The fourth letter of a PAN is the kind of its holder: {HolderWords}."),
    ];

    /// <summary>GSTIN of a regular taxpayer (CGST Rules 2017, rule 10): state, PAN, number of the registration within
    /// the state, Z, check character.</summary>
    internal static IReadOnlyList<FieldCheck> Gstin { get; } =
    [
        Form("[0-9A-Z]{15}", "A GSTIN has exactly 15 characters, digits and capital letters, without spaces."),
        Part(0, 2, [.. IndianLists.States.Select(s => s.Value)],
            "A GSTIN begins with the two digits of a state or territory, such as 27 for Maharashtra; this is none."),
        Form("[0-9A-Z]{2}[A-Z]{5}[0-9]{4}[A-Z][0-9A-Z]{3}",
            "Characters 3 to 12 of a GSTIN are the holder's PAN: five letters, four digits and a letter."),
        Part(5, 1, HolderLetters,
            $"Character 6 of a GSTIN, the fourth letter of the PAN, is the kind of its holder: {HolderWords}."),
        Part(12, 1, [.. DigitsAndLetters[1..].Select(c => c.ToString())],
            "Character 13 of a GSTIN numbers the holder's registrations in the state: 1 to 9, then A to Z."),
        Part(13, 1, ["Z"], "Character 14 of a GSTIN is Z."),
        new("checksum", "The last character of this GSTIN does not fit the others: one of them is mistyped.")
        {
            Checksum = Mod36,
        },
    ];

    /// <summary>The check character of the GST network: weights 1 and 2 in turn over the first 14 characters, quotient
    /// and remainder of each product by 36 added.</summary>
    private static Checksum Mod36 => new("weighted")
    {
        Alphabet = DigitsAndLetters,
        Count = 14,
        CheckStart = 14,
        Weights = [1, 2],
        Modulus = 36,
        Fold = "quotient-and-remainder",
        Result = "complement",
    };

    private static FieldCheck Form(string pattern, string message) => new("pattern", message) { Pattern = pattern };

    private static FieldCheck Part(int start, int count, IReadOnlyList<string> options, string message) =>
        new("options", message) { Start = start, Count = count, Options = options };
}

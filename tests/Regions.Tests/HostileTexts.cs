using System.Diagnostics;
using BusinessM.Contracts.RecordKeeper;
using BusinessM.Records;

namespace BusinessM.Regions.Tests;

public sealed class HostileTexts
{
    private static readonly FieldDefinition[] All = [Fields.Gstin, Fields.Pan, Fields.VatId, Fields.LeitwegId];

    public static TheoryData<string> Kinds() =>
    [
        "long", "long letters", "long hyphens", "nul", "emoji", "surrogate", "other digits", "newlines", "long vat id",
        "long leitweg", "regex",
    ];

    private static string Text(string kind) => kind switch
    {
        "long" => new string('1', 10_000),
        "long letters" => new string('A', 10_000),
        "long hyphens" => new string('-', 10_000),
        "nul" => "27AAPFU0939F1Z\0",
        "emoji" => "DE12939095😀",
        "surrogate" => "27AAPFU0939F1Z\ud83d",
        "other digits" => "DE١٢٩٣٩٠٩٥٠",
        "newlines" => "DE129390950\r\n",
        "long vat id" => "DE" + new string('1', 9_998),
        "long leitweg" => "04" + new string('0', 9_000) + "-" + new string('a', 990) + "-06",
        _ => @"\A(?:.*)*\z",
    };

    [Theory, MemberData(nameof(Kinds))]
    public void are_refused(string kind)
    {
        foreach (var field in All) field.Check(Text(kind)).ShouldNotBeNull(field.Name);
    }

    /// <summary>Each check by itself too: nothing that an earlier one would have stopped makes a later one throw.
    /// </summary>
    [Theory, MemberData(nameof(Kinds))]
    public void stop_no_single_check(string kind)
    {
        var text = Text(kind);
        for (var length = 0; length <= Math.Min(text.Length, 50); length++)
            foreach (var field in All)
                field.Faults(text[..length]).Count.ShouldBeLessThanOrEqualTo(field.Checks!.Count);
        foreach (var field in All) field.Faults(text).ShouldNotBeEmpty();
    }

    [Fact]
    public void stop_no_checksum_whatever_its_parameters()
    {
        Checksum[] sums =
        [
            new("luhn"), new("luhn") { Start = 5, Count = 3 }, new("mod11-10"),
            new("mod97-10") { Rotate = 4, Skip = "1" },
            new("weighted") { Modulus = 97, Weights = [1_000_000], CheckStart = 9_999, Count = 9_999 },
            new("weighted") { Modulus = 2, Width = 10_000, Start = 10_000, CheckStart = 3, CheckCount = 4 },
            new("weighted") { Modulus = 1_000_000, Places = [10_000, 0], CheckStart = 0, CheckAlphabet = "x" },
            new("weighted") { Modulus = 9, Tables = [[1]], NextWeights = [7], Fold = "digits", AnyCase = true },
        ];
        foreach (var sum in sums)
        {
            var field = Fields.With(new FieldCheck("checksum", "Sum.") { Checksum = sum });
            FieldChecks.Refuse(field).ShouldBeNull();
            foreach (var kind in Kinds())
            {
                var text = Text(kind.Data);
                field.Check(text);
                for (var length = 0; length <= Math.Min(12, text.Length); length++) field.Check(text[..length]);
            }
        }
    }

    /// <summary>(a+)+b is the textbook's pattern for which a backtracking matcher needs 2^n steps: 10,000 letters would
    /// outlast the sun. The limit leaves a slow machine a hundred times what it takes.</summary>
    [Fact]
    public void take_no_time()
    {
        var textbook = Fields.With(new FieldCheck("pattern", "Form.") { Pattern = "(a+)+b" });
        FieldChecks.Refuse(textbook).ShouldBeNull();
        var watch = Stopwatch.StartNew();
        textbook.Check(new string('a', 10_000)).ShouldNotBeNull();
        foreach (var kind in Kinds())
            foreach (var field in All) field.Check(Text(kind.Data));
        watch.Elapsed.ShouldBeLessThan(TimeSpan.FromSeconds(5));
    }
}

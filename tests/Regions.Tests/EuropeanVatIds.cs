namespace BusinessM.Regions.Tests;

public sealed class EuropeanVatIds
{
    /// <summary>Countries whose ids have one rule with one character at the end, which must then be the only one that
    /// fits. The others end in something else, or have several rules for one form.</summary>
    private static readonly string[] EndInTheirOnlyCheckCharacter =
        ["AT", "CY", "DE", "DK", "EE", "EL", "FI", "HR", "HU", "IT", "LT", "LV", "PL", "PT", "RO", "SI", "SK"];

    private static readonly string[] Members =
    [
        "AT", "BE", "BG", "CY", "CZ", "DE", "DK", "EE", "EL", "ES", "FI", "FR", "HR", "HU", "IE", "IT", "LT", "LU",
        "LV", "MT", "NL", "PL", "PT", "RO", "SE", "SI", "SK",
    ];

    public static TheoryData<string, string> Vectors() =>
        new(Fields.Rows("vat-ids/vat_ids.csv").Select(row => (row[0], row[1])));

    public static TheoryData<string> British() =>
        [.. Fields.Rows("vat-ids/vat_ids.csv").Select(r => r[0]).Where(id => id[..2] == "GB")];

    [Theory, MemberData(nameof(Vectors))]
    public void get_the_verdict_of_who_published_them(string vatId, string verdict)
    {
        var refused = Fields.VatId.Check(vatId);
        if (verdict == "valid") refused.ShouldBeNull();
        else
            refused.ShouldNotBeNull().Code
                .ShouldBe(verdict == "form" ? "record.field.pattern" : "record.field.checksum");
    }

    [Fact]
    public void of_all_27_members_and_the_kingdom_are_among_them()
    {
        var valid = Fields.Rows("vat-ids/vat_ids.csv").Where(r => r[1] == "valid").Select(r => r[0][..2]).Distinct();
        Members.Length.ShouldBe(27);
        valid.Order(StringComparer.Ordinal).ShouldBe(Members.Append("GB").Order(StringComparer.Ordinal));
    }

    /// <summary>A business of Northern Ireland has one number, under XI where it trades goods with the Union (Windsor
    /// Framework; VIES).</summary>
    [Theory, MemberData(nameof(British))]
    public void of_Northern_Ireland_follow_the_British_rules(string vatId) =>
        Fields.VatId.Check("XI" + vatId[2..])?.Code.ShouldBe(Fields.VatId.Check(vatId)?.Code);

    [Fact]
    public void with_another_character_at_the_end_are_refused()
    {
        var tried = 0;
        foreach (var row in Fields.Rows("vat-ids/vat_ids.csv").Where(r => r[1] == "valid"))
        {
            var id = row[0];
            if (!EndInTheirOnlyCheckCharacter.Contains(id[..2])) continue;
            var others = char.IsAsciiDigit(id[^1]) ? "0123456789" : "ABCDEFGHIJKLMNOPQRSTUVWXYZ";
            foreach (var other in others.Where(c => c != id[^1]))
            {
                var refused = Fields.VatId.Check(id[..^1] + other).ShouldNotBeNull(id[..^1] + other);
                refused.Code.ShouldBe("record.field.checksum");
                tried++;
            }
        }
        tried.ShouldBeGreaterThan(1_000);
    }

    [Theory]
    [InlineData("DE 129390950")]
    [InlineData("de129390950")]
    [InlineData("129390950")]
    [InlineData("GR094501040")]
    [InlineData("CHE123456788")]
    [InlineData("DE129390950\n")]
    public void begin_with_the_letters_of_a_country(string vatId) =>
        Fields.VatId.Check(vatId).ShouldNotBeNull().Message.ShouldContain("begins with the two letters");

    /// <summary>What the user is told contains an id; it had better be one.</summary>
    [Fact]
    public void that_the_messages_show_are_valid()
    {
        var shown = 0;
        foreach (var words in Fields.VatId.Checks!.Where(c => c.Kind == "pattern").Skip(1).Select(c => c.Message))
        {
            Fields.VatId.Check(words.TrimEnd('.').Split(' ')[^1]).ShouldBeNull(words);
            shown++;
        }
        shown.ShouldBe(29);
    }
}

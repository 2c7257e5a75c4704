using BusinessM.Contracts.RecordKeeper;
using BusinessM.Records;

namespace BusinessM.Regions.Tests;

/// <summary>ISO 7064 MOD 97-10, in German routing ids and in IBANs.</summary>
public sealed class RoutingIds
{
    /// <summary>An IBAN as a field could declare it (ISO 13616): the first four characters go to the end.</summary>
    private static readonly FieldDefinition Iban = Fields.With(
        new FieldCheck("pattern", "An IBAN is two letters, two digits, and up to 30 letters and digits.")
        {
            Pattern = "[A-Z]{2}[0-9]{2}[0-9A-Z]{10,30}",
        },
        new FieldCheck("checksum", "The check digits do not fit.")
        {
            Checksum = new("mod97-10") { Alphabet = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ", Rotate = 4 },
        });

    public static TheoryData<string, string> LeitwegIds() =>
        new(Fields.Rows("leitweg/leitweg_ids.csv").Select(row => (row[0], row[1])));

    public static TheoryData<string> Ibans() => [.. Fields.Rows("iban/iban_examples.csv").Select(row => row[0])];

    [Theory, MemberData(nameof(LeitwegIds))]
    public void get_the_verdict_of_who_published_them(string id, string verdict) =>
        Fields.LeitwegId.Check(id)?.Code.ShouldBe(verdict switch
        {
            "checksum" => "record.field.checksum",
            "state" => "record.field.option",
            "form" => "record.field.pattern",
            _ => null,
        });

    [Fact]
    public void that_are_broken_are_refused()
    {
        foreach (var row in Fields.Rows("leitweg/leitweg_ids.csv"))
            (Fields.LeitwegId.Check(row[0]) is null).ShouldBe(row[1] == "valid", row[0]);
    }

    [Theory, MemberData(nameof(Ibans))]
    public void and_ibans_share_a_checksum(string iban)
    {
        FieldChecks.Refuse(Iban).ShouldBeNull();
        Iban.Check(iban).ShouldBeNull();
    }

    /// <summary>A digit for a digit changes the number by 1 to 9 times a power of ten, a letter for a letter by 1 to 25
    /// times one: never a multiple of the prime 97. So the system finds each of these mistakes.</summary>
    [Theory, MemberData(nameof(Ibans))]
    public void and_ibans_with_one_wrong_character_are_refused(string iban)
    {
        for (var place = 2; place < iban.Length; place++)
        {
            var others = char.IsAsciiDigit(iban[place]) ? "0123456789" : "ABCDEFGHIJKLMNOPQRSTUVWXYZ";
            foreach (var other in others.Where(c => c != iban[place]))
                Iban.Check(iban[..place] + other + iban[(place + 1)..]).ShouldNotBeNull();
        }
    }
}

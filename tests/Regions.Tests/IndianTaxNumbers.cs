using BusinessM.Contracts.RecordKeeper;

namespace BusinessM.Regions.Tests;

public sealed class IndianTaxNumbers
{
    private const string Alphabet = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ";

    /// <summary>Three vectors have a fault besides the check digit that the file names, and are told of it first: state
    /// 00, the sandbox's 0 in places 13 and 14, and an exchange of neighbours that made the kind of holder O.</summary>
    private static readonly string[] OfTwoFaults = ["00AABCE2207R1Z5", "36AMBPG7773M002", "33VMFOS1763NAZ5"];

    public static TheoryData<string, string> Vectors() =>
        new(Fields.Rows("india-gst/gstin_vectors.csv").Select(row => (row[0], row[1])));

    public static TheoryData<string> Valid() =>
        [.. Fields.Rows("india-gst/gstin_vectors.csv").Where(r => r[1] == "valid").Select(r => r[0])];

    [Fact]
    public void come_with_211_vectors() => Vectors().Count.ShouldBe(211);

    [Theory, MemberData(nameof(Vectors))]
    public void get_the_verdict_of_the_vectors(string gstin, string verdict)
    {
        var faults = Fields.Gstin.Faults(gstin).Select(Verdict).ToList();
        if (verdict == "valid") faults.ShouldBeEmpty();
        else faults.ShouldContain(verdict);
        var first = Fields.Gstin.Check(gstin) is { } refused ? Verdict(refused) : "valid";
        if (OfTwoFaults.Contains(gstin)) first.ShouldNotBe("valid");
        else first.ShouldBe(verdict);
    }

    /// <summary>The verdicts of the file in the words of the checks.</summary>
    private static string Verdict(Error refusal) => refusal.Code switch
    {
        "record.field.checksum" => "bad-check-digit",
        "record.field.option" when refusal.Message.Contains("state", StringComparison.Ordinal)
            && refusal.Message.Contains("begins", StringComparison.Ordinal) => "unknown-state",
        _ => "bad-format",
    };

    [Theory]
    [InlineData("27AAPFU0939F1Z", "exactly 15 characters")]
    [InlineData("27aapfu0939f1zv", "exactly 15 characters")]
    [InlineData("39AAPFU0939F1ZV", "begins with the two digits of a state")]
    [InlineData("27AAPF00939F1ZV", "Characters 3 to 12")]
    [InlineData("27AAPXU0939F1ZV", "Character 6")]
    [InlineData("27AAPFU0939F0ZV", "Character 13")]
    [InlineData("27AAPFU0939F1YV", "Character 14")]
    [InlineData("27AAPFU0939F1ZW", "The last character")]
    public void say_which_part_is_wrong(string gstin, string words)
    {
        var refused = Fields.Gstin.Check(gstin).ShouldNotBeNull();
        refused.Message.ShouldContain(words);
        refused.Field.ShouldBe("gstin");
        refused.Kind.ShouldBe(ErrorKind.Invalid);
    }

    /// <summary>Why no single mistake passes: at weight 1 a character adds its value v, at weight 2 the quotient and
    /// remainder of 2v by 36, which is 2v for v below 18 and 2v - 35 from there on: the even numbers, then the odd
    /// ones. Either way 36 characters add 36 different values, so two numbers that differ in one place have different
    /// sums by 36, and the check character fits one of them only.</summary>
    [Fact]
    public void promise_to_find_every_single_mistake()
    {
        int Added(int value, int weight) => value * weight / 36 + value * weight % 36;
        Enumerable.Range(0, 36).Select(v => Added(v, 2)).Order().ShouldBe(Enumerable.Range(0, 36));
        foreach (var v in Enumerable.Range(0, 36)) Added(v, 2).ShouldBe(v < 18 ? 2 * v : 2 * v - 35);
    }

    [Theory, MemberData(nameof(Valid))]
    public void keep_that_promise_for_every_character_and_place(string gstin)
    {
        var sum = Fields.Gstin with { Checks = [.. Fields.Gstin.Checks!.Where(c => c.Kind == "checksum")] };
        for (var place = 0; place < 15; place++)
            foreach (var character in Alphabet.Where(c => c != gstin[place]))
            {
                var mistyped = gstin[..place] + character + gstin[(place + 1)..];
                sum.Check(mistyped).ShouldNotBeNull(mistyped);
                Fields.Gstin.Check(mistyped).ShouldNotBeNull(mistyped);
            }
    }

    /// <summary>Two neighbours a, b exchanged stay unseen where f(a) - a = f(b) - b by 36, f being what weight 2 adds.
    /// That difference is v below 18, v + 1 from 18 to 34, and 0 for 35: all different but for 0 and 35, the characters
    /// 0 and Z. So an exchange is found unless it is of 0 and Z, which no two neighbours of a well formed GSTIN are but
    /// the last two, whose exchange its 14th character shows.</summary>
    [Theory, MemberData(nameof(Valid))]
    public void find_every_exchange_of_neighbours_but_of_0_and_Z(string gstin)
    {
        var sum = Fields.Gstin with { Checks = [.. Fields.Gstin.Checks!.Where(c => c.Kind == "checksum")] };
        for (var place = 0; place < 14; place++)
        {
            var (a, b) = (gstin[place], gstin[place + 1]);
            if (a == b) continue;
            var exchanged = gstin[..place] + b + a + gstin[(place + 2)..];
            if ((a, b) is not (('0', 'Z') or ('Z', '0'))) sum.Check(exchanged).ShouldNotBeNull(exchanged);
            Fields.Gstin.Check(exchanged).ShouldNotBeNull(exchanged);
        }
    }

    public static TheoryData<string, string> Holders() =>
        new(Fields.Rows("india-gst/pan_entity_types.csv").Select(row => (row[0], row[1])));

    [Theory, MemberData(nameof(Holders))]
    public void know_each_kind_of_holder(string letter, string meaning)
    {
        Fields.Pan.Check($"ABC{letter}E1234F").ShouldBeNull(meaning);
        Fields.India.Lists.Single(l => l.Name == "india.pan-holders").Options
            .ShouldContain(new FieldOption(letter, meaning));
    }

    [Fact]
    public void know_no_other_kind_of_holder()
    {
        var known = Fields.Rows("india-gst/pan_entity_types.csv").Select(row => row[0][0]).ToList();
        known.Count.ShouldBe(10);
        foreach (var letter in Alphabet[10..].Except(known))
            Fields.Pan.Check($"ABC{letter}E1234F").ShouldNotBeNull().Message.ShouldContain("fourth letter");
    }

    [Theory]
    [InlineData("ABCPE1234")]
    [InlineData("ABCPE1234FF")]
    [InlineData("ABCPE123AF")]
    [InlineData("AB1PE1234F")]
    [InlineData("abcpe1234f")]
    [InlineData(" ABCPE1234F")]
    [InlineData("ABCPE1234F\n")]
    public void refuse_what_has_not_the_form_of_a_PAN(string pan) =>
        Fields.Pan.Check(pan).ShouldNotBeNull().Message.ShouldContain("five capital letters, four digits");

    [Fact]
    public void know_the_states_of_the_list() => Fields.India.Lists.Single(l => l.Name == "india.states").Options
        .ShouldBe(Fields.Rows("india-gst/states.csv").Select(row => new FieldOption(row[0], row[1])));
}

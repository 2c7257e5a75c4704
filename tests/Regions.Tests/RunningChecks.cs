using BusinessM.Contracts.RecordKeeper;
using BusinessM.Records;
using BusinessM.Testing;

namespace BusinessM.Regions.Tests;

public sealed class RunningChecks
{
    private static readonly FieldDefinition Plate = Fields.With(
        new FieldCheck("required", "A lorry has a plate.") { When = new("kind", ["lorry"]) },
        new FieldCheck("pattern", "A plate is two letters and four digits.") { Pattern = "[A-Z]{2}[0-9]{4}|NONE" },
        new FieldCheck("options", "A plate begins with AB or CD.")
        {
            Count = 2,
            Options = ["AB", "CD"],
            When = new(Pattern: "[A-Z]{2}[0-9]"),
        },
        new FieldCheck("checksum", "The last digit is that of Luhn.")
        {
            Checksum = new("luhn") { Start = 2 },
            When = new("kind", ["lorry", "car"], "[A-Z]{2}[0-9]"),
        });

    /// <summary>18 by Luhn: 8 + 2 x 1 = 10; so 0018 is right and 0019 is not.</summary>
    private static Error? Check(string text, string? kind) =>
        FieldChecks.Check(Plate, text, name => name == "kind" ? kind : throw new ArgumentException(name));

    [Fact]
    public void lets_pass_what_fits()
    {
        FieldChecks.Refuse(Plate).ShouldBeNull();
        Check("AB0018", "lorry").ShouldBeNull();
        Check("CD0018", "car").ShouldBeNull();
        Check("NONE", "lorry").ShouldBeNull();
    }

    [Fact, Produces("record.field.pattern")]
    public void refuses_what_has_another_form()
    {
        var refused = Check("AB001", null).ShouldBeRefused("record.field.pattern");
        refused.ShouldBe(new Error(ErrorKind.Invalid, "record.field.pattern", "A plate is two letters and four digits.",
            "code"));
    }

    [Fact]
    public void looks_at_the_whole_text()
    {
        foreach (var text in new[] { "AB00181", "xAB0018", "AB0018\n", "\nAB0018", "AB0018\nAB0018" })
            Check(text, null).ShouldNotBeNull(text);
    }

    [Fact, Produces("record.field.option")]
    public void refuses_a_part_that_is_no_option()
    {
        Check("EF0018", null).ShouldBeRefused("record.field.option").Message.ShouldBe("A plate begins with AB or CD.");
        var tail = Fields.With(new FieldCheck("options", "It ends in Z.") { Start = 2, Options = ["Z"] });
        tail.Check("ABZ").ShouldBeNull();
        tail.Check("ABZZ").ShouldNotBeNull();
        tail.Check("AB").ShouldNotBeNull();
        tail.Check("A").ShouldNotBeNull();
    }

    [Fact, Produces("record.field.checksum")]
    public void refuses_a_wrong_check_digit_where_the_condition_holds()
    {
        Check("AB0019", "lorry").ShouldBeRefused("record.field.checksum");
        Check("AB0019", "car").ShouldNotBeNull();
        Check("AB0019", "cart").ShouldBeNull();
        Check("AB0019", null).ShouldBeNull();
    }

    [Fact, Produces("record.field.required")]
    public void refuses_an_empty_text_only_where_it_is_required()
    {
        Check("", "lorry").ShouldBeRefused("record.field.required").Message.ShouldBe("A lorry has a plate.");
        Check("", "car").ShouldBeNull();
        Check("", null).ShouldBeNull();
    }

    [Fact]
    public void takes_a_condition_without_values_as_not_empty()
    {
        var field = Fields.With(new FieldCheck("required", "With a bank there is an account.") { When = new("bank") });
        FieldChecks.Check(field, "", _ => "X").ShouldNotBeNull();
        FieldChecks.Check(field, "", _ => "").ShouldBeNull();
        FieldChecks.Check(field, "", _ => null).ShouldBeNull();
    }

    /// <summary>79927398713 is the example of Luhn's method; each other last digit is wrong.</summary>
    [Fact]
    public void knows_the_method_of_Luhn()
    {
        var card = Fields.With(new FieldCheck("checksum", "Luhn.") { Checksum = new("luhn") });
        foreach (var digit in "0123456789") (card.Check("7992739871" + digit) is null).ShouldBe(digit == '3');
    }

    /// <summary>The arithmetic of weighted sums: 1, 2, 3 with weights 5, 7, 9 make 5 + 14 + 27 = 46, which leaves
    /// 2 when divided by 11.</summary>
    [Theory]
    [InlineData("remainder", 0, "none", '2')]
    [InlineData("complement", 0, "none", '9')]
    [InlineData("difference", 0, "none", '9')]
    [InlineData("remainder", 9, "none", '0')]                   // 55
    [InlineData("complement", 9, "none", '0')]                  // 11 - 0 is 0
    [InlineData("remainder", 0, "digits", '8')]                 // 5 + 1 + 4 + 2 + 7 = 19
    [InlineData("remainder", 0, "quotient-and-remainder", '5')] // 5 + (1 + 3) + (2 + 5) = 16
    public void adds_as_the_parameters_say(string result, int plus, string fold, char expected)
    {
        var field = Fields.With(new FieldCheck("checksum", "Sum.")
        {
            Checksum = new("weighted")
            {
                Count = 3, CheckStart = 3, Weights = [5, 7, 9], Modulus = 11, Result = result, Plus = plus, Fold = fold,
            },
        });
        FieldChecks.Refuse(field).ShouldBeNull();
        foreach (var digit in "0123456789") (field.Check("123" + digit) is null).ShouldBe(digit == expected);
    }
}

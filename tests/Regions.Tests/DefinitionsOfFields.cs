using BusinessM.Contracts.RecordKeeper;
using BusinessM.Records;
using BusinessM.Testing;

namespace BusinessM.Regions.Tests;

public sealed class DefinitionsOfFields
{
    private static readonly FieldDefinition Text = new("colour", "Colour", FieldKind.Text);

    private static FieldDefinition Of(FieldKind kind) => Text with { Kind = kind };

    private static FieldDefinition Checked(FieldCheck check) => Text with { Checks = [check] };

    private static FieldDefinition Summed(Checksum sum) => Checked(new("checksum", "Sum.") { Checksum = sum });

    private static readonly Checksum Weighted = new("weighted") { Count = 3, CheckStart = 3, Modulus = 11 };

    private static FieldDefinition Choice(params FieldOption[] options) =>
        Of(FieldKind.Choice) with { Options = options };

    private static FieldDefinition Pattern(string pattern) => Checked(new("pattern", "Form.") { Pattern = pattern });

    public static TheoryData<string, FieldDefinition> Good() => new()
    {
        { "text", Text },
        { "custom", Text with { Name = "x_my_colour" } },
        { "longest", Text with { Length = 10_000 } },
        { "shortest", Text with { Length = 1 } },
        { "whole", Of(FieldKind.Whole) with { Min = 1, Max = 1, Default = "1" } },
        { "decimal", Of(FieldKind.Decimal) with { Scale = 12, Default = "-0.000000000001" } },
        { "flag", Of(FieldKind.Flag) with { Default = "true" } },
        { "date", Of(FieldKind.Date) with { Default = "2024-02-29" } },
        { "moment", Of(FieldKind.Moment) with { Default = "2024-02-29T12:00:00Z" } },
        { "choice", Choice(new("a", "A"), new("b", "B")) with { Default = "b" } },
        { "link", Of(FieldKind.Link) with { Target = "masters.party" } },
        { "code", Of(FieldKind.Link) with { Target = "finance.tax-registration", ByCode = true, Default = "HQ" } },
        { "own default", Pattern("[a-z]+") with { Default = "red" } },
        { "conditions", Checked(new("required", "Must.") { When = new("kind", ["a"], "x.*") }) },
    };

    public static TheoryData<string, FieldDefinition, string> Bad() => new()
    {
        { "name: empty", Text with { Name = "" }, "name" },
        { "name: missing", Text with { Name = null! }, "name" },
        { "name: capital", Text with { Name = "Colour" }, "name" },
        { "name: snake", Text with { Name = "my_colour" }, "name" },
        { "name: custom with capital", Text with { Name = "x_Colour" }, "name" },
        { "name: SQL", Text with { Name = "a\"; drop table x; --" }, "name" },
        { "name: too long", Text with { Name = "a" + new string('b', 50) }, "name" },
        { "name: other letters", Text with { Name = "größe" }, "name" },
        { "label: empty", Text with { Label = " " }, "label" },
        { "label: missing", Text with { Label = null! }, "label" },
        { "label: two lines", Text with { Label = "a\nb" }, "label" },
        { "label: too long", Text with { Label = new string('a', 201) }, "label" },
        { "kind", Of((FieldKind)99), "kind" },
        { "length: 0", Text with { Length = 0 }, "length" },
        { "length: too long", Text with { Length = 10_001 }, "length" },
        { "scale: -1", Of(FieldKind.Decimal) with { Scale = -1 }, "scale" },
        { "scale: 13", Of(FieldKind.Decimal) with { Scale = 13 }, "scale" },
        { "min above max", Of(FieldKind.Whole) with { Min = 2, Max = 1 }, "min" },
        { "countries: none", Text with { Countries = [] }, "countries" },
        { "countries: name", Text with { Countries = ["India"] }, "countries" },
        { "choice: no options", Of(FieldKind.Choice), "options" },
        { "choice: empty", Choice(), "options" },
        { "choice: twice", Choice(new("a", "A"), new("a", "B")), "options" },
        { "choice: without value", Choice(new FieldOption("", "A")), "options" },
        { "choice: without label", Choice(new FieldOption("a", null!)), "options" },
        { "choice: null", Choice([null!]), "options" },
        { "link: no target", Of(FieldKind.Link), "target" },
        { "link: not a type", Of(FieldKind.Link) with { Target = "party" }, "target" },
        { "default: too long", Text with { Length = 2, Default = "red" }, "default" },
        { "default: no whole", Of(FieldKind.Whole) with { Default = "1.5" }, "default" },
        { "default: out of range", Of(FieldKind.Whole) with { Max = 1, Default = "2" }, "default" },
        { "default: too many decimals", Of(FieldKind.Decimal) with { Scale = 1, Default = "0.12" }, "default" },
        { "default: comma", Of(FieldKind.Decimal) with { Default = "0,5" }, "default" },
        { "default: no flag", Of(FieldKind.Flag) with { Default = "yes" }, "default" },
        { "default: no date", Of(FieldKind.Date) with { Default = "2023-02-29" }, "default" },
        { "default: local time", Of(FieldKind.Moment) with { Default = "2023-02-28T12:00:00" }, "default" },
        { "default: no option", Choice(new FieldOption("a", "A")) with { Default = "b" }, "default" },
        { "default: no id", Of(FieldKind.Link) with { Target = "masters.party", Default = "x" }, "default" },
        { "default: of JSON", Of(FieldKind.Json) with { Default = "{}" }, "default" },
        { "default: against its check", Pattern("[a-z]+") with { Default = "RED" }, "default" },
        { "check: null", Checked(null!), "checks[0]" },
        { "check: no message", Checked(new("pattern", "") { Pattern = "a" }), "checks[0]" },
        { "check: unknown kind", Checked(new("luck", "Luck.")), "checks[0]" },
        { "check: too many", Text with { Checks = [.. Enumerable.Repeat(new FieldCheck("required", "M."), 201)] },
            "checks" },
        { "pattern: none", Checked(new("pattern", "Form.")), "checks[0]" },
        { "pattern: empty", Pattern(""), "checks[0]" },
        { "pattern: does not parse", Pattern("["), "checks[0]" },
        { "pattern: leaves the anchors", Pattern("a)|(b"), "checks[0]" },
        { "pattern: hides the end", Pattern("(?x)a#"), "checks[0]" },
        { "pattern: look-ahead", Pattern("(?=a)a"), "checks[0]" },
        { "pattern: look-behind", Pattern("(?<!b)a"), "checks[0]" },
        { "pattern: back reference", Pattern(@"(a)\1"), "checks[0]" },
        { "pattern: atomic", Pattern("(?>a+)b"), "checks[0]" },
        { "pattern: too large", Pattern("((a{1,99}){1,99}){1,99}"), "checks[0]" },
        { "pattern: too long", Pattern(new string('a', 2_001)), "checks[0]" },
        { "options: none", Checked(new("options", "Part.")), "checks[0]" },
        { "options: empty", Checked(new("options", "Part.") { Options = [] }), "checks[0]" },
        { "options: empty part", Checked(new("options", "Part.") { Options = [""] }), "checks[0]" },
        { "options: before the text", Checked(new("options", "Part.") { Options = ["a"], Start = -1 }), "checks[0]" },
        { "condition: empty", Checked(new("required", "Must.") { When = new() }), "checks[0]" },
        { "condition: no values", Checked(new("required", "Must.") { When = new("kind", []) }), "checks[0]" },
        { "condition: pattern", Checked(new("required", "Must.") { When = new(Pattern: "(") }), "checks[0]" },
        { "checksum: none", Checked(new("checksum", "Sum.")), "checks[0]" },
        { "checksum: unknown family", Summed(new("astrology")), "checks[0]" },
        { "checksum: unknown family behind", Summed(Weighted with { Or = new("astrology") }), "checks[0]" },
        { "checksum: no modulus", Summed(Weighted with { Modulus = 0 }), "checks[0]" },
        { "checksum: alphabet twice", Summed(Weighted with { Alphabet = "00" }), "checks[0]" },
        { "checksum: alphabet null", Summed(Weighted with { Alphabet = null! }), "checks[0]" },
        { "checksum: mod97 of other letters", Summed(new("mod97-10") { Alphabet = "ABC" }), "checks[0]" },
        { "checksum: before the text", Summed(Weighted with { Start = -1 }), "checks[0]" },
        { "checksum: places", Summed(Weighted with { Places = [-1] }), "checks[0]" },
        { "checksum: no places", Summed(Weighted with { Places = [] }), "checks[0]" },
        { "checksum: no weights", Summed(Weighted with { Weights = [] }), "checks[0]" },
        { "checksum: heavy", Summed(Weighted with { Weights = [int.MaxValue] }), "checks[0]" },
        { "checksum: next weights", Summed(Weighted with { NextWeights = [-1] }), "checks[0]" },
        { "checksum: tables", Summed(Weighted with { Tables = [[]] }), "checks[0]" },
        { "checksum: plus", Summed(Weighted with { Plus = -1 }), "checks[0]" },
        { "checksum: fold", Summed(Weighted with { Fold = "crane" }), "checks[0]" },
        { "checksum: result", Summed(Weighted with { Result = "maybe" }), "checks[0]" },
        { "checksum: no check character", Summed(Weighted with { CheckCount = 0 }), "checks[0]" },
        { "checksum: too many in a row", Summed(Weighted with { Or = Weighted with { Or = Weighted with
            { Or = Weighted with { Or = Weighted } } } }), "checks[0]" },
    };

    [Theory, MemberData(nameof(Good), DisableDiscoveryEnumeration = true)]
    public void that_are_well_formed_are_accepted(string what, FieldDefinition field) =>
        FieldChecks.Refuse(field).ShouldBeNull(what);

    [Theory, MemberData(nameof(Bad), DisableDiscoveryEnumeration = true), Produces("record.field.invalid")]
    public void that_are_not_are_refused(string what, FieldDefinition field, string where)
    {
        what.ShouldNotBeEmpty();
        var refused = FieldChecks.Refuse(field).ShouldBeRefused("record.field.invalid");
        refused.Field.ShouldBe(where);
        refused.Kind.ShouldBe(ErrorKind.Invalid);
    }
}

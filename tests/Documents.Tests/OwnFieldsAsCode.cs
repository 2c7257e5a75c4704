using BusinessM.Contracts.RecordKeeper;
using BusinessM.Contracts.Regions;
using BusinessM.Records;

namespace BusinessM.Documents.Tests;

public sealed class OwnFieldsAsCode
{
    [Fact]
    public void Are_what_a_region_contributes() => FieldsAsCode.Of(
    [
        new ContributedField("shelf.book", new FieldDefinition("x_colour", "Colour of \"it\"", FieldKind.Choice)
        {
            InList = true, Default = "red", Options = [new FieldOption("red", "Red"), new FieldOption("green", "a\\b")],
        }),
        new ContributedField("shelf.author", new FieldDefinition("x_born", "Born", FieldKind.Date) { Help = "One\ntwo" }),
        new ContributedField("shelf.author", new FieldDefinition("x_note", "Note", FieldKind.Text)),
    ]).ShouldBe("""
        [
            new("shelf.book", new("x_colour", "Colour of \"it\"", FieldKind.Choice) { Default = "red", InList = true, Options = [new("red", "Red"), new("green", "a\\b")] }),
            new("shelf.author", new("x_born", "Born", FieldKind.Date) { Help = "One\u000atwo" }),
            new("shelf.author", new("x_note", "Note", FieldKind.Text)),
        ]

        """.ReplaceLineEndings("\n"));
}

using BusinessM.Contracts.RecordKeeper;
using BusinessM.Records.Files;

namespace BusinessM.Keepers.Tests.Files;

public sealed class GuessingColumns
{
    private static readonly FieldDefinition[] Party =
    [
        Field("code", "Code"), Field("name", "Name"), Field("phone", "Phone"), Field("email", "E-mail"),
        Field("postcode", "Postcode"), Field("city", "City"), Field("countryCode", "Country"),
        Field("vatNumber", "VAT number"),
        Field("x_shoe_size", "Größe der Schuhe"), Field("blocked", "Blocked"),
    ];

    [Theory]
    [InlineData("code", "code")]
    [InlineData("CODE ", "code")]
    [InlineData("Customer no.", "code")]
    [InlineData("Customer №", "code")]
    [InlineData("CUSTOMERNO", "code")]
    [InlineData("SKU", "code")]
    [InlineData("Supplier name", "name")]
    [InlineData("Tel", "phone")]
    [InlineData("Tel. no.", "phone")]
    [InlineData("Télephone", "phone")]
    [InlineData("e_mail", "email")]
    [InlineData("Email Address", "email")]
    [InlineData("Zip", "postcode")]
    [InlineData("ZIP CODE", "postcode")]
    [InlineData("Post-Code", "postcode")]
    [InlineData("PIN", "postcode")]
    [InlineData("Town (city)", "city")]
    [InlineData("Country", "countryCode")]
    [InlineData("country code", "countryCode")]
    [InlineData("VAT No", "vatNumber")]
    [InlineData("GSTIN", "vatNumber")]
    [InlineData("GROSSE DER SCHUHE", "x_shoe_size")]
    [InlineData("x_shoe_size", "x_shoe_size")]
    [InlineData("disabled", "blocked")]
    [InlineData("Active", null)]
    [InlineData("Bank name", null)]
    [InlineData("Contact name", null)]
    [InlineData("", null)]
    [InlineData("???", null)]
    [InlineData("colour", null)]
    public void By_one_heading(string heading, string? field) =>
        (ColumnGuess.Of([heading], Party).Single()?.Name).ShouldBe(field);

    [Fact]
    public void Never_two_columns_for_one_field()
    {
        Guess(Party, "Code", "SKU").ShouldBe(["code", null]);
        Guess(Party, "SKU", "Item no").ShouldBe(["code", null]);
        Guess(Party, "Number", "SKU").ShouldBe([null, null]);
        Guess(Party, "Code", "code").ShouldBe([null, null]);
        Guess(Party, "Code", "code", "SKU").ShouldBe([null, null, null]);
        Guess(Party, "countryCode", "Country").ShouldBe(["countryCode", null]);
    }

    [Fact]
    public void A_code_of_another_document_is_the_link_to_it()
    {
        FieldDefinition[] invoice =
        [
            Field("number", "Number"), new("customer", "Customer", FieldKind.Link) { Target = "finance.customer" },
            Field("name", "Name"), Field("issueDate", "Date"), Field("dueDate", "Due date"), Field("amount", "Amount"),
        ];
        Guess(invoice, "Invoice no", "Customer no", "Customer name", "Invoice date", "Due", "Total")
            .ShouldBe(["number", "customer", null, "issueDate", "dueDate", "amount"]);
    }

    [Fact]
    public void What_is_written_is_guessed_back_by_name_and_by_label()
    {
        var names = Party.Select(f => f.Name).ToArray();
        Guess(Party, names).ShouldBe(names);
        Guess(Party, [.. Party.Select(f => f.Label)]).ShouldBe(names);
    }

    private static FieldDefinition Field(string name, string label) => new(name, label, FieldKind.Text);

    private static List<string?> Guess(FieldDefinition[] fields, params string[] header) =>
        [.. ColumnGuess.Of(header, fields).Select(f => f?.Name)];
}

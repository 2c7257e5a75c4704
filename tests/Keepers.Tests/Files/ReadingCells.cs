using BusinessM.Contracts.RecordKeeper;
using BusinessM.Records.Files;
using BusinessM.Testing;

namespace BusinessM.Keepers.Tests.Files;

public sealed class ReadingCells
{
    [Theory]
    [InlineData("1,234.56", "1234.56")]
    [InlineData("1.234,56", "1234.56")]
    [InlineData("1 234,56", "1234.56")]
    [InlineData("1\u00A0234,56", "1234.56")]
    [InlineData("1\u202F234.56", "1234.56")]
    [InlineData("1'234.56", "1234.56")]
    [InlineData("1’234’567", "1234567")]
    [InlineData("12,34,567.89", "1234567.89")]
    [InlineData("1,23,45,678", "12345678")]
    [InlineData("1.234.567", "1234567")]
    [InlineData("(12.00)", "-12.00")]
    [InlineData("( 1.234,5 )", "-1234.5")]
    [InlineData("12-", "-12")]
    [InlineData("-12", "-12")]
    [InlineData("\u221212,5", "-12.5")]
    [InlineData("+7", "7")]
    [InlineData("- 7", "-7")]
    [InlineData(" 18 % ", "18")]
    [InlineData("7,5%", "7.5")]
    [InlineData("(5%)", null)]
    [InlineData("(5)%", "-5")]
    [InlineData("0,125", "0.125")]
    [InlineData("0.125", "0.125")]
    [InlineData(".5", "0.5")]
    [InlineData(",5", "0.5")]
    [InlineData("12.", "12")]
    [InlineData("1234,567", "1234.567")]
    [InlineData("00012", "12")]
    [InlineData("-0", "0")]
    [InlineData("(0.00)", "0.00")]
    [InlineData("1234567890123456789012345678", "1234567890123456789012345678")]
    [InlineData("12345678901234567890123456789.5", null)]
    [InlineData("99999999999999999999999999999999", null)]
    [InlineData("1.23E+12", null)]
    [InlineData("12 EUR", null)]
    [InlineData("$12", null)]
    [InlineData("1,23,456.7.8", null)]
    [InlineData("1,2345", "1.2345")]
    [InlineData("123,45,678", null)]
    [InlineData("1 234 56", null)]
    [InlineData("1,234 567", null)]
    [InlineData("--5", null)]
    [InlineData("-(5)", null)]
    [InlineData("-5-", null)]
    [InlineData("%", null)]
    [InlineData("٣", null)]
    [InlineData("0x10", null)]
    public async Task Numbers(string text, string? value) => await Parsed(FieldKind.Decimal, text, value);

    [Theory]
    [InlineData("1,234", '.', "1234")]
    [InlineData("1,234", ',', "1.234")]
    [InlineData("1.234", '.', "1.234")]
    [InlineData("1.234", ',', "1234")]
    public async Task Numbers_that_are_open_take_the_default_and_say_so(string text, char mark, string value)
    {
        var (parsed, culture) = await Read(FieldKind.Decimal, Tables.English with { DecimalMark = mark }, text);
        parsed[0].Value.ShouldBe(value);
        culture.Doubts.Single().Message.ShouldContain($"row 2: '{text}' is read with a decimal "
            + (mark == '.' ? "point" : "comma"));
    }

    // The column's own values first, then the other columns of numbers, then the default.
    [Fact]
    public async Task Numbers_are_decided_by_all_values()
    {
        (await Values(FieldKind.Decimal, "1.234", "0,5")).ShouldBe(["1234", "0.5"]);
        (await Values(FieldKind.Decimal, "1,234", "2.50", "1,234,567")).ShouldBe(["1234", "2.50", "1234567"]);
        var table = (await Tables.Csv("a;b;c\n1.234;0,5;1.5\n")).Value;
        FieldDefinition?[] fields = [Tables.Field(FieldKind.Decimal), Tables.Field(FieldKind.Decimal, "b"), null];
        var culture = FileCulture.Of(table, fields, Tables.English);
        culture.Doubts.ShouldBeEmpty();
        CellText.Parse(fields[0]!, (await table.All())[0], 0, culture).Value.ShouldBe("1234");
    }

    [Fact, Produces("record.file.cell")]
    public async Task Numbers_that_contradict_each_other_are_refused_where_it_matters()
    {
        var (parsed, culture) = await Read(FieldKind.Decimal, Tables.English, "1.5", "2,5", "1.234", "7");
        parsed.Select(p => p.Failed).ShouldBe([false, false, true, false]);
        var refused = parsed[2].ShouldBeRefused("record.file.cell");
        refused.Field.ShouldBe("field");
        refused.Message.ShouldStartWith("Row 4, column 'h' (A): '1.234' is not clear");
        culture.Doubts.ShouldBeEmpty();
    }

    [Theory]
    [InlineData("1,000.00", "1000")]
    [InlineData("-7", "-7")]
    [InlineData("1.5", null)]
    [InlineData("seven", null)]
    public async Task Whole_numbers(string text, string? value) => await Parsed(FieldKind.Whole, text, value);

    [Theory]
    [InlineData("2026-02-03", "2026-02-03")]
    [InlineData("2026/2/3", "2026-02-03")]
    [InlineData("2026.02.03", "2026-02-03")]
    [InlineData("20260203", "2026-02-03")]
    [InlineData("13/02/2026", "2026-02-13")]
    [InlineData("02/13/2026", "2026-02-13")]
    [InlineData("2/2/2026", "2026-02-02")]
    [InlineData("03.02.2026", "2026-02-03")]
    [InlineData("3-Feb-2026", "2026-02-03")]
    [InlineData("3 february 2026", "2026-02-03")]
    [InlineData("03-FEB-2026", "2026-02-03")]
    [InlineData("12 Sept 2026", "2026-09-12")]
    [InlineData("1 MAY 2026", "2026-05-01")]
    [InlineData("1 APRIL 2026", "2026-04-01")]
    [InlineData("February 3rd, 2026", "2026-02-03")]
    [InlineData("Feb 3 2026", "2026-02-03")]
    [InlineData("2026-02-03T00:00:00", "2026-02-03")]
    [InlineData("29/02/2024", "2024-02-29")]
    [InlineData("29/02/2026", null)]
    [InlineData("02.13.2026", null)]
    [InlineData("13/13/2026", null)]
    [InlineData("2026-02-30", null)]
    [InlineData("03/02/26", null)]
    [InlineData("3-Feb-26", null)]
    [InlineData("2026-02-03 10:15", null)]
    [InlineData("3/2-2026", null)]
    [InlineData("2026", null)]
    [InlineData("46056", null)]
    [InlineData("3 Foo 2026", null)]
    [InlineData("0000-01-01", null)]
    public async Task Dates(string text, string? value) => await Parsed(FieldKind.Date, text, value);

    [Fact]
    public async Task Dates_are_decided_by_all_values()
    {
        (await Values(FieldKind.Date, "03/02/2026", "13/02/2026")).ShouldBe(["2026-02-03", "2026-02-13"]);
        (await Values(FieldKind.Date, "03/02/2026", "02/13/2026")).ShouldBe(["2026-03-02", "2026-02-13"]);
        foreach (var (dayFirst, date, how) in new[] { (true, "2026-02-03", "day"), (false, "2026-03-02", "month") })
        {
            var defaults = Tables.English with { DayFirst = dayFirst };
            var (parsed, culture) = await Read(FieldKind.Date, defaults, "2026-01-01", "03/02/2026");
            parsed[1].Value.ShouldBe(date);
            culture.Doubts.Single().Message.ShouldContain($"row 3: '03/02/2026' is read with the {how} first");
        }
    }

    [Fact, Produces("record.file.cell")]
    public async Task Dates_that_contradict_each_other_are_refused_where_it_matters()
    {
        var (parsed, _) = await Read(FieldKind.Date, Tables.English, "13/02/2026", "02/13/2026", "03/02/2026",
            "3 Feb 2026");
        parsed.Select(p => p.Failed).ShouldBe([false, false, true, false]);
        parsed[2].ShouldBeRefused("record.file.cell").Message.ShouldContain("Row 4, column 'h' (A)");
    }

    // A sheet in which a program of another country took half of the dates.
    [Fact]
    public async Task Dates_that_are_texts_beside_dates_are_doubted()
    {
        var table = (await Tables.Read(Tables.Book("""
            <row><c t="str"><v>h</v></c></row><row><c t="d"><v>2026-03-02</v></c></row>
            <row><c t="str"><v>13/02/2026</v></c></row>
            """))).Value;
        FileCulture.Of(table, [Tables.Field(FieldKind.Date)], Tables.English).Doubts.Single().Message
            .ShouldContain("swapped days and months");
    }

    // London is an hour before UTC from 29 March 2026, 1:00 UTC, to 25 October 2026, 1:00 UTC.
    [Theory]
    [InlineData("2026-02-03T10:15:30.125Z", "2026-02-03T10:15:30.125Z")]
    [InlineData("2026-02-03T10:15:30+05:30", "2026-02-03T04:45:30Z")]
    [InlineData("2026-02-03 00:15 -0800", "2026-02-03T08:15:00Z")]
    [InlineData("13/07/2026 9:05 pm", "2026-07-13T20:05:00Z")]
    [InlineData("3 Feb 2026, 12:00 AM", "2026-02-03T00:00:00Z")]
    [InlineData("2026-07-13", "2026-07-12T23:00:00Z")]
    [InlineData("2026-03-29 01:30", null)]
    [InlineData("2026-10-25 01:30", null)]
    [InlineData("2026-10-25T01:30+01:00", "2026-10-25T00:30:00Z")]
    [InlineData("2026-02-03 24:00", null)]
    [InlineData("2026-02-03 13:00 PM", null)]
    [InlineData("10:15", null)]
    public async Task Moments(string text, string? value)
    {
        var (parsed, _) = await Read(FieldKind.Moment, Tables.English with { Zone = "Europe/London" }, text);
        (parsed[0].Failed ? null : parsed[0].Value).ShouldBe(value);
    }

    [Theory]
    [InlineData("Yes", "true")]
    [InlineData("TRUE", "true")]
    [InlineData("y", "true")]
    [InlineData("1", "true")]
    [InlineData("X", "true")]
    [InlineData("no", "false")]
    [InlineData("False", "false")]
    [InlineData("0", "false")]
    [InlineData("maybe", null)]
    [InlineData("2", null)]
    public async Task Flags(string text, string? value) => await Parsed(FieldKind.Flag, text, value);

    [Theory]
    [InlineData("open", "open")]
    [InlineData("In title", "title")]
    [InlineData("TITLE", "title")]
    [InlineData("in TITLE", "title")]
    [InlineData(" both ", null)]
    [InlineData("b", "b")]
    [InlineData("B", "B")]
    [InlineData("shut", null)]
    public async Task Choices(string text, string? value)
    {
        var field = Tables.Field(FieldKind.Choice) with
        {
            Options = [new("open", "Open"), new("title", "In title"), new("b", "Both"), new("B", "both")],
        };
        var table = (await Tables.Csv($"h\n{text}\n")).Value;
        var culture = FileCulture.Of(table, [field], Tables.English);
        var parsed = CellText.Parse(field, (await table.All())[0], 0, culture);
        (parsed.Failed ? null : parsed.Value).ShouldBe(text == " both " ? "B" : value);
    }

    [Fact]
    public async Task Texts_stay_as_they_are()
    {
        await Parsed(FieldKind.Text, " 007 ", "007");
        await Parsed(FieldKind.Text, "1,234", "1,234");
        await Parsed(FieldKind.LongText, "  a\n b ", "  a\n b ");
        await Parsed(FieldKind.Link, " SUP-1 ", "SUP-1");
        await Parsed(FieldKind.Json, "{\"a\": [1]}", "{\"a\": [1]}");
        await Parsed(FieldKind.Json, "{a}", null);
    }

    [Fact]
    public async Task Blank_cells_have_no_value()
    {
        var table = (await Tables.Csv("a,h\n1,\u00A0 \n")).Value;
        var row = (await table.All()).Single();
        foreach (var kind in Enum.GetValues<FieldKind>())
        {
            var field = Tables.Field(kind);
            CellText.Parse(field, row, 1, FileCulture.Of(table, [null, field], Tables.English)).Value.ShouldBeNull();
        }
    }

    [Theory]
    [InlineData("""<c><v>1234.5</v></c>""", FieldKind.Decimal, "1234.5")]
    [InlineData("""<c><v>1.234</v></c>""", FieldKind.Decimal, "1.234")]
    [InlineData("""<c><v>1001</v></c>""", FieldKind.Text, "1001")]
    [InlineData("""<c><v>1</v></c>""", FieldKind.Flag, "true")]
    [InlineData("""<c t="b"><v>1</v></c>""", FieldKind.Flag, "true")]
    [InlineData("""<c><v>46056</v></c>""", FieldKind.Date, null)]
    [InlineData("""<c><v>1E+30</v></c>""", FieldKind.Decimal, null)]
    [InlineData("""<c t="e"><v>#DIV/0!</v></c>""", FieldKind.Text, null)]
    [InlineData("""<c t="b"><v>1</v></c>""", FieldKind.Decimal, null)]
    [InlineData("""<c><f>A1</f><v/></c>""", FieldKind.Decimal, null)]
    [InlineData("""<c t="d"><v>2026-02-03</v></c>""", FieldKind.Date, "2026-02-03")]
    [InlineData("""<c t="d"><v>2026-02-03T10:15:00</v></c>""", FieldKind.Moment, "2026-02-03T10:15:00Z")]
    public async Task What_a_workbook_knows_is_exact(string cell, FieldKind kind, string? value)
    {
        // Though the texts of the column have decimal commas.
        var table = (await Tables.Read(Tables.Book(
            $"""<row><c t="str"><v>h</v></c></row><row>{cell}</row><row><c t="str"><v>0,5</v></c></row>"""))).Value;
        var field = Tables.Field(kind);
        var parsed = CellText.Parse(field, (await table.All())[0], 0, FileCulture.Of(table, [field], Tables.English));
        (parsed.Failed ? null : parsed.Value).ShouldBe(value);
    }

    private static async Task Parsed(FieldKind kind, string text, string? value)
    {
        var (parsed, _) = await Read(kind, Tables.English, text);
        if (value is not null) parsed[0].Value.ShouldBe(value);
        else parsed[0].ShouldBeRefused("record.file.cell").Message.ShouldStartWith("Row 2, column 'h' (A): ");
    }

    private static async Task<List<string?>> Values(FieldKind kind, params string[] texts) =>
        [.. (await Read(kind, Tables.English, texts)).Parsed.Select(p => p.Value)];

    private static async Task<(List<Result<string?>> Parsed, FileCulture Culture)> Read(FieldKind kind,
        CultureDefaults defaults, params string[] texts)
    {
        var quoted = texts.Select(t => $"\"{t.Replace("\"", "\"\"", StringComparison.Ordinal)}\"\n");
        var table = (await Tables.Csv("h\n" + string.Concat(quoted))).Value;
        var field = Tables.Field(kind);
        var culture = FileCulture.Of(table, [field], defaults);
        return ([.. (await table.All()).Select(row => CellText.Parse(field, row, 0, culture))], culture);
    }
}

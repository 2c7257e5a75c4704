using BusinessM.Records.Files;

namespace BusinessM.Keepers.Tests.Files;

public sealed class ReadingWorkbooks
{
    private const string Heading = "Code | Name | Price | Rate | Since | Checked at | Active | Zip | Total";
    private const string Uncalculated = "a formula that was never calculated";

    // What make_openpyxl.py writes: a hidden sheet first, blank rows, a merged row below. It does not escape what looks
    // like an escaped letter, LibreOffice does (ISO/IEC 29500-1, 22.9.2.19: _x0041_ is an A).
    [Theory]
    [InlineData("openpyxl-1900.xlsx", "A", "1900-03-01", Uncalculated, Uncalculated)]
    [InlineData("openpyxl-1904.xlsx", "A", "1904-01-02", Uncalculated, Uncalculated)]
    [InlineData("calc-1900.xlsx", "_x0041_", "1900-03-01", "2469.12", "-0.2")]
    [InlineData("calc-1904.xlsx", "_x0041_", "1904-01-02", "2469.12", "-0.2")]
    public async Task Of_openpyxl_and_libreoffice(string file, string letter, string early, string total,
        string negative)
    {
        var table = (await Tables.Sample(file)).Value;
        (await table.Shown()).ShouldBe(
        [
            Heading, $"2: A-1 | Büro ☕ <&> | 1234.56 | 18% | 2026-02-03 | 2026-02-03T10:15:30 | true | 02134 | {total}",
            $"3: B-2 | second\nline | -0.1 | 7.5% | {early} | 07:30:00 | false | 97201 | {negative}",
            $"6: C-3 | {letter} literal | 3.3 | 100% | 2024-02-29 | 2024-02-29T23:59:59 |  | 00007 | ",
        ]);
        table.Origin.ShouldBe(new TableOrigin(TableFormat.Xlsx, Sheet: "Prices"));
        (await table.All())[0].Cells.Select(c => c.Kind).ShouldBe([CellKind.Text, CellKind.Text, CellKind.Number,
            CellKind.Number, CellKind.Date, CellKind.Date, CellKind.Flag, CellKind.Number,
            total == Uncalculated ? CellKind.Error : CellKind.Number]);
    }

    // What make_xlsxwriter.py writes, with the texts apart and in their cells.
    [Theory]
    [InlineData("xlsxwriter-shared.xlsx")]
    [InlineData("xlsxwriter-inline.xlsx")]
    public async Task Of_xlsxwriter(string file) => (await (await Tables.Sample(file)).Value.Shown()).ShouldBe(
        ["SKU | Text | Amount | Day | Formula | Hours",
            "2: S-1 | plain bold again | 0.0000001 | 2026-02-03 | ab | 36:30:00",
            "3: S-2 |  blanks around  | 123456789012345 | 1999-12-31 | #DIV/0! | true"]);

    // Gnumeric writes 1234.56000000000000005, and took the column for dates with the day first.
    [Fact]
    public async Task Of_gnumeric() => (await (await Tables.Sample("gnumeric.xlsx")).Value.Shown()).ShouldBe(
        ["Code | Name | Amount | Date", "2: A | say \"hi\", then go | 1234.56 | 2026-02-03",
            "3: B | two\nlines | 12 | 2026-02-13", "4: C | Zoë | -7 | 2026-02-28"]);

    // The day numbers of ISO/IEC 29500-1, 18.17.4.1: 1 is 1 January 1900, 60 the day that never was, 61 1 March 1900,
    // 2958465 31 December 9999; by 1904, 0 is 1 January 1904.
    [Theory]
    [InlineData("1", "1900-01-01", "1904-01-02")]
    [InlineData("59", "1900-02-28", "1904-02-29")]
    [InlineData("61", "1900-03-01", "1904-03-02")]
    [InlineData("2958465", "9999-12-31", null)]
    [InlineData("46056.5", "2026-02-03T12:00:00", "2030-02-04T12:00:00")]
    [InlineData("46056.99999999999", "2026-02-04", "2030-02-05")]
    public async Task Days_by_their_numbers(string serial, string by1900, string? by1904)
    {
        (await Date(serial, "")).ShouldBe(new TableCell(by1900, CellKind.Date));
        if (by1904 is not null)
            (await Date(serial, """<workbookPr date1904="1"/>""")).ShouldBe(new TableCell(by1904, CellKind.Date));
    }

    [Theory]
    [InlineData("60")]
    [InlineData("-1")]
    [InlineData("2958466")]
    public async Task Days_that_never_were(string serial) => (await Date(serial, "")).Kind.ShouldBe(CellKind.Error);

    // Format codes as spreadsheet programs write them; ISO/IEC 29500-1, 18.8.31.
    [Theory]
    [InlineData("General", "0.5")]
    [InlineData("0.00", "0.5")]
    [InlineData("#,##0.00 \"days\"", "0.5")]
    [InlineData("[Red]0.00;[Blue]-0.00", "0.5")]
    [InlineData("0.00E+00", "0.5")]
    [InlineData("0%", "50%")]
    [InlineData("0.0\\%", "0.5")]
    [InlineData("h:mm AM/PM", "12:00:00")]
    [InlineData("[h]:mm:ss", "12:00:00")]
    [InlineData("mm:ss", "12:00:00")]
    [InlineData("0\\d", "0.5")]
    [InlineData("000", "0.5")]
    public async Task Numbers_by_their_formats(string code, string text) =>
        (await Cell("0.5", code, "")).Text.ShouldBe(text);

    [Theory]
    [InlineData("[$-409]d\\-mmm\\-yyyy;@")]
    [InlineData("dd/mm/yy")]
    [InlineData("mmmm")]
    [InlineData("yyyy\"year\"")]
    [InlineData("[$-F800]dddd\\,\\ mmmm\\ dd\\,\\ yyyy")]
    public async Task Dates_by_their_formats(string code) =>
        (await Cell("46056", code, "")).ShouldBe(new TableCell("2026-02-03", CellKind.Date));

    // Spreadsheet programs keep 15 digits; what is longer in a file is a binary number's noise. 0.1 + 0.2 as a double
    // is 0.30000000000000004, and 1E+30 no decimal of 28 digits.
    [Theory]
    [InlineData("0.30000000000000004", "0.3")]
    [InlineData("1.5E-3", "0.0015")]
    [InlineData("-1.2345678901234567E+4", "-12345.6789012346")]
    [InlineData("12345678901234567890", "12345678901234567890")]
    [InlineData("1E+30", "1E+30")]
    [InlineData("4E-40", "4E-40")]
    [InlineData("0", "0")]
    [InlineData("0E-40", "0")]
    public async Task Numbers_without_their_noise(string raw, string text) =>
        (await Cell(raw, "General", "")).ShouldBe(new TableCell(text, CellKind.Number));

    [Fact]
    public async Task Escapes_runs_and_phonetics_of_texts()
    {
        const string rows = """
            <row><c t="inlineStr"><is><t>h</t></is></c></row>
            <row><c t="s"><v>0</v></c><c t="s"><v>1</v></c><c t="s"><v>2</v></c><c t="str"><f>x</f><v></v></c></row>
            """;
        const string texts = """
            <sst><si><t>a_x000D_b_x005F_x0041_</t></si><si/>
            <si><r><t xml:space="preserve"> x </t></r><r><rPr/><t>y</t></r><rPh><t>z</t></rPh></si></sst>
            """;
        (await (await Tables.Read(Tables.Book(rows, texts))).Value.All()).Single().Cells.Select(c => c.Text)
            .ShouldBe(["a\rb_x0041_", "", " x y"]);
    }

    [Fact]
    public async Task Cells_without_places_of_their_own()
    {
        var book = Tables.Book("""
            <row><c t="str"><v>a</v></c><c/><c t="str"><v>c</v></c></row>
            <row r="7"><c r="C7"><v>1</v></c><c><v>2</v></c></row>
            <row><c t="b"><v>1</v></c><c t="d"><v>2026-02-03T00:00:00</v></c></row>
            """);
        (await (await Tables.Read(book)).Value.Shown())
            .ShouldBe(["a |  | c | ", "7:  |  | 1 | 2", "8: true | 2026-02-03 |  | "]);
    }

    private static Task<TableCell> Date(string serial, string properties) => Cell(serial, "yyyy-mm-dd", properties);

    private static async Task<TableCell> Cell(string raw, string code, string properties)
    {
        var styles = new System.Xml.Linq.XElement("styleSheet",
            new System.Xml.Linq.XElement("numFmts", new System.Xml.Linq.XElement("numFmt",
                new System.Xml.Linq.XAttribute("numFmtId", 164), new System.Xml.Linq.XAttribute("formatCode", code))),
            new System.Xml.Linq.XElement("cellXfs", new System.Xml.Linq.XElement("xf"),
                new System.Xml.Linq.XElement("xf", new System.Xml.Linq.XAttribute("numFmtId", 164))));
        var book = Tables.Book($"""<row><c t="str"><v>h</v></c></row><row><c s="1"><v>{raw}</v></c></row>""",
            styles: styles.ToString(), properties: properties);
        return (await (await Tables.Read(book)).Value.All()).Single().Cells[0];
    }
}

using System.Text;
using BusinessM.Records.Files;
using BusinessM.Testing;

namespace BusinessM.Keepers.Tests.Files;

public sealed class ReadingCsv
{
    private static readonly string[] Written =
    [
        "Code | Name | Amount | Date", "2: A | say \"hi\", then go | 1,234.56 | 03/02/2026",
        "3: B | two\nlines | 12.00 | 13/02/2026", "4: C | Zoë | -7 | 28/02/2026",
    ];

    // What make_csv.py writes.
    [Theory]
    [InlineData("python-excel.csv", ',', "utf-8", false)]
    [InlineData("python-excel-tab.tsv", '\t', "utf-8", false)]
    [InlineData("python-pipe.csv", '|', "utf-8", false)]
    [InlineData("python-utf16.txt", '\t', "utf-16", false)]
    [InlineData("python-cp1252.csv", ',', "windows-1252", true)]
    public async Task Of_python(string file, char separator, string encoding, bool assumed)
    {
        var table = (await Tables.Sample(file)).Value;
        (await table.Shown()).ShouldBe(Written);
        table.RowCount.ShouldBe(3);
        table.Origin.ShouldBe(new TableOrigin(TableFormat.Csv, encoding, assumed, separator));
    }

    [Fact]
    public async Task With_semicolons_since_the_comma_is_for_decimals() =>
        (await (await Tables.Sample("python-semicolon.csv")).Value.Shown()).ShouldBe(
            ["Code | Betrag | Datum | Satz", "2: A | 1.234,56 | 03.02.2026 | 7,5 %", "3: B | 1.234 | 13.02.2026 | 19 %",
                "4: C | 0,5 | 28.02.2026 | 0 %"]);

    // As LibreOffice shows the numbers of make_xlsxwriter.py.
    [Fact]
    public async Task Of_libreoffice() => (await (await Tables.Sample("calc-semicolon.csv")).Value.Shown()).ShouldBe(
        ["SKU | Text | Amount | Day | Formula | Hours",
            "2: S-1 | plain bold again | 0.0000001 | 3-Feb-2026 | ab | 36:30",
            "3: S-2 |  blanks around  | 123456789012345 | 31-Dec-1999 | #DIV/0! | TRUE"]);

    [Theory]
    [InlineData("sep=;\r\na,x;b,x\r\n1;2\r\n", "a,x | b,x", "2: 1 | 2")]
    [InlineData("a,b\n1,\"x;y;z\"\n2,\"x;y;z\"\n", "a | b", "2: 1 | x;y;z")]
    [InlineData("one\n1\n", "one", "2: 1")]
    [InlineData("a;b\r1;\"2\"\r", "a | b", "2: 1 | 2")]
    [InlineData("a,b\n1,5\" pipe\n", "a | b", "2: 1 | 5\" pipe")]
    [InlineData("a,b,,\n1,,,\n", "a | b", "2: 1 | ")]
    [InlineData("\n\n a  \n b \n\n\n 1 \n", "a", "4:  b ")]
    [InlineData("a,b\n\"\",\"\"\n \n1,2\n", "a | b", "4: 1 | 2")]
    public async Task As_it_is_found(string text, string header, string first)
    {
        var rows = await (await Tables.Csv(text)).Value.Shown();
        rows[0].ShouldBe(header);
        rows[1].ShouldBe(first);
    }

    [Theory, Produces("record.file.unreadable")]
    [InlineData("a,b\n1,2\n3,4,5\n", "Row 3 has 3 cells, the heading 2")]
    [InlineData("a,b\n1,\"2\n3,4\n", "Row 2, column 2: the quote that begins here never ends")]
    [InlineData("a,b\n\"1\"x,2\n", "Row 2, column 1: text follows the closing quote")]
    [InlineData("%PDF-1.7\n1 0 obj", "PDF")]
    [InlineData("<!DOCTYPE html><table><tr><td>1</td></tr></table>", "web page")]
    [InlineData("a,b\0\n1,2\n", "neither a CSV file nor an XLSX workbook")]
    public async Task That_is_broken_is_refused(string text, string says) =>
        (await Tables.Csv(text)).ShouldBeRefused("record.file.unreadable").Message.ShouldContain(says);

    [Fact, Produces("record.file.unreadable")]
    public async Task Of_bytes_that_are_no_text_is_refused() =>
        (await Tables.Read([(byte)'a', 0xFF, 0x81, (byte)'\n', (byte)'b'])).ShouldBeRefused("record.file.unreadable")
            .Message.ShouldContain("byte 3");

    [Theory, Produces("record.file.empty")]
    [InlineData("")]
    [InlineData("\uFEFF")]
    [InlineData("\n , ,\n")]
    [InlineData("a,b\n")]
    [InlineData("a,b\n,\n\n")]
    public async Task Without_rows_is_refused(string text) =>
        (await Tables.Csv(text)).ShouldBeRefused("record.file.empty");

    [Fact, Produces("record.file.too-large")]
    public async Task Beyond_the_limits_is_refused()
    {
        var rows = new StringBuilder("a\n").Insert(2, "1\n", 100_000);
        (await Tables.Csv(rows.ToString())).Value.RowCount.ShouldBe(100_000);
        await Refused(rows.Append("1\n").ToString(), "Row 100002: a file has 100,000 rows");
        (await Tables.Csv("a\n" + new string('x', 32_767))).Failed.ShouldBeFalse();
        await Refused("a\n" + new string('x', 32_768), "Row 2, column 1: a cell has 32,767");
        (await Tables.Csv(string.Join(',', Enumerable.Repeat("h", 500)) + "\n1")).Value.Header.Count.ShouldBe(500);
        await Refused(string.Join(',', Enumerable.Repeat("h", 501)) + "\n1", "Row 1 has more than 500 columns");
        await Refused(new string('\t', 1_000_000) + "h\n1", "Row 1 has more than 500 columns");
        await Refused("a\n" + string.Concat(Enumerable.Repeat(new string('1', 1023) + "\n", 8 * 1024)), "8 MB");
        static async Task Refused(string text, string says) =>
            (await Tables.Csv(text)).ShouldBeRefused("record.file.too-large").Message.ShouldContain(says);
    }

    [Fact]
    public async Task Stops_when_nobody_waits()
    {
        using var gone = new CancellationTokenSource();
        await gone.CancelAsync();
        await using var file = new MemoryStream("a\n1\n"u8.ToArray());
        await Should.ThrowAsync<OperationCanceledException>(() => TableFile.Read(file, null, gone.Token));
    }
}

using System.IO.Compression;
using System.Text;
using BusinessM.Records.Files;
using BusinessM.Testing;

namespace BusinessM.Keepers.Tests.Files;

public sealed class HostileFiles
{
    private const string Head = "<worksheet><sheetData><row><c t=\"str\"><v>h</v></c></row>";
    private const string Refuse = "record.file.unreadable";
    private const string TooLarge = "record.file.too-large";

    // 100,007 bytes x 300 = 30 MB of comments, refused by their ratio of about 1,000; x 2,200 = 220 MB, in a file that
    // is large enough for them, by their size.
    [Fact, Produces("record.file.too-large")]
    public async Task A_bomb_is_not_unpacked()
    {
        var comment = $"<!--{new string('x', 100_000)}-->";
        await Refused(Tables.Endless(Head, comment, 300, 10, CompressionLevel.Optimal), TooLarge, "200 times");
        await Refused(Padded(Tables.Endless(Head, comment, 2200, 10), 1_000_000), TooLarge, "200 MB");
    }

    [Fact, Produces("record.file.too-large")]
    public async Task Texts_and_tags_without_an_end_are_not_held()
    {
        static Task Endless(string begin, string repeated, int times, string says) =>
            Refused(Padded(Tables.Endless(begin, repeated, times), 1_000_000), TooLarge, says);
        await Endless(Head + "<row><c t=\"str\"><v>", "x", 2_000_000, "512 KB");
        await Endless(Head + "<row a=\"", "x", 2_000_000, "512 KB");
        await Endless("<", "x", 2_000_000, "512 KB");
        await Endless(Head + "<row><c t=\"str\"><v>", "<![CDATA[x]]>", 300_000, "cell A2: a cell has 32,767");
        var shared = Tables.Parts(Head, "<sst>" + string.Concat(Enumerable.Repeat("<si/>", 6_000_000)));
        await Refused(Padded(Tables.Zip(shared), 1_000_000), TooLarge, "64 MB of texts");
    }

    [Theory, Produces("record.file.unreadable")]
    [InlineData("<!DOCTYPE x [<!ENTITY a \"aaaa\"><!ENTITY b \"&a;&a;&a;&a;\">]><worksheet>&b;</worksheet>", "DTD")]
    [InlineData("<!DOCTYPE x SYSTEM \"file:///etc/passwd\"><worksheet/>", "DTD")]
    [InlineData("<worksheet><sheetData><row>", "damaged")]
    [InlineData("{\"not\":\"xml\"}", "damaged")]
    [InlineData(Head + "<row r=\"1\"/></sheetData></worksheet>", "row '1' comes after row 1")]
    [InlineData(Head + "<row r=\"-5\"/></sheetData></worksheet>", "row '-5'")]
    [InlineData(Head + "<row r=\"1048577\"/></sheetData></worksheet>", "row '1048577'")]
    [InlineData(Head + "<row><c r=\"B2\"><v>1</v></c><c r=\"A2\"/></row></sheetData></worksheet>", "cell 'A2'")]
    [InlineData(Head + "<row><c r=\"12\"><v>1</v></c></row></sheetData></worksheet>", "cell '12'")]
    [InlineData(Head + "<row><c t=\"s\"><v>7</v></c></row></sheetData></worksheet>", "cell A2 names a text")]
    [InlineData(Head + "<row><c t=\"s\"><v>-1</v></c></row></sheetData></worksheet>", "cell A2 names a text")]
    public async Task A_sheet_that_is_none_is_refused(string sheet, string says) =>
        await Refused(Tables.Zip(Tables.Parts(sheet)), Refuse, says);

    [Fact, Produces("record.file.unreadable")]
    public async Task Tags_nest_no_deeper_than_needed() => await Refused(Tables.Zip(Tables.Parts(
        Head + string.Concat(Enumerable.Repeat("<a>", 100_000)))), Refuse, "nest too deep");

    [Theory, Produces("record.file.too-large")]
    [InlineData("<row><c r=\"SG2\"><v>1</v></c></row>", "row 2 has more than 500 columns")]
    [InlineData("<row><c r=\"XFD2\"><v>1</v></c></row>", "row 2 has more than 500 columns")]
    [InlineData("<row><c r=\"ZZZZZZZZ2\"><v>1</v></c></row>", "row 2 has more than 500 columns")]
    public async Task Columns_far_out_are_refused(string row, string says) =>
        await Refused(Tables.Book("<row><c t=\"str\"><v>h</v></c></row>" + row), TooLarge, says);

    [Fact]
    public async Task Columns_far_out_that_are_empty_are_not_there()
    {
        var book = Tables.Book(
            "<row><c t=\"str\"><v>h</v></c><c r=\"XFD1\" s=\"1\"/></row><row><c r=\"SF2\"><v>1</v></c></row>");
        (await (await Tables.Read(book)).Value.All()).Single().Cells.Count.ShouldBe(500);
    }

    [Fact, Produces("record.file.too-large")]
    public async Task A_million_columns_and_rows_are_refused()
    {
        await Refused(Tables.Book("<row>" + string.Concat(Enumerable.Repeat("<c><v>1</v></c>", 1_000_000)) + "</row>"),
            TooLarge, "");
        var rows = string.Concat(Enumerable.Range(0, 100_002)
            .Select(i => FormattableString.Invariant($"<row><c><v>{i * 7919 % 100_003}</v></c></row>")));
        await Refused(Tables.Book(rows), TooLarge, "Row 100002");
    }

    // A sheet that leads to the workbook, which leads to the sheet.
    [Fact]
    public async Task What_leads_back_to_itself_ends()
    {
        var parts = Tables.Parts("").Where(p => p.Name != "xl/_rels/workbook.xml.rels").ToArray();
        await Refused(Tables.Zip([.. parts, ("xl/_rels/workbook.xml.rels",
            Tables.Relations(("rId1", "worksheet", "../xl/./workbook.xml")))]), "record.file.empty", "");
        await Refused(Tables.Zip([.. parts, ("xl/_rels/workbook.xml.rels",
            Tables.Relations(("rId1", "worksheet", "../../../../etc/passwd")))]), Refuse, "lacks its part etc/passwd");
    }

    [Fact, Produces("record.file.unreadable")]
    public async Task Another_kind_of_file_is_refused()
    {
        (await Tables.Sample("calc-old.xls")).ShouldBeRefused(Refuse).Message.ShouldContain("old .xls");
        (await Tables.Sample("calc.ods")).ShouldBeRefused(Refuse).Message.ShouldContain("no XLSX workbook");
        await Refused(Tables.Zip(("a.txt", "a")), Refuse, "no XLSX workbook");
        await Refused(Tables.Zip(), Refuse, "");
        await Refused([0x1F, 0x8B, 8, 0, 0, 0, 0, 0, 2, 3], Refuse, "no text");
        await Refused([0x89, .. "PNG\r\n\x1a\n\0\0"u8], Refuse, "no text");
        var hidden = Tables.Zip([.. Tables.Parts(Head).Where(p => p.Name != "xl/workbook.xml"), ("xl/workbook.xml",
            """<workbook xmlns:r="r"><sheets><sheet name="S" state="veryHidden" r:id="rId1"/></sheets></workbook>""")]);
        await Refused(hidden, Refuse, "no visible sheet");
    }

    // Cut anywhere, or any byte changed: a table or a refusal, and never an accident.
    [Fact]
    public async Task A_damaged_workbook_is_a_refusal_or_a_table()
    {
        var refused = 0;
        foreach (var name in (string[])["calc-1900.xlsx", "openpyxl-1900.xlsx", "gnumeric.xlsx"])
        {
            var whole = File.ReadAllBytes(Path.Combine(AppContext.BaseDirectory, "Files", "samples", name));
            for (var length = 1; length < whole.Length; length += 37)
            {
                (await Tables.Read(whole[..length])).Failed.ShouldBeTrue();
                refused++;
            }
            var random = new Random(20260203);
            for (var i = 0; i < 400; i++)
            {
                var damaged = whole.ToArray();
                for (var n = 0; n <= i % 4; n++) damaged[random.Next(damaged.Length)] = (byte)random.Next(256);
                var read = await Tables.Read(damaged);
                if (read.Failed) refused++;
                else await read.Value.All();
            }
        }
        refused.ShouldBeGreaterThan(500);
    }

    private static async Task Refused(byte[] file, string code, string says) =>
        (await Tables.Read(file)).ShouldBeRefused(code).Message.ShouldContain(says);

    // A part that is not looked at, and does not pack, makes the file larger.
    private static byte[] Padded(byte[] book, int bytes)
    {
        using var file = new MemoryStream();
        file.Write(book);
        using (var zip = new ZipArchive(file, ZipArchiveMode.Update, leaveOpen: true))
        {
            using var part = zip.CreateEntry("docProps/padding.bin", CompressionLevel.NoCompression).Open();
            var noise = new byte[bytes];
            new Random(1).NextBytes(noise);
            part.Write(noise);
        }
        return file.ToArray();
    }
}

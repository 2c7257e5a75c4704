using System.Diagnostics;
using System.Globalization;
using System.Text;
using BusinessM.Contracts.RecordKeeper;
using BusinessM.Records.Files;
using BusinessM.Testing;
using FsCheck;
using FsCheck.Fluent;

namespace BusinessM.Keepers.Tests.Files;

public sealed class WritingTables
{
    private static readonly FieldDefinition[] Fields =
    [
        Tables.Field(FieldKind.Text, "code"), Tables.Field(FieldKind.LongText, "text"),
        Tables.Field(FieldKind.Decimal, "price"), Tables.Field(FieldKind.Whole, "count"),
        Tables.Field(FieldKind.Date, "day"), Tables.Field(FieldKind.Flag, "open"), Tables.Field(FieldKind.Moment, "at"),
    ];

    // RFC 4180: CR LF, quotes where needed, quotes doubled; OWASP's first characters of a formula, in texts alone.
    [Fact]
    public async Task As_csv()
    {
        var text = await Csv(new CsvStyle(), ["code", "=text", "price", "count", "day", "open", "at"],
            ["=1+2", "a \"b\", c", "-12.50", "-7", "2026-02-03", "true", "2026-02-03T10:15:00Z"],
            ["-x", "two\nlines", null, "", null, "false", null], ["+44 20", "@x", "0", "0", null, null, null],
            ["'=1", " edge", null, null, null, null, null], ["'a", "\tx", null, null, null, null, null]);
        text.ShouldBe("""
            code,'=text,price,count,day,open,at
            '=1+2,"a ""b"", c",-12.50,-7,2026-02-03,true,2026-02-03T10:15:00Z
            '-x,"two|lines",,,,false,
            '+44 20,'@x,0,0,,,
            ''=1," edge",,,,,
            'a,'~x,,,,,

            """.ReplaceLineEndings("\r\n").Replace('|', '\n').Replace('~', '\t'));
    }

    [Fact]
    public async Task As_csv_with_semicolons_and_the_mark()
    {
        string[] row = ["a;b", "c,d", null!, null!, null!, null!, null!];
        var text = await Csv(new CsvStyle(';', Mark: true), [.. Fields.Select(f => f.Name)], row);
        text.ShouldStartWith("\uFEFFcode;text;price;count;day;open;at\r\n\"a;b\";c,d;");
    }

    [Fact]
    public async Task And_read_again_as_csv_is_the_same() => await RoundTrip(async (rows, file) =>
    {
        await TableFile.WriteCsv(file, [.. Fields.Select(f => f.Name)], Fields, Async(rows), new CsvStyle(), default);
    });

    [Fact]
    public async Task And_read_again_as_a_workbook_is_the_same() => await RoundTrip(async (rows, file) =>
    {
        (await TableFile.WriteXlsx(file, [.. Fields.Select(f => f.Name)], Fields, Async(rows), default))
            .Failed.ShouldBeFalse();
    });

    [Fact]
    public async Task As_a_workbook_of_numbers_dates_and_flags()
    {
        var fields = Fields.Select(f => f.Name == "price" ? f with { Scale = 2 } : f).ToArray();
        await using var file = new MemoryStream();
        string?[][] rows =
        [
            ["=1+2", "x", "123456789012.345", "7", "1900-03-01", "true", "2026-02-03T10:15:00Z"],
            ["a", null, "1234567890123.456", "1234567890123456", "1900-02-28", "false", null],
        ];
        (await TableFile.WriteXlsx(file, [.. fields.Select(f => f.Name)], fields, Async(rows), default))
            .Failed.ShouldBeFalse();
        var read = await (await Tables.Read(file.ToArray())).Value.All();
        read[0].Cells.Select(c => c.Kind).ShouldBe([CellKind.Text, CellKind.Text, CellKind.Number, CellKind.Number,
            CellKind.Date, CellKind.Flag, CellKind.Text]);
        // More than 15 digits, and days that spreadsheet programs count wrongly, are texts.
        read[1].Cells.Select(c => c.Kind).ShouldBe([CellKind.Text, CellKind.Text, CellKind.Text, CellKind.Text,
            CellKind.Text, CellKind.Flag, CellKind.Text]);
        read.Select(r => r.Cells.Select(c => c.Text)).ShouldBe(rows.Select(r => r.Select(v => v ?? "")));
    }

    [Fact]
    public async Task The_same_rows_make_the_same_file()
    {
        async Task<byte[]> Once()
        {
            await using var file = new MemoryStream();
            await TableFile.WriteXlsx(file, ["h"], [Fields[0]], Async([["x"]]), default);
            return file.ToArray();
        }
        (await Once()).ShouldBe(await Once());
    }

    [Fact, Produces("record.file.too-large")]
    public async Task A_workbook_refuses_what_it_cannot_hold()
    {
        async Task<Result<Done>> Write(IAsyncEnumerable<IReadOnlyList<string?>> rows) =>
            await TableFile.WriteXlsx(Stream.Null, ["h"], [Fields[0]], rows, default);
        (await Write(Async([["x"], [new string('x', 32_767)]]))).Failed.ShouldBeFalse();
        (await Write(Async([["x"], [new string('x', 32_768)]]))).ShouldBeRefused("record.file.too-large")
            .Message.ShouldContain("Row 3, code");
        (await Write(Async(Enumerable.Repeat<string?[]>(["x"], 1_048_576)))).ShouldBeRefused("record.file.too-large")
            .Message.ShouldContain("1,048,576 rows");
    }

    // The answer of a request takes no blocking writes.
    [Fact]
    public async Task Never_blocks_on_the_stream()
    {
        await using var file = new OnlyAsync();
        var rows = Enumerable.Range(0, 5000).Select(string?[] (i) => [i.ToString(CultureInfo.InvariantCulture)]);
        (await TableFile.WriteXlsx(file, ["h"], [Fields[0]], Async(rows), default)).Failed.ShouldBeFalse();
        await TableFile.WriteCsv(file, ["h"], [Fields[0]], Async(rows), new CsvStyle(), default);
        file.Written.ShouldBeGreaterThan(5000);
    }

    private static async Task RoundTrip(Func<List<string?[]>, Stream, Task> write)
    {
        var runs = Gen.Sample(AnyRow.ListOf(12), 80).Where(rows => rows.Count > 0).ToList();
        runs.Count.ShouldBeGreaterThan(40);
        foreach (var rows in runs.Select(r => r.ToList()))
        {
            await using var file = new MemoryStream();
            await write(rows, file);
            var table = (await Tables.Read(file.ToArray())).Value;
            var culture = FileCulture.Of(table, Fields, Tables.English);
            var read = await table.All();
            read.Count.ShouldBe(rows.Count);
            for (var i = 0; i < rows.Count; i++)
            {
                read[i].Cells.Select(c => c.Text).Take(2).ShouldBe(rows[i].Take(2).Select(v => v ?? ""));
                for (var c = 2; c < Fields.Length; c++)
                    CellText.Parse(Fields[c], read[i], c, culture).Value.ShouldBe(rows[i][c]);
            }
        }
    }

    private static readonly Gen<string> AnyText = Gen.OneOf(
        Gen.Elements("=", "+", "-", "@", "\t", "\r", "'", "''", "'=", "\"", ",", ";", "\n", "\r\n", " ", "a", "é", "☕",
            "😀", "_x0041_", "_x", "<", "&", "]]>", "\u0001", "\uFFFE", "0", "1.5", "true", "2026-02-03", "sep=",
            "\u00A0").ListOf(6).Select(parts => string.Concat(parts)),
        ArbMap.Default.GeneratorFor<UnicodeString>().Select(s => WellFormed(s.Get)));

    // Up to 19 digits, of which up to ten are decimals, as a field has them.
    private static readonly Gen<string> AnyDecimal =
        from digits in Gen.Choose(-1_000_000_000, 1_000_000_000)
        from more in Gen.Choose(0, 999_999_999)
        from large in Gen.Elements(true, false)
        from scale in Gen.Elements(0, 1, 2, 4, 10)
        let value = large ? digits * 1_000_000_000m + more : digits
        select (value / (decimal)Math.Pow(10, scale)).ToString(CultureInfo.InvariantCulture);

    private static readonly Gen<string> AnyMoment =
        from seconds in Gen.Choose(0, int.MaxValue)
        from ticks in Gen.Choose(0, 9_999_999)
        select DateTime.UnixEpoch.AddSeconds(seconds).AddTicks(ticks)
            .ToString("yyyy-MM-dd'T'HH:mm:ss.FFFFFFF'Z'", CultureInfo.InvariantCulture);

    private static readonly Gen<string> AnyDay = Gen.Choose(0, DateOnly.MaxValue.DayNumber)
        .Select(d => DateOnly.FromDayNumber(d).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture));

    // A first cell that is not blank, since a blank row is none.
    private static readonly Gen<string?[]> AnyRow =
        from before in Gen.Elements("", "'", "=", "-", "@", "''+", "\t", "\r")
        from code in AnyText
        from text in AnyText
        from price in Gen.OrNull(AnyDecimal)
        from whole in Gen.OrNull(Gen.Choose(int.MinValue, int.MaxValue)
            .Select(w => w.ToString(CultureInfo.InvariantCulture)))
        from day in Gen.OrNull(AnyDay)
        from flag in Gen.Elements(null, "true", "false")
        from moment in Gen.OrNull(AnyMoment)
        select (string?[])[before + "k" + code, text, price, whole, day, flag, moment];

    // As a database holds it: no half characters, and no zero.
    private static string WellFormed(string? text) =>
        Encoding.UTF8.GetString(Encoding.UTF8.GetBytes(text ?? "")).Replace("\0", "", StringComparison.Ordinal);

    private static async Task<string> Csv(CsvStyle style, IReadOnlyList<string> header, params string?[][] rows)
    {
        await using var file = new MemoryStream();
        await TableFile.WriteCsv(file, header, Fields, Async(rows), style, default);
        return Encoding.UTF8.GetString(file.ToArray());
    }

    internal static async IAsyncEnumerable<IReadOnlyList<string?>> Async(IEnumerable<string?[]> rows)
    {
        foreach (var row in rows) yield return row;
        await Task.CompletedTask;
    }

    private sealed class OnlyAsync : MemoryStream
    {
        public long Written { get; private set; }

        public override bool CanSeek => false;

        public override void Write(byte[] buffer, int offset, int count) => throw new UnreachableException("Blocked");

        public override void Write(ReadOnlySpan<byte> buffer) => throw new UnreachableException("Blocked");

        public override void WriteByte(byte value) => throw new UnreachableException("Blocked");

        public override void Flush() => throw new UnreachableException("Blocked");

        public override Task FlushAsync(CancellationToken cancellationToken) => Task.CompletedTask;

        public override ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default)
        {
            Written += buffer.Length;
            return ValueTask.CompletedTask;
        }

        public override Task WriteAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken)
        {
            Written += count;
            return Task.CompletedTask;
        }
    }
}

using System.IO.Compression;
using System.Text;
using BusinessM.Contracts.RecordKeeper;
using BusinessM.Records.Files;

namespace BusinessM.Keepers.Tests.Files;

/// <summary>Files and what is read from them, in few words.</summary>
internal static class Tables
{
    public static readonly CultureDefaults English = new('.', DayFirst: true, "UTC");

    public static FieldDefinition Field(FieldKind kind, string name = "field") => new(name, name, kind);

    public static Task<Result<Table>> Sample(string name) =>
        Read(File.ReadAllBytes(Path.Combine(AppContext.BaseDirectory, "Files", "samples", name)), name);

    public static Task<Result<Table>> Csv(string text, string? name = null) => Read(Encoding.UTF8.GetBytes(text), name);

    public static async Task<Result<Table>> Read(byte[] bytes, string? name = null)
    {
        await using var file = new MemoryStream(bytes);
        return await TableFile.Read(file, name, TestContext.Current.CancellationToken);
    }

    /// <summary>Rows as "number: cell | cell", after the heading.</summary>
    public static async Task<List<string>> Shown(this Table table)
    {
        var rows = new List<string> { string.Join(" | ", table.Header) };
        await foreach (var row in table.Rows())
            rows.Add($"{row.Number}: " + string.Join(" | ", row.Cells.Select(c => c.Text)));
        return rows;
    }

    public static async Task<List<TableRow>> All(this Table table)
    {
        var rows = new List<TableRow>();
        await foreach (var row in table.Rows()) rows.Add(row);
        return rows;
    }

    /// <summary>A workbook of one sheet whose rows are given as XML.</summary>
    public static byte[] Book(string sheetData, string? shared = null, string? styles = null, string properties = "") =>
        Zip(Parts($"<worksheet><sheetData>{sheetData}</sheetData></worksheet>", shared, styles, properties));

    public static (string Name, string Content)[] Parts(string sheet, string? shared = null, string? styles = null,
        string properties = "") =>
    [
        ("_rels/.rels", Relations(("rId1", "officeDocument", "xl/workbook.xml"))),
        ("xl/workbook.xml", $"""
            <workbook xmlns:r="r">{properties}<sheets><sheet name="S" r:id="rId1"/></sheets></workbook>
            """),
        ("xl/_rels/workbook.xml.rels", Relations(("rId1", "worksheet", "worksheets/sheet1.xml"),
            ("rId2", "sharedStrings", "sharedStrings.xml"), ("rId3", "styles", "styles.xml"))),
        ("xl/worksheets/sheet1.xml", sheet),
        .. shared is null ? [] : new[] { ("xl/sharedStrings.xml", shared) },
        .. styles is null ? [] : new[] { ("xl/styles.xml", styles) },
    ];

    public static string Relations(params (string Id, string Type, string Target)[] relations) => "<Relationships>"
        + string.Concat(relations.Select(r => $"""
            <Relationship Id="{r.Id}" Type="http://x/{r.Type}" Target="{r.Target}"/>
            """))
        + "</Relationships>";

    public static byte[] Zip(params (string Name, string Content)[] parts)
    {
        using var file = new MemoryStream();
        using (var zip = new ZipArchive(file, ZipArchiveMode.Create))
            foreach (var (name, content) in parts)
            {
                using var part = zip.CreateEntry(name).Open();
                part.Write(Encoding.UTF8.GetBytes(content));
            }
        return file.ToArray();
    }

    /// <summary>A workbook whose sheet goes on and on, without being held here.</summary>
    public static byte[] Endless(string begin, string repeated, int times, int blocks = 1000,
        CompressionLevel level = CompressionLevel.Fastest)
    {
        using var file = new MemoryStream();
        using (var zip = new ZipArchive(file, ZipArchiveMode.Create))
        {
            foreach (var (name, content) in Parts("").Where(p => !p.Name.Contains("sheet1", StringComparison.Ordinal)))
            {
                using var part = zip.CreateEntry(name).Open();
                part.Write(Encoding.UTF8.GetBytes(content));
            }
            using var sheet = zip.CreateEntry("xl/worksheets/sheet1.xml", level).Open();
            sheet.Write(Encoding.UTF8.GetBytes(begin));
            var block = Encoding.UTF8.GetBytes(string.Concat(Enumerable.Repeat(repeated, blocks)));
            for (var i = 0; i < times; i += blocks) sheet.Write(block);
        }
        return file.ToArray();
    }
}

using System.IO.Compression;

namespace BusinessM.Records.Files;

/// <summary>A workbook (ISO/IEC 29500): its first visible sheet as rows. Read as a stream, anew each time; only texts
/// and formats that are kept apart from the cells are held.</summary>
internal sealed class XlsxBook
{
    private readonly byte[] _file;
    private readonly string _sheetPart;
    private readonly bool _since1904;
    private readonly SharedTexts _texts = new();
    private readonly IReadOnlyList<NumberFormat> _formats = [];

    private XlsxBook(byte[] file)
    {
        _file = file;
        using var zip = Unpack();
        var meter = new UnpackedMeter(file.Length);
        var book = Relations(zip, meter, "").Find(r => r.Type == "officeDocument")?.Part ?? "xl/workbook.xml";
        if (Entry(zip, book) is null) throw FileRefused.Unreadable(
            $"The file is packed, and holds no XLSX workbook. Save the table as XLSX or CSV");
        var relations = Relations(zip, meter, book);
        var sheets = Sheets(zip, meter, book, ref _since1904);
        var sheet = sheets.Find(s => s.Visible && relations.Exists(r => r.Id == s.Relation && r.Type == "worksheet"))
            ?? throw FileRefused.Unreadable($"The workbook has no visible sheet with cells");
        Sheet = sheet.Name;
        _sheetPart = relations.Find(r => r.Id == sheet.Relation)!.Part;
        if (relations.Find(r => r.Type == "sharedStrings") is { } texts && Entry(zip, texts.Part) is not null)
            using (var xml = Part(zip, meter, texts.Part)) _texts = SharedTexts.Read(xml);
        if (relations.Find(r => r.Type == "styles") is { } styles && Entry(zip, styles.Part) is not null)
            using (var xml = Part(zip, meter, styles.Part)) _formats = XlsxFormats.Read(xml);
    }

    /// <summary>The name of the sheet that is read.</summary>
    public string Sheet { get; }

    public static XlsxBook Open(byte[] file) => new(file);

    public IEnumerable<TableRow> Rows()
    {
        using var zip = Unpack();
        using var xml = Part(zip, new UnpackedMeter(_file.Length), _sheetPart);
        var sheet = new XlsxSheet(xml, Sheet, _texts, _formats, _since1904);
        while (sheet.Next() is { } row) yield return row;
    }

    private ZipArchive Unpack() => new(new MemoryStream(_file, writable: false), ZipArchiveMode.Read);

    private static PartXml Part(ZipArchive zip, UnpackedMeter meter, string name) => Entry(zip, name) is { } entry
        ? new PartXml(new UnpackedStream(entry.Open(), meter))
        : throw FileRefused.Unreadable($"The workbook lacks its part {name}. Save it anew as XLSX or CSV");

    // Names of parts do not mind capitals; some programs write back slashes.
    private static ZipArchiveEntry? Entry(ZipArchive zip, string name) => zip.Entries.FirstOrDefault(e =>
        e.FullName.Replace('\\', '/').Equals(name, StringComparison.OrdinalIgnoreCase));

    private static List<Relation> Relations(ZipArchive zip, UnpackedMeter meter, string part)
    {
        var slash = part.LastIndexOf('/');
        var (folder, name) = (part[..(slash + 1)], part[(slash + 1)..]);
        var relations = new List<Relation>();
        if (Entry(zip, $"{folder}_rels/{name}.rels") is not { } entry) return relations;
        using var xml = Part(zip, meter, entry.FullName.Replace('\\', '/'));
        while (xml.Read())
        {
            if (xml.Opened != "Relationship" || xml["TargetMode"] == "External") continue;
            var (id, type, target) = (xml["Id"] ?? "", xml["Type"] ?? "", (xml["Target"] ?? "").Replace('\\', '/'));
            relations.Add(new Relation(id, type[(type.LastIndexOf('/') + 1)..], Path(folder, target)));
            if (relations.Count > TableLimits.FormatsMax)
                throw FileRefused.TooLarge($"The workbook has more than {TableLimits.FormatsMax:N0} parts");
        }
        return relations;
    }

    private static string Path(string folder, string target)
    {
        var path = new List<string>();
        foreach (var step in (target.StartsWith('/') ? target : folder + target).Split('/'))
        {
            if (step is "" or ".") continue;
            if (step != "..") path.Add(step);
            else if (path.Count > 0) path.RemoveAt(path.Count - 1);
        }
        return string.Join('/', path);
    }

    private static List<SheetName> Sheets(ZipArchive zip, UnpackedMeter meter, string book, ref bool since1904)
    {
        var sheets = new List<SheetName>();
        using var xml = Part(zip, meter, book);
        while (xml.Read())
        {
            if (xml.Opened == "workbookPr") since1904 = xml["date1904"] is "1" or "true";
            else if (xml.Opened == "sheet")
                sheets.Add(new SheetName(xml["name"] ?? "", xml["state"] is null or "visible", xml.Foreign("id")));
            if (sheets.Count > TableLimits.FormatsMax)
                throw FileRefused.TooLarge($"The workbook has more than {TableLimits.FormatsMax:N0} sheets");
        }
        return sheets;
    }

    private sealed record Relation(string Id, string Type, string Part);

    private sealed record SheetName(string Name, bool Visible, string? Relation);
}

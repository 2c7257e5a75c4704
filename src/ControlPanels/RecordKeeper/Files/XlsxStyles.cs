using System.Globalization;
using System.Text;
using BusinessM.Contracts.RecordKeeper;

namespace BusinessM.Records.Files;

/// <summary>How the cells of a written workbook are shown: dates as 2026-02-03 whatever the reader's country, decimals
/// with those of their field.</summary>
internal sealed class XlsxStyles
{
    public const int Heading = 1;

    private const int Date = 2;
    private const int OwnFormats = 164;
    private const int ScaleMax = 12;

    private readonly List<int> _scales;
    private readonly IReadOnlyList<FieldDefinition> _fields;

    public XlsxStyles(IReadOnlyList<FieldDefinition> fields)
    {
        _fields = fields;
        _scales = [.. fields.Where(f => Scale(f) > 0).Select(Scale).Distinct().Order()];
    }

    /// <summary>The styles of all columns, as the part of the workbook.</summary>
    public string Xml
    {
        get
        {
            var (formats, cells) = (new StringBuilder(), new StringBuilder());
            foreach (var scale in _scales)
            {
                formats.Append(CultureInfo.InvariantCulture,
                    $"<numFmt numFmtId=\"{OwnFormats + scale}\" formatCode=\"0.{new string('0', scale)}\"/>");
                cells.Append(Cell(OwnFormats + scale, font: 0));
            }
            return string.Create(CultureInfo.InvariantCulture, $"""
                <?xml version="1.0" encoding="UTF-8" standalone="yes"?>
                <styleSheet xmlns="{XlsxParts.Main}">
                <numFmts count="{_scales.Count + 1}">
                <numFmt numFmtId="{OwnFormats}" formatCode="yyyy\-mm\-dd"/>{formats}</numFmts>
                <fonts count="2"><font><sz val="11"/><name val="Calibri"/></font>
                <font><b/><sz val="11"/><name val="Calibri"/></font></fonts>
                <fills count="2"><fill><patternFill patternType="none"/></fill>
                <fill><patternFill patternType="gray125"/></fill></fills>
                <borders count="1"><border><left/><right/><top/><bottom/><diagonal/></border></borders>
                <cellStyleXfs count="1"><xf numFmtId="0" fontId="0" fillId="0" borderId="0"/></cellStyleXfs>
                <cellXfs count="{_scales.Count + 3}">{Cell(0, 0)}{Cell(0, 1)}{Cell(OwnFormats, 0)}{cells}</cellXfs>
                <cellStyles count="1"><cellStyle name="Normal" xfId="0" builtinId="0"/></cellStyles>
                </styleSheet>
                """);
        }
    }

    private static string Cell(int format, int font) => string.Create(CultureInfo.InvariantCulture, $"""
        <xf numFmtId="{format}" fontId="{font}" fillId="0" borderId="0" xfId="0" applyNumberFormat="1" applyFont="1"/>
        """);

    /// <summary>The number of a column's style.</summary>
    public int Of(int column) => _fields[column].Kind switch
    {
        FieldKind.Date => Date,
        FieldKind.Decimal when Scale(_fields[column]) > 0 => Date + 1 + _scales.IndexOf(Scale(_fields[column])),
        _ => 0,
    };

    // Without a scale of its own a decimal is shown as it is.
    private static int Scale(FieldDefinition field) =>
        field.Kind == FieldKind.Decimal ? Math.Min(field.Scale ?? 0, ScaleMax) : 0;
}

/// <summary>The parts of a written workbook that are always the same.</summary>
internal static class XlsxParts
{
    public const string Main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";

    public const string SheetBegin = Declaration + $"""
        <worksheet xmlns="{Main}"><sheetViews><sheetView workbookViewId="0">
        <pane ySplit="1" topLeftCell="A2" activePane="bottomLeft" state="frozen"/></sheetView></sheetViews><sheetData>
        """;

    public const string SheetEnd = "</sheetData></worksheet>";

    private const string Declaration = """<?xml version="1.0" encoding="UTF-8" standalone="yes"?>""";
    private const string Package = "http://schemas.openxmlformats.org/package/2006";
    private const string Office = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
    private const string Type = "application/vnd.openxmlformats-officedocument.spreadsheetml";

    public static readonly IReadOnlyList<(string Name, string Content)> Fixed =
    [
        ("[Content_Types].xml", Declaration + $"""
            <Types xmlns="{Package}/content-types">
            <Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>
            <Default Extension="xml" ContentType="application/xml"/>
            <Override PartName="/xl/workbook.xml" ContentType="{Type}.sheet.main+xml"/>
            <Override PartName="/xl/styles.xml" ContentType="{Type}.styles+xml"/>
            <Override PartName="/xl/worksheets/sheet1.xml" ContentType="{Type}.worksheet+xml"/>
            </Types>
            """),
        ("_rels/.rels", Declaration + $"""
            <Relationships xmlns="{Package}/relationships">
            <Relationship Id="rId1" Type="{Office}/officeDocument" Target="xl/workbook.xml"/>
            </Relationships>
            """),
        ("xl/workbook.xml", Declaration + $"""
            <workbook xmlns="{Main}" xmlns:r="{Office}">
            <sheets><sheet name="Table" sheetId="1" r:id="rId1"/></sheets></workbook>
            """),
        ("xl/_rels/workbook.xml.rels", Declaration + $"""
            <Relationships xmlns="{Package}/relationships">
            <Relationship Id="rId1" Type="{Office}/worksheet" Target="worksheets/sheet1.xml"/>
            <Relationship Id="rId2" Type="{Office}/styles" Target="styles.xml"/>
            </Relationships>
            """),
    ];
}

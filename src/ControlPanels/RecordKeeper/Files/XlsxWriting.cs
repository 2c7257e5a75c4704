using System.Globalization;
using System.IO.Compression;
using System.Text;
using BusinessM.Contracts.RecordKeeper;

namespace BusinessM.Records.Files;

/// <summary>A workbook of one sheet while it is written, a row at a time: texts stand in their cells, so that nothing
/// is kept in memory.</summary>
internal sealed class XlsxWriting(IReadOnlyList<FieldDefinition> fields)
{
    private const int BufferChars = 32_768;

    // So that the same rows make the same file; the earliest date that the format of ZIP has.
    private static readonly DateTimeOffset NoTime = new(1980, 1, 1, 0, 0, 0, TimeSpan.Zero);

    private readonly StringBuilder _xml = new();
    private readonly XlsxStyles _styles = new(fields);

    public async Task<Result<Done>> Write(Stream file, IReadOnlyList<string> header,
        IAsyncEnumerable<IReadOnlyList<string?>> rows, CancellationToken ct)
    {
        await using var packed = new Packed();
        using (var zip = new ZipArchive(packed, ZipArchiveMode.Create, leaveOpen: true))
        {
            foreach (var (name, content) in XlsxParts.Fixed) Add(zip, name, content);
            Add(zip, "xl/styles.xml", _styles.Xml);
            await using var sheet = Part(zip, "xl/worksheets/sheet1.xml");
            _xml.Append(XlsxParts.SheetBegin);
            var number = 1;
            if (Row(number, header, headings: true) is { } headingRefused) return headingRefused;
            await foreach (var row in rows.WithCancellation(ct))
            {
                if (Row(++number, row, headings: false) is { } refused) return refused;
                if (_xml.Length < BufferChars) continue;
                Pack(sheet);
                await packed.HandOver(file, ct);
            }
            _xml.Append(XlsxParts.SheetEnd);
            Pack(sheet);
        }
        await packed.HandOver(file, ct);
        await file.FlushAsync(ct);
        return Done.Ok;
    }

    private static Stream Part(ZipArchive zip, string name)
    {
        var entry = zip.CreateEntry(name, CompressionLevel.Optimal);
        entry.LastWriteTime = NoTime;
        return entry.Open();
    }

    private static void Add(ZipArchive zip, string name, string content)
    {
        using var part = Part(zip, name);
        part.Write(Encoding.UTF8.GetBytes(content));
    }

    private void Pack(Stream sheet)
    {
        sheet.Write(Encoding.UTF8.GetBytes(_xml.ToString()));
        _xml.Clear();
    }

    private Error? Row(int number, IReadOnlyList<string?> row, bool headings)
    {
        if (row.Count != fields.Count)
            throw new ArgumentException($"A row has {row.Count} values for {fields.Count} fields");
        if (number > TableLimits.SheetRowsMax) return RecordErrors.FileTooLarge.With(
            $"A sheet has {TableLimits.SheetRowsMax:N0} rows at most. Narrow the list, or export it as CSV");
        _xml.Append(CultureInfo.InvariantCulture, $"<row r=\"{number}\">");
        for (var c = 0; c < row.Count; c++)
        {
            if (row[c] is not { Length: > 0 } value) continue;
            if (value.Length > TableLimits.CellMax) return RecordErrors.FileTooLarge.With(
                $"Row {number}, {fields[c].Label}: a cell has {TableLimits.CellMax:N0} characters at most. Take CSV");
            _xml.Append(CultureInfo.InvariantCulture, $"<c r=\"{ColumnName.Of(c + 1)}{number}\"");
            if (headings) Text(value, XlsxStyles.Heading);
            else Value(c, value);
        }
        _xml.Append("</row>");
        return null;
    }

    private void Value(int column, string value)
    {
        switch (fields[column].Kind)
        {
            case FieldKind.Whole or FieldKind.Decimal when IsExact(value):
                _xml.Append(CultureInfo.InvariantCulture, $" s=\"{_styles.Of(column)}\"><v>{value}</v></c>");
                break;
            case FieldKind.Flag when value is "true" or "false":
                _xml.Append($" t=\"b\"><v>{(value == "true" ? '1' : '0')}</v></c>");
                break;
            case FieldKind.Date when DateOnly.TryParseExact(value, "yyyy-MM-dd", CultureInfo.InvariantCulture,
                DateTimeStyles.None, out var date) && XlsxNumber.Serial(date) is { } serial:
                _xml.Append(CultureInfo.InvariantCulture, $" s=\"{_styles.Of(column)}\"><v>{serial}</v></c>");
                break;
            default:
                Text(value, 0);
                break;
        }
    }

    private void Text(string value, int style)
    {
        if (style > 0) _xml.Append(CultureInfo.InvariantCulture, $" s=\"{style}\"");
        var edged = char.IsWhiteSpace(value[0]) || char.IsWhiteSpace(value[^1]);
        _xml.Append(" t=\"inlineStr\"><is><t").Append(edged ? " xml:space=\"preserve\">" : ">");
        XlsxText.Append(_xml, value);
        _xml.Append("</t></is></c>");
    }

    // A spreadsheet program counts in binary, and keeps 15 decimal digits.
    private static bool IsExact(string value) => decimal.TryParse(value, NumberStyles.AllowLeadingSign
        | NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out _) && value[0] != '+' && value[^1] != '.'
        && value.AsSpan().TrimStart('-').TrimStart("0.").ToString().Count(char.IsAsciiDigit) <= XlsxNumber.DigitsMax;

    /// <summary>What is packed and not sent yet. ZipArchive blocks when it closes a part, which the stream of an answer
    /// does not take; so it packs into memory, a few rows at a time.</summary>
    private sealed class Packed : MemoryStream
    {
        public override bool CanSeek => false;

        public async Task HandOver(Stream file, CancellationToken ct)
        {
            await file.WriteAsync(GetBuffer().AsMemory(0, (int)Length), ct);
            SetLength(0);
        }
    }
}

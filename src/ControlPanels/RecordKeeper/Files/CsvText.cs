using System.Buffers;
using System.Text;

namespace BusinessM.Records.Files;

/// <summary>The bytes of a CSV file as text, and by what its cells are parted.</summary>
internal static class CsvText
{
    private const int SampleRows = 100;

    private static readonly char[] Separators = ['\t', ';', '|', ','];
    private static readonly string[] Markup = ["<?xml", "<html", "<!doctype", "<table"];

    // Five bytes are no characters of Windows-1252, and zero is none of any text: such a file is another thing.
    private static readonly SearchValues<byte> NotWestern = SearchValues.Create([0, 0x81, 0x8D, 0x8F, 0x90, 0x9D]);

    private static readonly UTF8Encoding Utf8 = new(false, throwOnInvalidBytes: true);

    public static (string Text, TableOrigin Origin) Decode(byte[] bytes)
    {
        var (text, origin) = Read(bytes);
        if (text.Contains('\0', StringComparison.Ordinal))
            throw FileRefused.Unreadable(
                $"The file is neither a CSV file nor an XLSX workbook. Save the table as one of these");
        if (text.AsSpan().TrimStart().StartsWith("%PDF-", StringComparison.Ordinal))
            throw FileRefused.Unreadable($"The file is a PDF. Save the table as XLSX or CSV");
        if (Array.Exists(Markup, tag => text.AsSpan().TrimStart().StartsWith(tag, StringComparison.OrdinalIgnoreCase)))
            throw FileRefused.Unreadable(
                $"The file is a web page or XML, whatever its name. Save the table as XLSX or CSV");
        return (text, origin);
    }

    /// <summary>A line <c>sep=;</c>, as Excel knows it, decides; else the character that parts the first rows the most
    /// alike. Answers too where the table begins.</summary>
    public static (char Separator, int Start) SeparatorOf(string text, string? name)
    {
        if (text.StartsWith("sep=", StringComparison.OrdinalIgnoreCase) && text.Length > 5 && text[5] is '\r' or '\n')
            return (text[4], text.AsSpan(5).StartsWith("\r\n", StringComparison.Ordinal) ? 7 : 6);
        var best = (Separator: ',', Alike: 0d, Cells: 1);
        foreach (var separator in Separators)
        {
            var counts = Counts(text, separator);
            if (counts.Count == 0 || counts[0] == 1) continue;
            var alike = counts.Count(c => c == counts[0]) / (double)counts.Count;
            if ((alike, counts[0]).CompareTo((best.Alike, best.Cells)) > 0) best = (separator, alike, counts[0]);
        }
        var tabs = best.Cells == 1 && name?.EndsWith(".tsv", StringComparison.OrdinalIgnoreCase) == true;
        return (tabs ? '\t' : best.Separator, 0);
    }

    private static (string Text, TableOrigin Origin) Read(byte[] bytes)
    {
        if (bytes is [0xEF, 0xBB, 0xBF, ..]) return (Utf8.GetString(bytes.AsSpan(3)), Of("utf-8"));
        if (bytes is [0xFF, 0xFE, ..]) return (Utf16(bigEndian: false).GetString(bytes.AsSpan(2)), Of("utf-16"));
        if (bytes is [0xFE, 0xFF, ..]) return (Utf16(bigEndian: true).GetString(bytes.AsSpan(2)), Of("utf-16"));
        if (System.Text.Unicode.Utf8.IsValid(bytes)) return (Utf8.GetString(bytes), Of("utf-8"));
        if (bytes.AsSpan().IndexOfAny(NotWestern) is >= 0 and var at)
            throw FileRefused.Unreadable(
                $"The file is no text in UTF-8 or Windows-1252 (byte {at + 1}). Save it as CSV UTF-8, or as XLSX");
        var western = CodePagesEncodingProvider.Instance.GetEncoding(1252)!;
        return (western.GetString(bytes), Of("windows-1252") with { EncodingAssumed = true });
    }

    private static TableOrigin Of(string encoding) => new(TableFormat.Csv, encoding);

    private static UnicodeEncoding Utf16(bool bigEndian) => new(bigEndian, false, throwOnInvalidBytes: true);

    private static List<int> Counts(string text, char separator)
    {
        var counts = new List<int>();
        var (cells, quoted, blank) = (1, false, true);
        for (var i = 0; i <= text.Length && counts.Count < SampleRows; i++)
        {
            var c = i < text.Length ? text[i] : '\n';
            if (i < text.Length && c == '"') quoted = !quoted;
            if (c == '\n' && (!quoted || i == text.Length))
            {
                if (!blank) counts.Add(cells);
                (cells, blank) = (1, true);
            }
            else if (c == separator && !quoted) cells++;
            if (!char.IsWhiteSpace(c)) blank = false;
        }
        return counts;
    }
}

using System.Globalization;
using System.Text;
using System.Xml;

namespace BusinessM.Records.Files;

/// <summary>Texts of a workbook: runs of formatting joined, phonetic readings left out; characters that XML cannot hold
/// are written <c>_xHHHH_</c> (ISO/IEC 29500-1, 22.9.2.19, ST_Xstring).</summary>
internal static class XlsxText
{
    public const int EscapeLength = 7;

    /// <summary>The text of the element that begins here, up to its end.</summary>
    public static string Read(PartXml xml, TextPieces pieces)
    {
        if (xml.IsEmpty) return "";
        var (depth, taking, phonetic) = (xml.Depth, false, 0);
        while (xml.ReadWithin(depth))
        {
            if (xml.Opened == "rPh" && !xml.IsEmpty) phonetic++;
            else if (xml.Opened == "t") taking = phonetic == 0 && !xml.IsEmpty;
            else if (xml.IsEnd && xml.Name == "rPh") phonetic--;
            else if (xml.IsEnd && xml.Name == "t") taking = false;
            else if (taking && xml.IsText) pieces.Add(xml.Text);
        }
        return pieces.Take();
    }

    public static string Unescaped(string text)
    {
        if (!text.Contains("_x", StringComparison.Ordinal)) return text;
        var plain = new StringBuilder(text.Length);
        for (var i = 0; i < text.Length; i++)
        {
            if (IsEscape(text, i, out var character))
            {
                plain.Append(character);
                i += EscapeLength - 1;
            }
            else plain.Append(text[i]);
        }
        return plain.ToString();
    }

    /// <summary>Appends a text as the content of an element.</summary>
    public static void Append(StringBuilder xml, string text)
    {
        for (var i = 0; i < text.Length; i++)
        {
            var c = text[i];
            if (c is '&') xml.Append("&amp;");
            else if (c is '<') xml.Append("&lt;");
            else if (c is '>') xml.Append("&gt;");
            else if (c is '_' && IsEscape(text, i, out _)) xml.Append("_x005F_");
            else if (char.IsHighSurrogate(c) && i + 1 < text.Length && char.IsLowSurrogate(text[i + 1]))
                xml.Append(c).Append(text[++i]);
            else if (c is '\r') xml.Append("&#13;");
            else if (!XmlConvert.IsXmlChar(c)) xml.Append(CultureInfo.InvariantCulture, $"_x{(int)c:X4}_");
            else xml.Append(c);
        }
    }

    private static bool IsEscape(string text, int at, out char character)
    {
        character = '\0';
        if (at + EscapeLength > text.Length || text[at] != '_' || text[at + 1] != 'x' || text[at + 6] != '_')
            return false;
        if (!ushort.TryParse(text.AsSpan(at + 2, 4), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture,
            out var code)) return false;
        character = (char)code;
        return true;
    }
}

/// <summary>A text that the XML reader hands out in pieces, each of one letter if the file wants it so.</summary>
internal sealed class TextPieces(Func<string> place)
{
    private readonly StringBuilder _rest = new();
    private string? _first;

    public void Add(string piece)
    {
        if (_first is null) _first = piece;
        else _rest.Append(piece);
        // A character may be escaped; what it comes to is checked at the end.
        if (_first.Length + _rest.Length > TableLimits.CellMax * XlsxText.EscapeLength) throw TooLong();
    }

    /// <summary>The text as it is read, and none from here on.</summary>
    public string Take()
    {
        var text = XlsxText.Unescaped(_rest.Length == 0 ? _first ?? "" : _rest.Insert(0, _first).ToString());
        _first = null;
        _rest.Clear();
        return text.Length <= TableLimits.CellMax ? text : throw TooLong();
    }

    private FileRefused TooLong() => FileRefused.TooLarge(
        $"{place()}: a cell has {TableLimits.CellMax:N0} characters at most");
}

using System.Text;

namespace BusinessM.Records.Files;

/// <summary>The texts that a workbook keeps apart from its cells, by number. Held as UTF-8, side by side: millions of
/// strings would take three times the memory.</summary>
internal sealed class SharedTexts
{
    private const int BlockBytes = 1 << 20;

    private readonly List<byte[]> _blocks = [];
    private readonly List<(int Block, int Start, int Length)> _places = [];
    private int _used;
    private long _bytes;

    public int Count => _places.Count;

    public string this[int index]
    {
        get
        {
            var (block, start, length) = _places[index];
            return Encoding.UTF8.GetString(_blocks[block], start, length);
        }
    }

    public static SharedTexts Read(PartXml xml)
    {
        var texts = new SharedTexts();
        var pieces = new TextPieces(() => FormattableString.Invariant($"Text {texts.Count + 1} of the workbook"));
        while (xml.Read())
            if (xml.Opened == "si") texts.Add(XlsxText.Read(xml, pieces));
        return texts;
    }

    private void Add(string text)
    {
        var length = Encoding.UTF8.GetByteCount(text);
        _bytes += length + 12;
        if (_bytes > TableLimits.SharedBytesMax)
            throw FileRefused.TooLarge(
                $"The workbook has more than {TableLimits.SharedBytesMax / 1024 / 1024} MB of texts. Split it");
        if (_blocks.Count == 0 || _used + length > BlockBytes)
        {
            _blocks.Add(new byte[BlockBytes]);
            _used = 0;
        }
        Encoding.UTF8.GetBytes(text, _blocks[^1].AsSpan(_used));
        _places.Add((_blocks.Count - 1, _used, length));
        _used += length;
    }
}

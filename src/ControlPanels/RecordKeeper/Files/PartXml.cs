using System.Xml;

namespace BusinessM.Records.Files;

/// <summary>The XML of one part of a workbook, read forward only: without DTD, external parts, or endless depth. Names
/// are compared without their namespace, which differs between the two kinds of the format (ISO/IEC 29500, strict and
/// transitional).</summary>
internal sealed class PartXml(Stream part) : IDisposable
{
    private readonly XmlReader _xml = XmlReader.Create(part, new XmlReaderSettings
    {
        DtdProcessing = DtdProcessing.Prohibit, XmlResolver = null, CloseInput = true, IgnoreComments = true,
        IgnoreProcessingInstructions = true, MaxCharactersInDocument = TableLimits.UnpackedBytesMax,
    });

    public int Depth => _xml.Depth;

    /// <summary>The name of the element that begins here; else the empty text.</summary>
    public string Opened => _xml.NodeType == XmlNodeType.Element ? _xml.LocalName : "";

    public bool IsEmpty => _xml.IsEmptyElement;

    public bool IsEnd => _xml.NodeType == XmlNodeType.EndElement;

    public bool IsText => _xml.NodeType is XmlNodeType.Text or XmlNodeType.CDATA or XmlNodeType.Whitespace
        or XmlNodeType.SignificantWhitespace;

    public string Name => _xml.LocalName;

    public string Text => _xml.Value;

    public string? this[string attribute] => _xml.GetAttribute(attribute);

    /// <summary>An attribute of any namespace but none, such as <c>r:id</c>.</summary>
    public string? Foreign(string attribute)
    {
        string? found = null;
        for (var more = _xml.MoveToFirstAttribute(); more; more = _xml.MoveToNextAttribute())
            if (_xml.LocalName == attribute && _xml.Prefix.Length > 0) found = _xml.Value;
        _xml.MoveToElement();
        return found;
    }

    public bool Read()
    {
        if (!_xml.Read()) return false;
        if (_xml.Depth > TableLimits.DepthMax)
            throw FileRefused.Unreadable($"The tags of the workbook nest too deep. Save it anew as XLSX or CSV");
        return true;
    }

    /// <summary>The next node within an element of this depth; false at its end.</summary>
    public bool ReadWithin(int depth) => Read() && _xml.Depth > depth;

    public void Dispose() => _xml.Dispose();
}

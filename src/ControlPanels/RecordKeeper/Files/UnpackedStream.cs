namespace BusinessM.Records.Files;

/// <summary>How much one reading of a packed file has unpacked, over all its parts.</summary>
internal sealed class UnpackedMeter(long fileBytes)
{
    private long _bytes;

    public void Add(int bytes)
    {
        _bytes += bytes;
        if (_bytes > TableLimits.UnpackedBytesMax)
            throw FileRefused.TooLarge(
                $"The workbook unpacks to more than {TableLimits.UnpackedBytesMax / 1024 / 1024} MB. Split it");
        if (_bytes > fileBytes * TableLimits.UnpackedRatioMax)
            throw FileRefused.TooLarge(
                $"The workbook unpacks to more than {TableLimits.UnpackedRatioMax} times its size. Save it as CSV");
    }
}

/// <summary>A part of a workbook while it unpacks, counted by what comes out and not by what the file says. A tag or a
/// text of endless length is refused too: the XML reader would hold it in memory as a whole.</summary>
internal sealed class UnpackedStream(Stream packed, UnpackedMeter meter) : Stream
{
    private int _sinceTag;

    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => false;

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    public override int Read(Span<byte> buffer)
    {
        var read = packed.Read(buffer);
        meter.Add(read);
        var bytes = buffer[..read];
        var (first, last) = (bytes.IndexOf((byte)'<'), bytes.LastIndexOf((byte)'<'));
        // The XML reader asks for some kilobytes at a time: a gap within one read is short.
        if (_sinceTag + (first < 0 ? read : first) > TableLimits.TagBytesMax)
            throw FileRefused.TooLarge(
                $"A cell or a tag of the workbook has more than {TableLimits.TagBytesMax / 1024} KB. Save it as CSV");
        _sinceTag = last < 0 ? _sinceTag + read : read - last;
        return read;
    }

    public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

    public override void Flush() => throw new NotSupportedException();

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    protected override void Dispose(bool disposing)
    {
        if (disposing) packed.Dispose();
        base.Dispose(disposing);
    }
}

using System.Globalization;
using System.Text;

namespace BusinessM.Records.Far;

/// <summary>How many steps of the protocol this context's database has taken, as its host has seen: kept outside the
/// database, so that restoring that one does not take it back. It is on disk before a message about the step leaves.
/// </summary>
/// <param name="file">In the host's own folder; null: it is known while the process lives only.</param>
public sealed class FarWitness(string? file = null) : IDisposable
{
    private const int Digits = 19;
    private readonly Lock _gate = new();
    private FileStream? _stream;
    private bool _opened;
    private long _seen;

    /// <exception cref="InvalidDataException">The file is damaged. Whoever deletes it calls
    /// <see cref="FarContext.Renew"/>, unless he knows that the database is as it was.</exception>
    public long Seen
    {
        get
        {
            lock (_gate)
            {
                Open();
                return _seen;
            }
        }
    }

    public void Saw(long mark)
    {
        lock (_gate)
        {
            Open();
            if (mark <= _seen) return;
            if (_stream is not null) Write(_stream, mark);
            _seen = mark;
        }
    }

    public void Dispose() => _stream?.Dispose();

    private void Open()
    {
        if (_opened) return;
        if (file is not null)
        {
            var stream = new FileStream(file, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.Read);
            _stream = stream;
            Span<byte> text = stackalloc byte[Digits];
            if (stream.Length > 0 && !(RandomAccess.Read(stream.SafeFileHandle, text, 0) == Digits
                && long.TryParse(text, CultureInfo.InvariantCulture, out _seen)))
                throw new InvalidDataException($"{file} is damaged");
        }
        _opened = true;
    }

    // Always of one length and at the start: a sector is written or not.
    private static void Write(FileStream stream, long mark)
    {
        RandomAccess.Write(stream.SafeFileHandle,
            Encoding.ASCII.GetBytes(mark.ToString("D" + Digits, CultureInfo.InvariantCulture)), 0);
        RandomAccess.FlushToDisk(stream.SafeFileHandle);
    }
}

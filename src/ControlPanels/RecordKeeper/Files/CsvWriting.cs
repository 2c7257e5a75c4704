using System.Text;
using BusinessM.Contracts.RecordKeeper;

namespace BusinessM.Records.Files;

/// <summary>A CSV file while it is written, a row at a time.</summary>
internal sealed class CsvWriting(Stream file, IReadOnlyList<FieldDefinition> fields, CsvStyle style)
{
    private const int BufferChars = 32_768;

    private readonly StringBuilder _text = new();

    public async Task Write(IReadOnlyList<string> header, IAsyncEnumerable<IReadOnlyList<string?>> rows,
        CancellationToken ct)
    {
        if (style.Mark) _text.Append('\uFEFF');
        Append(header, headings: true);
        await foreach (var row in rows.WithCancellation(ct))
        {
            Append(row, headings: false);
            if (_text.Length >= BufferChars) await Flush(ct);
        }
        await Flush(ct);
        await file.FlushAsync(ct);
    }

    private void Append(IReadOnlyList<string?> row, bool headings)
    {
        if (row.Count != fields.Count)
            throw new ArgumentException($"A row has {row.Count} values for {fields.Count} fields");
        for (var c = 0; c < row.Count; c++)
        {
            if (c > 0) _text.Append(style.Separator);
            var guarded = headings || fields[c].Kind is FieldKind.Text or FieldKind.LongText or FieldKind.Choice
                or FieldKind.Link or FieldKind.Json;
            var cell = row[c] ?? "";
            Append(guarded ? FormulaGuard.On(cell) : cell);
        }
        _text.Append("\r\n");
    }

    private void Append(string cell)
    {
        var plain = cell.AsSpan().IndexOfAny('"', '\r', '\n') < 0 && !cell.Contains(style.Separator)
            && (cell.Length == 0 || !(char.IsWhiteSpace(cell[0]) || char.IsWhiteSpace(cell[^1])));
        if (plain) _text.Append(cell);
        else _text.Append('"').Append(cell.Replace("\"", "\"\"", StringComparison.Ordinal)).Append('"');
    }

    private async Task Flush(CancellationToken ct)
    {
        var bytes = Encoding.UTF8.GetBytes(_text.ToString());
        _text.Clear();
        await file.WriteAsync(bytes, ct);
    }
}

using System.Globalization;
using System.Text;
using BusinessM.Finance.Import;

namespace BusinessM.Host.Import;

/// <summary>What an import leaves behind as files: the lines that were refused and why, and the movements of stock that
/// it found. RFC 4180; a file is made when there is something to say.</summary>
internal sealed class ImportReport(string refusals, string adjustments, Action<int, int> surveyed,
    Action<int, int, int> progress) : IImportListener, IDisposable
{
    private readonly CsvFile _refusals = new(refusals, "line", "number", "field", "code", "message");
    private readonly CsvFile _adjustments = new(adjustments, "line", "number", "date", "item", "description", "quantity", "kind");

    public string? RefusalsFile => _refusals.Written;

    public string? AdjustmentsFile => _adjustments.Written;

    public void Surveyed(int documents, int rows) => surveyed(documents, rows);

    public void Progress(int documents, int rows, int refused) => progress(documents, rows, refused);

    public void Refused(RowFault fault) => _refusals.Row(Text(fault.Line), fault.Number, fault.Error.Field, fault.Error.Code,
        fault.Error.Message);

    public void StockAdjustment(SalesDocument document)
    {
        foreach (var row in document.Rows)
            _adjustments.Row(Text(row.Line), row.Number, row.Date.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture), row.Item,
                row.Description, row.Quantity.ToString("0.######", CultureInfo.InvariantCulture),
                row.Quantity < 0 ? "loss" : "found");
    }

    public void Dispose()
    {
        _refusals.Dispose();
        _adjustments.Dispose();
    }

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);

    private sealed class CsvFile(string path, params string[] heading) : IDisposable
    {
        private readonly string _old = File.Exists(path) ? path : "";
        private StreamWriter? _writer;

        public string? Written => _writer is null ? null : path;

        public void Row(params ReadOnlySpan<string?> fields)
        {
            if (_writer is null)
            {
                _writer = new StreamWriter(path, false, new UTF8Encoding(false)) { NewLine = "\r\n" };
                Write(heading);
            }
            Write(fields);
        }

        // A report of an earlier try would be taken for this one's.
        public void Dispose()
        {
            if (_writer is null && _old.Length > 0) File.Delete(_old);
            _writer?.Dispose();
        }

        private void Write(ReadOnlySpan<string?> fields)
        {
            for (var i = 0; i < fields.Length; i++)
                _writer!.Write((i > 0 ? "," : "") + Quoted(fields[i] ?? ""));
            _writer!.WriteLine();
        }

        // What a spreadsheet would take for a formula is quoted with an apostrophe (OWASP, CSV injection).
        private static string Quoted(string field)
        {
            if (field.Length > 1 && field[0] is '=' or '+' or '@' or '\t') field = "'" + field;
            return field.AsSpan().IndexOfAny("\",\r\n") < 0 ? field : '"' + field.Replace("\"", "\"\"", StringComparison.Ordinal) + '"';
        }
    }
}

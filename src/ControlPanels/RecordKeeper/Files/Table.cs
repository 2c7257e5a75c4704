using System.Runtime.CompilerServices;

namespace BusinessM.Records.Files;

/// <summary>How a table was written.</summary>
public enum TableFormat { Csv, Xlsx }

/// <summary>What the file itself says a cell is. Only text is open to interpretation; the rest is exact.</summary>
public enum CellKind
{
    Text,

    /// <summary>A plain decimal with a point; of a percentage, as it is shown: <c>18%</c>.</summary>
    Number,

    /// <summary><c>yyyy-MM-dd</c>, or with the time of day <c>yyyy-MM-ddTHH:mm:ss</c>, of no zone.</summary>
    Date,

    /// <summary><c>true</c> or <c>false</c>.</summary>
    Flag,

    /// <summary>A formula that failed, or that was never calculated; the text says which.</summary>
    Error,
}

/// <summary>One cell; the empty one has the empty text.</summary>
public readonly record struct TableCell(string Text, CellKind Kind = CellKind.Text)
{
    public static readonly TableCell Empty = new("");

    public bool IsBlank => string.IsNullOrWhiteSpace(Text);
}

/// <summary>One row. <paramref name="Number"/> is what a spreadsheet program shows beside it: it counts from 1, with
/// the heading and the blank rows, which do not appear themselves. It has a cell for every column of the heading.
/// </summary>
public sealed record TableRow(int Number, IReadOnlyList<TableCell> Cells);

/// <summary>A table that was read from a file, whole and within the limits. The file is held as it came (8 MB at
/// most); rows are read from it anew each time.</summary>
public sealed class Table
{
    // A long table is read on one thread; others get their turn every so many rows.
    private const int TurnRows = 512;

    private readonly Func<IEnumerable<TableRow>> _read;

    private Table(TableOrigin origin, IReadOnlyList<string> header, IReadOnlyList<ColumnEvidence> evidence, int rows,
        Func<IEnumerable<TableRow>> read) =>
        (Origin, Header, Evidence, RowCount, _read) = (origin, header, evidence, rows, read);

    /// <summary>How and where in the file the table stood.</summary>
    public TableOrigin Origin { get; }

    /// <summary>The first row that is not blank; a column without a heading has the empty text.</summary>
    public IReadOnlyList<string> Header { get; }

    /// <summary>Rows below the heading that are not blank.</summary>
    public int RowCount { get; }

    /// <summary>How the texts of each column are written, by all its values.</summary>
    internal IReadOnlyList<ColumnEvidence> Evidence { get; }

    /// <summary>The rows below the heading, in the file's order.</summary>
    public async IAsyncEnumerable<TableRow> Rows([EnumeratorCancellation] CancellationToken ct = default)
    {
        var seen = 0;
        foreach (var row in _read().Skip(1))
        {
            ct.ThrowIfCancellationRequested();
            if (++seen % TurnRows == 0) await Task.Yield();
            var missing = Header.Count - row.Cells.Count;
            yield return missing == 0 ? row
                : row with { Cells = [.. row.Cells, .. Enumerable.Repeat(TableCell.Empty, missing)] };
        }
    }

    /// <summary>Reads all of it once, so that what follows meets no refusal halfway.</summary>
    internal static async Task<Table> Check(TableOrigin origin, Func<IEnumerable<TableRow>> read, CancellationToken ct)
    {
        var header = new List<string>();
        var evidence = new List<ColumnEvidence>();
        var rows = -1;
        foreach (var row in read())
        {
            ct.ThrowIfCancellationRequested();
            if (++rows % TurnRows == 0) await Task.Yield();
            if (rows > TableLimits.RowsMax)
                throw FileRefused.TooLarge(
                    $"Row {row.Number}: a file has {TableLimits.RowsMax:N0} rows at most below its headings. Split it");
            for (var c = header.Count; c < row.Cells.Count; c++)
            {
                header.Add(rows == 0 ? Heading(row.Cells[c].Text) : "");
                evidence.Add(new ColumnEvidence());
            }
            if (rows == 0) continue;
            for (var c = 0; c < row.Cells.Count; c++) evidence[c].Add(row.Number, row.Cells[c]);
        }
        if (rows < 0)
            throw FileRefused.Empty($"{origin.Place} has no rows. Put the table there, its headings first");
        if (rows == 0) throw FileRefused.Empty($"{origin.Place} has headings, and no row below them");
        return new Table(origin, header, evidence, rows, read);
    }

    private static string Heading(string text) =>
        string.Join(' ', text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
}

/// <summary>Where a table was found.</summary>
/// <param name="Encoding">Of a CSV file: <c>utf-8</c>, <c>utf-16</c> or <c>windows-1252</c>.</param>
/// <param name="EncodingAssumed">The file is not UTF-8 and does not say what it is, so Windows-1252 was taken: letters
/// beyond ASCII are to be looked at.</param>
/// <param name="Separator">Of a CSV file.</param>
/// <param name="Sheet">Of a workbook: the name of the first visible sheet.</param>
public sealed record TableOrigin(TableFormat Format, string? Encoding = null, bool EncodingAssumed = false,
    char? Separator = null, string? Sheet = null)
{
    internal string Place => Sheet is null ? "The file" : $"The sheet '{Sheet}'";
}

namespace BusinessM.Records.Files;

/// <summary>The records of a CSV file (RFC 4180), as rows that a spreadsheet program would number: one for each record,
/// however many lines it has. Line ends may be CR LF, LF or CR; a quote within an unquoted cell is a character.
/// </summary>
internal sealed class CsvRecords
{
    private readonly string _text;
    private readonly char _separator;
    private readonly List<TableCell> _cells = [];
    private int _at;
    private int _row;
    private int _column;

    private CsvRecords(string text, int start, char separator) => (_text, _at, _separator) = (text, start, separator);

    public static IEnumerable<TableRow> Of(string text, int start, char separator)
    {
        var records = new CsvRecords(text, start, separator);
        var width = 0;
        while (records._at < text.Length)
        {
            records.Next();
            var cells = records._cells;
            if (cells.Count == 0) continue;
            // Cells of a row too many are one cell whose separator was not quoted: all after it would be shifted.
            if (width > 0 && cells.Count > width)
                throw FileRefused.Unreadable(
                    $"Row {records._row} has {cells.Count} cells, the heading {width}. Quote what has a {Shown(separator)}");
            if (width == 0) width = cells.Count;
            yield return new TableRow(records._row, [.. cells]);
        }
    }

    private static string Shown(char separator) => separator switch
    {
        '\t' => "tab", ';' => "semicolon", '|' => "bar", ',' => "comma", _ => separator.ToString(),
    };

    // One record; trailing empty cells are left out, so a blank one has no cells.
    private void Next()
    {
        _cells.Clear();
        _row++;
        _column = 0;
        var blank = true;
        while (true)
        {
            _column++;
            var cell = _at < _text.Length && _text[_at] == '"' ? Quoted() : Plain();
            Add(cell);
            blank &= string.IsNullOrWhiteSpace(cell);
            if (_at >= _text.Length) break;
            if (_text[_at] == _separator) _at++;
            else
            {
                _at += _text.AsSpan(_at).StartsWith("\r\n", StringComparison.Ordinal) ? 2 : 1;
                break;
            }
        }
        if (blank) _cells.Clear();
    }

    private void Add(string cell)
    {
        if (cell.Length == 0) return;
        if (_column > TableLimits.ColumnsMax)
            throw FileRefused.TooLarge(
                $"Row {_row} has more than {TableLimits.ColumnsMax} columns. Leave out what is not needed");
        while (_cells.Count < _column - 1) _cells.Add(TableCell.Empty);
        _cells.Add(new TableCell(FormulaGuard.Off(cell)));
    }

    private string Plain()
    {
        var rest = _text.AsSpan(_at);
        var length = rest.IndexOfAny(_separator, '\r', '\n');
        if (length < 0) length = rest.Length;
        _at += length;
        return Checked(rest[..length]);
    }

    private string Quoted()
    {
        var start = ++_at;
        var doubled = false;
        while (true)
        {
            var quote = _text.IndexOf('"', _at);
            if (quote < 0)
                throw FileRefused.Unreadable($"Row {_row}, column {_column}: the quote that begins here never ends");
            _at = quote + 1;
            if (_at >= _text.Length || _text[_at] != '"') break;
            doubled = true;
            _at++;
        }
        if (_at < _text.Length && _text[_at] is not ('\r' or '\n') && _text[_at] != _separator)
            throw FileRefused.Unreadable(
                $"Row {_row}, column {_column}: text follows the closing quote. Write a quote within quotes twice");
        var cell = _text.AsSpan(start, _at - 1 - start);
        return Checked(doubled ? cell.ToString().Replace("\"\"", "\"", StringComparison.Ordinal) : cell);
    }

    private string Checked(ReadOnlySpan<char> cell) => cell.Length <= TableLimits.CellMax ? cell.ToString()
        : throw FileRefused.TooLarge(
            $"Row {_row}, column {_column}: a cell has {TableLimits.CellMax:N0} characters at most");
}

/// <summary>Keeps spreadsheet programs from running a text of a CSV file as a formula (OWASP, CSV injection): one
/// apostrophe before a text that, whatever apostrophes it has already, goes on like a formula. So taking one away
/// again is exact.</summary>
internal static class FormulaGuard
{
    public static string On(string text) => Needs(text) ? "'" + text : text;

    public static string Off(string text) => text.StartsWith('\'') && Needs(text) ? text[1..] : text;

    private static bool Needs(string text)
    {
        var begin = text.AsSpan().TrimStart('\'');
        return begin.Length > 0 && begin[0] is '=' or '+' or '-' or '@' or '\t' or '\r';
    }
}

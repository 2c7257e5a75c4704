using System.Globalization;

namespace BusinessM.Records.Files;

/// <summary>The rows of one sheet while it is read. Of a formula the value is taken that was calculated last.</summary>
internal sealed class XlsxSheet(PartXml xml, string name, SharedTexts texts, IReadOnlyList<NumberFormat> formats,
    bool since1904)
{
    private static readonly TableCell Uncalculated = new("a formula that was never calculated", CellKind.Error);

    private TextPieces? _taken;
    private readonly List<TableCell> _cells = [];
    private int _row;
    private int _column;

    /// <summary>The next row that is not blank.</summary>
    public TableRow? Next()
    {
        while (xml.Read())
        {
            if (xml.Opened != "row") continue;
            var row = xml["r"] is not { } number ? _row + 1
                : int.TryParse(number, NumberStyles.None, CultureInfo.InvariantCulture, out var given) ? given : 0;
            if (row <= _row || row > TableLimits.SheetRowsMax) throw FileRefused.Unreadable(
                $"The sheet '{name}': row '{Short(xml["r"])}' comes after row {_row}. Save it anew as XLSX or CSV");
            _row = row;
            Cells();
            if (_cells.TrueForAll(c => c.IsBlank)) continue;
            return new TableRow(_row, [.. _cells]);
        }
        return null;
    }

    private TextPieces Pieces => _taken ??= new TextPieces(() => Place);

    private void Cells()
    {
        _cells.Clear();
        _column = 0;
        if (xml.IsEmpty) return;
        var depth = xml.Depth;
        while (xml.ReadWithin(depth))
        {
            if (xml.Opened != "c") continue;
            var column = xml["r"] is { } reference ? ColumnName.Number(reference) : _column + 1;
            if (column <= _column) throw FileRefused.Unreadable(
                $"The sheet '{name}', row {_row}: cell '{Short(xml["r"])}' is out of order. Save it anew");
            _column = column;
            var cell = Cell();
            if (cell.Text.Length == 0) continue;
            if (_column > TableLimits.ColumnsMax) throw FileRefused.TooLarge(
                $"The sheet '{name}', row {_row} has more than {TableLimits.ColumnsMax} columns. Leave some out");
            while (_cells.Count < _column - 1) _cells.Add(TableCell.Empty);
            _cells.Add(cell);
        }
    }

    private TableCell Cell()
    {
        if (xml.IsEmpty) return TableCell.Empty;
        var (type, style, depth) = (xml["t"], xml["s"], xml.Depth);
        var (taking, formula, inline) = (false, false, "");
        while (xml.ReadWithin(depth))
        {
            if (xml.Opened == "is") inline = XlsxText.Read(xml, Pieces);
            else if (xml.Opened == "f") formula = true;
            else if (xml.Opened == "v") taking = !xml.IsEmpty;
            else if (xml.IsEnd) taking = false;
            else if (taking && xml.IsText) Pieces.Add(xml.Text);
        }
        if (type == "inlineStr") return new TableCell(inline);
        var value = Pieces.Take();
        if (value.Length > 0) return Value(type, style, value);
        return formula && type != "str" ? Uncalculated : TableCell.Empty;
    }

    private string Place =>
        FormattableString.Invariant($"The sheet '{name}', cell {ColumnName.Of(_column)}{_row}");

    private TableCell Value(string? type, string? style, string value) => type switch
    {
        "s" => new TableCell(int.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out var at)
            && at < texts.Count ? texts[at] : throw FileRefused.Unreadable(
                $"{Place} names a text that the workbook does not have. Save it anew as XLSX or CSV")),
        "str" => new TableCell(value),
        "b" => new TableCell(value is "1" or "true" ? "true" : "false", CellKind.Flag),
        "e" => new TableCell(value, CellKind.Error),
        "d" => new TableCell(value.TrimEnd('Z').Replace("T00:00:00", "", StringComparison.Ordinal), CellKind.Date),
        _ => XlsxNumber.Read(value, Format(style), since1904),
    };

    private NumberFormat Format(string? style) =>
        int.TryParse(style, NumberStyles.None, CultureInfo.InvariantCulture, out var at) && at < formats.Count
            ? formats[at] : default;

    private static string Short(string? number) =>
        number is null ? "" : number.Length <= 12 ? number : number[..12] + "...";
}

/// <summary>Columns as spreadsheet programs name them: A, B ... Z, AA, AB.</summary>
public static class ColumnName
{
    private const int LettersMax = 3;

    /// <summary>The letters of a column that counts from 1.</summary>
    public static string Of(int column)
    {
        var letters = "";
        for (; column > 0; column = (column - 1) / 26) letters = (char)('A' + (column - 1) % 26) + letters;
        return letters;
    }

    /// <summary>The column of a cell's name, such as AB12; 0 where it is none.</summary>
    internal static int Number(string cell)
    {
        var (column, at) = (0, 0);
        for (; at < cell.Length && at <= LettersMax && char.IsAsciiLetter(cell[at]); at++)
            column = column * 26 + (char.ToUpperInvariant(cell[at]) - 'A' + 1);
        return at <= LettersMax ? column : int.MaxValue;
    }
}

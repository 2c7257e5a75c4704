using System.Globalization;
using System.Text;
using CsvHelper;

namespace BusinessM.Finance.Import;

/// <summary>One line of the file. <paramref name="Line"/> counts from 1, the heading included.</summary>
public sealed record SalesRow(int Line, string Number, DateOnly Date, string Item, string Description,
    decimal Quantity, decimal Price, string Customer, string CustomerName, string Country, string? Currency);

/// <summary>What is wrong in a line of the file: the refusal that a single call would get, or that the line cannot be
/// read. The number is empty where it is not known.</summary>
public sealed record RowFault(int Line, string Number, Error Error)
{
    /// <summary>Whether the file as a whole is at fault: then nothing of it is imported.</summary>
    public bool OfFile => Error.Code == FinanceErrors.ImportFileUnreadable.Code
        || Error.Code == FinanceErrors.ImportColumnMissing.Code;
}

/// <summary>A CSV file of sales, read through a map, line by line: the file is never in memory as a whole.</summary>
public sealed class SalesFile
{
    /// <summary>The longest line; a quote that is never closed would else read on to the end.</summary>
    public const int LineMaxBytes = 100_000;

    private readonly string _path;
    private readonly ImportMap _map;
    private readonly NumberFormatInfo _format;
    private readonly NumberStyles _style;
    private readonly string[] _dates;

    public SalesFile(string path, ImportMap map)
    {
        (_path, _map, _format, _dates) = (path, map, map.NumberFormat, [.. map.DateFormats]);
        _style = NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint
            | (map.GroupSeparator is null ? 0 : NumberStyles.AllowThousands);
    }

    /// <summary>Each line as a row or a fault, in the file's order; faults are told as well. A file that cannot be read,
    /// or lacks a column of the map, ends with a fault of a code that says so (<see cref="RowFault.OfFile"/>).</summary>
    public IEnumerable<Result<SalesRow>> Rows(Action<RowFault> fault)
    {
        using var reader = new StreamReader(_path, _map.TextEncoding, detectEncodingFromByteOrderMarks: true, 1 << 16);
        var malformed = default(CsvMalformedRecord?);
        using var csv = CsvReader.Create(reader, new CsvReaderOptions
        {
            Separator = _map.Delimiter[0], TrackLineNumbers = true, MaxRecordSize = LineMaxBytes, PoolStrings = true,
            DetectSeparatorHint = false, OnMalformedRecord = record => malformed = record,
        });
        var columns = Heading(csv);
        if (columns.TryFailure(out var missing))
        {
            fault(new RowFault(1, "", missing));
            yield break;
        }
        while (Next(csv, fault))
        {
            var line = (int)csv.LineNumber;
            var number = columns.Value.Number < csv.FieldCount ? csv.GetString(columns.Value.Number).Trim() : "";
            var row = malformed is { } found ? Malformed(found)
                : csv.FieldCount != columns.Value.Width ? FinanceErrors.ImportRowMalformed.With(
                    $"The line has {csv.FieldCount} fields, the heading {columns.Value.Width}")
                : Read(csv, columns.Value, line);
            malformed = null;
            if (row.TryFailure(out var wrong)) fault(new RowFault(line, number, wrong));
            yield return row;
        }
    }

    // A quote that never ends swallows the lines after it: nothing of the file can be trusted.
    private static Result<SalesRow> Malformed(CsvMalformedRecord record) =>
        record.Reason == CsvMalformedReason.UnterminatedQuote
            ? FinanceErrors.ImportFileUnreadable.With($"A quote that begins in line {record.LineNumber} never ends")
            : FinanceErrors.ImportRowMalformed.With($"A quote of the line is out of place ({record.Reason})");

    private Result<Columns> Heading(CsvReader csv)
    {
        try
        {
            csv.ReadHeader();
            return csv.Headers.Count == 0 ? FinanceErrors.ImportFileUnreadable.With($"The file is empty")
                : Columns.Of([.. csv.Headers], _map);
        }
        catch (Exception e) when (e is DecoderFallbackException or CsvFormatException or InvalidDataException)
        {
            return Unreadable(e);
        }
    }

    private static bool Next(CsvReader csv, Action<RowFault> fault)
    {
        try
        {
            return csv.Read();
        }
        catch (Exception e) when (e is DecoderFallbackException or CsvFormatException or InvalidDataException)
        {
            fault(new RowFault((int)csv.LineNumber + 1, "", Unreadable(e)));
            return false;
        }
    }

    private static Error Unreadable(Exception e) => e is DecoderFallbackException
        ? FinanceErrors.ImportFileUnreadable.With($"The file is not written in the map's encoding: {e.Message}", "encoding")
        : FinanceErrors.ImportFileUnreadable.With($"The file cannot be read on from here: {e.Message}");

    private Result<SalesRow> Read(CsvReader csv, Columns at, int line)
    {
        var number = csv.GetString(at.Number).Trim();
        if (number.Length is 0 or > 40)
            return Wrong("number", $"A number has 1 to 40 characters, not {number.Length}");
        if (!DateTimeOffset.TryParseExact(csv.GetString(at.Date).Trim(), _dates, CultureInfo.InvariantCulture,
            DateTimeStyles.AssumeUniversal, out var moment))
            return Wrong("date", $"'{Short(csv.GetString(at.Date))}' is not a date of the formats {string.Join(", ", _dates)}");
        if (Decimal(csv.GetString(at.Quantity)) is not { } quantity)
            return Wrong("quantity", $"'{Short(csv.GetString(at.Quantity))}' is not a number of up to six decimals");
        if (Decimal(csv.GetString(at.Price)) is not { } price)
            return Wrong("price", $"'{Short(csv.GetString(at.Price))}' is not a number of up to six decimals");
        var currency = Text(csv, at.Currency);
        if (currency.Length > 0 && !Currency.TryParse(currency, out _))
            return Wrong("currency", $"'{Short(currency)}' is not a currency of ISO 4217");
        return new SalesRow(line, number, DateOnly.FromDateTime(moment.Date), Text(csv, at.Item),
            Text(csv, at.Description), quantity, price, Text(csv, at.Customer), Text(csv, at.CustomerName),
            Text(csv, at.Country), currency.Length > 0 ? currency : _map.Currency);
    }

    private static string Text(CsvReader csv, int column) => column < 0 ? "" : csv.GetString(column).Trim();

    private decimal? Decimal(string text) =>
        decimal.TryParse(text.AsSpan().Trim(), _style, _format, out var value) && Quantity.Fits(value) ? value : null;

    private static string Short(string text) => text.Length <= 40 ? text : string.Concat(text.AsSpan(0, 40), "...");

    private static Error Wrong(string field, FormattableString message) =>
        FinanceErrors.ImportValueInvalid.With(message, field);

    /// <summary>Where each field stands; -1 where the file has none of it.</summary>
    private sealed record Columns(int Number, int Date, int Quantity, int Price, int Item, int Description, int Customer,
        int CustomerName, int Country, int Currency, int Width)
    {
        public static Result<Columns> Of(string[] heading, ImportMap map)
        {
            var (names, columns) = (Array.ConvertAll(heading, name => name.Trim()), map.Columns);
            string?[] wanted = [columns.Number, columns.Date, columns.Quantity, columns.Price, columns.Item,
                columns.Description, columns.Customer, columns.CustomerName, columns.Country, columns.Currency];
            foreach (var name in wanted)
            {
                if (name is null || names.Count(n => n == name) == 1) continue;
                return FinanceErrors.ImportColumnMissing.With(
                    $"The file does not have the column '{name}' once; it has {Short(string.Join(", ", names))}", name);
            }
            var at = Array.ConvertAll(wanted, name => name is null ? -1 : Array.IndexOf(names, name));
            return new Columns(at[0], at[1], at[2], at[3], at[4], at[5], at[6], at[7], at[8], at[9], names.Length);
        }
    }
}

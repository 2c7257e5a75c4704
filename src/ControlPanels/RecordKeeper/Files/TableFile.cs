using System.Text;
using System.Xml;
using BusinessM.Contracts.RecordKeeper;

namespace BusinessM.Records.Files;

/// <summary>Tables in files: CSV (with comma, semicolon, tab or bar) and XLSX, in and out (docs/files.md).</summary>
public static class TableFile
{
    private static readonly byte[] Zip = "PK"u8.ToArray();
    private static readonly byte[] OldOffice = [0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1];

    /// <summary>Reads a table whole, within <see cref="TableLimits"/>. What it is, is told by its content; the name
    /// only helps to tell a tab from a comma. Refused: <c>record.file.unreadable</c>, <c>too-large</c>, <c>empty</c>.
    /// </summary>
    public static async Task<Result<Table>> Read(Stream file, string? name, CancellationToken ct)
    {
        try
        {
            var bytes = await Take(file, ct);
            if (bytes.Length == 0) throw FileRefused.Empty($"The file is empty");
            if (bytes.AsSpan().StartsWith(OldOffice))
                throw FileRefused.Unreadable(
                    $"The file is an old .xls, or locked by a password. Save it as .xlsx, without a password");
            if (bytes.AsSpan().StartsWith(Zip))
            {
                var book = XlsxBook.Open(bytes);
                return await Table.Check(new TableOrigin(TableFormat.Xlsx, Sheet: book.Sheet), book.Rows, ct);
            }
            var (text, origin) = CsvText.Decode(bytes);
            var (separator, start) = CsvText.SeparatorOf(text, name);
            return await Table.Check(origin with { Separator = separator },
                () => CsvRecords.Of(text, start, separator), ct);
        }
        catch (FileRefused refused)
        {
            return refused.Failure;
        }
        catch (Exception e) when (e is InvalidDataException or XmlException or EndOfStreamException
            or NotSupportedException or DecoderFallbackException)
        {
            return RecordErrors.FileUnreadable.With(
                $"The file is damaged, or is no workbook of the XLSX format: {e.Message} Save it anew as XLSX or CSV");
        }
    }

    /// <summary>Writes a CSV file of RFC 4180 in UTF-8: values as they travel, decimals with a point. A text that a
    /// spreadsheet program would run as a formula gets an apostrophe before it, which <see cref="Read"/> takes away.
    /// </summary>
    /// <param name="header">One heading for each field.</param>
    /// <param name="rows">One value for each field, as it travels; null or empty where there is none.</param>
    public static Task WriteCsv(Stream file, IReadOnlyList<string> header, IReadOnlyList<FieldDefinition> fields,
        IAsyncEnumerable<IReadOnlyList<string?>> rows, CsvStyle style, CancellationToken ct) =>
        new CsvWriting(file, fields, style).Write(header, rows, ct);

    /// <summary>Writes a workbook of one sheet, with numbers, dates and flags as such; a number of more than 15
    /// digits, a date before March 1900, and moments, which have a zone, are texts. Refused in the middle, so that the
    /// file is to be thrown away: <c>record.file.too-large</c> for more than 1,048,575 rows or 32,767 characters in a
    /// cell.
    /// </summary>
    public static Task<Result<Done>> WriteXlsx(Stream file, IReadOnlyList<string> header,
        IReadOnlyList<FieldDefinition> fields, IAsyncEnumerable<IReadOnlyList<string?>> rows, CancellationToken ct) =>
        new XlsxWriting(fields).Write(file, header, rows, ct);

    private static async Task<byte[]> Take(Stream file, CancellationToken ct)
    {
        using var taken = new MemoryStream();
        var buffer = new byte[81_920];
        for (int read; (read = await file.ReadAsync(buffer, ct)) > 0;)
        {
            if (taken.Length + read > TableLimits.FileBytesMax)
                throw FileRefused.TooLarge(
                    $"The file is larger than {TableLimits.FileBytesMax / 1024 / 1024} MB. Split it");
            taken.Write(buffer, 0, read);
        }
        return taken.ToArray();
    }
}

/// <summary>How a CSV file is written.</summary>
/// <param name="Mark">Begins with the byte order mark, by which Excel knows UTF-8.</param>
public sealed record CsvStyle(char Separator = ',', bool Mark = false);

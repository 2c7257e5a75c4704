using System.Buffers;
using System.Buffers.Binary;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using BusinessM.Contracts.BookKeeper;

namespace BusinessM.Books;

/// <summary>The hash over a journal, which tells that something was altered, and a mark of each line, which tells
/// where.</summary>
public sealed record JournalSeal(byte[] Hash, IReadOnlyList<int> Marks);

/// <summary>What a journal says: whether two say the same, and the seal over it.</summary>
public static class JournalContent
{
    private const char Field = '\u001f', Line = '\u001e';

    /// <summary>The path of the first field in which the two differ, null where they are the same. A number that only
    /// one of them has is no difference: the lane adds it.</summary>
    public static string? Difference(Journal there, Journal wanted)
    {
        if (there.Company != wanted.Company) return "company";
        if (there.Date != wanted.Date) return "date";
        if (SourceDifference(there.Source, wanted.Source) is { } source) return source;
        if (there.Text != wanted.Text) return "text";
        if (there.Adjustment != wanted.Adjustment) return "adjustment";
        for (var i = 0; i < Math.Min(there.Lines.Count, wanted.Lines.Count); i++)
            if (LineDifference(there.Lines[i], wanted.Lines[i]) is { } field)
                return string.Create(CultureInfo.InvariantCulture, $"lines[{i}].{field}");
        return there.Lines.Count == wanted.Lines.Count ? null : "lines";
    }

    public static string? SourceDifference(JournalSource there, JournalSource wanted) =>
        there.Kind != wanted.Kind ? "source.kind"
        : there.Id != wanted.Id ? "source.id"
        : there.Number is not null && wanted.Number is not null && there.Number != wanted.Number ? "source.number"
        : null;

    /// <summary>SHA-256 over the canonical text, which SQL can make as well: fields parted by US, lines by RS, amounts
    /// without trailing zeros, dimensions in order of their names. The number of the source is not in it. The mark of a
    /// line is the first four bytes of SHA-256 over its part of that text.</summary>
    public static JournalSeal Seal(Journal journal, Guid? reverses, Guid? reservation)
    {
        var text = new StringBuilder(200 + 80 * journal.Lines.Count);
        var starts = new int[journal.Lines.Count + 1];
        text.Append(journal.Id).Append(Field).Append(journal.Company)
            .Append(Field).Append(journal.Date.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture))
            .Append(Field).Append(journal.Source.Kind).Append(Field).Append(journal.Source.Id)
            .Append(Field).Append(journal.Text).Append(Field).Append(journal.Adjustment ? 'a' : '-')
            .Append(Field).Append(reverses).Append(Field).Append(reservation);
        for (var i = 0; i < journal.Lines.Count; i++)
        {
            starts[i] = text.Length;
            Append(text, journal.Lines[i]);
        }
        starts[^1] = text.Length;
        var whole = text.ToString();
        var marks = new int[journal.Lines.Count];
        for (var i = 0; i < marks.Length; i++)
            marks[i] = BinaryPrimitives.ReadInt32BigEndian(Hash(whole.AsSpan(starts[i], starts[i + 1] - starts[i])));
        return new JournalSeal(Hash(whole), marks);
    }

    private static byte[] Hash(ReadOnlySpan<char> text)
    {
        var bytes = ArrayPool<byte>.Shared.Rent(Encoding.UTF8.GetMaxByteCount(text.Length));
        var hash = SHA256.HashData(bytes.AsSpan(0, Encoding.UTF8.GetBytes(text, bytes)));
        ArrayPool<byte>.Shared.Return(bytes);
        return hash;
    }

    /// <summary>The mirror (policy 5): the same lines with sides swapped, amounts never negative.</summary>
    public static IReadOnlyList<JournalLine> Mirror(IReadOnlyList<JournalLine> lines) =>
        [.. lines.Select(line => line with { Side = line.Side == Side.Debit ? Side.Credit : Side.Debit })];

    /// <summary>The dimensions in order of their names, as the seal and the database write them.</summary>
    public static IEnumerable<KeyValuePair<string, string>> Ordered(IReadOnlyDictionary<string, string>? dimensions) =>
        dimensions is null or { Count: 0 } ? [] : dimensions.OrderBy(pair => pair.Key, StringComparer.Ordinal);

    private static void Append(StringBuilder text, JournalLine line)
    {
        text.Append(Line).Append(line.Account).Append(Field).Append(line.Side == Side.Debit ? 'D' : 'C')
            .Append(Field).Append(Plain(line.Amount)).Append(Field).Append(line.Currency)
            .Append(Field).Append(Plain(line.BaseAmount)).Append(Field).Append(line.Party)
            .Append(Field).Append(line.Text);
        foreach (var (name, value) in Ordered(line.Dimensions))
            text.Append(Field).Append(name).Append('=').Append(value);
    }

    private static string Plain(decimal amount) =>
        amount.ToString("0.############################", CultureInfo.InvariantCulture);

    private static string? LineDifference(JournalLine there, JournalLine wanted) =>
        there.Account != wanted.Account ? "account"
        : there.Side != wanted.Side ? "side"
        : there.Amount != wanted.Amount ? "amount"
        : there.Currency != wanted.Currency ? "currency"
        : there.BaseAmount != wanted.BaseAmount ? "baseAmount"
        : there.Party != wanted.Party ? "party"
        : there.Text != wanted.Text ? "text"
        : !Ordered(there.Dimensions).SequenceEqual(Ordered(wanted.Dimensions)) ? "dimensions"
        : null;
}

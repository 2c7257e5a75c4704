using System.Globalization;
using BusinessM.Contracts.BookKeeper;

namespace BusinessM.Books;

/// <summary>Where a page of journals ends: journals come in recorded order, those of one unit as they were posted.
/// </summary>
public readonly record struct JournalCursor(long Sequence, long Ordinal) : IComparable<JournalCursor>
{
    public const int TakeMax = 500;

    public int CompareTo(JournalCursor other) => (Sequence, Ordinal).CompareTo((other.Sequence, other.Ordinal));

    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Sequence}-{Ordinal}");

    /// <summary>Whether the page may be read; the cursor is null for the first.</summary>
    public static bool TryRead(JournalsQuery query, out JournalCursor? after)
    {
        after = null;
        if (query.Take is < 1 or > TakeMax) return false;
        if (query.After is null) return true;
        var parts = query.After.Split('-');
        if (parts.Length != 2 || !long.TryParse(parts[0], NumberStyles.None, CultureInfo.InvariantCulture,
            out var sequence)
            || !long.TryParse(parts[1], NumberStyles.None, CultureInfo.InvariantCulture, out var ordinal)) return false;
        after = new JournalCursor(sequence, ordinal);
        return true;
    }

    public static Error Refusal(JournalsQuery query) => query.Take is < 1 or > TakeMax
        ? BookErrors.PageInvalid.With($"{query.Take} is not between 1 and {TakeMax}", "take")
        : BookErrors.PageInvalid.With($"'{query.After}' is no cursor of a page", "after");
}

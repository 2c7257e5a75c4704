using BusinessM.Contracts.BookKeeper;

namespace BusinessM.Books;

/// <summary>What can be said of a journal without looking at accounts, periods and balances.</summary>
public static class JournalShape
{
    public const int LinesMin = 2, LinesMax = 10_000, BatchJournalsMax = 1_000, BatchLinesMax = 50_000;
    public const int CodeMax = 64, TextMax = 1_000, DimensionsMax = 16;

    /// <summary>The first thing wrong with the journal, or null.</summary>
    public static Error? Refuse(Journal journal, Contracts.BookKeeper.Books books)
    {
        if (journal.Lines.Count is < LinesMin or > LinesMax)
            return BookErrors.JournalLines.With($"The journal has {journal.Lines.Count} lines", "lines");
        if (Source(journal.Id, journal.Source) is { } source) return source;
        if (Text(journal.Text, "text", TextMax) is { } text) return text;
        var company = Currency.Of(books.Currency);
        for (var i = 0; i < journal.Lines.Count; i++)
            if (Line(journal.Lines[i], company, books.Dimensions) is { } refusal)
                return refusal.At(FormattableString.Invariant($"lines[{i}]"));
        return Balance(journal.Lines, company);
    }

    /// <summary>Lines that move nothing are refused at the door (policy 12); the engine itself takes them.</summary>
    public static Error? RefuseEmptyLine(Journal journal)
    {
        for (var i = 0; i < journal.Lines.Count; i++)
            if (journal.Lines[i] is { Amount: 0, BaseAmount: 0 })
                return BookErrors.LineEmpty.With($"Line {i + 1} moves nothing",
                    FormattableString.Invariant($"lines[{i}].amount"));
        return null;
    }

    public static Error? Source(Guid id, JournalSource source)
    {
        if (id == Guid.Empty) return BookErrors.SourceMissing.With($"The journal has no id", "id");
        if (source.Id == Guid.Empty) return BookErrors.SourceMissing.With($"The source document has no id",
            "source.id");
        if (string.IsNullOrWhiteSpace(source.Kind))
            return BookErrors.SourceMissing.With($"The kind of the source document is blank", "source.kind");
        return Text(source.Kind, "source.kind", CodeMax) ?? Text(source.Number, "source.number", CodeMax);
    }

    /// <summary>Refuses what is too long, or holds a control character (line breaks and tabs included).</summary>
    public static Error? Text(string? text, string field, int max, bool needed = false)
    {
        if (needed && string.IsNullOrWhiteSpace(text)) return BookErrors.TextInvalid.With($"{field} is blank", field);
        if (text is null) return null;
        if (text.Length > max) return BookErrors.TextInvalid.With($"{field} is longer than {max}", field);
        return text.Any(char.IsControl) || HasLoneSurrogate(text)
            ? BookErrors.TextInvalid.With($"{field} holds a control character or half of a character", field) : null;
    }

    /// <summary>The sums of debits less credits, by currency; the company's under null.</summary>
    private static Error? Balance(IReadOnlyList<JournalLine> lines, Currency company)
    {
        var total = 0m;
        var byCurrency = new Dictionary<string, decimal>(StringComparer.Ordinal);
        foreach (var line in lines)
        {
            var sign = line.Side == Side.Debit ? 1 : -1;
            total += sign * line.BaseAmount;
            byCurrency[line.Currency] = byCurrency.GetValueOrDefault(line.Currency) + sign * line.Amount;
        }
        if (total != 0) return BookErrors.Unbalanced.With($"Debits less credits are {total} {company}", "lines");
        foreach (var (currency, sum) in byCurrency)
            if (sum != 0) return BookErrors.UnbalancedCurrency.With($"Debits less credits are {sum} {currency}",
                "lines");
        return null;
    }

    private static Error? Line(JournalLine line, Currency company, IReadOnlyList<string> dimensions)
    {
        if (Text(line.Account, "account", CodeMax, needed: true) is { } account) return account;
        if (line.Party is not null && Text(line.Party, "party", CodeMax, needed: true) is { } party) return party;
        if (Text(line.Text, "text", TextMax) is { } text) return text;
        if (!Currency.TryParse(line.Currency, out var currency))
            return BookErrors.CurrencyUnknown.With($"'{line.Currency}' is no currency", "currency");
        if (line.Amount < 0 || !Money.Fits(line.Amount, currency))
            return BookErrors.AmountInvalid.With($"{line.Amount} is no amount in {currency}", "amount");
        if (line.BaseAmount < 0 || !Money.Fits(line.BaseAmount, company))
            return BookErrors.AmountInvalid.With($"{line.BaseAmount} is no amount in {company}", "baseAmount");
        if (currency == company && line.Amount != line.BaseAmount)
            return BookErrors.BaseDiffers.With($"{line.Amount} {currency} is not {line.BaseAmount}", "baseAmount");
        return Dimensions(line.Dimensions, dimensions);
    }

    private static Error? Dimensions(IReadOnlyDictionary<string, string>? given, IReadOnlyList<string> declared)
    {
        if (given is null) return null;
        foreach (var (name, value) in given)
        {
            if (!declared.Contains(name, StringComparer.Ordinal))
                return BookErrors.DimensionUnknown.With($"'{name}' is not declared", "dimensions");
            if (Text(value, "dimensions." + name, CodeMax, needed: true) is { } refusal) return refusal;
        }
        return null;
    }

    private static bool HasLoneSurrogate(string text)
    {
        for (var i = 0; i < text.Length; i++)
        {
            if (!char.IsSurrogate(text[i])) continue;
            if (i + 1 == text.Length || !char.IsSurrogatePair(text[i], text[i + 1])) return true;
            i++;
        }
        return false;
    }
}

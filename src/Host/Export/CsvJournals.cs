using System.Globalization;
using BusinessM.Contracts.BookKeeper;

namespace BusinessM.Host.Export;

/// <summary>RFC 4180, one row per line of a journal, with both currencies.</summary>
internal sealed class CsvJournals(TextWriter output, IReadOnlyDictionary<string, string> accounts, string companyCurrency)
    : JournalWriter(output)
{
    public override void Begin() => Row("date", "number", "journal", "recorded_sequence", "recorded_at", "source_kind",
        "source", "reverses", "line", "account", "account_name", "side", "amount", "currency", "base_amount",
        "base_currency", "party", "text");

    public override void Write(RecordedJournal recorded)
    {
        var journal = recorded.Journal;
        for (var i = 0; i < journal.Lines.Count; i++)
        {
            var line = journal.Lines[i];
            Row(journal.Date.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture), journal.Source.Number,
                journal.Id.ToString(), recorded.RecordedSequence.ToString(CultureInfo.InvariantCulture),
                recorded.RecordedAt.UtcDateTime.ToString("yyyy-MM-ddTHH:mm:ss.ffffffZ", CultureInfo.InvariantCulture),
                journal.Source.Kind, journal.Source.Id.ToString(), recorded.Reverses?.ToString(),
                (i + 1).ToString(CultureInfo.InvariantCulture), line.Account, accounts.GetValueOrDefault(line.Account),
                line.Side == Side.Debit ? "debit" : "credit", new Money(line.Amount, Currency.Of(line.Currency)).AmountText,
                line.Currency, new Money(line.BaseAmount, Currency.Of(companyCurrency)).AmountText, companyCurrency,
                line.Party, line.Text ?? journal.Text);
        }
    }

    private void Row(params ReadOnlySpan<string?> fields)
    {
        for (var i = 0; i < fields.Length; i++)
        {
            if (i > 0) Output.Write(',');
            Output.Write(Quoted(fields[i] ?? ""));
        }
        Output.Write("\r\n");
    }

    private static string Quoted(string field) => field.AsSpan().IndexOfAny("\",\r\n") < 0 ? field
        : '"' + field.Replace("\"", "\"\"", StringComparison.Ordinal) + '"';
}

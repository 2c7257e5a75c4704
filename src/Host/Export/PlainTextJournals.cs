using System.Globalization;
using BusinessM.Contracts.BookKeeper;

namespace BusinessM.Host.Export;

/// <summary>Plain-text accounting as ledger and hledger read it alike: one transaction per journal, each balanced in the
/// currency that was asked for (policy 12), every amount with all digits of its currency. No prices and no commodity
/// lines, so that neither program rounds.</summary>
internal sealed class PlainTextJournals(TextWriter output, IReadOnlyDictionary<string, string> accounts,
    string companyCurrency, AmountsIn amounts) : JournalWriter(output)
{
    private readonly Dictionary<string, string> _accounts = new(StringComparer.Ordinal);

    public override void Begin() => Output.WriteLine(amounts == AmountsIn.Company
        ? $"; Business M: journals in the company's currency, {companyCurrency}"
        : "; Business M: journals in the currencies of their transactions");

    public override void Write(RecordedJournal recorded)
    {
        var journal = recorded.Journal;
        Output.WriteLine();
        Output.Write(journal.Date.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture));
        if (journal.Source.Number is { Length: > 0 } number) Output.Write($" ({Word(number)})");
        Output.Write(' ');
        Output.WriteLine(Line(journal.Text is { Length: > 0 } text ? text : journal.Source.Kind));
        Output.WriteLine($"    ; journal: {journal.Id}");
        Output.WriteLine(FormattableString.Invariant($"    ; recorded: {recorded.RecordedSequence}"));
        if (recorded.Reverses is { } reversed) Output.WriteLine($"    ; reverses: {reversed}");
        foreach (var line in journal.Lines) Write(line);
    }

    private void Write(JournalLine line)
    {
        var (amount, currency) = amounts == AmountsIn.Company ? (line.BaseAmount, companyCurrency) : (line.Amount, line.Currency);
        var money = new Money(line.Side == Side.Debit ? amount : -amount, Currency.Of(currency));
        Output.Write("    ");
        Output.Write(Account(line.Account));
        Output.Write("  ");
        Output.Write(money.AmountText);
        Output.Write(' ');
        Output.Write(currency);
        if (line.Party is { } party) Output.Write($"  ; party: {Line(party)}");
        Output.WriteLine();
    }

    // A colon would make a hierarchy, two blanks would end the name, a semicolon would begin a comment.
    private string Account(string code)
    {
        if (_accounts.TryGetValue(code, out var known)) return known;
        var name = accounts.TryGetValue(code, out var text) ? $"{code} {text}" : code;
        return _accounts[code] = Line(name.Replace(':', '-').Replace(';', ','));
    }

    private static string Word(string text) => Line(text).Replace('(', '[').Replace(')', ']');

    private static string Line(string text) => string.Join(' ',
        text.Split([' ', '\t', '\r', '\n'], StringSplitOptions.RemoveEmptyEntries)).Replace(';', ',');
}

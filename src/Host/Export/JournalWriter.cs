using BusinessM.Contracts.BookKeeper;

namespace BusinessM.Host.Export;

/// <summary>In which of a journal's two currencies the amounts of a plain-text export are.</summary>
internal enum AmountsIn { Company, Transaction }

/// <summary>Writes journals one by one, in recorded order; nothing is kept.</summary>
internal abstract class JournalWriter(TextWriter output)
{
    protected TextWriter Output { get; } = output;

    public static readonly IReadOnlyList<string> Formats = ["ledger", "hledger", "csv", "json"];

    public static JournalWriter Of(string format, TextWriter output, IReadOnlyDictionary<string, string> accounts,
        string companyCurrency, AmountsIn amounts) => format switch
        {
            "ledger" or "hledger" => new PlainTextJournals(output, accounts, companyCurrency, amounts),
            "csv" => new CsvJournals(output, accounts, companyCurrency),
            "json" => new JsonJournals(output),
            _ => throw new ArgumentException($"No format {format}"),
        };

    public virtual void Begin()
    {
    }

    public abstract void Write(RecordedJournal recorded);

    public virtual void End()
    {
    }
}

using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using BusinessM.Contracts.BookKeeper;

namespace BusinessM.Host.Export;

/// <summary>One JSON array, one object per journal and line of the file; amounts are decimal strings.</summary>
internal sealed class JsonJournals(TextWriter output) : JournalWriter(output)
{
    private static readonly JsonSerializerOptions Options = new(JsonSerializerDefaults.Web)
    {
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        DefaultIgnoreCondition = System.Text.Json.Serialization.JsonIgnoreCondition.WhenWritingNull,
    };

    private bool _more;

    public override void Begin() => Output.Write('[');

    public override void Write(RecordedJournal recorded)
    {
        var journal = recorded.Journal;
        Output.Write(_more ? ",\n" : "\n");
        _more = true;
        Output.Write(JsonSerializer.Serialize(new
        {
            journal.Id, journal.Company, journal.Date, journal.Source, journal.Text,
            Adjustment = journal.Adjustment ? true : (bool?)null, recorded.Reverses, recorded.RecordedSequence,
            recorded.RecordedAt,
            Lines = journal.Lines.Select(line => new
            {
                line.Account, Side = line.Side == Side.Debit ? "debit" : "credit", Amount = Text(line.Amount), line.Currency,
                BaseAmount = Text(line.BaseAmount), line.Party, line.Text, line.Dimensions,
            }),
        }, Options));
    }

    public override void End() => Output.Write("\n]\n");

    private static string Text(decimal amount) => amount.ToString("0.00##", CultureInfo.InvariantCulture);
}

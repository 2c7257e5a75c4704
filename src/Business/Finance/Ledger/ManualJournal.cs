using BusinessM.Contracts.BookKeeper;
using BusinessM.Records;

namespace BusinessM.Finance.Ledger;

public readonly record struct ManualJournalId(Guid Value) : ITypedId<ManualJournalId>
{
    public static ManualJournalId From(Guid value) => new(value);
    public override string ToString() => Value.ToString();
}

public enum ManualJournalStatus { Draft, Posted, Reversed }

/// <summary>A line of a journal written by hand. Base amount null: the amount at the day's rate.</summary>
public sealed record ManualLine(
    [property: Field("Account", Length = 20, Required = true)] string Account,
    [property: Field("Side", Required = true)] Side Side,
    [property: Field("Amount", Required = true, Min = "0")] decimal Amount,
    [property: Field("Currency", Length = 3, Required = true)] string Currency,
    [property: Field("In the company's currency", Min = "0", Help = "At the day's rate, if not said.")]
    decimal? BaseAmount = null,
    [property: Field("Party", Length = 100)] string? Party = null,
    [property: Field("Text", Length = 500)] string? Text = null,
    IReadOnlyDictionary<string, string>? Dimensions = null);

/// <summary>A journal entry written by hand, which the book-keeper checks and numbers as any other.</summary>
[DocumentType("journal", "Journal", "Journals", Table = "journal", Title = nameof(Number), Code = null,
    Latest = nameof(PostingDate), Writes = DocumentWrites.Owner, OwnGet = true, Adds = "submit")]
[Verb("reverse", "Reverse", When = "status=posted", Danger = true,
    Fields = typeof(ReverseJournalEntry.ReverseJournalRequest))]
public sealed class ManualJournal : Document<ManualJournalId>
{
    private static readonly Transitions<ManualJournalStatus> Moves =
        [(ManualJournalStatus.Draft, ManualJournalStatus.Posted), (ManualJournalStatus.Posted,
            ManualJournalStatus.Reversed)];

    [Field("Number", Length = 40, InList = true, Indexed = true)]
    public string? Number { get; private set; }

    [Field("Status", InList = true)]
    public ManualJournalStatus Status { get; private set; }

    [Field("Posting date", Required = true, Default = "today", InList = true, Indexed = true)]
    public DateOnly PostingDate { get; init; }

    [Field("Branch", Help = "The main one, if not said."), Link("masters.branch")]
    public BranchId Branch { get; init; }

    [Field("Text", Length = 500, InList = true)]
    public string? Text { get; init; }

    [Field("Adjustment", Default = "false", Help = "Into the adjustment period of the day.")]
    public bool Adjustment { get; init; }

    [Children("Lines", InRow = true, Min = 2)]
    public IReadOnlyList<ManualLine> Lines { get; init; } = [];

    [Field("Reversal's number", Length = 40, Section = "Reversal")]
    public string? ReversalNumber { get; private set; }

    [Field("Reversed on", Section = "Reversal")]
    public DateOnly? ReversedOn { get; private set; }

    [Field("Reason of the reversal", Section = "Reversal")]
    public string? ReversalReason { get; private set; }

    /// <summary>Posts it. <paramref name="rates"/>: for each foreign currency the units of the company's for one.
    /// </summary>
    public Result<Journal> Submit(CompanyBooks books, IReadOnlyDictionary<string, decimal> rates, DateOnly today,
        bool futureConfirmed)
    {
        if (!Moves.Allows(Status, ManualJournalStatus.Posted))
            return FinanceErrors.JournalNotPosted.With($"The journal is {Status}");
        if (PostingDate > today && !futureConfirmed) return FinanceErrors.JournalDateInFuture.With(
            $"{PostingDate:yyyy-MM-dd} lies after today, {today:yyyy-MM-dd}", "postingDate");
        var lines = new JournalLine[Lines.Count];
        for (var i = 0; i < lines.Length; i++)
        {
            var line = Lines[i];
            var value = line.BaseAmount ?? (line.Currency == books.Currency.Code ? line.Amount
                : Money.Round(line.Amount * rates[line.Currency], books.Currency).Amount);
            lines[i] = new JournalLine(line.Account, line.Side, line.Amount, line.Currency, value, line.Party,
                line.Text,
                line.Dimensions);
        }
        Status = ManualJournalStatus.Posted;
        return new Journal(Id.Value, Company, PostingDate, new JournalSource(DocumentKind.Journal.Source, Id.Value),
            lines,
            Text, Adjustment);
    }

    public void Numbered(string number) => Number = number;

    public Result<ReverseJournal> Reverse(string reason, CompanyBooks books)
    {
        if (!Moves.Allows(Status, ManualJournalStatus.Reversed))
            return FinanceErrors.JournalNotPosted.With($"The journal is {Status}");
        var date = ReversalDate.For(PostingDate, books.Periods);
        if (date.Failed) return date.Failure;
        Status = ManualJournalStatus.Reversed;
        (ReversedOn, ReversalReason) = (date.Value, reason);
        return new ReverseJournal(Company, Id.Value, Ids.Derive(Id.Value, "reversal"),
            new JournalSource(DocumentKind.Journal.Source, Id.Value), reason, date.Value);
    }

    public void ReversalNumbered(string number) => ReversalNumber = number;
}

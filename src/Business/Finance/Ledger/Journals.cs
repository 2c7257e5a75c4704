using BusinessM.Contracts.BookKeeper;
using BusinessM.Contracts.Masters;
using BusinessM.Contracts.RecordKeeper;
using BusinessM.Records;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;

namespace BusinessM.Finance.Ledger;

/// <summary>A journal written by hand, as it is answered.</summary>
public sealed record ManualJournalView(ManualJournalId Id, CompanyId Company, int Version, ManualJournalStatus Status,
    string? Number, BranchId Branch, DateOnly PostingDate, string? Text, bool Adjustment,
    IReadOnlyList<ManualLine> Lines, string? ReversalNumber, DateOnly? ReversedOn, string? ReversalReason)
{
    internal static ManualJournalView Of(ManualJournal j) => new(j.Id, j.Company, j.Version, j.Status, j.Number,
        j.Branch, j.PostingDate, j.Text, j.Adjustment, j.Lines, j.ReversalNumber, j.ReversedOn, j.ReversalReason);
}

/// <summary>Writes and posts a journal in one call. What it refuses of the lines is the book-keeper's.</summary>
internal static class SubmitJournal
{
    public const int LinesMax = 10_000;

    public sealed record JournalRequest
    {
        public ManualJournalId? Id { get; init; }

        public required CompanyId Company { get; init; }

        public BranchId? Branch { get; init; }

        public required DateOnly PostingDate { get; init; }

        public string? Text { get; init; }

        public required IReadOnlyList<ManualLine> Lines { get; init; }

        /// <summary>Into the adjustment period of the day (policy 16).</summary>
        public bool Adjustment { get; init; }

        public bool FutureConfirmed { get; init; }
    }

    public static void Map(IEndpointRouteBuilder journals) =>
        journals.MapPost("/", Handle).RequirePermission("finance.journal.submit");

    private static async Task<Results<Created<ManualJournalView>, Ok<ManualJournalView>, ProblemHttpResult>> Handle(
        JournalRequest request,
        FinanceDb db, BooksOf booksOf, Journaling journaling, CancellationToken ct)
    {
        var books = await booksOf.Of(request.Company, ct);
        if (books.Failed) return books.Failure.ToProblem();
        if (request.Id is { } id && await db.Journals.AsNoTracking().SingleOrDefaultAsync(j => j.Id == id,
            ct) is { } there)
            return IsRepeat(request, there) ? TypedResults.Ok(ManualJournalView.Of(there))
                : FinanceErrors.JournalExists.With($"A journal of the id {id} is there with other content",
                    "id").ToProblem();
        var journal = await journaling.Submit(request, books.Value, ct);
        if (journal.Failed) return journal.Failure.ToProblem();

        db.Add(journal.Value);
        var committed = await db.Commit(() => ManualJournalView.Of(journal.Value), ct, 201);
        return committed.Failed ? committed.Failure.ToProblem()
            : TypedResults.Created("/api/finance/journals/" + journal.Value.Id, committed.Value);
    }

    private static bool IsRepeat(JournalRequest request, ManualJournal there) =>
        (there.Company, there.PostingDate, there.Text, there.Adjustment) == (request.Company, request.PostingDate,
            request.Text, request.Adjustment)
                && there.Lines.Select(Content).SequenceEqual(request.Lines.Select(Content));

    private static string Content(ManualLine line) => FormattableString.Invariant($"{line.Account}|{line.Side}|")
        + FormattableString.Invariant(
            $"{line.Amount:0.####}|{line.Currency}|{line.BaseAmount:0.####}|{line.Party}|{line.Text}|")
        + string.Join('|', (line.Dimensions ?? new Dictionary<string, string>()).OrderBy(d => d.Key,
            StringComparer.Ordinal));
}

/// <summary>The decision path of journals written by hand: a call and an import take it; the caller adds and commits.
/// </summary>
internal sealed class Journaling(BooksOf booksOf, IMasters masters, IBookKeeper keeper, IUnitOfWork unit)
{
    /// <param name="ownNumber">The number of imported history, outside the series (policy 4).</param>
    public async Task<Result<ManualJournal>> Submit(SubmitJournal.JournalRequest request, CompanyBooks books,
        CancellationToken ct, string? ownNumber = null)
    {
        if (request.Lines.Count > SubmitJournal.LinesMax || request.Text?.Length > 500)
            return FinanceErrors.TextInvalid.With(
                $"A text has up to 500 characters, a journal {SubmitJournal.LinesMax} lines", "lines");
        var branch = books.BranchOf(request.Branch);
        if (branch.Failed) return branch.Failure;
        var rates = await Rates(request, books, ct);
        if (rates.Failed) return rates.Failure;
        var journal = new ManualJournal
        {
            Id = request.Id ?? Ids.New<ManualJournalId>(), Company = request.Company, Branch = branch.Value.Id,
            PostingDate = request.PostingDate, Text = request.Text, Lines = request.Lines,
                Adjustment = request.Adjustment,
        };
        var decided = journal.Submit(books, rates.Value, booksOf.Today(books), request.FutureConfirmed);
        if (decided.Failed) return decided.Failure;
        var series = books.SeriesOf(DocumentKind.Journal, journal.Branch, journal.PostingDate);
        if (series.Failed) return series.Failure.At("postingDate");
        var entry = decided.Value;
        if (ownNumber is null)
        {
            unit.Number(new NumberWanted(journal.Company, series.Value.Series, series.Value.Format, journal.Id.Value,
                journal.Numbered));
        }
        else
        {
            journal.Numbered(ownNumber);
            entry = entry with { Source = entry.Source with { Number = ownNumber } };
        }
        var posted = await keeper.Post(entry, ct);
        return posted.Failed ? posted.Failure : journal;
    }

    private async Task<Result<Dictionary<string, decimal>>> Rates(SubmitJournal.JournalRequest request,
        CompanyBooks books,
        CancellationToken ct)
    {
        var rates = new Dictionary<string, decimal>(StringComparer.Ordinal);
        foreach (var line in request.Lines)
        {
            if (!Currency.TryParse(line.Currency, out _))
                return FinanceErrors.CurrencyUnknown.With($"'{line.Currency}' is not a currency", "lines");
            if (line.Amount is < 0 or >= Receivables.Bill.LineMax
                || line.BaseAmount is < 0 or >= Receivables.Bill.LineMax)
                return FinanceErrors.AmountInvalid.With($"Amounts are zero or more, with up to 14 whole digits",
                    "lines");
            if (line.BaseAmount is not null || line.Currency == books.Currency.Code
                || rates.ContainsKey(line.Currency)) continue;
            var found = await masters.Rate(new RateQuery(request.Company, line.Currency, books.Currency.Code,
                request.PostingDate, books.RateAgeMaxDays), ct);
            if (found.Failed) return found.Failure;
            rates[line.Currency] = found.Value.Value;
        }
        return rates;
    }
}

internal static class ReverseJournalEntry
{
    public sealed record ReverseJournalRequest
    {
        [Field("Reason", Length = 500)]
        public required string Reason { get; init; }
    }

    public static void Map(IEndpointRouteBuilder journals)
    {
        journals.MapPost("/{id:guid}/reverse", Handle).RequirePermission("finance.journal.reverse");
        journals.MapGet("/{id:guid}", Get).RequirePermission("finance.journal.read");
    }

    private static async Task<Results<Ok<ManualJournalView>, ProblemHttpResult>> Handle(Guid id,
        ReverseJournalRequest request, FinanceDb db, BooksOf booksOf, IBookKeeper keeper, IUnitOfWork unit,
            Caller caller,
        CancellationToken ct)
    {
        if (string.IsNullOrWhiteSpace(request.Reason) || request.Reason.Length > 500)
            return FinanceErrors.TextInvalid.With($"A reason has 1 to 500 characters", "reason").ToProblem();
        var wanted = new ManualJournalId(id);
        var journal = await db.Journals.SingleOrDefaultAsync(j => j.Id == wanted, ct);
        if (journal is null || !caller.Sees(journal.Company))
            return FinanceErrors.JournalNotFound.With($"There is no journal {id}").ToProblem();
        var books = await booksOf.Of(journal.Company, ct);
        if (books.Failed) return books.Failure.ToProblem();
        var reversal = journal.Reverse(request.Reason, books.Value);
        if (reversal.Failed) return reversal.Failure.ToProblem();
        var series = books.Value.SeriesOf(DocumentKind.Reversal, journal.Branch, reversal.Value.Date!.Value);
        if (series.Failed) return series.Failure.ToProblem();
        unit.Number(new NumberWanted(journal.Company, series.Value.Series, series.Value.Format, journal.Id.Value,
            journal.ReversalNumbered));
        var reversed = await keeper.Reverse(reversal.Value, ct);
        if (reversed.Failed) return reversed.Failure.ToProblem();

        var committed = await db.Commit(() => ManualJournalView.Of(journal), ct);
        return committed.Failed ? committed.Failure.ToProblem() : TypedResults.Ok(committed.Value);
    }

    private static async Task<Results<Ok<ManualJournalView>, ProblemHttpResult>> Get(Guid id, FinanceDb db,
        Caller caller,
        CancellationToken ct)
    {
        var wanted = new ManualJournalId(id);
        var journal = await db.Journals.AsNoTracking().SingleOrDefaultAsync(j => j.Id == wanted, ct);
        return journal is null || !caller.Sees(journal.Company)
            ? FinanceErrors.JournalNotFound.With($"There is no journal {id}").ToProblem()
            : TypedResults.Ok(ManualJournalView.Of(journal));
    }
}

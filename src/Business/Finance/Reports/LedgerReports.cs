using BusinessM.Contracts.BookKeeper;
using BusinessM.Finance.Ledger;
using BusinessM.Finance.Receivables;
using BusinessM.Records;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;

namespace BusinessM.Finance.Reports;

/// <summary>Trial balance, journal and general ledger. All of them go by posting date; with <c>knownAt</c> the trial
/// balance shows what was known at that recorded sequence.</summary>
internal static class LedgerReports
{
    public sealed record TrialBalanceView(string Currency, DateOnly AsOf, DateOnly? From,
        IReadOnlyList<TrialBalanceLine> Rows, decimal TotalDebit, decimal TotalCredit);

    public sealed record TrialBalanceLine(string Account, string Name, AccountType Type, decimal Debit, decimal Credit,
        decimal Balance, string? Currency, decimal? CurrencyDebit, decimal? CurrencyCredit);

    public sealed record JournalView(Guid Id, long Sequence, DateTimeOffset RecordedAt, DateOnly Date, string Kind,
        Guid Source, string? Number, string? Text, Guid? Reverses, IReadOnlyList<PostingView> Lines);

    public sealed record PostingView(string Account, Side Side, decimal Amount, string Currency, decimal BaseAmount,
        string? Party, string? Text);

    public sealed record JournalReport(IReadOnlyList<JournalView> Journals, string? Next);

    public sealed record GeneralLedgerView(string Account, string Currency, decimal OpeningBalance,
        IReadOnlyList<LedgerEntry> Entries, string? Next);

    /// <summary>Amount in the company's currency, debits above zero.</summary>
    public sealed record LedgerEntry(Guid Journal, DateOnly Date, string? Number, string Kind, Guid Source,
        string? Party,
        decimal Amount, string Currency, decimal BaseAmount, string? Text);

    public static void Map(IEndpointRouteBuilder reports)
    {
        reports.MapGet("/trial-balance", TrialBalance).RequirePermission("finance.report.read");
        reports.MapGet("/journal", Journal).RequirePermission("finance.report.read");
        reports.MapGet("/general-ledger", GeneralLedger).RequirePermission("finance.report.read");
    }

    private static async Task<Results<Ok<TrialBalanceView>, ProblemHttpResult>> TrialBalance(Guid company,
        DateOnly? asOf,
        DateOnly? from, long? knownAt, bool? byCurrency, BooksOf booksOf, IBooks reads, CancellationToken ct)
    {
        var books = await booksOf.Of(new CompanyId(company), ct);
        if (books.Failed) return books.Failure.ToProblem();
        var read = await reads.TrialBalance(new TrialBalanceQuery(new CompanyId(company),
            asOf ?? booksOf.Today(books.Value),
            from, knownAt, byCurrency ?? false), ct);
        if (read.Failed) return read.Failure.ToProblem();
        var (balance, own) = (read.Value, books.Value.Currency);
        return TypedResults.Ok(new TrialBalanceView(own.Code, balance.AsOf, from, [.. balance.Rows.Select(r =>
            new TrialBalanceLine(r.Account, r.Name, r.Type, Scaled(r.Debit, own), Scaled(r.Credit, own),
                Scaled(r.Debit - r.Credit, own), r.Currency, r.CurrencyDebit, r.CurrencyCredit))],
            Scaled(balance.TotalDebit, own), Scaled(balance.TotalCredit, own)));
    }

    private static async Task<Results<Ok<JournalReport>, ProblemHttpResult>> Journal(Guid company, DateOnly? from,
        DateOnly? to, Guid? source, string? after, int? take, BooksOf booksOf, IBooks reads, CancellationToken ct)
    {
        var books = await booksOf.Of(new CompanyId(company), ct);
        if (books.Failed) return books.Failure.ToProblem();
        var read = await reads.Journals(new JournalsQuery(new CompanyId(company), from, to, Source: source,
            After: after,
            Take: take ?? 100), ct);
        if (read.Failed) return read.Failure.ToProblem();
        return TypedResults.Ok(new JournalReport([.. read.Value.Journals.Select(j => new JournalView(j.Journal.Id,
            j.RecordedSequence, j.RecordedAt, j.Journal.Date, j.Journal.Source.Kind, j.Journal.Source.Id,
            j.Journal.Source.Number, j.Journal.Text, j.Reverses,
                [.. j.Journal.Lines.Select(l => new PostingView(l.Account,
                l.Side, Scaled(l.Amount, Currency.Of(l.Currency)), l.Currency, Scaled(l.BaseAmount,
                    books.Value.Currency),
                l.Party, l.Text))]))], read.Value.Next));
    }

    private static async Task<Results<Ok<GeneralLedgerView>, ProblemHttpResult>> GeneralLedger(Guid company,
        string account, DateOnly from, DateOnly to, string? party, string? after, int? take, BooksOf booksOf,
            IBooks reads,
        CancellationToken ct)
    {
        var books = await booksOf.Of(new CompanyId(company), ct);
        if (books.Failed) return books.Failure.ToProblem();
        var own = books.Value.Currency;
        if (!books.Value.Accounts.ContainsKey(account))
            return FinanceErrors.AccountNotFound.With($"There is no account {account}", "account").ToProblem();
        var before = DateOnly.FromDayNumber(Math.Max(0, from.DayNumber - 1));
        var opening = await reads.Balance(new BalanceQuery(new CompanyId(company), account, before, party), ct);
        if (opening.Failed) return opening.Failure.ToProblem();
        var read = await reads.Journals(new JournalsQuery(new CompanyId(company), from, to, account, party,
            After: after,
            Take: take ?? 100), ct);
        if (read.Failed) return read.Failure.ToProblem();
        var entries = from j in read.Value.Journals
                      from l in j.Journal.Lines
                      where l.Account == account && (party is null || l.Party == party)
                      let sign = l.Side == Side.Debit ? 1 : -1
                      select new LedgerEntry(j.Journal.Id, j.Journal.Date, j.Journal.Source.Number,
                          j.Journal.Source.Kind,
                          j.Journal.Source.Id, l.Party, sign * Scaled(l.Amount, Currency.Of(l.Currency)), l.Currency,
                          sign * Scaled(l.BaseAmount, own), l.Text);
        return TypedResults.Ok(new GeneralLedgerView(account, own.Code,
            Scaled(opening.Value.Debit - opening.Value.Credit, own), [.. entries], read.Value.Next));
    }

    private static decimal Scaled(decimal amount, Currency currency) => SalesInvoiceView.Scaled(amount, currency);
}

using System.Data.Common;
using System.Text.Json;
using BusinessM.Books;
using BusinessM.Contracts.BookKeeper;
using CompanyBooks = BusinessM.Contracts.BookKeeper.Books;

namespace BusinessM.Engines.Postgres;

public sealed partial class PostgresLedger
{
    public Task<Result<IReadOnlyList<Account>>> Accounts(AccountsQuery query, CancellationToken ct) =>
        Read(query.Company, async _ => Result.Of(await Rows("""
            select code, name, type, currency, is_group, closed, limit_scope, max_debit, max_credit
            from ledger.account where company = $1 order by code
            """, r => new Account(query.Company, r.GetString(0), r.GetString(1),
              Enum.Parse<AccountType>(r.GetString(2)),
                r.IsDBNull(3) ? null : r.GetString(3), r.GetBoolean(4), r.GetBoolean(5),
                r.IsDBNull(6) ? null : new AccountLimit(Enum.Parse<LimitScope>(r.GetString(6)),
                    r.IsDBNull(7) ? null : r.GetDecimal(7), r.IsDBNull(8) ? null : r.GetDecimal(8))),
            ct, query.Company.Value)), ct);

    public Task<Result<IReadOnlyList<Period>>> Periods(PeriodsQuery query, CancellationToken ct) =>
        Read(query.Company, async _ => Result.Of(await Rows("""
            select code, first_day, last_day, state, adjustment from ledger.period where company = $1
            order by first_day, adjustment
            """, r => new Period(query.Company, r.GetString(0), r.GetFieldValue<DateOnly>(1),
              r.GetFieldValue<DateOnly>(2),
                Enum.Parse<PeriodState>(r.GetString(3)), r.GetBoolean(4)), ct, query.Company.Value)), ct);

    public Task<Result<TrialBalance>> TrialBalance(TrialBalanceQuery query, CancellationToken ct) =>
        Read(query.Company, async books =>
        {
            object? before = query.From is { } from && from > DateOnly.MinValue ? from.AddDays(-1) : null;
            var rows = query.From > query.AsOf ? [] : query.KnownAt is { } known
                ? await Rows(TrialBalanceSql.KnownAt(query.ByCurrency), Row, ct, query.Company.Value, query.AsOf,
                    (object?)query.From ?? DateOnly.MinValue, known)
                : before is null
                    ? await Rows(TrialBalanceSql.Now(query.ByCurrency, from: false), Row, ct, query.Company.Value,
                        query.AsOf)
                    : await Rows(TrialBalanceSql.Now(query.ByCurrency, from: true), Row, ct, query.Company.Value,
                        query.AsOf, before);
            return Result.Of(new TrialBalance(query.Company, books.Currency, query.AsOf, rows,
                rows.Sum(row => row.Debit), rows.Sum(row => row.Credit)));
        }, ct);

    public Task<Result<Balance>> Balance(BalanceQuery query, CancellationToken ct) =>
        Read<Balance>(query.Company, async books =>
        {
            if (query.Dimension is { } name && !books.Dimensions.Contains(name))
                return BookErrors.DimensionUnknown.With($"'{name}' is not declared", "dimension");
            var found = await Rows(BalanceSql.Of(query),
                r => new Balance(r.GetDecimal(0), r.GetDecimal(1), r.GetDecimal(2), r.GetDecimal(3)), ct,
                query.Company.Value, query.Account, query.AsOf, query.Party ?? "", query.Currency ?? "",
                query.Dimension ?? "", query.Value ?? "", query.KnownAt ?? long.MaxValue);
            return found is [var balance] ? balance
                : BookErrors.AccountUnknown.With($"There is no account {query.Account}", "account");
        }, ct);

    public Task<Result<JournalPage>> Journals(JournalsQuery query, CancellationToken ct) =>
        Read<JournalPage>(query.Company, async _ =>
        {
            if (!JournalCursor.TryRead(query, out var after)) return JournalCursor.Refusal(query);
            var from = after ?? new JournalCursor(0, 0);
            var page = await Rows(JournalsSql.Page(query), Header, ct, query.Company.Value, from.Sequence,
                (int)from.Ordinal,
                query.Take + 1, query.From ?? DateOnly.MinValue, query.To ?? DateOnly.MaxValue, query.Account ?? "",
                query.Party ?? "", query.Source ?? Guid.Empty);
            var more = page.Count > query.Take;
            if (more) page = [.. page.Take(query.Take)];
            var lines = (await Rows(JournalsSql.Lines, Line, ct, (object)page.Select(j => j.Id).ToArray()))
                .ToLookup(line => line.Journal, line => line.Line);
            List<RecordedJournal> journals = [.. page.Select(h => new RecordedJournal(new Journal(h.Id, query.Company,
                h.Date,
                h.Source, [.. lines[h.Id]], h.Text, h.Adjustment), h.At.Sequence, h.Moment, h.Reverses))];
            return new JournalPage(journals, more ? page[^1].At.ToString() : null);
        }, ct);

    private async Task<CompanyBooks?> BooksOf(CompanyId company, CancellationToken ct) => (await Rows(
        "select currency, dimensions from ledger.books where company = $1",
        r => new CompanyBooks(company, r.GetString(0), r.GetFieldValue<string[]>(1)), ct,
            company.Value)).SingleOrDefault();

    private async Task<Result<T>> Read<T>(CompanyId company, Func<CompanyBooks, Task<Result<T>>> read,
        CancellationToken ct) =>
        await BooksOf(company, ct) is { } books ? await read(books)
            : BookErrors.CompanyUnknown.With($"Company {company} has no books");

    private async Task<IReadOnlyList<T>> Rows<T>(string sql, Func<DbDataReader, T> row, CancellationToken ct,
        params object[] parameters)
    {
        await using var command = Command(sql, parameters);
        await using var rows = await command.ExecuteReaderAsync(ct);
        var list = new List<T>();
        while (await rows.ReadAsync(ct)) list.Add(row(rows));
        return list;
    }

    private static TrialBalanceRow Row(DbDataReader r) => new(r.GetString(0), r.GetString(1),
        Enum.Parse<AccountType>(r.GetString(2)), r.GetDecimal(3), r.GetDecimal(4), r.IsDBNull(5) ? null
        : r.GetString(5),
        r.IsDBNull(6) ? null : r.GetDecimal(6), r.IsDBNull(7) ? null : r.GetDecimal(7));

    private static HeaderRow Header(DbDataReader r) => new(r.GetGuid(0),
        new JournalCursor(r.GetInt64(1), r.GetInt32(2)),
        r.GetFieldValue<DateTimeOffset>(3), r.GetFieldValue<DateOnly>(4),
        new JournalSource(r.GetString(5), r.GetGuid(6), r.IsDBNull(7) ? null : r.GetString(7)),
        r.IsDBNull(8) ? null : r.GetString(8), r.GetBoolean(9), r.IsDBNull(10) ? null : r.GetGuid(10));

    private static (Guid Journal, JournalLine Line) Line(DbDataReader r) =>
        (r.GetGuid(0), new JournalLine(r.GetString(1),
        r.GetBoolean(2) ? Side.Credit : Side.Debit, r.GetDecimal(3), r.GetString(4), r.GetDecimal(5),
        r.IsDBNull(6) ? null : r.GetString(6), r.IsDBNull(7) ? null : r.GetString(7),
        r.IsDBNull(8) ? null : JsonSerializer.Deserialize<Dictionary<string, string>>(r.GetString(8))));

    private sealed record HeaderRow(Guid Id, JournalCursor At, DateTimeOffset Moment, DateOnly Date,
        JournalSource Source,
        string? Text, bool Adjustment, Guid? Reverses);
}

using System.Collections.Concurrent;
using BusinessM.Books;
using BusinessM.Contracts.BookKeeper;
using BusinessM.Records;
using Npgsql;

namespace BusinessM.Engines.Postgres;

/// <summary>The ledger in PostgreSQL: reads under the role that sees the schema <c>ledger</c> only; what it writes goes
/// through <see cref="LedgerLanePart"/>.</summary>
public sealed partial class PostgresLedger(Database database, TimeProvider clock) : ILedgerEngine
{
    /// <summary>The schema of the book-keeper.</summary>
    public static readonly MigrationSet Migrations = new("ledger", typeof(PostgresLedger).Assembly,
        "Ledger/Migrations");

    private static readonly TimeSpan ChartAge = TimeSpan.FromSeconds(30);

    private readonly ConcurrentDictionary<CompanyId, Chart> _charts = [];

    private NpgsqlDataSource Reader { get; } = database.Reader("ledger");

    public LedgerPreview Preview() => new(Load);

    internal void Forget(CompanyId company) => _charts.TryRemove(company, out _);

    /// <summary>Plain posting on accounts without limits needs the chart only, and that is remembered.</summary>
    private async Task<bool> Load(LedgerState state, LedgerWants wants, bool fresh, CancellationToken ct)
    {
        if (!fresh && wants is { Opened.Count: 0, Periods.Count: 0, Put.Count: 0, Companies.Count: 1 }
            && await ChartOf(wants.Companies.Single(), ct) is { } chart && chart.Covers(wants))
        {
            chart.CopyTo(state, wants);
            return true;
        }
        await using var command = Command(LedgerLook.Of(wants));
        await using var rows = await command.ExecuteReaderAsync(ct);
        await LedgerLook.Read(rows, state, ct);
        return false;
    }

    private async Task<Chart?> ChartOf(CompanyId company, CancellationToken ct)
    {
        var now = clock.GetUtcNow();
        if (_charts.TryGetValue(company, out var known) && now - known.At < ChartAge) return known;
        var books = await Accounts(new AccountsQuery(company), ct);
        var periods = await Periods(new PeriodsQuery(company), ct);
        if (books.Failed || periods.Failed) return null;
        var chart = new Chart((await BooksOf(company, ct))!, books.Value, periods.Value, now);
        return _charts[company] = chart;
    }

    private NpgsqlCommand Command(LaneCommand lane)
    {
        var command = Reader.CreateCommand(lane.Text);
        foreach (var value in lane.Parameters) command.Parameters.Add(new NpgsqlParameter { Value = value });
        return command;
    }

    private NpgsqlCommand Command(string text, params object?[] parameters) =>
        Command(new LaneCommand(text, [.. parameters.Select(p => p ?? DBNull.Value)]));

    private sealed record Chart(Contracts.BookKeeper.Books Books, IReadOnlyList<Account> Accounts,
        IReadOnlyList<Period> Periods,
        DateTimeOffset At)
    {
        private readonly Dictionary<string, Account> _accounts = Accounts.ToDictionary(a => a.Code,
            StringComparer.Ordinal);

        public bool Covers(LedgerWants wants) =>
            wants.Accounts.All(a => _accounts.TryGetValue(a.Account, out var account) && account.Limit is null);

        public void CopyTo(LedgerState state, LedgerWants wants)
        {
            if (!state.Companies.TryGetValue(Books.Company, out var facts))
                state.Companies.Add(Books.Company, facts = new CompanyFacts(Books));
            foreach (var (_, account) in wants.Accounts)
                facts.Accounts.TryAdd(account, new AccountEntry(_accounts[account]));
            foreach (var (_, date) in wants.Dates)
                foreach (var period in Periods)
                    if (period.From <= date && date <= period.To) facts.Periods.TryAdd(period.Code, period);
        }
    }
}

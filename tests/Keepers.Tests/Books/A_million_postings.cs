using System.Text.Json;
using BusinessM.Contracts.BookKeeper;
using BusinessM.Engines.Postgres;
using Npgsql;

namespace BusinessM.Keepers.Tests.Books;

/// <summary>Reports read maintained balances, not the history: a trial balance over a million postings. Times are the
/// server's own (explain analyze), the best of five, since other tests run beside.</summary>
[Trait("Category", "Slow")]
public sealed class A_million_postings(LedgerDatabase database, ITestOutputHelper output)
    : IClassFixture<LedgerDatabase>
{
    private static readonly Guid Company = Ids.New();
    private static readonly DateOnly YearEnd = new(2026, 12, 31), MidMonth = new(2026, 11, 17);

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task are_summed_in_time()
    {
        await Fill();
        var whole = (await database.Run.Engine.TrialBalance(new TrialBalanceQuery(CompanyId.From(Company), YearEnd),
            Ct)).Value;
        whole.TotalDebit.ShouldBe(await Number("select sum(base_amount) from ledger.posting where not credit"));
        whole.TotalCredit.ShouldBe(whole.TotalDebit);
        var mid = (await database.Run.Engine.TrialBalance(new TrialBalanceQuery(CompanyId.From(Company), MidMonth),
            Ct)).Value;
        mid.TotalDebit.ShouldBe(await Number(
            "select sum(base_amount) from ledger.posting where not credit and date <= '2026-11-17'"));

        var now = await Milliseconds("trial balance at the end of a period", TrialBalanceSql.Now(false, from: false),
            Company, YearEnd);
        var part = await Milliseconds("trial balance within a period", TrialBalanceSql.Now(false, from: false),
            Company, MidMonth);
        var ofYear = await Milliseconds("turnover of a year", TrialBalanceSql.Now(true, from: true), Company, YearEnd,
            new DateOnly(2025, 12, 31));
        var known = await Milliseconds("trial balance as known at an earlier sequence", TrialBalanceSql.KnownAt(false),
            Company,
            YearEnd, DateOnly.MinValue, 150_000L);
        now.ShouldBeLessThan(50);
        ofYear.ShouldBeLessThan(50);
        part.ShouldBeLessThan(1000);
        known.ShouldBeLessThan(1000);
    }

    private async Task<double> Milliseconds(string what, string sql, params object[] parameters)
    {
        var best = double.MaxValue;
        await using var connection = await database.Database.Reader("ledger").OpenConnectionAsync(Ct);
        for (var i = 0; i < 5; i++)
        {
            await using var explain = new NpgsqlCommand("explain (analyze, timing off, format json) " + sql,
                connection);
            foreach (var parameter in parameters) explain.Parameters.Add(new NpgsqlParameter { Value = parameter });
            using var plan = JsonDocument.Parse((string)(await explain.ExecuteScalarAsync(Ct))!);
            best = Math.Min(best, plan.RootElement[0].GetProperty("Execution Time").GetDouble());
        }
        output.WriteLine(FormattableString.Invariant($"{what}: {best:F1} ms on the server"));
        return best;
    }

    private async Task<decimal> Number(string sql)
    {
        await using var command = database.Database.Admin.CreateCommand(sql);
        return (decimal)(await command.ExecuteScalarAsync(Ct))!;
    }

    // 200,000 journals of five lines over two years, 200 accounts, 1,000 parties
    private async Task Fill()
    {
        await using var superuser = await database.Database.Admin.OpenConnectionAsync(Ct);
        await using var fill = new NpgsqlCommand($"""
            insert into ledger.books values ('{Company}', 'EUR', array[]::text[]);
            insert into ledger.account (company, code, name, type, is_group, closed)
              select '{Company}', lpad(g::text, 6, '0'), 'Account ' || g, 'Asset', false, false
                from generate_series(1, 200) g;
            insert into ledger.period (company, code, first_day, last_day, state, adjustment)
              select '{Company}', to_char(m, 'YYYY-MM'), m::date, (m + interval '1 month - 1 day')::date, 'Open', false
              from generate_series('2025-01-01'::date, '2026-12-01'::date, interval '1 month') m;
            insert into ledger.journal (id, company, recorded_seq, ordinal, recorded_at, date, period, source_kind,
              source_id,
                adjustment, lines, seal)
              select md5(g::text)::uuid, '{Company}', g, 1, now(), d.day, p.id, 'test', md5(g::text)::uuid, false, 5, ''
              from generate_series(1, 200000) g cross join lateral (select '2025-01-01'::date + g % 730 as day) d
                join ledger.period p on d.day between p.first_day and p.last_day and p.company = '{Company}';
            insert into ledger.posting (journal, ordinal, account, period, date, credit, amount, currency, base_amount,
                recorded_seq, mark, party)
              select j.id, l.n, a.base + (j.recorded_seq * 7 + l.n * 40) % 200, j.period, j.date, l.n > 1, l.amount,
                'EUR', l.amount,
                j.recorded_seq, 0, case when l.n = 1 then 'C' || j.recorded_seq % 1000 end
              from ledger.journal j cross join (select min(id) as base from ledger.account
                where company = '{Company}') a
                cross join lateral (values (1, 100.10), (2, 20.02), (3, 30.03), (4, 30.03), (5, 20.02)) l(n, amount)
              where j.company = '{Company}';
            insert into ledger.balance select account, period, currency,
              coalesce(sum(amount) filter (where not credit), 0),
                coalesce(sum(amount) filter (where credit), 0), coalesce(sum(base_amount) filter (where not credit), 0),
                coalesce(sum(base_amount) filter (where credit), 0) from ledger.posting group by 1, 2, 3;
            analyze ledger.posting, ledger.journal, ledger.balance, ledger.account, ledger.period;
            """, superuser) { CommandTimeout = 600 };
        await fill.ExecuteNonQueryAsync(Ct);
    }
}

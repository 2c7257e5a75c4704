using BusinessM.Books;
using BusinessM.Contracts.BookKeeper;
using BusinessM.Engines.Postgres;
using Npgsql;
using static BusinessM.Keepers.Tests.Books.TestBooks;

namespace BusinessM.Keepers.Tests.Books;

/// <summary>What a superuser damages, check finds and names. Each damage is undone, so that the next stands alone.
/// </summary>
public sealed class Checking_the_ledger(LedgerDatabase database) : IClassFixture<LedgerDatabase>
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task finds_nothing_where_nothing_was_damaged_and_names_the_row_that_was()
    {
        var books = await TestBooks.Open(database.Run);
        var sale = await books.Posted(books.Journal(
            Debit("1100", 12m, "C1"), Credit("4000", 10m, project: "P1"), Credit("2000", 2m)));
        var foreign = await books.Posted(books.Journal(
            Debit("1010", 100, currency: "USD", inBase: 91.5m), Credit("4000", 100, currency: "USD", inBase: 91.5m)));
        var reversed = await books.Posted(books.Sale(7.70m));
        var reversal = Ids.New();
        await books.Must(new LedgerOperation.Reverse(new ReverseJournal(books.Company, reversed.Id, reversal,
            new JournalSource("test.paper", Ids.New()), "wrong")));
        var reserved = await books.Reserved(books.Sale(3));
        var confirmed = await books.Reserved(books.Sale(8));
        await books.Must(new LedgerOperation.Confirm(new ConfirmJournal(books.Company, confirmed.Id, Ids.New(), 5)));
        var released = await books.Reserved(books.Sale(9));
        await books.Must(new LedgerOperation.Release(new ReleaseJournal(books.Company, released.Id)));
        (await Findings()).ShouldBeEmpty();

        var account = await Number("select id from ledger.account where company = $1 and code = '4000'",
            books.Company.Value);
        var period = await Number("select id from ledger.period where company = $1 and code = '2026-04'",
            books.Company.Value);
        (string Check, string Row, string Sql)[] damages =
        [
            ("journal-balanced", $"ledger.journal {sale.Id}",
                $"update ledger.posting set amount = 10.01, base_amount = 10.01 where journal = '{sale.Id}' and ordinal = 2"),
            ("journal-balanced", $"ledger.journal {foreign.Id}",
                $"update ledger.posting set amount = 99 where journal = '{foreign.Id}' and ordinal = 1"),
            ("journal-sealed", $"ledger.posting journal {sale.Id} ordinal 2",
                $"update ledger.posting set amount = 10.01, base_amount = 10.01 where journal = '{sale.Id}' and ordinal = 2"),
            ("journal-sealed", $"ledger.posting journal {sale.Id} ordinal 1",
                $"update ledger.posting set party = 'C2' where journal = '{sale.Id}' and ordinal = 1"),
            ("journal-sealed", $"ledger.posting journal {sale.Id} ordinal 2",
                $"update ledger.posting set dimensions = '{{\"project\": \"P2\"}}' where journal = '{sale.Id}' and ordinal = 2"),
            ("journal-sealed", $"ledger.posting journal {sale.Id} ordinal 3",
                $"delete from ledger.posting where journal = '{sale.Id}' and ordinal = 3"),
            ("journal-sealed", $"ledger.journal {sale.Id}",
                $"update ledger.journal set text = 'other' where id = '{sale.Id}'"),
            ("posting-journal", $"ledger.posting journal {sale.Id} ordinal 1",
                $"delete from ledger.journal where id = '{sale.Id}'"),
            ("posting-journal", $"ledger.posting journal {sale.Id} ordinal 1",
                $"update ledger.posting set date = '2026-04-11' where journal = '{sale.Id}' and ordinal = 1"),
            ("journal-period", $"ledger.journal {sale.Id}",
                $"update ledger.journal set date = '2026-05-01' where id = '{sale.Id}'"),
            ("reversal-mirror", $"ledger.posting journal {reversal} ordinal 1",
                $"update ledger.posting set party = 'C9' where journal = '{reversal}' and ordinal = 1"),
            ("balance-sums", $"ledger.balance account {account} period {period} currency EUR",
                $"update ledger.balance set base_credit = base_credit + 1 where account = {account} and currency = 'EUR'"),
            ("balance-sums", $"ledger.balance account {account} period {period} currency USD",
                $"delete from ledger.balance where account = {account} and currency = 'USD'"),
            ("party-balance-sums", $"ledger.party_balance account {account - 1} party C7 period {period} currency EUR",
                $"insert into ledger.party_balance values ({account - 1}, 'C7', {period}, 'EUR', 1, 0, 1, 0)"),
            ("dimension-balance-sums", $"ledger.dimension_balance account {account} dimension project value P1 period {period} currency EUR",
                $"update ledger.dimension_balance set credit = 11 where account = {account}"),
            ("reserved-sums", $"ledger.reserved account {account} party  currency EUR",
                $"update ledger.reserved set credit = 4 where account = {account} and party = ''"),
            ("reserved-sums", $"ledger.reserved account {account} party  currency EUR",
                $"update ledger.reservation set state = 'Released' where id = '{reserved.Id}'"),
            ("reservation-sealed", $"ledger.reservation {reserved.Id}",
                $"update ledger.reservation_line set amount = 4 where reservation = '{reserved.Id}' and ordinal = 1"),
            ("reservation-sealed", $"ledger.reservation {confirmed.Id}",
                $"update ledger.reservation set journal = null where id = '{confirmed.Id}'"),
            ("journal-chained", $"ledger.journal {sale.Id}",
                $"update ledger.journal set seal = sha256('x') where id = '{sale.Id}'"),
            ("journal-chained", $"ledger.reservation {released.Id}",
                $"update ledger.reservation set state = 'Confirmed' where id = '{released.Id}'"),
        ];
        damages.Select(d => d.Check).Distinct().ShouldBe(LedgerCheck.All.Select(c => c.Name), ignoreOrder: true);
        foreach (var (check, row, sql) in damages)
        {
            var findings = await Findings(sql);
            findings.Where(f => f.Check == check).Select(f => f.Row).ShouldContain(row,
                $"{sql}\n{string.Join('\n', findings)}");
        }
        (await Findings()).ShouldBeEmpty();
    }

    /// <summary>What check finds after a superuser's statement, which is rolled back.</summary>
    private async Task<List<Finding>> Findings(string? damage = null)
    {
        await using var superuser = new NpgsqlConnection(database.SuperuserConnection);
        await superuser.OpenAsync(Ct);
        await using var transaction = await superuser.BeginTransactionAsync(Ct);
        if (damage is not null)
        {
            await using var command = new NpgsqlCommand("set local session_replication_role = replica; " + damage,
                superuser);
            (await command.ExecuteNonQueryAsync(Ct)).ShouldBeGreaterThan(0, damage);
        }
        var findings = new List<Finding>();
        foreach (var check in LedgerCheck.All)
        {
            await using var ask = new NpgsqlCommand(check.Sql, superuser);
            await using var rows = await ask.ExecuteReaderAsync(Ct);
            while (await rows.ReadAsync(Ct)) findings.Add(new Finding(check.Name, rows.GetString(0),
                rows.GetString(1)));
        }
        return findings;
    }

    private async Task<int> Number(string sql, Guid company)
    {
        await using var command = database.Database.Admin.CreateCommand(sql);
        command.Parameters.Add(new NpgsqlParameter { Value = company });
        return (int)(await command.ExecuteScalarAsync(Ct))!;
    }
}

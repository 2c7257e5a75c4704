using BusinessM.Engines.Postgres;
using Npgsql;

namespace BusinessM.Keepers.Tests.Books;

/// <summary>The database refuses to change what is posted, whichever role of the program asks (promise 4).</summary>
public sealed class Posted_is_for_ever(LedgerDatabase database) : IClassFixture<LedgerDatabase>
{
    private static readonly string[] Forever = ["ledger.journal", "ledger.posting", "ledger.reservation_line"];

    public static TheoryData<string> Roles => ["m_lane", "m_record", "m_ledger"];

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Theory]
    [MemberData(nameof(Roles))]
    public async Task for_every_role_of_the_program(string role)
    {
        var books = await TestBooks.Open(database.Run);
        await books.Posted(books.Sale());
        var before = await books.Snapshot();
        var source = role == "m_lane" ? database.Database.Lane : database.Database.Reader(role[2..]);
        (await Scalar(source, "select current_user::text")).ShouldBe(role);
        foreach (var table in Forever)
        {
            await Refused(source, $"update {table} set text = 'x'");
            await Refused(source, $"delete from {table}");
            await Refused(source, $"truncate {table}");
            await Refused(source, $"alter table {table} disable trigger all");
            await Refused(source, $"drop trigger {table[7..]}_append_only on {table}");
            await Refused(source, $"drop table {table}");
            await Try(source, $"grant update on {table} to {role}");      // only warns that nothing was granted
            (await Scalar(database.Database.Admin,
                $"select has_table_privilege('{role}', '{table}', 'update,delete,truncate')"))
                .ShouldBe(false);
        }
        foreach (var other in new[] { "m_owner", "m_lane", "m_record", "m_ledger", "m" }.Where(other => other != role))
        {
            await Refused(source, $"set role {other}");
            await Refused(source, $"set session authorization {other}");
            await Refused(source, $"grant {other} to {role}");
        }
        await Refused(source, "set session_replication_role = replica");
        await Refused(source, "create or replace function ledger.append_only() returns trigger language plpgsql as 'begin return null; end'");
        await Refused(source, "update ledger.reservation set seal = '' ");
        if (role != "m_lane")
            await Refused(source, "set transaction read write; insert into ledger.books values (gen_random_uuid(), 'EUR', '{}')");
        (await books.Snapshot()).ShouldBe(before);
    }

    [Fact]
    public async Task and_the_owner_stumbles_over_the_trigger()
    {
        var books = await TestBooks.Open(database.Run);
        await books.Posted(books.Sale());
        foreach (var table in Forever)
            foreach (var sql in new[] { $"update {table} set text = 'x'", $"delete from {table}", $"truncate {table}" })
                await Refused(database.Database.Owner, sql);
    }

    [Fact]
    public async Task a_reader_sees_its_own_schema_only()
    {
        await Refused(database.Database.Reader("record"), "select * from ledger.posting");
        await Refused(database.Database.Reader("ledger"), "select * from record.audit");
        (await Scalar(database.Database.Reader("ledger"), "select count(*) >= 0 from posting")).ShouldBe(true);
    }

    private static async Task<object?> Scalar(NpgsqlDataSource source, string sql)
    {
        await using var command = source.CreateCommand(sql);
        return await command.ExecuteScalarAsync(Ct);
    }

    private static async Task Try(NpgsqlDataSource source, string sql)
    {
        try
        {
            await Scalar(source, sql);
        }
        catch (PostgresException)
        {
            // refused outright
        }
    }

    private static async Task Refused(NpgsqlDataSource source, string sql)
    {
        var refusal = await Should.ThrowAsync<PostgresException>(() => Scalar(source, sql), sql);
        // not allowed; not the owner; in a read-only session
        refusal.SqlState.ShouldBeOneOf(PostgresErrorCodes.InsufficientPrivilege,
            PostgresErrorCodes.ReadOnlySqlTransaction);
    }
}

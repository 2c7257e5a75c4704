using BusinessM.Engines.Postgres;
using BusinessM.Testing;
using Npgsql;

namespace BusinessM.Keepers.Tests.Embedded;

public sealed class MigratingADatabase
{
    private static readonly MigrationSet Older = Set("Older"), Newer = Set("Newer"), Edited = Set("Edited");

    private static MigrationSet Set(string folder) =>
        new("shop", typeof(MigratingADatabase).Assembly, $"Embedded/{folder}/Migrations");

    [Fact]
    public async Task applies_each_file_once_and_the_plan_tells_which()
    {
        var ct = TestContext.Current.CancellationToken;
        await using var empty = await TestDatabase.CreateEmpty();
        (await new Migrator(empty.Database, [Older]).Plan(ct)).Select(m => m.ToString()).ShouldBe(["shop 0001-shelf"]);
        (await new Migrator(empty.Database, [Older]).Migrate(ct)).Count.ShouldBe(1);
        (await new Migrator(empty.Database, [Newer]).Plan(ct)).Select(m => m.ToString()).ShouldBe(["shop 0002-stone"]);
        (await new Migrator(empty.Database, [Newer]).Migrate(ct)).Count.ShouldBe(1);
        (await new Migrator(empty.Database, [Newer]).Migrate(ct)).ShouldBeEmpty();
    }

    [Fact]
    public async Task several_hosts_may_start_at_once()
    {
        var ct = TestContext.Current.CancellationToken;
        await using var empty = await TestDatabase.CreateEmpty();
        var applied = await Task.WhenAll(Enumerable.Range(0, 4)
            .Select(_ => new Migrator(empty.Database, [Newer]).Migrate(ct)));
        applied.Sum(a => a.Count).ShouldBe(2);
    }

    [Fact]
    public async Task an_older_program_refuses_a_newer_database_and_names_what_it_lacks()
    {
        var ct = TestContext.Current.CancellationToken;
        await using var newer = await TestDatabase.Create(Newer);
        var fault = await Should.ThrowAsync<StartupFault>(() => new Migrator(newer.Database, [Older]).Migrate(ct));
        fault.What.ShouldContain("0002-stone");
    }

    [Fact]
    public async Task a_file_edited_after_it_was_applied_is_refused_by_name()
    {
        var ct = TestContext.Current.CancellationToken;
        await using var older = await TestDatabase.Create(Older);
        var fault = await Should.ThrowAsync<StartupFault>(() => new Migrator(older.Database, [Edited]).Plan(ct));
        fault.What.ShouldContain("shop 0001-shelf");
    }

    [Fact]
    public async Task the_lane_writes_the_reader_looks_and_the_owner_owns()
    {
        await using var shop = await TestDatabase.Create(Newer);
        var database = shop.Database;
        await Run(database.Lane, "insert into shop.shelf values (1, 'top'); update shop.shelf set label = 'low'");
        await Run(database.Lane, "insert into shop.stone values (1)");
        await Refused(database.Lane, "update shop.stone set id = 2");
        await Refused(database.Lane, "truncate shop.shelf");
        await Refused(database.Lane, "set role m_owner");
        await Refused(database.Lane, "set role m_shop");
        await Refused(database.Lane, "create table shop.mine (id int)");
        await Refused(database.Lane, "delete from record.migration");
        await Run(database.Reader("shop"), "select * from shelf, stone");
        await Refused(database.Reader("shop"), "select * from record.migration");
        await Refused(database.Reader("shop"), "set transaction read write; delete from shop.shelf");
        await Refused(database.Reader("shop"), "set role m_lane");
        (await Scalar(database.Owner, "select current_user::text")).ShouldBe("m_owner");
        (await Scalar(database.Owner, "select tableowner::text from pg_tables where tablename = 'shelf'"))
            .ShouldBe("m_owner");
    }

    [Fact]
    public async Task on_a_server_elsewhere_the_programs_roles_have_passwords_that_every_host_derives()
    {
        // trust lets any password in, so what is asserted is the stored verifier: the same secret keeps it valid
        var ct = TestContext.Current.CancellationToken;
        await using var empty = await TestDatabase.CreateEmpty();
        var login = $"admin_{Convert.ToHexStringLower(System.Security.Cryptography.RandomNumberGenerator.GetBytes(4))}";
        var name = new NpgsqlConnectionStringBuilder(empty.SuperuserConnection).Database;
        await Run(empty.Database.Admin,
            $"create role {login} login createrole; alter database {name} owner to {login}");
        try
        {
            var outside = new NpgsqlConnectionStringBuilder(empty.SuperuserConnection) { Username = login };
            await using var poor = Database.At(outside.ConnectionString, secret: null);
            var version = (string)(await Scalar(poor.Admin, "show server_version_num"))!;
            if (string.CompareOrdinal(version, "160000") >= 0)
                // from 16 on only who made a role may grant it: this cluster's roles are the superuser's, so it
                // hands them on
                await Run(empty.Database.Admin, $"""
                    do $$ begin
                        if not exists (select from pg_roles where rolname = 'm_shop') then create role m_shop login noinherit; end if;
                    end $$;
                    grant m_owner, m_lane, m_shop to {login} with admin option
                    """);
            (await new Migrator(poor, [Newer]).Migrate(ct)).Count.ShouldBe(2);
            await Run(poor.Lane, "insert into shop.shelf values (1, 'top')");
        }
        finally
        {
            await Run(empty.Database.Admin, $"""
                reassign owned by {login} to m; drop owned by {login}; drop role {login}
                """);
        }
    }

    private static async Task Run(NpgsqlDataSource source, string sql)
    {
        await using var command = source.CreateCommand(sql);
        await command.ExecuteNonQueryAsync(TestContext.Current.CancellationToken);
    }

    private static async Task<object?> Scalar(NpgsqlDataSource source, string sql)
    {
        await using var command = source.CreateCommand(sql);
        return await command.ExecuteScalarAsync(TestContext.Current.CancellationToken);
    }

    private static async Task Refused(NpgsqlDataSource source, string sql) =>
        (await Should.ThrowAsync<PostgresException>(() => Run(source, sql)))
            .SqlState.ShouldBe(PostgresErrorCodes.InsufficientPrivilege);
}

using BusinessM.Contracts.BookKeeper;
using BusinessM.Engines.Postgres;
using BusinessM.Records.Far;
using Npgsql;

namespace BusinessM.Keepers.Tests.Far;

/// <summary>Either database goes back to a copy of itself while the other one goes on (rule 8).</summary>
[Trait("Category", "NoCulture")]
public sealed class RestoringADatabase : IAsyncLifetime
{
    private readonly FarDatabases _databases = new();
    private Topology? _topology;

    private Topology Topology => _topology!;

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        await _databases.InitializeAsync();
        _topology = await Topology.Start(_databases, "far");
    }

    public async ValueTask DisposeAsync()
    {
        await Topology.DisposeAsync();
        await _databases.DisposeAsync();
    }

    [Fact]
    public async Task a_restored_callee_catches_up_before_it_opens()
    {
        (await Topology.Submit(Ids.New(), 10m)).Failed.ShouldBeFalse();
        await Topology.Settle();
        await Topology.Finance.DisposeAsync();
        await Copy(_databases.Finance, "backup");
        await Topology.StartFinance();
        (await Self(Topology.Finance)).ShouldBe((1, true));                    // a start is no restore

        (await Topology.Submit(Ids.New(), 20m)).Failed.ShouldBeFalse();         // posted, acknowledged, then forgotten
        await Topology.Settle();
        await GoBack(_databases.Finance, Topology.Finance);
        await Topology.StartFinance();
        (await Topology.Balance()).Debit.ShouldBe(10m);
        (await Self(Topology.Finance)).Open.ShouldBeFalse();                   // noticed: it is another database
        await Topology.Settle();
        (await Topology.Balance()).ShouldBe(new Balance(30m, 0m, 0m, 0m));
        (await Topology.Submit(Ids.New(), 40m)).Failed.ShouldBeFalse();
        await Topology.Settle();
        (await Topology.Balance()).Debit.ShouldBe(70m);
        (await Topology.Journals()).Count.ShouldBe(3);
    }

    [Fact]
    public async Task a_restored_origin_neither_posts_twice_nor_contradicts_what_was_posted()
    {
        (await Topology.Submit(Ids.New(), 10m)).Failed.ShouldBeFalse();
        await Topology.Settle();
        await Topology.Probe.DisposeAsync();
        await Copy(_databases.Probe, "backup");
        await Topology.StartProbe();

        var (lost, key) = (Ids.New(), Ids.New().ToString());
        (await Topology.Submit(lost, 20m, key)).Failed.ShouldBeFalse();
        await Topology.Settle();
        Topology.Network.Loses = e => e.Message is Release;
        (await Topology.Submit(Ids.New(), 30m, commit: false)).Failed.ShouldBeFalse();
        await Topology.Quiet();
        await GoBack(_databases.Probe, Topology.Probe);
        await Topology.StartProbe();
        (await Self(Topology.Probe)).Open.ShouldBeFalse();
        await Topology.Settle();
        Topology.Probe.Warnings.ShouldContain(nameof(FarAlertKind.OwnEffectLost));     // the note is gone: said aloud
        (await Topology.Noted(lost)).ShouldBeFalse();
        (await Topology.Balance()).ShouldBe(new Balance(30m, 0m, 0m, 0m));             // 10 + 20; the 30 released
        (await Topology.Submit(lost, 20m, key)).Failure.Code.ShouldBe("record.key.in-flight");     // not again
        (await Topology.Submit(Ids.New(), 40m)).Failed.ShouldBeFalse();
        await Topology.Settle();
        (await Topology.Balance()).Debit.ShouldBe(70m);
    }

    private static async Task<(long Incarnation, bool Open)> Self(FarHost host)
    {
        var rows = await host.Store.Read(new FarScope([]), Ct);
        return (rows.Self.Incarnation, rows.Open);
    }

    private async Task GoBack(Database database, FarHost host)
    {
        await host.DisposeAsync();
        await Run(database, $"drop database {database.Name} with (force)", disposing: true);
        await Run(database, $"alter database {database.Name}_backup rename to {database.Name}", disposing: false);
    }

    private static Task Copy(Database database, string suffix) =>
        Run(database, $"create database {database.Name}_{suffix} template {database.Name}", disposing: true);

    private static async Task Run(Database database, string sql, bool disposing)
    {
        var admin = new NpgsqlConnectionStringBuilder(database.Admin.ConnectionString)
        {
            Database = "postgres", Pooling = false,
        };
        if (disposing) await database.DisposeAsync();          // its pools; they are made again on their next use
        await using var connection = new NpgsqlConnection(admin.ConnectionString);
        await connection.OpenAsync(Ct);
        await using var command = new NpgsqlCommand(sql, connection);
        await command.ExecuteNonQueryAsync(Ct);
    }
}

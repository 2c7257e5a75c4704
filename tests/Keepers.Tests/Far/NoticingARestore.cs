using System.Diagnostics;
using System.Globalization;
using BusinessM.Engines.Postgres;
using BusinessM.Records;
using BusinessM.Records.Far;
using BusinessM.Testing;
using Microsoft.Extensions.Logging.Abstractions;

namespace BusinessM.Keepers.Tests.Far;

/// <summary>A PostgreSQL of the test's own, whose files are put back, or recovered on a new timeline: what the next
/// start makes of it (rule 8).</summary>
public sealed class NoticingARestore : IDisposable
{
    private readonly string _folder = TestCluster.Folder("restore-" + Path.GetRandomFileName());

    private string Postgres => Path.Combine(_folder, "data", "postgres");

    private string Witness => Path.Combine(_folder, "far-witness");

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public void Dispose()
    {
        if (Directory.Exists(_folder)) Directory.Delete(_folder, recursive: true);
    }

    [Fact, Trait("Category", "Slow")]
    public async Task files_that_were_put_back_are_noticed_by_the_witness()
    {
        var first = await Life(Witness, steps: 3);
        (first.Self.Incarnation, first.Open, first.Mark).ShouldBe((1, true, 3));
        Copy(Postgres, Postgres + ".backup");
        var restarted = await Life(Witness, steps: 2);
        (restarted.Self.Incarnation, restarted.Open, restarted.Mark).ShouldBe((1, true, 5));

        Directory.Delete(Postgres, recursive: true);
        Directory.Move(Postgres + ".backup", Postgres);
        var unseen = await Life(null);                                  // another host knows nothing
        (unseen.Self.Incarnation, unseen.Open, unseen.Mark).ShouldBe((1, true, 3));
        var renewed = await Life(Witness);
        renewed.Self.Incarnation.ShouldBeGreaterThan(1);
        renewed.Mark.ShouldBe(6);
        renewed.Reopening!.Waiting.Order(StringComparer.Ordinal).ShouldBe(["b", "c"]);

        // The next process finds it as it is, also if this one died before the witness was written.
        foreach (var mark in new[] { 6, 5 })
        {
            File.WriteAllText(Witness, mark.ToString("D19", CultureInfo.InvariantCulture));
            var again = await Life(Witness);
            (again.Self.Incarnation, again.Open, again.Mark).ShouldBe((renewed.Self.Incarnation, false, 6));
        }
    }

    [Fact, Trait("Category", "Slow")]
    public async Task a_recovery_is_noticed_by_its_timeline()
    {
        (await Life(null, steps: 1)).Self.Incarnation.ShouldBe(1);
        await File.AppendAllTextAsync(Path.Combine(Postgres, "postgresql.auto.conf"), "restore_command = 'false'\n",
            Ct);
        await File.WriteAllTextAsync(Path.Combine(Postgres, "recovery.signal"), "", Ct);
        var recovered = await Life(null);
        (recovered.Self.Incarnation > 1, recovered.Open).ShouldBe((true, false));
        (await Life(null)).Self.Incarnation.ShouldBe(recovered.Self.Incarnation);
    }

    [Theory]
    [InlineData("12")]
    [InlineData("no number at all....")]
    public void a_damaged_witness_is_no_witness(string content)
    {
        Directory.CreateDirectory(_folder);
        File.WriteAllText(Witness, content);
        Should.Throw<InvalidDataException>(() => new FarWitness(Witness).Seen);
    }

    /// <summary>A process from its start to its end; its last look at the rows.</summary>
    private async Task<FarRows> Life(string? file, int steps = 0)
    {
        Directory.CreateDirectory(_folder);
        await using var cluster = await EmbeddedCluster.Start(
            new EmbeddedOptions(Path.Combine(_folder, "data")) { Durable = false }, Ct);
        await using var database = await Database.Of(cluster, "far", Ct);
        await new Migrator(database, [new("record", typeof(Lane).Assembly)]).Migrate(Ct);
        using var witness = new FarWitness(file);
        var records = new PostgresRecords(database);
        await new FarHome(records, witness, TimeProvider.System, NullLogger<FarHome>.Instance)
            .Begin("a", ["b", "c"], Ct);
        var store = new FarStore(records, witness);
        for (var i = 0; i < steps; i++)
        {
            var key = Ids.New().ToString();
            await store.Step(new FarScope([], key), rows =>
            {
                var bound = FarOrigin.Bind(rows, key, "", Ids.New(), TimeProvider.System.GetUtcNow());
                return (bound.Step, bound);
            }, Ct);
        }
        var last = await store.Read(new FarScope([]), Ct);
        if (file is not null) witness.Seen.ShouldBe(last.Mark);
        return last;
    }

    // With owners and modes: where the tests run as root, the server does not.
    private static void Copy(string from, string to)
    {
        using var copy = Process.Start("cp", ["-a", from, to]);
        copy.WaitForExit();
        copy.ExitCode.ShouldBe(0);
    }
}

using BusinessM.Contracts.RecordKeeper;
using BusinessM.Records;
using BusinessM.Testing;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;

namespace BusinessM.Keepers.Tests.Lanes;

public sealed class TheOutbox(ProbeDatabase database) : IClassFixture<ProbeDatabase>
{
    private static readonly CompanyId Company = Ids.New<CompanyId>();

    [Fact]
    public async Task delivers_an_event_once_per_handler_even_when_it_comes_twice()
    {
        Hearer.FailuresLeft = 1;
        await using var host = new ProbeHost(database.Database, services => services.AddScoped<IEventHandler, Hearer>());
        await using var lane = await host.StartLane();
        var first = Ids.New();
        await Emit(host, first, "probe.heard", "a");
        (await host.Relay.Relay(default)).ShouldBe(0);      // the handler failed: the event waits
        await Emit(host, Ids.New(), "nobody.listens", "b");
        (await host.Relay.Relay(default)).ShouldBe(1);      // and holds up no other
        host.Relay.Again();
        (await host.Relay.Relay(default)).ShouldBe(1);
        await Emit(host, first, "probe.heard", "a");        // delivered again after a crash, say
        (await host.Relay.Relay(default)).ShouldBe(1);
        await using var source = NpgsqlDataSource.Create(database.SuperuserConnection + ";Pooling=false");
        await using var notes = source.CreateCommand("select count(*) from probe.note where code = 'heard-a'");
        (await notes.ExecuteScalarAsync()).ShouldBe(1L);
        await using var left = source.CreateCommand("select count(*) from record.outbox");
        (await left.ExecuteScalarAsync()).ShouldBe(0L);
    }

    [Fact, Produces("record.event.heard")]
    public async Task of_an_event_that_was_heard_nothing_is_done_again()
    {
        Hearer.FailuresLeft = 0;
        await using var host = new ProbeHost(database.Database,
            services => services.AddScoped<IEventHandler, Hearer>());
        await using var lane = await host.StartLane();
        var id = Ids.New();
        await Emit(host, id, "probe.heard", "c");
        (await host.Relay.Relay(default)).ShouldBe(1);
        // Another host delivers it at the same time, and finds on its commit that it comes second.
        var second = await Unchanged.During(database, () => host.InUnit(async services =>
        {
            var (db, unit) = (services.GetRequiredService<ProbeDb>(), services.GetRequiredService<UnitOfWork>());
            unit.Inbox = new InboxRow("probe-hearer", id);
            var note = new Note { Id = new NoteId(Ids.New()), Company = Company, Code = "heard-c-again" };
            db.Add(note);
            unit.Number(new NumberWanted(Company, "heard", "N-{00000}", note.Id.Value, number => note.Number = number));
            return await db.Commit(default);
        }));
        second.ShouldBeRefused("record.event.heard");
    }

    private static Task<Result<Done>> Emit(ProbeHost host, Guid id, string subject, string body) =>
        host.InUnit(async services =>
        {
            services.GetRequiredService<IUnitOfWork>().Include(new OutboxEffect(Company, id, subject, body));
            return await services.GetRequiredService<ProbeDb>().Commit(default);
        });

    private sealed class Hearer(ProbeDb db) : IEventHandler
    {
        public static int FailuresLeft { get; set; }

        public string Name => "probe-hearer";

        public string Subject => "probe.heard";

        public Task<Result<Done>> Hear(string body, CancellationToken ct)
        {
            if (FailuresLeft-- > 0) throw new InvalidOperationException("away for a moment");
            db.Add(new Note { Company = Company, Code = "heard-" + body });
            return Task.FromResult(Done.Ok);
        }
    }
}

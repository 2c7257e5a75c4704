using BusinessM.Contracts.RecordKeeper;
using BusinessM.Records;
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

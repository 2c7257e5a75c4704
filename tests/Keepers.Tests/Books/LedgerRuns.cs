using BusinessM.Books;
using BusinessM.Contracts.BookKeeper;
using BusinessM.Engines.Postgres;
using BusinessM.Records;
using BusinessM.Testing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace BusinessM.Keepers.Tests.Books;

/// <summary>A ledger that can be driven unit by unit, without a book-keeper before it.</summary>
public interface ILedgerRun
{
    ILedgerEngine Engine { get; }

    /// <summary>The answers of a unit in order of its operations, or its refusal.</summary>
    Task<IReadOnlyList<Result<IReadOnlyList<Posted>>>> Run(IReadOnlyList<LedgerUnit> units);
}

public sealed class MemoryRun : ILedgerRun
{
    private readonly MemoryLedger _ledger = new(TimeProvider.System);

    public ILedgerEngine Engine => _ledger;

    public Task<IReadOnlyList<Result<IReadOnlyList<Posted>>>> Run(IReadOnlyList<LedgerUnit> units) =>
        Task.FromResult(_ledger.Run(units));
}

/// <summary>PostgreSQL through the real lane: one bulk, each by itself.</summary>
public sealed class LaneRun : ILedgerRun, IAsyncDisposable
{
    private readonly ServiceProvider _services;

    private LaneRun(Database database) => _services = new ServiceCollection().AddLogging().AddRecordKeeper()
        .AddPostgres(database).BuildServiceProvider();

    public ILedgerEngine Engine => _services.GetRequiredService<ILedgerEngine>();

    public IServiceProvider Services => _services;

    public static async Task<LaneRun> Start(Database database)
    {
        var run = new LaneRun(database);
        foreach (var service in run._services.GetServices<IHostedService>()) await service.StartAsync(default);
        return run;
    }

    public async Task<IReadOnlyList<Result<IReadOnlyList<Posted>>>> Run(IReadOnlyList<LedgerUnit> units)
    {
        var prepared = new List<Prepared>();
        var effects = new List<LedgerEffect[]>();
        foreach (var unit in units)
        {
            await using var scope = _services.CreateAsyncScope();
            scope.ServiceProvider.GetRequiredService<Caller>().ActAsSystem("tester");
            var work = scope.ServiceProvider.GetRequiredService<UnitOfWork>();
            effects.Add([.. unit.Operations.Select(operation => new LedgerEffect(operation, Guid.Empty))]);
            foreach (var effect in effects[^1]) work.Include(effect);
            prepared.Add(work.Prepare(() => "", 200));
        }
        var outcomes = await _services.GetRequiredService<Lane>().Commit(prepared, allOrNothing: false);
        return [.. outcomes.Select((outcome, i) => outcome.Failed ? outcome.Failure
            : Result.Of<IReadOnlyList<Posted>>([.. effects[i].Select(effect => effect.Answer!)]))];
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var service in _services.GetServices<IHostedService>()) await service.StopAsync(default);
        await _services.DisposeAsync();
    }
}

/// <summary>A database with books, and a lane on it.</summary>
public sealed class LedgerDatabase() : TestDatabase(new MigrationSet("record", typeof(Lane).Assembly),
    PostgresLedger.Migrations)
{
    private LaneRun? _run;

    public LaneRun Run => _run ?? throw new InvalidOperationException("The fixture has not been initialised.");

    public override async ValueTask InitializeAsync()
    {
        await base.InitializeAsync();
        _run = await LaneRun.Start(Database);
    }

    public override async ValueTask DisposeAsync()
    {
        if (_run is not null) await _run.DisposeAsync();
        await base.DisposeAsync();
    }
}

using System.Collections.Concurrent;
using System.Data.Common;
using System.Text.Json;
using BusinessM.Contracts.BookKeeper;
using BusinessM.Contracts.Finance;
using BusinessM.Engines.Postgres;
using BusinessM.Host;
using BusinessM.Records;
using BusinessM.Records.Far;
using BusinessM.Testing;
using Microsoft.AspNetCore.Builder;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace BusinessM.Finance.Tests.Far;

/// <summary>A line between contexts in one process: everything crosses it as text.</summary>
internal sealed class Line : IFarTransport
{
    private readonly ConcurrentDictionary<string, FarContext> _ends = [];

    public Predicate<Envelope> Loses { get; set; } = _ => false;

    public void Plug(string context, FarContext end) => _ends[context] = end;

    public async Task<Envelope?> Ask(Envelope reserve, CancellationToken ct)
    {
        if (Loses(reserve)) return null;
        return await _ends[reserve.To].Receive(Copy(reserve), ct) is { } answer ? Copy(answer) : null;
    }

    public Task Tell(Envelope envelope, CancellationToken ct) => Ask(envelope, ct);

    private static Envelope Copy(Envelope envelope) =>
        JsonSerializer.Deserialize<Envelope>(JsonSerializer.Serialize(envelope, Wire.Options), Wire.Options)!;
}

/// <summary>The process loses its database at the n-th point that it passes, for good: it is as good as dead.</summary>
internal sealed class Cut(int at = int.MaxValue)
{
    private int _passed;

    public void Pass()
    {
        Interlocked.Increment(ref _passed);
        Alive();
    }

    public void Alive()
    {
        if (Volatile.Read(ref _passed) >= at) throw new IOException("The database is out of reach");
    }
}

/// <summary>The whole program as Finance of a mesh: its ledger may be called from elsewhere.</summary>
public sealed class FarFinance : FinanceApp
{
    internal Line Line { get; } = new();

    /// <summary>Counts from when it is set; a new process begins with none.</summary>
    internal Cut Cut { get; set; } = new();

    internal Sales Sales { get; private set; } = null!;

    public override async ValueTask InitializeAsync()
    {
        await base.InitializeAsync();
        Line.Plug("finance", Services.GetRequiredService<FarContext>());
        Sales = await Sales.Start(Line);
    }

    internal async Task BeginAgain()
    {
        Cut = new Cut();
        await Restart();
        Line.Plug("finance", Services.GetRequiredService<FarContext>());
    }

    public override async ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        await Sales.DisposeAsync();
        await base.DisposeAsync();
    }

    protected override void Shape(WebApplicationBuilder builder)
    {
        builder.Services.AddSingleton<IFarTransport>(Line).AddFar("finance", "sales").AddLedgerDoor();
        builder.Services.AddSingleton<IRecordDatabase>(new CuttableDatabase(new PostgresRecords(Database), this));
        builder.Services.AddSingleton<ILanePart>(new CuttablePart(this));
    }

    private sealed class CuttableDatabase(IRecordDatabase inner, FarFinance app) : IRecordDatabase
    {
        public Task<DbConnection> OpenLane(CancellationToken ct)
        {
            app.Cut.Alive();
            return inner.OpenLane(ct);
        }

        public Task<DbConnection> OpenOwner(CancellationToken ct) => inner.OpenOwner(ct);

        public DbDataSource Reader(string schema) => inner.Reader(schema);

        public void Configure(DbContextOptionsBuilder options, string schema) => inner.Configure(options, schema);
    }

    /// <summary>The points within the lane: before it looks, before it writes, after the commit.</summary>
    private sealed class CuttablePart(FarFinance app) : ILanePart
    {
        public ILaneWork? Begin(IReadOnlyList<LaneUnit> units) => new Work(app);

        private sealed class Work(FarFinance app) : ILaneWork
        {
            // Always a look: its points are the ones to be cut at.
            public bool Recall() => false;

            public IReadOnlyList<LaneCommand> Look() => Passing();

            public Task Read(DbDataReader reader, CancellationToken ct) => Task.CompletedTask;

            public void Reset()
            {
                // Nothing is decided here.
            }

            public Result<Done> Decide(LaneUnit unit) => Done.Ok;

            public byte[]? Digest(LaneUnit unit, CompanyId company) => null;

            public LaneWrites Write(IReadOnlyList<LaneUnit> accepted) => new(Passing());

            public void Committed(IReadOnlyList<LaneUnit> accepted) => app.Cut.Pass();

            private LaneCommand[] Passing()
            {
                app.Cut.Pass();
                return [];
            }
        }
    }
}

/// <summary>Another context, on a database of its own: it posts facts to Finance.</summary>
internal sealed class Sales : IAsyncDisposable
{
    private readonly TestDatabase _database;
    private readonly ServiceProvider _services;

    private Sales(TestDatabase database, Line line)
    {
        _database = database;
        _services = new ServiceCollection().AddLogging().AddRecordKeeper().AddPostgres(database.Database)
            .AddContext<FinanceDb>("finance").AddSingleton<IFarTransport>(line).AddFar("sales", "finance")
            .AddFarLedger().BuildServiceProvider();
    }

    public static async Task<Sales> Start(Line line)
    {
        var sales = new Sales(await TestDatabase.Create([.. Schemas.All]), line);
        await sales._services.GetRequiredService<Lane>().StartAsync(default);
        await sales._services.GetRequiredService<FarHome>().Begin("sales", ["finance"], default);
        line.Plug("sales", sales._services.GetRequiredService<FarContext>());
        return sales;
    }

    /// <summary>Calls the ledger; then, once <paramref name="meanwhile"/> is over, commits, or goes away without.
    /// </summary>
    public async Task<Result<Done>> Post(Guid company, string day, decimal amount, bool commit = true,
        Func<Task>? meanwhile = null)
    {
        await using var scope = _services.CreateAsyncScope();
        scope.ServiceProvider.GetRequiredService<Caller>().ActAsSystem("tester");
        scope.ServiceProvider.GetRequiredService<UnitOfWork>().Action = "sales.test.post";
        var db = scope.ServiceProvider.GetRequiredService<FinanceDb>();
        var id = Guid.CreateVersion7();
        var posted = await scope.ServiceProvider.GetRequiredService<ILedger>().Post(new BusinessFact(id,
            new CompanyId(company), DateOnly.Parse(day, System.Globalization.CultureInfo.InvariantCulture),
            new JournalSource("sales.test", id), [new FactLine("cash", Side.Debit, amount, "EUR"),
                new FactLine("clearing", Side.Credit, amount, "EUR")]), default);
        if (posted.Failed) return posted.Failure;
        if (meanwhile is not null) await meanwhile();
        return commit ? await db.Commit(default) : Done.Ok;
    }

    /// <summary>Confirmations that were not acknowledged, again.</summary>
    public Task Repeat() => _services.GetRequiredService<FarContext>().Relay(default);

    public async ValueTask DisposeAsync()
    {
        await _services.GetRequiredService<Lane>().StopAsync(default);
        await _services.DisposeAsync();
        await _database.DisposeAsync();
    }
}

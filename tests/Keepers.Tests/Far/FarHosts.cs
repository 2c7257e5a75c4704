using System.Collections.Concurrent;
using System.Data.Common;
using System.Text.Json;
using BusinessM.Contracts.BookKeeper;
using BusinessM.Contracts.Finance;
using BusinessM.Contracts.RecordKeeper;
using BusinessM.Engines.Postgres;
using BusinessM.Keepers.Tests.Lanes;
using BusinessM.Records;
using BusinessM.Records.Far;
using BusinessM.Testing;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace BusinessM.Keepers.Tests.Far;

/// <summary>A place between two steps of a host, and which time it is passed.</summary>
public sealed record Point(string Host, string Where, int Time)
{
    public override string ToString() => FormattableString.Invariant($"{Host} {Where} ({Time})");
}

/// <summary>The moment at which a process dies. Dead, it does nothing any more. Or, alive, something else happens just
/// then.</summary>
public sealed class Crash(Point? at, Action? instead = null)
{
    private readonly List<Point> _passed = [];

    public string? Dead { get; private set; }

    public IReadOnlyList<Point> Passed
    {
        get { lock (_passed) return [.. _passed]; }
    }

    public static Crash Never => new(null);

    public void Pass(string host, string where)
    {
        if (Dead == host) throw new CrashedException(host);
        Point point;
        lock (_passed)
        {
            point = new Point(host, where, _passed.Count(p => p.Host == host && p.Where == where) + 1);
            _passed.Add(point);
        }
        if (point != at) return;
        if (instead is not null)
        {
            instead();
            return;
        }
        Dead = host;
        throw new CrashedException(host);
    }
}

public sealed class CrashedException(string host) : Exception($"{host} is dead");

/// <summary>A network in memory: everything crosses it as text.</summary>
public sealed class Network
{
    private readonly ConcurrentDictionary<string, FarContext> _hosts = [];

    public Crash Crash { get; set; } = Crash.Never;

    /// <summary>What is lost on its way.</summary>
    public Predicate<Envelope> Loses { get; set; } = _ => false;

    public void Plug(string name, FarContext host) => _hosts[name] = host;

    public void Unplug(string name) => _hosts.TryRemove(name, out _);

    public async Task<Envelope?> Carry(Envelope envelope)
    {
        var kind = envelope.Message.GetType().Name;
        Crash.Pass(envelope.From, "before sending " + kind);
        if (Loses(envelope) || !_hosts.TryGetValue(envelope.To, out var host)) return null;
        Envelope? answer;
        try
        {
            Crash.Pass(envelope.To, "on receiving " + kind);
            answer = await host.Receive(Copy(envelope), default);
            Crash.Pass(envelope.To, "after " + kind);
        }
        catch (Exception fault) when (fault is CrashedException || fault.InnerException is CrashedException)
        {
            return null;
        }
        Crash.Pass(envelope.From, "on the answer to " + kind);
        return answer is null || Loses(answer) ? null : Copy(answer);
    }

    private static Envelope Copy(Envelope envelope) =>
        JsonSerializer.Deserialize<Envelope>(JsonSerializer.Serialize(envelope, Wire.Options), Wire.Options)!;
}

public sealed class NetworkTransport(Network network) : IFarTransport
{
    public Task<Envelope?> Ask(Envelope reserve, CancellationToken ct) => network.Carry(reserve);

    public Task Tell(Envelope envelope, CancellationToken ct) => network.Carry(envelope);
}

/// <summary>The clock, set forward so that deadlines pass.</summary>
public sealed class ShiftedClock : TimeProvider
{
    public TimeSpan Shift { get; set; }

    public override DateTimeOffset GetUtcNow() => base.GetUtcNow() + Shift;
}

/// <summary>Finance as thin as can be: a role is an account's code.</summary>
public sealed class RoleLedger(IBookKeeper books) : ILedger
{
    public async Task<Result<FactPosted>> Post(BusinessFact fact, CancellationToken ct)
    {
        var lines = fact.Lines.Select(
            l => new JournalLine(l.Role, l.Side, l.Amount, l.Currency, l.BaseAmount ?? l.Amount));
        var posted = await books.Post(
            new Journal(fact.Id, fact.Company, fact.Date, fact.Source, [.. lines], fact.Text), ct);
        return posted.Failed ? posted.Failure : new FactPosted(posted.Value.Journal, posted.Value.AlreadyThere);
    }

    public async Task<Result<FactPosted>> Reverse(ReverseFact r, CancellationToken ct)
    {
        var posted = await books.Reverse(
            new ReverseJournal(r.Company, r.Fact, r.Reversal, r.Source, r.Reason, r.Date), ct);
        return posted.Failed ? posted.Failure : new FactPosted(posted.Value.Journal, posted.Value.AlreadyThere);
    }
}

/// <summary>The near ledger, with request and answer through text.</summary>
public sealed class TextLedger(IBookKeeper books) : ILedger
{
    private readonly RoleLedger _near = new(books);

    public async Task<Result<FactPosted>> Post(BusinessFact fact, CancellationToken ct) =>
        Copy(await _near.Post(Copy(fact), ct));

    public async Task<Result<FactPosted>> Reverse(ReverseFact reversal, CancellationToken ct) =>
        Copy(await _near.Reverse(Copy(reversal), ct));

    private static Result<FactPosted> Copy(Result<FactPosted> result) =>
        result.Failed ? Copy(result.Failure) : Copy(result.Value);

    private static T Copy<T>(T value) =>
        JsonSerializer.Deserialize<T>(JsonSerializer.Serialize(value, Wire.Options), Wire.Options)!;
}

/// <summary>A context between the two: its ledger is a method of the one in the middle.</summary>
public sealed class PassedOnLedger(FarUnit far) : ILedger
{
    public Task<Result<FactPosted>> Post(BusinessFact fact, CancellationToken ct) =>
        Call(fact.Company, new FarCall(PassOn.Name, JsonSerializer.Serialize(fact, Wire.Options)), fact.Source.Id, ct);

    public Task<Result<FactPosted>> Reverse(ReverseFact reversal, CancellationToken ct) =>
        throw new NotSupportedException("The one in the middle passes posts on only");

    private async Task<Result<FactPosted>> Call(CompanyId company, FarCall call, Guid source, CancellationToken ct)
    {
        var answer = await far.Call(company, "middle", call, source, ct);
        return answer.Failed ? answer.Failure : JsonSerializer.Deserialize<FactPosted>(answer.Value, Wire.Options)!;
    }
}

/// <summary>The middle of a chain: calls the far ledger in turn, and has no effect of its own.</summary>
public sealed class PassOn(ILedger next) : IFarMethod
{
    public const string Name = "middle.pass-on";

    public string Method => Name;

    public CompanyId CompanyOf(string body) => Read(body).Company;

    public async Task<Result<FarEffect>> Reserve(FarId id, FarCall call, CancellationToken ct)
    {
        var answer = await next.Post(Read(call.Body), ct);
        return answer.Failed ? answer.Failure
            : new FarEffect(Name, call.Body, JsonSerializer.Serialize(answer.Value, Wire.Options), []);
    }

    public Task<Result<Done>> Post(FarId id, FarEffect effect, bool reserved, CancellationToken ct) =>
        Task.FromResult(Done.Ok);

    public Task<Result<Done>> Release(FarId id, FarEffect effect, CancellationToken ct) => Task.FromResult(Done.Ok);

    private static BusinessFact Read(string body) => JsonSerializer.Deserialize<BusinessFact>(body, Wire.Options)!;
}

/// <summary>A process: a lane on a database, and what else it has. Far hosts are driven by the test, not by a clock.
/// </summary>
public sealed class FarHost : IAsyncDisposable
{
    private FarHost(string name, ServiceProvider services, Network? network) =>
        (Name, Services, Network) = (name, services, network);

    public string Name { get; }

    public ServiceProvider Services { get; }

    public Network? Network { get; }

    public FarContext Far => Services.GetRequiredService<FarContext>();

    public string Warnings => string.Join(Environment.NewLine, Services.GetRequiredService<Heard>().Lines);

    /// <summary>What waits for somebody, to show when it waits for ever.</summary>
    public async Task<string> Waiting()
    {
        var rows = await Store.Read(FarScope.WhatWaits, default);
        return $"{Name}: {string.Join(", ", rows.Confirms.AsEnumerable<object>().Concat(rows.Reservations))}";
    }

    public FarStore Store => Services.GetRequiredService<FarStore>();

    private Lane Lane => Services.GetRequiredService<Lane>();

    public static async Task<FarHost> Start(string name, Database database, Network? network, ShiftedClock clock,
        Action<IServiceCollection> more, params string[] others)
    {
        var log = new Heard();
        var services = new ServiceCollection().AddLogging(logging => logging.AddProvider(log));
        services.AddSingleton(log);
        services.AddSingleton<TimeProvider>(clock);
        if (network is not null) services.AddSingleton<ILanePart>(new CrashingPart(name, network));
        services.AddRecordKeeper().AddPostgres(database);
        if (network is not null)
        {
            services.AddSingleton(network).AddSingleton<IFarTransport, NetworkTransport>().AddFar(name, others);
            services.AddSingleton<IRecordDatabase>(p =>
                new CrashingDatabase(new PostgresRecords(database), name, network));
        }
        more(services);
        var host = new FarHost(name, services.BuildServiceProvider(), network);
        await host.Lane.StartAsync(default);
        if (network is null) return host;
        await new FarHome(new PostgresRecords(database), host.Services.GetRequiredService<FarWitness>(), clock,
            host.Services.GetRequiredService<ILogger<FarHome>>()).Begin(name, others, default);
        network.Plug(name, host.Far);
        return host;
    }

    public async Task<T> InUnit<T>(Func<IServiceProvider, Task<T>> work)
    {
        await using var scope = Services.CreateAsyncScope();
        scope.ServiceProvider.GetRequiredService<Caller>().ActAsSystem("tester");
        scope.ServiceProvider.GetRequiredService<UnitOfWork>().Action = "probe.note.post";
        return await work(scope.ServiceProvider);
    }

    public async Task Quiet()
    {
        var post = Services.GetRequiredService<FarPost>();
        for (var waited = 0; !post.Idle; waited++)
        {
            waited.ShouldBeLessThan(2_000, "messages still fly after 10 s");
            await Task.Delay(5);
        }
    }

    public async ValueTask DisposeAsync()
    {
        Network?.Unplug(Name);
        await Lane.StopAsync(default);
        await Services.DisposeAsync();
    }

    private sealed class CrashingDatabase(IRecordDatabase inner, string name, Network network) : IRecordDatabase
    {
        public async Task<DbConnection> OpenLane(CancellationToken ct)
        {
            network.Crash.Pass(name, "before a step");
            return await inner.OpenLane(ct);
        }

        public Task<DbConnection> OpenOwner(CancellationToken ct) => inner.OpenOwner(ct);

        public DbDataSource Reader(string schema) => inner.Reader(schema);

        public void Configure(DbContextOptionsBuilder options, string schema) => inner.Configure(options, schema);
    }

    /// <summary>Dies in the lane: before it looks, before it writes, between the commit and what follows.</summary>
    private sealed class CrashingPart(string name, Network network) : ILanePart
    {
        public ILaneWork? Begin(IReadOnlyList<LaneUnit> units) => new Work(name, network);

        private sealed class Work(string name, Network network) : ILaneWork
        {
            public bool Recall() => Passing("before the look", true);

            public IReadOnlyList<LaneCommand> Look() => Passing("before the look", Array.Empty<LaneCommand>());

            public Task Read(DbDataReader reader, CancellationToken ct) => Task.CompletedTask;

            public void Reset()
            {
                // Nothing is decided here.
            }

            public Result<Done> Decide(LaneUnit unit) => Done.Ok;

            public byte[]? Digest(LaneUnit unit, CompanyId company) => null;

            public LaneWrites Write(IReadOnlyList<LaneUnit> accepted) =>
                Passing("before the commit", LaneWrites.Nothing);

            public void Committed(IReadOnlyList<LaneUnit> accepted) => Passing("after the commit", 0);

            private T Passing<T>(string point, T value)
            {
                network.Crash.Pass(name, point);
                return value;
            }
        }
    }
}

/// <summary>What a host warned of.</summary>
public sealed class Heard : ILoggerProvider, ILogger
{
    private readonly ConcurrentQueue<string> _lines = [];

    public IReadOnlyCollection<string> Lines => _lines;

    public ILogger CreateLogger(string category) => this;

    public IDisposable? BeginScope<TState>(TState state) where TState : notnull => null;

    public bool IsEnabled(LogLevel level) => level >= LogLevel.Warning;

    public void Log<TState>(LogLevel level, EventId id, TState state, Exception? fault,
        Func<TState, Exception?, string> text)
    {
        if (IsEnabled(level)) _lines.Enqueue($"{text(state, fault)} {fault?.Message}");
    }

    public void Dispose()
    {
        // Lines stay readable after the host has gone.
    }
}

/// <summary>Three databases: everything in one; the probe alone; finance alone.</summary>
public sealed class FarDatabases : IAsyncLifetime
{
    private static readonly MigrationSet Record = new("record", typeof(Lane).Assembly);
    private TestDatabase? _near, _probe, _finance;

    /// <summary>All hosts of all tests on these databases have one clock.</summary>
    public ShiftedClock Clock { get; } = new();

    public Database Near => _near!.Database;

    public Database Probe => _probe!.Database;

    public Database Finance => _finance!.Database;

    /// <summary>Neither the caller's nor the callee's database has another row afterwards.</summary>
    public Task<T> Unchanged<T>(Func<Task<T>> act) =>
        Testing.Unchanged.During(_probe!, () => Testing.Unchanged.During(_finance!, act));

    public async ValueTask InitializeAsync()
    {
        _near = await TestDatabase.Create(Record, ProbeDb.Migrations, PostgresLedger.Migrations);
        _probe = await TestDatabase.Create(Record, ProbeDb.Migrations);
        _finance = await TestDatabase.Create(Record, PostgresLedger.Migrations);
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var database in new[] { _near, _probe, _finance })
            if (database is not null) await database.DisposeAsync();
    }
}

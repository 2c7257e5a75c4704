using System.Globalization;
using BusinessM.Contracts.RecordKeeper;
using BusinessM.Engines.Postgres;
using BusinessM.Records;
using BusinessM.Testing;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace BusinessM.Keepers.Tests.Lanes;

public readonly record struct NoteId(Guid Value) : ITypedId<NoteId>
{
    public static NoteId From(Guid value) => new(value);
}

/// <summary>A document of the test context.</summary>
public sealed class Note : Document<NoteId>
{
    public string Code { get; set; } = "";

    public string? Number { get; set; }

    public string? Text { get; set; }

    public decimal Amount { get; set; }

    public List<NoteLine> Lines { get; } = [];
}

public sealed class NoteLine
{
    public NoteId NoteId { get; set; }

    public int Ordinal { get; set; }

    public string Text { get; set; } = "";
}

public sealed class NoteMap : IEntityTypeConfiguration<Note>, IEntityTypeConfiguration<NoteLine>
{
    public void Configure(EntityTypeBuilder<Note> note)
    {
        note.ToTable("note");
        note.HasMany(n => n.Lines).WithOne().HasForeignKey(line => line.NoteId);
    }

    public void Configure(EntityTypeBuilder<NoteLine> line)
    {
        line.ToTable("note_line");
        line.HasKey(l => new { l.NoteId, l.Ordinal });
    }
}

/// <summary>A second context, for tests of the keepers.</summary>
public sealed class ProbeDb(DbContextOptions<ProbeDb> options) : ContextDb(options)
{
    public static readonly MigrationSet Migrations = new("probe", typeof(ProbeDb).Assembly, "Lane/Migrations");

    public override string Schema => "probe";

    public DbSet<Note> Notes => Set<Note>();
}

public sealed class ProbeDatabase() : TestDatabase(new MigrationSet("record", typeof(Lane).Assembly), ProbeDb.Migrations);

/// <summary>A host without HTTP: one lane on a database.</summary>
public sealed class ProbeHost : IAsyncDisposable
{
    private readonly ServiceProvider _services;

    public ProbeHost(Database database, Action<IServiceCollection>? more = null)
    {
        var services = new ServiceCollection().AddLogging().AddRecordKeeper().AddPostgres(database)
            .AddContext<ProbeDb>("probe");
        more?.Invoke(services);
        _services = services.BuildServiceProvider();
    }

    public static async Task<ProbeHost> Start(Database database, Action<IServiceCollection>? more = null)
    {
        var host = new ProbeHost(database, more);
        foreach (var service in host._services.GetServices<IHostedService>()) await service.StartAsync(default);
        return host;
    }

    /// <summary>The lane alone runs; the relay only when the test says so.</summary>
    public async Task<IAsyncDisposable> StartLane()
    {
        await Lane.StartAsync(default);
        return new Stopping(Lane);
    }

    public OutboxRelay Relay => _services.GetRequiredService<OutboxRelay>();

    private sealed class Stopping(Lane lane) : IAsyncDisposable
    {
        public async ValueTask DisposeAsync() => await lane.StopAsync(default);
    }

    public Lane Lane => _services.GetRequiredService<Lane>();

    public async Task<T> InUnit<T>(Func<IServiceProvider, Task<T>> work)
    {
        await using var scope = _services.CreateAsyncScope();
        scope.ServiceProvider.GetRequiredService<Caller>().ActAsSystem("tester");
        scope.ServiceProvider.GetRequiredService<UnitOfWork>().Action = "probe.note.write";
        return await work(scope.ServiceProvider);
    }

    public Task<Result<Note>> Add(CompanyId company, string code, string? series = null, Guid? id = null, string? key = null) =>
        InUnit(async services =>
        {
            var db = services.GetRequiredService<ProbeDb>();
            var unit = services.GetRequiredService<UnitOfWork>();
            if (key is not null) unit.Key = new AnswerKey("tester", key, [1], []);
            var note = new Note { Id = new NoteId(id ?? Ids.New()), Company = company, Code = code, Amount = 1.5m };
            note.Lines.Add(new NoteLine { Ordinal = 1, Text = "one" });
            db.Add(note);
            if (series is not null)
                unit.Number(new NumberWanted(company, series, "N-{00000}", note.Id.Value, number => note.Number = number));
            return await db.Commit(() => note, default);
        });

    public async ValueTask DisposeAsync()
    {
        foreach (var service in _services.GetServices<IHostedService>()) await service.StopAsync(default);
        await _services.DisposeAsync();
    }

    public static string Code(int i) => i.ToString("D6", CultureInfo.InvariantCulture);
}

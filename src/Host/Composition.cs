using BusinessM.Contracts.Regions;
using BusinessM.Engines.Postgres;
using BusinessM.Finance;
using BusinessM.Masters;
using BusinessM.Records;
using BusinessM.Regions;

namespace BusinessM.Host;

/// <summary>What this process is made of: the keepers, the engine, and the contexts whose role it has.</summary>
internal static class Composition
{
    public static IServiceCollection AddBusiness(this IServiceCollection services, Database database)
    {
        services.AddRecordKeeper();
        services.AddPostgres(database);
        services.AddMasters();
        services.AddFinance();
        services.AddSingleton<IRegion, India>();
        services.AddSingleton<IRegion, Europe>();
        return services;
    }

    public static void MapBusiness(this IEndpointRouteBuilder api)
    {
        api.MapRecordKeeper();
        api.MapMasters();
        api.MapFinance();
    }
}

/// <summary>The business without HTTP, for commands: beside a running host, or alone.</summary>
internal sealed class Workshop : IAsyncDisposable
{
    private readonly Installation _installation;
    private readonly ServiceProvider _services;

    private Workshop(Installation installation)
    {
        _installation = installation;
        _services = new ServiceCollection().AddLogging(log => log.SetMinimumLevel(LogLevel.Warning).AddSimpleConsole())
            .AddBusiness(installation.Database).BuildServiceProvider();
    }

    public IServiceProvider Services => _services;

    /// <summary>Opens the database that the settings name, brings it up to date, and starts the lane.</summary>
    public static async Task<Workshop> Open(Settings settings, CancellationToken ct)
    {
        var installation = await Installation.Command(settings, ct);
        try
        {
            await installation.Migrator().Migrate(ct);
            var workshop = new Workshop(installation);
            foreach (var service in workshop._services.GetServices<IHostedService>()) await service.StartAsync(ct);
            return workshop;
        }
        catch
        {
            await installation.DisposeAsync();
            throw;
        }
    }

    /// <summary>One unit of work, by the system itself.</summary>
    public Task<T> Do<TDoor, T>(Func<TDoor, Task<T>> work) where TDoor : notnull => _services.Do(work);

    /// <summary>A unit of work by the system itself, as long as the caller holds it.</summary>
    public AsyncServiceScope Scope()
    {
        var scope = _services.CreateAsyncScope();
        scope.ServiceProvider.GetRequiredService<Caller>().ActAsSystem("command line");
        return scope;
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var service in _services.GetServices<IHostedService>()) await service.StopAsync(default);
        await _services.DisposeAsync();
        await _installation.DisposeAsync();
    }
}

internal static class SystemWork
{
    /// <summary>One unit of work, by the system itself, at one door of the business.</summary>
    public static async Task<T> Do<TDoor, T>(this IServiceProvider services, Func<TDoor, Task<T>> work) where TDoor
        : notnull
    {
        await using var scope = services.CreateAsyncScope();
        scope.ServiceProvider.GetRequiredService<Caller>().ActAsSystem("command line");
        return await work(scope.ServiceProvider.GetRequiredService<TDoor>());
    }
}

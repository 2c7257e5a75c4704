using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using BusinessM.Contracts.RecordKeeper;

namespace BusinessM.Records;

/// <summary>The doors of the record-keeper.</summary>
public static class RecordKeeperModule
{
    /// <summary>The lane, the unit of work of each request, the caller. The engine adds <see cref="IRecordDatabase"/>.
    /// </summary>
    public static IServiceCollection AddRecordKeeper(this IServiceCollection services)
    {
        services.TryAddSingleton(TimeProvider.System);
        services.AddSingleton<Lane>();
        services.AddHostedService(provider => provider.GetRequiredService<Lane>());
        services.AddSingleton<OutboxRelay>();
        services.AddHostedService(provider => provider.GetRequiredService<OutboxRelay>());
        services.AddHostedService<Retention>();
        services.AddSingleton<Erasures>();
        services.AddHostedService(provider => provider.GetRequiredService<Erasures>());
        services.AddSingleton<ILanePart, ErasureOrders>();
        services.AddSingleton<Answers>();
        services.AddScoped<Caller>();
        services.AddScoped<UnitOfWork>();
        services.AddScoped<IUnitOfWork>(provider => provider.GetRequiredService<UnitOfWork>());
        return services;
    }

    /// <summary>A context's documents. A pooled context keeps what a lease before had set, so the unit is set on every
    /// lease.</summary>
    public static IServiceCollection AddContext<TDb>(this IServiceCollection services, string schema) where TDb : ContextDb
    {
        services.AddPooledDbContextFactory<TDb>((provider, options) =>
        {
            provider.GetRequiredService<IRecordDatabase>().Configure(options, schema);
            options.EnableThreadSafetyChecks(false);
        });
        services.AddScoped(provider =>
        {
            var db = provider.GetRequiredService<IDbContextFactory<TDb>>().CreateDbContext();
            var unit = provider.GetRequiredService<UnitOfWork>();
            db.Unit = unit;
            unit.Enlist(db);
            return db;
        });
        return services;
    }
}

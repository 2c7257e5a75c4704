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
        services.AddSingleton<DocumentCatalogue>();
        services.AddHostedService(provider => provider.GetRequiredService<DocumentCatalogue>());
        services.AddContext<RecordDb>("record");
        services.AddValidation();
        services.AddScoped<IDocumentRules<OwnField>, OwnFieldRules>();
        services.AddSingleton<SharedHandlers>();
        services.AddScoped<ReadDocuments>();
        services.AddScoped<ReadHistory>();
        services.AddScoped<NotesOf>();
        services.AddScoped<ImportDocuments>();
        services.AddScoped<UndoImport>();
        services.AddScoped<ExportDocuments>();
        services.AddScoped<WriteDocuments>();
        services.AddSingleton<DocumentHistory>();
        services.AddSingleton<DocumentCodeMemory>();
        services.AddScoped<DocumentCodes>();
        return services;
    }

    /// <summary>A context's documents: those that its assembly declares. A pooled context keeps what a lease before had
    /// set, so the unit is set on every lease.</summary>
    public static IServiceCollection AddContext<TDb>(this IServiceCollection services, string schema) where TDb : ContextDb
    {
        services.AddSingleton(new ContextTypes(schema, typeof(TDb), DocumentType.In(typeof(TDb).Assembly, schema)));
        services.AddSingleton<IDbContextFactory<TDb>>(provider => new ContextPool<TDb>(
            provider.GetRequiredService<IRecordDatabase>(), provider.GetRequiredService<DocumentCatalogue>(), schema));
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

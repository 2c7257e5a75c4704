using System.Globalization;
using BusinessM.Contracts.RecordKeeper;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.Extensions.DependencyInjection;

namespace BusinessM.Records;

/// <summary>The fields that regions and administrators added to the documents of all contexts, at one version of the
/// set: what EF's models are made of, besides the classes.</summary>
internal sealed record ExtraFields(string Version, IReadOnlyDictionary<string, IReadOnlyList<FieldDefinition>> ByDocument)
{
    public static readonly ExtraFields None = new("", new Dictionary<string, IReadOnlyList<FieldDefinition>>());

    public IReadOnlyList<FieldDefinition> Of(string document) => ByDocument.GetValueOrDefault(document, []);
}

/// <summary>Carries the set to the contexts of a pool.</summary>
internal sealed class ExtraFieldsOption(ExtraFields fields) : IDbContextOptionsExtension
{
    public ExtraFields Fields { get; } = fields;

    public DbContextOptionsExtensionInfo Info => new OptionInfo(this);

    public void ApplyServices(IServiceCollection services)
    {
        // It says which model, not which services.
    }

    public void Validate(IDbContextOptions options)
    {
        // Any set is valid: the catalogue has checked it.
    }

    private sealed class OptionInfo(ExtraFieldsOption option) : DbContextOptionsExtensionInfo(option)
    {
        public override bool IsDatabaseProvider => false;

        public override string LogFragment => "";

        public override int GetServiceProviderHashCode() => 0;

        public override bool ShouldUseSameServiceProvider(DbContextOptionsExtensionInfo other) => other is OptionInfo;

        public override void PopulateDebugInfo(IDictionary<string, string> debugInfo) =>
            debugInfo["fields"] = ((ExtraFieldsOption)Extension).Fields.Version.ToString(CultureInfo.InvariantCulture);
    }
}

/// <summary>One model for each context and version of the set.</summary>
internal sealed class ModelOfFields : IModelCacheKeyFactory
{
    public object Create(DbContext context, bool designTime) =>
        (context.GetType(), ((ContextDb)context).Extras.Version, designTime);
}

/// <summary>The pool of a context, made anew when the set of extra fields changes. What was leased before goes on with
/// the model that it has: columns are only ever added.</summary>
internal sealed class ContextPool<TDb>(IRecordDatabase database, DocumentCatalogue catalogue, string schema)
    : IDbContextFactory<TDb> where TDb : ContextDb
{
    private readonly Lock _making = new();
    private volatile Pool? _pool;

    public TDb CreateDbContext()
    {
        var extras = catalogue.Current.Extras;
        var pool = _pool;
        if (pool is null || pool.Version != extras.Version)
            lock (_making)
                if (_pool is not { } made || made.Version != extras.Version) pool = _pool = Make(extras);
                else pool = made;
        return pool.Factory.CreateDbContext();
    }

    private Pool Make(ExtraFields extras)
    {
        var options = new DbContextOptionsBuilder<TDb>();
        database.Configure(options, schema);
        options.EnableThreadSafetyChecks(false);
        options.ReplaceService<IModelCacheKeyFactory, ModelOfFields>();
        ((IDbContextOptionsBuilderInfrastructure)options).AddOrUpdateExtension(new ExtraFieldsOption(extras));
        var factory = new PooledDbContextFactory<TDb>(options.Options);
        using var first = factory.CreateDbContext();
        _ = first.Model;
        return new Pool(extras.Version, factory);
    }

    private sealed record Pool(string Version, PooledDbContextFactory<TDb> Factory);
}

using System.Collections.Concurrent;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using BusinessM.Contracts.RecordKeeper;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.Extensions.DependencyInjection;

namespace BusinessM.Records;

/// <summary>The fields that regions and administrators added to the documents of all contexts: what EF's models are made
/// of, besides the classes.</summary>
internal sealed class ExtraFields(IReadOnlyDictionary<string, IReadOnlyList<FieldDefinition>> byDocument)
{
    public static readonly ExtraFields None = new(new Dictionary<string, IReadOnlyList<FieldDefinition>>());

    private readonly ConcurrentDictionary<string, string> _columns = new(StringComparer.Ordinal);

    /// <summary>The same columns in a context, the same text: its model depends on nothing else.</summary>
    public string Columns(string schema, IEnumerable<DocumentType> types) => _columns.GetOrAdd(schema, _ =>
        Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(string.Join('\n', types.SelectMany(type =>
            Of(type.Name).Select(f => string.Create(CultureInfo.InvariantCulture,
                $"{type.Name}.{f.Name} {f.Kind} {f.Scale} {f.ByCode}"))))))));

    public IReadOnlyList<FieldDefinition> Of(string document) => byDocument.GetValueOrDefault(document, []);
}

/// <summary>Carries the set to the contexts of a pool.</summary>
internal sealed class ExtraFieldsOption(ExtraFields fields, string columns) : IDbContextOptionsExtension
{
    public ExtraFields Fields { get; } = fields;

    public string Columns { get; } = columns;

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
            debugInfo["fields"] = ((ExtraFieldsOption)Extension).Columns;
    }
}

/// <summary>One model for each context and set of columns.</summary>
internal sealed class ModelOfFields : IModelCacheKeyFactory
{
    public object Create(DbContext context, bool designTime) =>
        (context.GetType(), ((ContextDb)context).Columns, designTime);
}

/// <summary>The pool of a context, made anew when the columns of its extra fields change: before the catalogue shows
/// them, so that no request waits for a model. What was leased before goes on with the model that it has: columns are
/// only ever added.</summary>
internal sealed class ContextPool<TDb> : IDbContextFactory<TDb> where TDb : ContextDb
{
    private readonly Lock _making = new();
    private readonly IReadOnlyList<DocumentType> _types;
    private readonly IRecordDatabase _database;
    private readonly DocumentCatalogue _catalogue;
    private readonly string _schema;
    private volatile Pool? _pool;

    public ContextPool(IRecordDatabase database, DocumentCatalogue catalogue, string schema)
    {
        (_database, _catalogue, _schema) = (database, catalogue, schema);
        _types = DocumentType.In(typeof(TDb).Assembly, schema);
        catalogue.Preparing += extras => PoolOf(extras);
    }

    public TDb CreateDbContext() => PoolOf(_catalogue.Current.Extras).Factory.CreateDbContext();

    private Pool PoolOf(ExtraFields extras)
    {
        var columns = extras.Columns(_schema, _types);
        if (_pool is { } pool && (pool.Columns == columns || pool.Before?.Columns == columns))
            return pool.Columns == columns ? pool : pool.Before!;
        lock (_making)
        {
            if (_pool is { } made && made.Columns == columns) return made;
            return _pool = Make(extras, columns, _pool);
        }
    }

    private Pool Make(ExtraFields extras, string columns, Pool? before)
    {
        var options = new DbContextOptionsBuilder<TDb>();
        _database.Configure(options, _schema);
        options.EnableThreadSafetyChecks(false);
        options.ReplaceService<IModelCacheKeyFactory, ModelOfFields>();
        ((IDbContextOptionsBuilderInfrastructure)options).AddOrUpdateExtension(new ExtraFieldsOption(extras, columns));
        var factory = new PooledDbContextFactory<TDb>(options.Options);
        using var first = factory.CreateDbContext();
        _ = first.Model;
        return new Pool(columns, factory, before is null ? null : before with { Before = null });
    }

    /// <summary>The newest, and the one before it, which is asked for until the catalogue shows the new fields.
    /// </summary>
    private sealed record Pool(string Columns, PooledDbContextFactory<TDb> Factory, Pool? Before);
}

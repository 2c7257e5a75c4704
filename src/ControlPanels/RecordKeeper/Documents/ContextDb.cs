using System.Reflection;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata;
using Microsoft.EntityFrameworkCore.Storage.ValueConversion;

namespace BusinessM.Records;

/// <summary>The documents of one context: reads under a role that sees the context's own schema only, writes through
/// the lane. Names are snake case; strings are text; amounts numeric(24,4); quantities and prices numeric(18,6).
/// </summary>
public abstract class ContextDb(DbContextOptions options) : DbContext(options)
{
    internal UnitOfWork? Unit { get; set; }

    /// <summary>The fields that the model has besides those of the classes.</summary>
    internal ExtraFields Extras { get; } = options.FindExtension<ExtraFieldsOption>()?.Fields ?? ExtraFields.None;

    /// <summary>The columns of those fields: the same, the same model.</summary>
    internal string Columns { get; } = options.FindExtension<ExtraFieldsOption>()?.Columns ?? "";

    /// <summary>The schema of the context.</summary>
    public abstract string Schema { get; }

    /// <summary>The one commit of the business transaction: all contexts and effects of the unit, or nothing.
    /// <paramref name="answer"/> is read when numbers and versions are known; it is what the caller gets, and what a
    /// repeated request gets again.</summary>
    public Task<Result<T>> Commit<T>(Func<T> answer, CancellationToken ct, int status = 200) where T : notnull =>
        Leased.Commit(answer, status, ct);

    public Task<Result<Done>> Commit(CancellationToken ct) => Leased.Commit(() => new Done(), 204, ct);

    /// <summary>Closes the unit without committing it, for a bulk that commits many as one enqueue.</summary>
    public Prepared Prepare<T>(Func<T> answer) where T : notnull => Leased.Prepare(() => answer(), 200);

    /// <summary>Writes a new document, or another new row, with the commit and as it stands then. EF's tracker is for
    /// what was loaded: a new row has no past to compare with.</summary>
    public new void Add(object row)
    {
        var type = Model.FindEntityType(row.GetType())
            ?? throw new InvalidOperationException($"{row.GetType().Name} is no row of {Schema}");
        Leased.Add(TablePlan.Of(type), row);
    }

    /// <summary>The decision of this unit stands on a document that it does not track (one from a cache): the lane
    /// refuses the unit when the document has another version by then.</summary>
    public void RelyOn<TDocument>(CompanyId company, Guid id, int version) where TDocument : IDocument =>
        Leased.RelyOn(TablePlan.Of(Model.FindEntityType(typeof(TDocument))!), company, id, version);

    private UnitOfWork Leased => Unit ?? throw new InvalidOperationException("The context was not leased to a unit");

    public override int SaveChanges(bool acceptAllChangesOnSuccess) =>
        throw new InvalidOperationException("Documents are written by Commit, through the lane");

    public override Task<int> SaveChangesAsync(bool acceptAllChangesOnSuccess, CancellationToken ct = default) =>
        throw new InvalidOperationException("Documents are written by Commit, through the lane");

    protected override void ConfigureConventions(ModelConfigurationBuilder configuration)
    {
        var assemblies = new[] { typeof(Money).Assembly, typeof(Contracts.Masters.Item).Assembly, GetType().Assembly };
        foreach (var id in assemblies.SelectMany(assembly => assembly.GetTypes()).Where(IsTypedId))
            configuration.Properties(id).HaveConversion(typeof(TypedIdConverter<>).MakeGenericType(id));
        configuration.Properties<Currency>().HaveConversion<CurrencyConverter>();
        configuration.Properties<Quantity>().HaveConversion<QuantityConverter>().HavePrecision(18, 6);
        configuration.Properties<UnitPrice>().HaveConversion<UnitPriceConverter>().HavePrecision(18, 6);
        configuration.Properties<decimal>().HavePrecision(24, 4);
        configuration.Properties<Enum>().HaveConversion<string>();
    }

    protected override void OnModelCreating(ModelBuilder model)
    {
        model.HasDefaultSchema(Schema);
        foreach (var type in DocumentType.In(GetType().Assembly, Schema)) Map(model, type);
        model.ApplyConfigurationsFromAssembly(GetType().Assembly);
        foreach (var entity in model.Model.GetEntityTypes())
        {
            if (!entity.IsMappedToJson() && entity.GetTableName() is { } table) entity.SetTableName(Snake(table));
            foreach (var property in entity.GetProperties()) Name(property);
            if (!typeof(IDocument).IsAssignableFrom(entity.ClrType)) continue;
            entity.FindProperty("Id")!.ValueGenerated = ValueGenerated.Never;
        }
    }

    private void Map(ModelBuilder model, DocumentType type)
    {
        var entity = model.Entity(type.Clr);
        entity.ToTable(type.Table);
        Scale(entity, type.Fields);
        foreach (var extra in Extras.Of(type.Name)) entity.IndexerProperty(Nullable(extra), extra.Name)
            .HasPrecision(24, extra.Scale ?? 4);
        foreach (var child in type.Children.Where(child => child.IsPart))
        {
            entity.HasMany(child.Clr, child.Property.Name).WithOne().HasForeignKey(nameof(Part<>.Parent)).IsRequired();
            var part = model.Entity(child.Clr);
            part.ToTable(child.Table);
            part.HasKey(nameof(IPart.Id));
            Scale(part, child.Fields);
        }
    }

    private static void Scale(Microsoft.EntityFrameworkCore.Metadata.Builders.EntityTypeBuilder entity,
        IReadOnlyList<DocumentField> fields)
    {
        foreach (var field in fields)
            if (field is { Definition: { Kind: Contracts.RecordKeeper.FieldKind.Decimal, Scale: { } scale } })
                entity.Property(field.Property!.Name).HasPrecision(scale == 6 ? 18 : 24, scale);
    }

    private static Type Nullable(Contracts.RecordKeeper.FieldDefinition field)
    {
        var type = DocumentField.ValueOf(field);
        return type.IsValueType ? typeof(Nullable<>).MakeGenericType(type) : type;
    }

    private static void Name(IMutableProperty property)
    {
        property.SetColumnName(Snake(property.Name));
        property.ValueGenerated = ValueGenerated.Never;
    }

    // Expression trees may not call static abstract members.
    private static T From<T>(Guid value) where T : struct, ITypedId<T> => T.From(value);

    private static bool IsTypedId(Type type) => type.IsValueType && !type.IsGenericType && Array.Exists(
        type.GetInterfaces(), i => i.IsGenericType && i.GetGenericTypeDefinition() == typeof(ITypedId<>));

    internal static string Snake(string name) => string.Concat(name.Select((letter, i) =>
        char.IsUpper(letter) && i > 0 && !char.IsUpper(name[i - 1])
            ? "_" + char.ToLowerInvariant(letter) : char.ToLowerInvariant(letter).ToString()));

    private sealed class TypedIdConverter<T>() : ValueConverter<T, Guid>(id => id.Value, value => From<T>(value))
        where T : struct, ITypedId<T>;

    private sealed class CurrencyConverter() : ValueConverter<Currency, string>(c => c.Code, code => Currency.Of(code));

    private sealed class QuantityConverter() : ValueConverter<Quantity, decimal>(q => q.Value, v => new Quantity(v));

    private sealed class UnitPriceConverter() : ValueConverter<UnitPrice, decimal>(p => p.Value, v => new UnitPrice(v));
}

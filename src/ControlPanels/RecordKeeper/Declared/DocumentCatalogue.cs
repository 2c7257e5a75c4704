using BusinessM.Contracts.RecordKeeper;
using BusinessM.Contracts.Regions;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace BusinessM.Records;

/// <summary>The document types that a context declares.</summary>
public sealed record ContextTypes(string Schema, Type Db, IReadOnlyList<DocumentType> Types);

/// <summary>All document types of the process as they are now. The fields that regions contribute are gathered and
/// baked at the start; those that administrators add are looked for every <see cref="LookSeconds"/>, and at once by the
/// process in which they were added.</summary>
public sealed partial class DocumentCatalogue(IEnumerable<ContextTypes> contexts, IEnumerable<IRegion> regions,
    IRecordDatabase database, ILogger<DocumentCatalogue> log) : BackgroundService
{
    /// <summary>Seconds until another process's change is seen.</summary>
    public const int LookSeconds = 1;

    private readonly ContextTypes[] _contexts = [.. contexts];
    private readonly RegionFields _regions = RegionFields.Gather(contexts, [.. regions.Select(r => r.Contribution)]);
    private readonly SemaphoreSlim _looking = new(1);
    private volatile CatalogueSnapshot? _current;

    /// <summary>The types as they are now, by one version of the set of fields.</summary>
    public CatalogueSnapshot Current => _current ??= CatalogueSnapshot.Of(_contexts, _regions, Records.OwnFields.None);

    /// <summary>New columns are about to be shown: whoever needs long to know them does so now.</summary>
    internal event Action<ExtraFields>? Preparing;

    /// <summary>What the regions of this installation contribute.</summary>
    public IReadOnlyList<RegionContribution> Regions => _regions.Contributions;

    /// <summary>The fields that this installation added.</summary>
    public IReadOnlyList<ContributedField> OwnFields =>
    [
        .. Current.Shapes.SelectMany(shape => Current.Own.Of(shape.Type.Name)
            .Select(own => new ContributedField(shape.Type.Name, own))),
    ];

    internal ContextTypes ContextOf(DocumentType type) => _contexts.First(c => c.Types.Contains(type));

    /// <summary>Bakes the regions' columns, checks every table against its declaration, and reads the installation's
    /// own fields.</summary>
    /// <exception cref="DeclarationFault">A table is not what its declaration says.</exception>
    public override async Task StartAsync(CancellationToken ct)
    {
        await FieldColumns.Bake(database, Current, ct);
        await Look(ct);
        await TableCheck.Insist(database, Current, ct);
        await base.StartAsync(ct);
    }

    /// <summary>Looks now whether the installation's own fields have changed.</summary>
    public async Task Look(CancellationToken ct)
    {
        await _looking.WaitAsync(ct);
        try
        {
            var own = await Records.OwnFields.Read(database, ct);
            if (_current is { } current && current.Own.Mark == own.Mark) return;
            var next = CatalogueSnapshot.Of(_contexts, _regions, own);
            if (Preparing is { } prepare) await Task.Run(() => prepare(next.Extras), ct);
            _current = next;
        }
        finally
        {
            _looking.Release();
        }
    }

    protected override async Task ExecuteAsync(CancellationToken ct)
    {
        using var timer = new PeriodicTimer(TimeSpan.FromSeconds(LookSeconds));
        while (await timer.WaitForNextTickAsync(ct))
        {
            try
            {
                await Look(ct);
            }
            catch (System.Data.Common.DbException fault)
            {
                LookFailed(fault);
            }
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "Could not look for changed fields; trying again")]
    private partial void LookFailed(Exception fault);
}

/// <summary>All document types at one version of the set of fields.</summary>
public sealed class CatalogueSnapshot
{
    private readonly Dictionary<string, DocumentShape> _byName;

    private CatalogueSnapshot(string version, IReadOnlyList<DocumentShape> shapes, ExtraFields extras, OwnFields own)
    {
        (Version, Shapes, Extras, Own) = (version, shapes, extras, own);
        _byName = shapes.ToDictionary(shape => shape.Type.Name, StringComparer.Ordinal);
    }

    /// <summary>Changes when a type changes: of the declarations, the regions, and the installation's own fields.
    /// </summary>
    public string Version { get; }

    public IReadOnlyList<DocumentShape> Shapes { get; }

    internal ExtraFields Extras { get; }

    internal OwnFields Own { get; }

    public DocumentShape? Find(string type) => _byName.GetValueOrDefault(type);

    public DocumentShape Of(DocumentType type) => _byName[type.Name];

    internal static CatalogueSnapshot Of(IReadOnlyList<ContextTypes> contexts, RegionFields regions, OwnFields own)
    {
        var types = contexts.SelectMany(context => context.Types).ToList();
        var fields = types.ToDictionary(type => type.Name,
            type => (IReadOnlyList<FieldDefinition>)[.. regions.Of(type.Name), .. own.Of(type.Name)],
            StringComparer.Ordinal);
        return new CatalogueSnapshot($"{regions.Mark}.{own.Mark}", [.. types.Select(type => new DocumentShape(type,
            [.. fields[type.Name].Select(DocumentField.Of)]))], new ExtraFields(fields), own);
    }
}

using BusinessM.Contracts.RecordKeeper;

namespace BusinessM.Records;

/// <summary>What the lane knows of every document: its key, company and version.</summary>
public interface IDocument
{
    Guid Key { get; }

    CompanyId Company { get; }

    int Version { get; }

    /// <summary>Called by the lane when it writes: version, moment and who.</summary>
    void Stamp(int version, DateTimeOffset at, string by);
}

/// <summary>When a document was made and last changed, and by whom.</summary>
public interface IStamped
{
    DateTimeOffset CreatedAt { get; }

    string CreatedBy { get; }

    DateTimeOffset ChangedAt { get; }

    string ChangedBy { get; }
}

/// <summary>The base of everything that is declared once and stored: masters and transaction documents. Version is 0
/// until the first commit, then counts the commits that changed it.</summary>
public abstract class Document<TId> : IDocument, IStamped, IExtended where TId : struct, ITypedId<TId>
{
    private Dictionary<string, object?>? _extras;

    public TId Id { get; init; } = Ids.New<TId>();

    /// <summary>The company; the empty id where a document belongs to the installation (a user).</summary>
    public CompanyId Company { get; init; }

    public int Version { get; private set; }

    public DateTimeOffset CreatedAt { get; private set; }

    public string CreatedBy { get; private set; } = "";

    public DateTimeOffset ChangedAt { get; private set; }

    public string ChangedBy { get; private set; } = "";

    /// <summary>The value of a field that the class does not know: a region's, or an administrator's.</summary>
    public object? this[string name]
    {
        get => _extras?.GetValueOrDefault(name);
        set => (_extras ??= new Dictionary<string, object?>(StringComparer.Ordinal))[name] = value;
    }

    Guid IDocument.Key => Id.Value;

    void IDocument.Stamp(int version, DateTimeOffset at, string by)
    {
        if (version == 1) (CreatedAt, CreatedBy) = (at, by);
        (Version, ChangedAt, ChangedBy) = (version, at, by);
    }
}

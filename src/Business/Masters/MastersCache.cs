using System.Collections.Concurrent;
using BusinessM.Contracts.RecordKeeper;
using BusinessM.Records;
using Contract = BusinessM.Contracts.Masters;

namespace BusinessM.Masters;

/// <summary>Masters as this process last saw them. What the lane commits here is seen at once; what another process
/// changes is seen after <see cref="AgeMaxSeconds"/>, or once the lane has refused what stood on it.</summary>
internal sealed class MastersCache(TimeProvider clock) : ILanePart
{
    public const int AgeMaxSeconds = 600;

    /// <summary>Rows kept; beyond that it starts anew.</summary>
    public const int RowsMax = 200_000;

    private readonly ConcurrentDictionary<Guid, Entry> _rows = new();
    private readonly ConcurrentDictionary<(CompanyId Company, bool Item, string Code), Guid> _ids = new();

    /// <summary>What is blocked is read again each time: the block may have been lifted elsewhere.</summary>
    public T? Find<T>(Guid id) where T : class => _rows.TryGetValue(id, out var entry) && IsYoung(entry)
        && entry.Row is not (Contract.Party { Blocked: true } or Contract.Item { Blocked: true }) ? entry.Row as T : null;

    public Contract.Party? PartyOf(CompanyId company, string code) =>
        _ids.TryGetValue((company, false, code), out var id) ? Find<Contract.Party>(id) : null;

    public Contract.Item? ItemOf(CompanyId company, string code) =>
        _ids.TryGetValue((company, true, code), out var id) ? Find<Contract.Item>(id) : null;

    /// <summary>Keeps what was read or committed, unless a newer version is here already.</summary>
    public void Keep(object row)
    {
        if (_rows.Count > RowsMax)
        {
            _rows.Clear();
            _ids.Clear();
        }
        var (id, version) = row switch
        {
            Contract.Party party => (party.Id.Value, party.Version),
            Contract.Item item => (item.Id.Value, item.Version),
            Contract.Company company => (company.Id.Value, company.Version),
            _ => throw new ArgumentException($"{row.GetType()} is not kept here"),
        };
        _rows.AddOrUpdate(id, static (_, made) => made,
            static (_, old, made) => made.Version >= old.Version ? made : old,
            new Entry(row, version, clock.GetTimestamp()));
        if (row is Contract.Party p) _ids[(p.Company, false, p.Code)] = id;
        if (row is Contract.Item i) _ids[(i.Company, true, i.Code)] = id;
    }

    void ILanePart.Stale(Guid document) => _rows.TryRemove(document, out _);

    private bool IsYoung(Entry entry) => clock.GetElapsedTime(entry.At).TotalSeconds < AgeMaxSeconds;

    ILaneWork? ILanePart.Begin(IReadOnlyList<LaneUnit> units)
    {
        foreach (var unit in units)
            foreach (var effect in unit.Effects)
                if (effect is MasterChanged) return new Work(this);
        return null;
    }

    private sealed record Entry(object Row, int Version, long At);

    private sealed class Work(MastersCache cache) : ILaneWork
    {
        public bool Recall() => true;

        public IReadOnlyList<LaneCommand> Look() => [];

        public Task Read(System.Data.Common.DbDataReader reader, CancellationToken ct) => Task.CompletedTask;

        public void Reset()
        {
        }

        public Result<Done> Decide(LaneUnit unit) => Done.Ok;

        public byte[]? Digest(LaneUnit unit, CompanyId company) => null;

        public LaneWrites Write(IReadOnlyList<LaneUnit> accepted) => LaneWrites.Nothing;

        public void Committed(IReadOnlyList<LaneUnit> accepted)
        {
            foreach (var unit in accepted)
                foreach (var effect in unit.Effects)
                    if (effect is MasterChanged changed) cache.Keep(changed.Now());
        }
    }
}

/// <summary>A master was made or changed; <paramref name="Now"/> is how it stands after the commit.</summary>
internal sealed record MasterChanged(CompanyId Company, Func<object> Now) : IEffect;

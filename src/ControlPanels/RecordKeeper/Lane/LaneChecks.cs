using System.Data.Common;
using System.Globalization;
using Microsoft.EntityFrameworkCore;

namespace BusinessM.Records;

/// <summary>What the record-keeper itself looks up under the lock, in one statement: versions of the documents written
/// and relied on, ids that exist already, keys answered already, the series' last numbers, and whether an earlier try
/// of unknown outcome had committed.</summary>
internal sealed class LaneChecks
{
    private readonly IReadOnlyList<LaneUnit> _units;
    private readonly IReadOnlyList<LaneUnit> _sentBefore;
    private readonly Guid[] _companies;
    private readonly Dictionary<Guid, Head> _heads = [];
    private readonly SortedDictionary<string, HashSet<Relied>> _versions = new(StringComparer.Ordinal);
    private readonly SortedDictionary<string, HashSet<Guid>> _fresh = new(StringComparer.Ordinal);
    private readonly List<AnswerKey> _keys = [];
    private readonly HashSet<(CompanyId Company, string Series)> _series = [];
    private readonly HashSet<(string Table, Guid Id, int Version)> _stale = [];
    private readonly HashSet<(string Table, Guid Id)> _existing = [];
    private readonly HashSet<(string, string)> _answered = [];
    private readonly Dictionary<(CompanyId, string), long> _last = [];
    private readonly Dictionary<(string Table, Guid Id), int> _written = [];
    private readonly HashSet<(string, string)> _taken = [];
    private readonly List<InboxRow> _inbox = [];
    private readonly HashSet<InboxRow> _heard = [];
    private readonly HashSet<InboxRow> _hearing = [];

    public LaneChecks(IReadOnlyList<LaneUnit> units, IReadOnlyList<LaneUnit> sentBefore)
    {
        (_units, _sentBefore) = (units, sentBefore);
        _companies = [.. units.SelectMany(unit => unit.Companies).Select(c => c.Value).Distinct().Order()];
        foreach (var unit in units) Gather(unit);
    }

    public bool EarlierCommitted { get; private set; }

    public Head HeadOf(CompanyId company) => _heads[company.Value];

    public long LastOf(CompanyId company, string series) => _last.GetValueOrDefault((company, series));

    /// <summary>Documents that units stood on in another version than they have.</summary>
    public IEnumerable<Guid> Stale => _stale.Select(stale => stale.Id).Distinct();

    /// <summary>The companies whose heads are locked.</summary>
    public IReadOnlyList<Guid> Companies => _companies;

    /// <summary>The versions that were found to be those that the units stood on.</summary>
    public IEnumerable<Relied> Seen => _versions.Values.SelectMany(relied => relied).Where(relied =>
        !_stale.Contains((relied.Table.Name, relied.Id, relied.Version)));

    /// <summary>Takes all that a look would say from memory; false where memory says too little, or anything that a
    /// look might deny. What only a constraint can deny (ids, keys, events heard) is left to the constraint.</summary>
    public bool Recall(LaneMemory memory)
    {
        foreach (var company in _companies)
            if (memory.HeadOf(company) is { } head) _heads[company] = head;
            else return false;
        foreach (var series in _series)
            if (memory.LastOf(series.Company, series.Series) is { } last) _last[series] = last;
            else return false;
        foreach (var relied in _versions.Values)
            foreach (var document in relied)
                if (!_heads.ContainsKey(document.Company.Value) || memory.VersionOf(document) != document.Version)
                    return false;       // a company whose head is not insisted on may have moved
        return true;
    }

    public LaneCommand Lock() => new(
        "select company, seq, hash, at from record.head where company = any($1) order by company for update", _companies);

    /// <summary>Reads the locked heads; answers the companies that have none yet.</summary>
    public async Task<IReadOnlyList<Guid>> ReadHeads(DbDataReader reader)
    {
        while (await reader.ReadAsync())
        {
            var at = reader.IsDBNull(3) ? DateTimeOffset.MinValue : reader.GetFieldValue<DateTimeOffset>(3);
            _heads[reader.GetGuid(0)] = new Head(reader.GetInt64(1), reader.GetFieldValue<byte[]>(2), at);
        }
        return [.. _companies.Where(company => !_heads.ContainsKey(company))];
    }

    /// <summary>The one statement; null where there is nothing to look up.</summary>
    public LaneCommand? Check()
    {
        List<string> pieces = [];
        List<object> parameters = [];
        foreach (var (table, relied) in _versions)
            pieces.Add($"select 1, '{table}', v.id::text, v.version::bigint from unnest({Next(relied.Select(r => r.Id))}::uuid[], "
                + $"{Next(relied.Select(r => r.Version))}::int[]) v(id, version) left join {table} d on d.id = v.id "
                + "where d.version is distinct from v.version");
        foreach (var (table, ids) in _fresh)
            pieces.Add($"select 2, '{table}', d.id::text, 0 from {table} d where d.id = any({Next(ids)}::uuid[])");
        if (_keys.Count > 0)
            pieces.Add("select 3, a.scope, a.key, 0 from record.answer a where (a.scope, a.key) in (select * from unnest("
                + $"{Next(_keys.Select(k => k.Scope))}::text[], {Next(_keys.Select(k => k.Key))}::text[]))");
        if (_inbox.Count > 0)
            pieces.Add("select 6, i.handler, i.id::text, 0 from record.inbox i where (i.handler, i.id) in (select * from unnest("
                + $"{Next(_inbox.Select(r => r.Handler))}::text[], {Next(_inbox.Select(r => r.Event))}::uuid[]))");
        if (_series.Count > 0)
            pieces.Add("select 4, s.company::text, s.code, s.last from record.series s where (s.company, s.code) in (select * "
                + $"from unnest({Next(_series.Select(s => s.Company.Value))}::uuid[], {Next(_series.Select(s => s.Series))}::text[]))");
        if (_sentBefore.FirstOrDefault(unit => unit.Companies.Count > 0) is { } sent)
            pieces.Add($"select 5, '', '', count(*) from record.audit where company = {Next([sent.Companies[0].Value])}[1] "
                + $"and seq = {Next([sent.Recorded(sent.Companies[0]).Sequence])}[1] and unit = {Next([sent.Id])}[1]");
        return pieces.Count == 0 ? null : new LaneCommand(string.Join(" union all ", pieces), [.. parameters]);

        string Next<T>(IEnumerable<T> values)
        {
            parameters.Add(values.ToArray());
            return string.Create(CultureInfo.InvariantCulture, $"${parameters.Count}");
        }
    }

    public async Task ReadChecks(DbDataReader reader)
    {
        while (await reader.ReadAsync())
        {
            var (first, second, value) = (reader.GetString(1), reader.GetString(2), reader.GetInt64(3));
            switch (reader.GetInt32(0))
            {
                case 1: _stale.Add((first, Guid.Parse(second), (int)value)); break;
                case 2: _existing.Add((first, Guid.Parse(second))); break;
                case 3: _answered.Add((first, second)); break;
                case 4: _last[(CompanyId.From(Guid.Parse(first)), second)] = value; break;
                case 6: _heard.Add(new InboxRow(first, Guid.Parse(second))); break;
                default: EarlierCommitted = value > 0; break;
            }
        }
    }

    public void Reset()
    {
        _written.Clear();
        _taken.Clear();
        _hearing.Clear();
    }

    /// <summary>Refuses what stands on something that has changed, in the database or earlier in this batch.</summary>
    public Error? Decide(LaneUnit unit)
    {
        if (unit.Key is { } key && (_answered.Contains((key.Scope, key.Key)) || _taken.Contains((key.Scope, key.Key))))
            return RecordErrors.KeyInFlight.With($"The Idempotency-Key {key.Key} was answered meanwhile; ask again");
        if (unit.Inbox is { } row && (_heard.Contains(row) || _hearing.Contains(row)))
            return RecordErrors.HeardBefore.With($"{row.Handler} has heard event {row.Event} before");
        foreach (var relied in unit.Relied)
            if (IsStale(relied.Table.Name, relied.Id, relied.Version)) return Changed(relied.Table, relied.Id);
        foreach (var change in unit.Changes)
        {
            if (change.Document is not { } document) continue;
            if (change.Kind == EntityState.Added)
            {
                if (!_existing.Contains((change.Table.Name, document.Key))
                    && !_written.ContainsKey((change.Table.Name, document.Key))) continue;
                return RecordErrors.Exists.With($"There is a {change.Table.Table} of the id {document.Key} already", "id");
            }
            if (IsStale(change.Table.Name, document.Key, change.SeenVersion)) return Changed(change.Table, document.Key);
        }
        return null;
    }

    /// <summary>The unit is accepted: those after it in the batch see its versions and its key.</summary>
    public void Take(LaneUnit unit)
    {
        if (unit.Key is { } key) _taken.Add((key.Scope, key.Key));
        if (unit.Inbox is { } row) _hearing.Add(row);
        foreach (var change in unit.Changes)
            if (change.Document is { } document)
                _written[(change.Table.Name, document.Key)] = change.SeenVersion + 1;
    }

    private bool IsStale(string table, Guid id, int seen) => _stale.Contains((table, id, seen))
        || (_written.TryGetValue((table, id), out var now) && now != seen);

    private static Error Changed(TablePlan table, Guid id) => RecordErrors.Changed.With(
        $"The {table.Table} {id} was changed by someone else meanwhile; load it again and repeat");

    private void Gather(LaneUnit unit)
    {
        if (unit.Key is { } key) _keys.Add(key);
        if (unit.Inbox is { } row) _inbox.Add(row);
        foreach (var wanted in unit.Numbers)
            _series.Add((wanted.Company, wanted.Series));
        foreach (var relied in unit.Relied) AddTo(_versions, relied.Table.Name, relied);
        foreach (var change in unit.Changes)
        {
            if (change.Document is not { } document) continue;
            if (change.Kind == EntityState.Added) AddTo(_fresh, change.Table.Name, document.Key);
            else AddTo(_versions, change.Table.Name,
                new Relied(change.Table, document.Company, document.Key, change.SeenVersion));
        }
    }

    private static void AddTo<T>(SortedDictionary<string, HashSet<T>> sets, string key, T value)
    {
        if (!sets.TryGetValue(key, out var set)) sets[key] = set = [];
        set.Add(value);
    }
}

/// <summary>The head of a company's audit chain.</summary>
internal readonly record struct Head(long Sequence, byte[] Hash, DateTimeOffset At);

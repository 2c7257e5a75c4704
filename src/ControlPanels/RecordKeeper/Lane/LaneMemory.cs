namespace BusinessM.Records;

/// <summary>What this process last wrote or saw under the lock of its companies: the head, the last numbers, versions
/// of documents. All of it changes only together with the head, so it holds as long as the head has not moved, and the
/// commit itself insists on that: a batch that stands on memory alone needs no look. Another process that writes to the
/// same company makes the next batches look first.</summary>
internal sealed class LaneMemory
{
    /// <summary>Versions kept; beyond that they are learnt anew.</summary>
    public const int VersionsMax = 50_000;

    /// <summary>Batches of a company that look first after another process was seen to write to it.</summary>
    public const int LooksAfterMove = 16;

    private readonly Dictionary<Guid, Company> _companies = [];
    private int _versions;

    public Head? HeadOf(Guid company) => Known(company)?.Head;

    /// <summary>A look has found the head: what was remembered under another one does not hold. Null: nothing was
    /// remembered.</summary>
    public bool? Agrees(Guid company, Head seen) => _companies.TryGetValue(company, out var known)
        && known.Head is { } head ? head.Sequence == seen.Sequence : null;

    public long? LastOf(CompanyId company, string series) =>
        Known(company.Value) is { } known && known.Series.TryGetValue(series, out var last) ? last : null;

    public int? VersionOf(Relied relied) => Known(relied.Company.Value) is { } known
        && known.Versions.TryGetValue((relied.Table.Name, relied.Id), out var version) ? version : null;

    /// <summary>A batch has committed: its heads and numbers, the versions it looked at, and those it wrote.</summary>
    public void Keep(IEnumerable<KeyValuePair<CompanyId, Head>> heads,
        IEnumerable<KeyValuePair<(CompanyId Company, string Series), long>> series, IEnumerable<Relied> seen,
        IReadOnlyList<LaneUnit> written)
    {
        if (_versions > VersionsMax) Clear();
        foreach (var (company, head) in heads)
        {
            if (!_companies.TryGetValue(company.Value, out var known))
                _companies[company.Value] = known = new Company();
            known.Head = head;
            if (known.LooksLeft > 0) known.LooksLeft--;
        }
        foreach (var ((company, code), last) in series) _companies[company.Value].Series[code] = last;
        foreach (var relied in seen)
            if (_companies.TryGetValue(relied.Company.Value, out var known) && known.Head is not null)
                Keep(known, (relied.Table.Name, relied.Id), relied.Version);
        foreach (var unit in written)
            foreach (var change in unit.Changes)
                Keep(change);
    }

    /// <summary>What is remembered of the company may not hold any more. <paramref name="moved"/>: another process has
    /// written to it.</summary>
    public void Forget(Guid company, bool moved)
    {
        _companies.Remove(company, out var known);
        _versions -= known?.Versions.Count ?? 0;
        var looksLeft = moved ? LooksAfterMove : known?.LooksLeft ?? 0;
        if (looksLeft > 0) _companies[company] = new Company { LooksLeft = looksLeft };
    }

    // New documents are kept once something stands on them: most never come again.
    private void Keep(RowChange change)
    {
        if (change.Document is not { } document || change.SeenVersion == 0) return;
        if (_companies.TryGetValue(document.Company.Value, out var known))
            Keep(known, (change.Table.Name, document.Key),
                change.Kind == Microsoft.EntityFrameworkCore.EntityState.Deleted ? -1 : change.SeenVersion + 1);
    }

    private void Keep(Company known, (string, Guid) document, int version)
    {
        if (known.Versions.TryAdd(document, version)) _versions++;
        else known.Versions[document] = version;
    }

    private void Clear()
    {
        foreach (var known in _companies.Values) known.Versions.Clear();
        _versions = 0;
    }

    private Company? Known(Guid company) => _companies.TryGetValue(company, out var known)
        && known is { Head: not null, LooksLeft: 0 } ? known : null;

    private sealed class Company
    {
        public Head? Head { get; set; }

        public int LooksLeft { get; set; }

        public Dictionary<string, long> Series { get; } = new(StringComparer.Ordinal);

        public Dictionary<(string Table, Guid Id), int> Versions { get; } = [];
    }
}

using System.Collections.Concurrent;
using BusinessM.Contracts.BookKeeper;
using BusinessM.Contracts.Masters;
using BusinessM.Contracts.RecordKeeper;
using BusinessM.Records;
using Microsoft.EntityFrameworkCore;

namespace BusinessM.Finance.Ledger;

/// <summary>The books' settings were changed: what is cached of the company goes with the commit.</summary>
internal sealed record BooksChanged(CompanyId Company, Func<int> Version) : IEffect;

/// <summary>Companies' books as this process last saw them. A change committed by this process counts at once; one of
/// another process after <see cref="AgeMaxSeconds"/>, or once the lane has refused what stood on it.</summary>
internal sealed class BooksCache(TimeProvider clock) : ILanePart
{
    public const int AgeMaxSeconds = 30;

    private readonly ConcurrentDictionary<CompanyId, (CompanyBooks Books, long At)> _books = new();
    private readonly ConcurrentDictionary<CompanyId, int> _versions = new();

    public CompanyBooks? Find(CompanyId company) => _books.TryGetValue(company, out var found)
        && clock.GetElapsedTime(found.At).TotalSeconds < AgeMaxSeconds ? found.Books : null;

    /// <summary>Keeps what was read, unless something newer has been committed meanwhile.</summary>
    public void Keep(CompanyBooks books)
    {
        if (books.Version < _versions.GetValueOrDefault(books.Company.Id)) return;
        _books[books.Company.Id] = (books, clock.GetTimestamp());
    }

    public void Forget(CompanyId company) => _books.TryRemove(company, out _);

    void ILanePart.Stale(Guid document) => Forget(CompanyId.From(document));

    ILaneWork? ILanePart.Begin(IReadOnlyList<LaneUnit> units)
    {
        foreach (var unit in units)
            foreach (var effect in unit.Effects)
                if (effect is BooksChanged) return new Work(this);
        return null;
    }

    private sealed class Work(BooksCache cache) : ILaneWork
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
            foreach (var changed in accepted.SelectMany(unit => unit.Effects).OfType<BooksChanged>())
            {
                cache._versions[changed.Company] = changed.Version();
                cache.Forget(changed.Company);
            }
        }
    }
}

/// <summary>The books of companies, for one request. A decision relies on the version that it was given.</summary>
internal sealed class BooksOf(FinanceDb db, BooksCache cache, IMasters masters, IBooks books, Caller caller,
    TimeProvider clock)
{
    /// <summary>The company's books; refuses, as if it were not there, what the caller may not see.</summary>
    public ValueTask<Result<CompanyBooks>> Of(CompanyId company, CancellationToken ct)
    {
        if (caller.Sees(company) && cache.Find(company) is { } found)
        {
            db.RelyOn<BooksSettings>(company, company.Value, found.Version);
            return new ValueTask<Result<CompanyBooks>>(found);
        }
        return new ValueTask<Result<CompanyBooks>>(Read(company, ct));
    }

    public DateOnly Today(CompanyBooks of) => Zones.DateAt(clock.GetUtcNow(), of.Company.Zone);

    /// <summary>Its settings, to be changed; with the company, its branches and periods.</summary>
    public async Task<Result<(BooksSettings Settings, CompanyBooks Books)>> Change(CompanyId company,
        CancellationToken ct)
    {
        var settings = caller.Sees(company) ? await db.Settings.SingleOrDefaultAsync(s => s.Id == company, ct) : null;
        if (settings is null) return NotFound(company);
        var made = await Compose(settings, ct);
        if (made.Failed) return made.Failure;
        return (settings, made.Value);
    }

    private async Task<Result<CompanyBooks>> Read(CompanyId company, CancellationToken ct)
    {
        var settings = caller.Sees(company)
            ? await db.Settings.AsNoTracking().SingleOrDefaultAsync(s => s.Id == company, ct) : null;
        if (settings is null) return NotFound(company);
        var made = await Compose(settings, ct);
        if (made.Failed) return made;
        cache.Keep(made.Value);
        db.RelyOn<BooksSettings>(company, company.Value, made.Value.Version);
        return made;
    }

    private async Task<Result<CompanyBooks>> Compose(BooksSettings settings, CancellationToken ct)
    {
        var companies = await masters.Companies(new CompaniesQuery([settings.Id]), ct);
        if (companies.Failed) return companies.Failure;
        if (companies.Value is not [{ } company]) return NotFound(settings.Id);
        var branches = await masters.Branches(new BranchesQuery(settings.Id), ct);
        if (branches.Failed) return branches.Failure;
        var periods = await books.Periods(new PeriodsQuery(settings.Id), ct);
        return periods.Failed ? periods.Failure : settings.ToBooks(company, branches.Value, periods.Value);
    }

    private static Error NotFound(CompanyId company) =>
        FinanceErrors.CompanyNotFound.With($"There is no company {company} with books");
}

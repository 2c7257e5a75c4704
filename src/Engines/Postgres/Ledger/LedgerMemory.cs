using BusinessM.Books;
using BusinessM.Records;

namespace BusinessM.Engines.Postgres;

/// <summary>Accounts and periods as they were seen under the lock of their company. They change only with its head, so
/// they hold until the lane forgets the company, or this process itself changes its chart.</summary>
internal sealed class LedgerMemory
{
    private readonly Dictionary<CompanyId, Company> _companies = [];

    /// <summary>Gives plain posting the facts it wants; false where one is not known, or where more than facts of the
    /// chart matters: limits, ids to open, charts.</summary>
    public bool Recall(LedgerWants wants, LedgerState state)
    {
        if (!wants.IsPlain) return false;
        foreach (var id in wants.Companies)
        {
            if (!_companies.TryGetValue(id, out var company)) return false;
            state.Companies[id] = company.Facts;
        }
        foreach (var (id, account) in wants.Accounts)
            if (!state.Companies[id].Accounts.TryGetValue(account, out var entry) || entry.Account.Limit is not null)
                return false;
        foreach (var (id, date) in wants.Dates)
            if (!_companies[id].Days.Contains(date)) return false;
        return true;
    }

    /// <summary>Keeps what a look has found, once its batch has committed.</summary>
    public void Keep(LedgerWants wants, LedgerState state)
    {
        if (wants.ChangesChart) foreach (var id in wants.Companies) Forget(id);
        if (!wants.IsPlain) return;
        foreach (var (id, facts) in state.Companies)
        {
            if (_companies.TryAdd(id, new Company(facts))) continue;
            var known = _companies[id].Facts;
            foreach (var (code, entry) in facts.Accounts) known.Accounts[code] = entry;
            foreach (var (code, period) in facts.Periods) known.Periods[code] = period;
            foreach (var (code, key) in facts.PeriodIds) known.PeriodIds[code] = key;
        }
        foreach (var (id, date) in wants.Dates)
            if (_companies.TryGetValue(id, out var company)) company.Days.Add(date);
    }

    public void Forget(CompanyId company) => _companies.Remove(company);

    private sealed record Company(CompanyFacts Facts)
    {
        /// <summary>Days of which it is known which periods hold them.</summary>
        public HashSet<DateOnly> Days { get; } = [];
    }
}

using BusinessM.Contracts.BookKeeper;

namespace BusinessM.Records.Far;

/// <summary>Reads of the books that other contexts reserve in: what is reserved in the company is resolved first, so
/// that users see what they did (rule 7). Where an origin does not answer in time, the books are shown as they are.
/// Reads as known at an earlier sequence have nothing to wait for.</summary>
public sealed class ResolvingReads(IBooks books, FarContext far) : IBooks
{
    public Task<Result<IReadOnlyList<Account>>> Accounts(AccountsQuery query, CancellationToken ct) =>
        books.Accounts(query, ct);

    public Task<Result<IReadOnlyList<Period>>> Periods(PeriodsQuery query, CancellationToken ct) =>
        books.Periods(query, ct);

    public async Task<Result<TrialBalance>> TrialBalance(TrialBalanceQuery query, CancellationToken ct)
    {
        if (query.KnownAt is null) await Resolve(query.Company, ct);
        return await books.TrialBalance(query, ct);
    }

    public async Task<Result<Balance>> Balance(BalanceQuery query, CancellationToken ct)
    {
        if (query.KnownAt is null) await Resolve(query.Company, ct);
        return await books.Balance(query, ct);
    }

    public async Task<Result<JournalPage>> Journals(JournalsQuery query, CancellationToken ct)
    {
        if (query.After is null) await Resolve(query.Company, ct);
        return await books.Journals(query, ct);
    }

    private Task Resolve(CompanyId company, CancellationToken ct) =>
        far.Resolve(r => FarLedger.Reserves(r) && ReservedBooks.Read(r.Effect.Body).Company == company, ct);
}

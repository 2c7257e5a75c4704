using BusinessM.Contracts.BookKeeper;
using BusinessM.Contracts.RecordKeeper;
using BusinessM.Records;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.Extensions.DependencyInjection;

namespace BusinessM.Finance.SetUp;

/// <summary>Moves the state of a period, in the unit of work at hand.</summary>
internal sealed class PeriodChange(BooksChange change, IBookKeeper keeper)
{
    /// <summary><paramref name="from"/>: only where it has that state; else it is left as it is.</summary>
    public Task<Results<Ok<CompanyView>, ProblemHttpResult>> Set(Guid company, string code, PeriodState to,
        CancellationToken ct, PeriodState? from = null) =>
        change.Take(company, async (_, books) =>
        {
            if (books.Periods.FirstOrDefault(p => p.Code == code) is not { } period)
                return FinanceErrors.PeriodNotFound.With($"There is no period {code}", "code");
            return from is { } only && period.State != only ? Done.Ok
                : await keeper.PutPeriods([period with { State = to }], ct);
        }, ct);
}

/// <summary>Closes a period (policy 31). Where other contexts reserve in the books this takes three commits: closing,
/// so that nothing new is reserved in it; then the origins are asked for the outcome of what is; then closed, or open
/// again where something stays undecided. That nothing is reserved in a closed period is the ledger's own rule,
/// whatever happens between them; a process that dies leaves the period closing, and the same call goes on.
/// </summary>
internal sealed class PeriodClosing(PeriodChange change, IBooks books, IEnumerable<IReservations> reservations,
    IServiceScopeFactory scopes, Caller caller, UnitOfWork unit)
{
    public async Task<Results<Ok<CompanyView>, ProblemHttpResult>> Close(Guid company, string code,
        CancellationToken ct)
    {
        var periods = await books.Periods(new PeriodsQuery(new CompanyId(company)), ct);
        var period = periods.Failed ? null : periods.Value.FirstOrDefault(p => p.Code == code);
        if (!reservations.Any() || period is null or { State: PeriodState.Closed })
            return await change.Set(company, code, PeriodState.Closed, ct);

        var closing = await Apart(c => c.Set(company, code, PeriodState.Closing, ct, from: PeriodState.Open));
        if (closing.Result is ProblemHttpResult) return closing;
        foreach (var others in reservations) await others.Resolve(period, CancellationToken.None);

        // From here on the caller's going away would leave the period closing.
        var closed = await change.Set(company, code, PeriodState.Closed, CancellationToken.None);
        if (closed.Result is ProblemHttpResult)
            await Apart(c =>
                c.Set(company, code, PeriodState.Open, CancellationToken.None, from: PeriodState.Closing));
        return closed;
    }

    // A commit of its own: the key of the request goes with the last one.
    private async Task<Results<Ok<CompanyView>, ProblemHttpResult>> Apart(
        Func<PeriodChange, Task<Results<Ok<CompanyView>, ProblemHttpResult>>> work)
    {
        await using var scope = scopes.CreateAsyncScope();
        scope.ServiceProvider.GetRequiredService<Caller>().ActAs(caller);
        scope.ServiceProvider.GetRequiredService<UnitOfWork>().Action = unit.Action;
        return await work(scope.ServiceProvider.GetRequiredService<PeriodChange>());
    }
}

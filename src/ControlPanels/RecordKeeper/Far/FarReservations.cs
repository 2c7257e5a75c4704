using BusinessM.Contracts.BookKeeper;

namespace BusinessM.Records.Far;

/// <summary>What far calls have reserved in the books of this context.</summary>
public sealed class FarReservations(FarContext far, TimeProvider clock) : IReservations
{
    /// <summary>How long attempts that are still alive may take to commit.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    private static readonly TimeSpan Round = TimeSpan.FromMilliseconds(250);

    public async Task<Result<Done>> Resolve(Period period, CancellationToken ct)
    {
        var begun = clock.GetTimestamp();
        while (await far.Resolve(r => IsIn(r, period), ct) is { Left: > 0 } && clock.GetElapsedTime(begun) < Patience)
            await Task.Delay(Round, ct);
        return Done.Ok;
    }

    private static bool IsIn(ReservationRow row, Period period) =>
        FarLedger.Reserves(row) && ReservedBooks.Read(row.Effect.Body).Journals.Any(j =>
            j.Journal.Company == period.Company && j.Journal.Adjustment == period.Adjustment
            && j.Journal.Date >= period.From && j.Journal.Date <= period.To);
}

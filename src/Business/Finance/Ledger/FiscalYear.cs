using System.Globalization;
using BusinessM.Contracts.BookKeeper;

namespace BusinessM.Finance.Ledger;

/// <summary>A fiscal year of a company, both dates inclusive. Its code goes into document numbers as <c>{fy}</c>.
/// </summary>
public sealed record FiscalYear(string Code, DateOnly From, DateOnly To)
{
    public const int FirstMin = 1900;

    public const int FirstMax = 2199;

    /// <summary>Twelve months from the first of a month. Code 2026, or 2026-27 where it crosses the new year.</summary>
    public static FiscalYear Starting(int year, int month)
    {
        var from = new DateOnly(year, month, 1);
        return new FiscalYear(month == 1 ? Text(year, "0000") : Text(year, "0000") + "-" + Text((year + 1) % 100, "00"),
            from, from.AddYears(1).AddDays(-1));
    }

    /// <summary>The year that holds a date, where years start in a month. Refuses one that is no year of any company.
    /// </summary>
    public static Result<FiscalYear> Holding(DateOnly date, int startMonth)
    {
        var year = date.Month >= startMonth ? date.Year : date.Year - 1;
        if (year is < FirstMin or > FirstMax) return FinanceErrors.FiscalYearOutOfRange.With(
            $"A fiscal year begins between {FirstMin} and {FirstMax}; {date:yyyy-MM-dd} is in none of them");
        return Starting(year, startMonth);
    }

    public bool Holds(DateOnly date) => From <= date && date <= To;

    public bool Overlaps(FiscalYear other) => From <= other.To && other.From <= To;

    /// <summary>Its months (2026-04), all open, and the adjustment period (2026-27-ADJ) on its last day, for the
    /// closing journal only (policy 16).</summary>
    public IReadOnlyList<Period> Periods(CompanyId company)
    {
        var periods = new List<Period>();
        for (var first = From; first <= To; first = first.AddMonths(1))
        {
            periods.Add(new Period(company, first.ToString("yyyy-MM", CultureInfo.InvariantCulture), first,
                first.AddMonths(1).AddDays(-1), PeriodState.Open));
        }
        periods.Add(new Period(company, Code + "-ADJ", To, To, PeriodState.Open, Adjustment: true));
        return periods;
    }

    private static string Text(int number, string format) => number.ToString(format, CultureInfo.InvariantCulture);
}

/// <summary>The dates that a reversal may take (policy 5).</summary>
public static class ReversalDate
{
    /// <summary>The original's date while its period is open, else the first open day after it.</summary>
    public static Result<DateOnly> For(DateOnly original, IEnumerable<Period> periods)
    {
        DateOnly? best = null;
        foreach (var period in periods)
        {
            if (period.State != PeriodState.Open || period.Adjustment || period.To < original) continue;
            var day = period.From > original ? period.From : original;
            if (best is null || day < best) best = day;
        }
        return best is { } date ? date
            : FinanceErrors.NoOpenDay.With($"No open period holds {original:yyyy-MM-dd} or a later day", "postingDate");
    }
}

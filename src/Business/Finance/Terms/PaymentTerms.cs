namespace BusinessM.Finance.Terms;

/// <summary>How a due date follows from the issue date and a number of days: the days alone; the days, then the end of
/// that month; the end of the month of issue, then the days; the days, then the next one of a day of the month.
/// </summary>
public enum DueRule { Net, EndOfMonth, AfterEndOfMonth, DayOfMonth }

/// <summary>A share of the total, in percent, and when it falls due.</summary>
public sealed record DueStep(decimal Percent, int Days, DueRule Rule = DueRule.Net, int? Day = null)
{
    /// <summary>A day of the month that a month does not have is its last one.</summary>
    public DateOnly DueOn(DateOnly issued) => Rule switch
    {
        DueRule.EndOfMonth => EndOf(issued.AddDays(Days)),
        DueRule.AfterEndOfMonth => EndOf(issued).AddDays(Days),
        DueRule.DayOfMonth => Next(issued.AddDays(Days), Day!.Value),
        _ => issued.AddDays(Days),
    };

    private static DateOnly EndOf(DateOnly date) => DayIn(date, 31);

    private static DateOnly Next(DateOnly from, int day)
    {
        var here = DayIn(from, day);
        return here >= from ? here : DayIn(from.AddMonths(1), day);
    }

    private static DateOnly DayIn(DateOnly month, int day) =>
        new(month.Year, month.Month, Math.Min(day, DateTime.DaysInMonth(month.Year, month.Month)));
}

/// <summary>A part of a document's total and the day on which it is due.</summary>
public readonly record struct DuePart(DateOnly Due, Money Amount);

/// <summary>When and in which parts a document is to be paid, and the discount for paying early. Percentages of the
/// steps add up to 100.</summary>
public sealed record PaymentTerms(string Code, string Name, IReadOnlyList<DueStep> Steps,
    decimal? DiscountPercent = null, int? DiscountDays = null)
{
    public const int DaysMax = 3_650;

    /// <summary>Refuses shares that are not 100 % together, a day of the month that is missing where the rule needs
    /// it, and a discount without its days or the other way round.</summary>
    public static Result<PaymentTerms> Declare(string code, string name, IReadOnlyList<DueStep> steps,
        decimal? discountPercent, int? discountDays)
    {
        for (var i = 0; i < steps.Count; i++)
        {
            if ((steps[i].Rule == DueRule.DayOfMonth) != steps[i].Day is not null)
                return FinanceErrors.TermsDayInvalid.With(
                    $"A day of the month stands beside the rule for it, and beside no other",
                    steps.Count == 1 ? "day" : FormattableString.Invariant($"instalments[{i}].day"));
        }
        if (steps.Sum(step => step.Percent) is var sum && sum != 100)
            return FinanceErrors.TermsNotWhole.With($"The instalments are {sum} %, not 100", "instalments");
        if (discountPercent is null != discountDays is null)
            return FinanceErrors.TermsDiscountIncomplete.With($"A discount has a percentage and days",
                discountPercent is null ? "discountPercent" : "discountDays");
        return new PaymentTerms(code, name, steps, discountPercent, discountDays);
    }

    /// <summary>The due dates in the order of the instalments.</summary>
    public IReadOnlyList<DateOnly> DueDates(DateOnly issued) => [.. Steps.Select(step => step.DueOn(issued))];

    /// <summary>The day on which all of it is due (EN 16931 BT-9).</summary>
    public DateOnly LastDue(DateOnly issued) => DueDates(issued).Max();

    /// <summary>The instalments of a total, without losing a minor unit (policy 9).</summary>
    public IReadOnlyList<DuePart> Parts(DateOnly issued, Money total)
    {
        var amounts = total.Allocate([.. Steps.Select(step => step.Percent)]);
        return [.. Steps.Select((step, i) => new DuePart(step.DueOn(issued), amounts[i]))];
    }

    /// <summary>The last day on which the discount may be taken; null: there is none.</summary>
    public DateOnly? DiscountUntil(DateOnly issued) => DiscountDays is { } days ? issued.AddDays(days) : null;
}

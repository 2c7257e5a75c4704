namespace BusinessM.Masters;

/// <summary>Decisions of several document types.</summary>
internal static class Rules
{
    /// <summary>No error is done.</summary>
    public static Result<Done> Answer(Error? error) => error is null ? Done.Ok : error;

    /// <summary>A validity ends on its first day or after it.</summary>
    public static Error? Validity(DateOnly? from, DateOnly? to) => from is null || to is null || from <= to ? null
        : MastersErrors.ValidityReversed.With($"{to:yyyy-MM-dd} is before {from:yyyy-MM-dd}", "validTo");

    /// <summary>Whether two validities have a day in common; an open end has no limit.</summary>
    public static bool Overlap((DateOnly? From, DateOnly? To) one, (DateOnly? From, DateOnly? To) other) =>
        (one.From ?? DateOnly.MinValue) <= (other.To ?? DateOnly.MaxValue)
        && (other.From ?? DateOnly.MinValue) <= (one.To ?? DateOnly.MaxValue);
}

using BusinessM.Contracts.BookKeeper;

namespace BusinessM.Books;

/// <summary>Confirm and release. A confirm is never refused for period, account or limit: the reservation pins what it
/// was checked against (design section 4, far, 1 and 3).</summary>
internal static class ReservationRules
{
    internal static Result<Posted> Confirm(LedgerState state, LedgerOperation.Confirm confirm)
    {
        var wish = confirm.Wish;
        if (!state.Companies.ContainsKey(wish.Company)) return LedgerRules.NoBooks(wish.Company);
        if (state.Journals.TryGetValue(wish.Journal, out var there))
            return Difference(state, there, wish) is { } field
                ? LedgerRules.Differs(wish.Journal, field) : new Posted(wish.Journal, true);
        var found = Find(state, wish.Company, wish.Reservation);
        if (found.Failed) return found.Failure;
        var entry = found.Value;
        if (wish.Journal != wish.Reservation && state.Reservations.ContainsKey(wish.Journal))
            return BookErrors.JournalReserved.With($"{wish.Journal} is another reservation", "journal");
        if (wish.Content is { } content && JournalContent.Difference(entry.Content, content) is { } differs)
            return BookErrors.ReservationDiffers.With($"Reservation {wish.Reservation} has another {differs}",
                "content." + differs);
        if (entry.State == ReservationState.Confirmed)
            return BookErrors.ReservationConfirmed.With($"{wish.Reservation} was confirmed as {entry.Journal}",
                "reservation");
        if (entry.State == ReservationState.Released)
            return BookErrors.ReservationReleased.With($"{wish.Reservation} has been released", "reservation");
        var lines = Part(entry.Content.Lines, wish.Amount, state.Companies[wish.Company].Currency);
        if (lines.Failed) return lines.Failure;
        var journal = entry.Content with { Id = wish.Journal, Lines = lines.Value };
        state.Do(new LedgerChange.Resolved(entry, ReservationState.Confirmed, wish.Journal, wish.Amount, confirm));
        state.Do(new LedgerChange.JournalPosted(
            JournalEntry.Of(journal, entry.Period, null, wish.Reservation, confirm)));
        return new Posted(wish.Journal);
    }

    internal static Result<Posted> Release(LedgerState state, LedgerOperation.Release release)
    {
        var wish = release.Wish;
        if (!state.Companies.ContainsKey(wish.Company)) return LedgerRules.NoBooks(wish.Company);
        var found = Find(state, wish.Company, wish.Reservation);
        if (found.Failed) return found.Failure;
        var entry = found.Value;
        if (entry.State == ReservationState.Confirmed)
            return BookErrors.ReservationConfirmed.With($"{wish.Reservation} was confirmed as {entry.Journal}",
                "reservation");
        if (entry.State == ReservationState.Released) return new Posted(wish.Reservation, true);
        state.Do(new LedgerChange.Resolved(entry, ReservationState.Released, null, null, release));
        return new Posted(wish.Reservation);
    }

    private static Result<ReservationEntry> Find(LedgerState state, CompanyId company, Guid reservation) =>
        state.Reservations.TryGetValue(reservation, out var entry) && entry.Content.Company == company ? entry
            : BookErrors.ReservationUnknown.With($"There is no reservation {reservation}", "reservation");

    private static string? Difference(LedgerState state, JournalEntry there, ConfirmJournal wish)
    {
        if (there.Content.Company != wish.Company) return "id";
        if (there.Reservation != wish.Reservation) return "reservation";
        if (wish.Content is { } content && JournalContent.Difference(state.Reservations[wish.Reservation].Content,
            content) is { } field)
            return "content." + field;
        var part = state.Reservations[wish.Reservation].Part;
        var whole = state.Reservations[wish.Reservation].Content.Lines[0].Amount;
        return (part ?? whole) != (wish.Amount ?? whole) ? "amount" : null;
    }

    /// <summary>The lines of a part: the amount on both, the company's amount in proportion and rounded once.</summary>
    private static Result<IReadOnlyList<JournalLine>> Part(IReadOnlyList<JournalLine> lines, decimal? part,
        Currency company)
    {
        if (part is not { } amount) return Result.Of(lines);
        if (lines.Count != 2) return BookErrors.ConfirmLines.With($"The reservation has {lines.Count} lines", "amount");
        var whole = lines[0];
        if (amount < 0 || amount > whole.Amount || !Money.Fits(amount, Currency.Of(whole.Currency)))
            return BookErrors.ConfirmAmount.With($"{amount} is not between 0 and {whole.Amount} {whole.Currency}",
                "amount");
        var share = whole.Amount == 0 ? whole.BaseAmount
            : Money.Round(whole.BaseAmount * amount / whole.Amount, company).Amount;
        return Result.Of<IReadOnlyList<JournalLine>>(
            [.. lines.Select(line => line with { Amount = amount, BaseAmount = share })]);
    }
}

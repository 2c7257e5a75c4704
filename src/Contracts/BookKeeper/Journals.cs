namespace BusinessM.Contracts.BookKeeper;

/// <summary>Where a journal comes from: the kind of document (<c>finance.sales-invoice</c>), its id, and the number if
/// it is known already (else the lane adds it).</summary>
public sealed record JournalSource(string Kind, Guid Id, string? Number = null);

/// <summary>One line. <paramref name="Amount"/> in <paramref name="Currency"/> and <paramref name="BaseAmount"/> in the
/// company's currency are both zero or more, on the one side; only lines of an exchange difference have an amount of 0
/// and a base amount above 0 (policy 12). <paramref name="Dimensions"/>: name to value, names declared per company.
/// </summary>
public sealed record JournalLine(string Account, Side Side, decimal Amount, string Currency, decimal BaseAmount,
    string? Party = null, string? Text = null, IReadOnlyDictionary<string, string>? Dimensions = null);

/// <summary>A journal of 2 to 10,000 lines, balanced in the company's currency and in each currency (policy 12). The id
/// comes from the source document, so that repeats are harmless. <paramref name="Adjustment"/>: belongs to the
/// adjustment period that holds its date.</summary>
public sealed record Journal(Guid Id, CompanyId Company, DateOnly Date, JournalSource Source,
    IReadOnlyList<JournalLine> Lines, string? Text = null, bool Adjustment = false);

/// <summary>What became of a journal. <paramref name="AlreadyThere"/>: the same id and content had been posted before;
/// nothing was written.</summary>
public sealed record Posted(Guid Journal, bool AlreadyThere = false);

/// <summary>Posts the mirror of a posted journal: sides swapped, amounts never negative (policy 5). Date null: the date
/// of the original while its period is open, else the first open day after it.</summary>
public sealed record ReverseJournal(CompanyId Company, Guid Journal, Guid Reversal, JournalSource Source, string Reason,
    DateOnly? Date = null);

/// <summary>Confirms a reservation in full, or in part: <paramref name="Amount"/> null is all of it; a part is allowed
/// for journals of two lines only, the rest is released. <paramref name="Journal"/> may be the reservation's own id.
/// <paramref name="Content"/>: what was reserved, as the caller knows it; if it is another, the confirm is refused.
/// </summary>
public sealed record ConfirmJournal(CompanyId Company, Guid Reservation, Guid Journal, decimal? Amount = null,
    Journal? Content = null);

/// <summary>Gives a reservation up.</summary>
public sealed record ReleaseJournal(CompanyId Company, Guid Reservation);

/// <summary>Up to 1,000 journals or 50,000 lines. All or nothing, or each by itself.</summary>
public sealed record JournalBatch(CompanyId Company, IReadOnlyList<Journal> Journals, bool AllOrNothing = true);

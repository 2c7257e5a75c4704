using BusinessM.Contracts.BookKeeper;
using CompanyBooks = BusinessM.Contracts.BookKeeper.Books;

namespace BusinessM.Books;

/// <summary>A working set of facts: all of them in the engine in memory; of PostgreSQL just what a batch touches. The
/// rules look at it and change it by <see cref="LedgerChange"/>s only, so that a refused unit leaves nothing behind.
/// </summary>
public sealed class LedgerState
{
    private readonly List<LedgerChange> _changes = [];

    public Dictionary<CompanyId, CompanyFacts> Companies { get; } = [];

    public Dictionary<Guid, JournalEntry> Journals { get; } = [];

    public Dictionary<Guid, ReservationEntry> Reservations { get; } = [];

    /// <summary>Journal to the reversal of it.</summary>
    public Dictionary<Guid, Guid> ReversedBy { get; } = [];

    /// <summary>What stands on an account (party "") and on a party of it, for limits.</summary>
    public Dictionary<(CompanyId Company, string Account, string Party), Exposure> Exposures { get; } = [];

    /// <summary>What has been done to it, in order.</summary>
    public IReadOnlyList<LedgerChange> Changes => _changes;

    public void Do(LedgerChange change)
    {
        change.Apply(this);
        _changes.Add(change);
    }

    public void UndoTo(int count)
    {
        for (var i = _changes.Count - 1; i >= count; i--) _changes[i].Undo(this);
        _changes.RemoveRange(count, _changes.Count - count);
    }

    public Exposure ExposureOf(CompanyId company, string account, string party)
    {
        if (!Exposures.TryGetValue((company, account, party), out var exposure))
            Exposures.Add((company, account, party), exposure = new Exposure());
        return exposure;
    }

    internal void Expose(Journal journal, bool reserved, int sign)
    {
        var accounts = Companies[journal.Company].Accounts;
        foreach (var line in journal.Lines)
        {
            if (!accounts.TryGetValue(line.Account, out var account)) continue;
            var amount = sign * (account.Account.Currency is null ? line.BaseAmount : line.Amount);
            ExposureOf(journal.Company, line.Account, "").Add(line.Side, amount, reserved);
            if (line.Party is { } party) ExposureOf(journal.Company, line.Account, party).Add(line.Side, amount,
                reserved);
            account.Uses += sign;
        }
    }
}

/// <summary>What is known of a company: its books, the accounts that matter here, its periods by their first day.
/// </summary>
public sealed class CompanyFacts(CompanyBooks books)
{
    public CompanyBooks Books { get; set; } = books;

    public Currency Currency { get; } = Currency.Of(books.Currency);

    public Dictionary<string, AccountEntry> Accounts { get; } = new(StringComparer.Ordinal);

    public SortedDictionary<string, Period> Periods { get; } = new(StringComparer.Ordinal);

    /// <summary>The engine's own keys of the periods that have one.</summary>
    public Dictionary<string, int> PeriodIds { get; } = new(StringComparer.Ordinal);

    /// <summary>The period that holds a date: an ordinary one, or an adjustment period.</summary>
    public Period? PeriodOf(DateOnly date, bool adjustment) =>
        Periods.Values.FirstOrDefault(p => p.Adjustment == adjustment && p.From <= date && date <= p.To);
}

public sealed class AccountEntry(Account account, int id = 0)
{
    /// <summary>The engine's own key; 0 while it has none.</summary>
    public int Id { get; } = id;

    public Account Account { get; set; } = account;

    /// <summary>Above zero once something has been posted or reserved on it.</summary>
    public long Uses { get; set; }
}

/// <summary>Debits and credits, posted and reserved, in the currency of the account's limit.</summary>
public sealed class Exposure
{
    public decimal Debit { get; private set; }

    public decimal Credit { get; private set; }

    public decimal ReservedDebit { get; private set; }

    public decimal ReservedCredit { get; private set; }

    internal Exposure Copy() => (Exposure)MemberwiseClone();

    public void Add(Side side, decimal amount, bool reserved)
    {
        switch (side, reserved)
        {
            case (Side.Debit, false): Debit += amount; break;
            case (Side.Credit, false): Credit += amount; break;
            case (Side.Debit, true): ReservedDebit += amount; break;
            default: ReservedCredit += amount; break;
        }
    }
}

/// <summary>A posted journal with the period it is in.</summary>
public sealed class JournalEntry(Journal content, string period, Guid? reverses, Guid? reservation)
{
    private JournalSeal? _seal;

    public Journal Content { get; } = content;

    public string Period { get; } = period;

    public Guid? Reverses { get; } = reverses;

    public Guid? Reservation { get; } = reservation;

    /// <summary>Made when it is asked for: what is only previewed is never sealed.</summary>
    public JournalSeal Seal => _seal ??= JournalContent.Seal(Content, Reverses, Reservation);

    /// <summary>The operation that posts it now; null for what was there before.</summary>
    public LedgerOperation? By { get; init; }

    /// <summary>The sequence and moment of the audit chain, once they are known.</summary>
    public long RecordedSequence { get; set; }

    public DateTimeOffset RecordedAt { get; set; }

    public static JournalEntry Of(Journal content, string period, Guid? reverses, Guid? reservation,
        LedgerOperation? by) => new(content, period, reverses, reservation) { By = by };
}

public enum ReservationState { Reserved, Confirmed, Released }

/// <summary>A reservation with the period it pins. Terminal ones are kept.</summary>
public sealed class ReservationEntry(Journal content, string period, ReservationState state, Guid? journal,
    decimal? part)
{
    public Journal Content { get; } = content;

    public string Period { get; } = period;

    public ReservationState State { get; set; } = state;

    /// <summary>The journal that it was confirmed as.</summary>
    public Guid? Journal { get; set; } = journal;

    /// <summary>The amount, where it was confirmed in part.</summary>
    public decimal? Part { get; set; } = part;
}

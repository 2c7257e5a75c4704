using BusinessM.Contracts.BookKeeper;
using CompanyBooks = BusinessM.Contracts.BookKeeper.Books;

namespace BusinessM.Books;

/// <summary>One accepted change of the facts: what the engine writes, and how it is taken back.</summary>
public abstract class LedgerChange
{
    internal abstract void Apply(LedgerState state);

    internal abstract void Undo(LedgerState state);

    public sealed class JournalPosted(JournalEntry entry) : LedgerChange
    {
        public JournalEntry Entry { get; } = entry;

        internal override void Apply(LedgerState state)
        {
            state.Journals.Add(Entry.Content.Id, Entry);
            if (Entry.Reverses is { } original) state.ReversedBy.Add(original, Entry.Content.Id);
            state.Expose(Entry.Content, reserved: false, 1);
        }

        internal override void Undo(LedgerState state)
        {
            state.Journals.Remove(Entry.Content.Id);
            if (Entry.Reverses is { } original) state.ReversedBy.Remove(original);
            state.Expose(Entry.Content, reserved: false, -1);
        }
    }

    public sealed class Reserved(ReservationEntry entry, LedgerOperation by) : LedgerChange
    {
        public ReservationEntry Entry { get; } = entry;

        public LedgerOperation By { get; } = by;

        internal override void Apply(LedgerState state)
        {
            state.Reservations.Add(Entry.Content.Id, Entry);
            state.Expose(Entry.Content, reserved: true, 1);
        }

        internal override void Undo(LedgerState state)
        {
            state.Reservations.Remove(Entry.Content.Id);
            state.Expose(Entry.Content, reserved: true, -1);
        }
    }

    /// <summary>A reservation became posted or released; the journal of a confirmed one is a change of its own.
    /// </summary>
    public sealed class Resolved(ReservationEntry entry, ReservationState to, Guid? journal, decimal? part,
        LedgerOperation by) : LedgerChange
    {
        public ReservationEntry Entry { get; } = entry;

        public LedgerOperation By { get; } = by;

        internal override void Apply(LedgerState state)
        {
            (Entry.State, Entry.Journal, Entry.Part) = (to, journal, part);
            state.Expose(Entry.Content, reserved: true, -1);
        }

        internal override void Undo(LedgerState state)
        {
            (Entry.State, Entry.Journal, Entry.Part) = (ReservationState.Reserved, null, null);
            state.Expose(Entry.Content, reserved: true, 1);
        }
    }

    public sealed class BooksPut(CompanyBooks books) : LedgerChange
    {
        private CompanyBooks? _before;

        public CompanyBooks Books { get; } = books;

        internal override void Apply(LedgerState state)
        {
            if (state.Companies.TryGetValue(Books.Company, out var facts)) (_before, facts.Books) = (facts.Books,
                Books);
            else state.Companies.Add(Books.Company, new CompanyFacts(Books));
        }

        internal override void Undo(LedgerState state)
        {
            if (_before is null) state.Companies.Remove(Books.Company);
            else state.Companies[Books.Company].Books = _before;
        }
    }

    public sealed class AccountPut(Account account) : LedgerChange
    {
        private Account? _before;

        public Account Account { get; } = account;

        internal override void Apply(LedgerState state)
        {
            var accounts = state.Companies[Account.Company].Accounts;
            if (accounts.TryGetValue(Account.Code, out var entry)) (_before, entry.Account) = (entry.Account, Account);
            else accounts.Add(Account.Code, new AccountEntry(Account));
        }

        internal override void Undo(LedgerState state)
        {
            var accounts = state.Companies[Account.Company].Accounts;
            if (_before is null) accounts.Remove(Account.Code);
            else accounts[Account.Code].Account = _before;
        }
    }

    public sealed class PeriodPut(Period period) : LedgerChange
    {
        private Period? _before;

        public Period Period { get; } = period;

        internal override void Apply(LedgerState state)
        {
            var periods = state.Companies[Period.Company].Periods;
            _before = periods.GetValueOrDefault(Period.Code);
            periods[Period.Code] = Period;
        }

        internal override void Undo(LedgerState state)
        {
            var periods = state.Companies[Period.Company].Periods;
            if (_before is null) periods.Remove(Period.Code);
            else periods[Period.Code] = _before;
        }
    }
}

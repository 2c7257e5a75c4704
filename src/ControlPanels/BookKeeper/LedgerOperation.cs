using BusinessM.Contracts.BookKeeper;

namespace BusinessM.Books;

/// <summary>One thing that the ledger is asked to do. A unit of several is all or nothing.</summary>
public abstract class LedgerOperation(CompanyId company)
{
    public CompanyId Company { get; } = company;

    /// <summary>The number of the source document, once it has one (the lane hands it out last).</summary>
    public string? Number { get; set; }

    public sealed class Post(Journal journal) : LedgerOperation(journal.Company)
    {
        public Journal Journal { get; } = journal;
    }

    public sealed class Reserve(Journal journal) : LedgerOperation(journal.Company)
    {
        public Journal Journal { get; } = journal;
    }

    public sealed class Reverse(ReverseJournal wish) : LedgerOperation(wish.Company)
    {
        public ReverseJournal Wish { get; } = wish;
    }

    public sealed class Confirm(ConfirmJournal wish) : LedgerOperation(wish.Company)
    {
        public ConfirmJournal Wish { get; } = wish;
    }

    public sealed class Release(ReleaseJournal wish) : LedgerOperation(wish.Company)
    {
        public ReleaseJournal Wish { get; } = wish;
    }

    public sealed class Open(Contracts.BookKeeper.Books books) : LedgerOperation(books.Company)
    {
        public Contracts.BookKeeper.Books Books { get; } = books;
    }

    public sealed class PutAccounts(CompanyId company, IReadOnlyList<Account> accounts) : LedgerOperation(company)
    {
        public IReadOnlyList<Account> Accounts { get; } = accounts;
    }

    public sealed class PutPeriods(CompanyId company, IReadOnlyList<Period> periods) : LedgerOperation(company)
    {
        public IReadOnlyList<Period> Periods { get; } = periods;
    }
}

/// <summary>Operations that take effect together or not at all.</summary>
public sealed record LedgerUnit(IReadOnlyList<LedgerOperation> Operations)
{
    public LedgerUnit(params LedgerOperation[] operations) : this((IReadOnlyList<LedgerOperation>)operations) { }
}

using BusinessM.Contracts.BookKeeper;

namespace BusinessM.Books;

/// <summary>What has to be known before operations can be decided: an engine that does not hold everything loads just
/// this.</summary>
public sealed class LedgerWants
{
    public HashSet<CompanyId> Companies { get; } = [];

    public HashSet<(CompanyId Company, string Account)> Accounts { get; } = [];

    /// <summary>Parties on accounts, for limits per party.</summary>
    public HashSet<(CompanyId Company, string Account, string Party)> Parties { get; } = [];

    public HashSet<(CompanyId Company, DateOnly Date)> Dates { get; } = [];

    /// <summary>Companies of which all periods are wanted.</summary>
    public HashSet<CompanyId> Periods { get; } = [];

    /// <summary>Ids that may be there as journals or reservations, with their content if they are.</summary>
    public HashSet<Guid> Ids { get; } = [];

    /// <summary>Those of the ids whose accounts are wanted as well: what is reversed, confirmed or released.</summary>
    public HashSet<Guid> Opened { get; } = [];

    /// <summary>Accounts that are being put: whether they are in use matters.</summary>
    public HashSet<(CompanyId Company, string Account)> Put { get; } = [];

    /// <summary>Companies whose periods are being put: what is reserved in them matters.</summary>
    public HashSet<CompanyId> PeriodsPut { get; } = [];

    public bool IsEmpty => Companies.Count == 0;

    /// <summary>Nothing but plain posting: accounts and the periods of the dates are enough.</summary>
    public bool IsPlain { get; private set; } = true;

    /// <summary>Books, accounts or periods will be others afterwards.</summary>
    public bool ChangesChart { get; private set; }

    public static LedgerWants Of(IEnumerable<LedgerOperation> operations)
    {
        var wants = new LedgerWants();
        foreach (var operation in operations) wants.Add(operation);
        return wants;
    }

    private void Add(LedgerOperation operation)
    {
        Companies.Add(operation.Company);
        IsPlain &= operation is LedgerOperation.Post;
        ChangesChart |= operation is LedgerOperation.Open or LedgerOperation.PutAccounts or LedgerOperation.PutPeriods;
        switch (operation)
        {
            case LedgerOperation.Post post: Add(post.Journal); break;
            case LedgerOperation.Reserve reserve: Add(reserve.Journal); break;
            case LedgerOperation.Reverse reverse:
                Ids.Add(reverse.Wish.Reversal);
                Opened.Add(reverse.Wish.Journal);
                Periods.Add(operation.Company);
                break;
            case LedgerOperation.Confirm confirm:
                Ids.Add(confirm.Wish.Journal);
                Opened.Add(confirm.Wish.Reservation);
                break;
            case LedgerOperation.Release release: Opened.Add(release.Wish.Reservation); break;
            case LedgerOperation.PutAccounts put:
                foreach (var account in put.Accounts)
                {
                    Accounts.Add((operation.Company, account.Code));
                    Put.Add((operation.Company, account.Code));
                }
                break;
            case LedgerOperation.PutPeriods:
                Periods.Add(operation.Company);
                PeriodsPut.Add(operation.Company);
                break;
        }
        Ids.UnionWith(Opened);
    }

    private void Add(Journal journal)
    {
        Ids.Add(journal.Id);
        Dates.Add((journal.Company, journal.Date));
        foreach (var line in journal.Lines)
        {
            Accounts.Add((journal.Company, line.Account));
            if (line.Party is { } party) Parties.Add((journal.Company, line.Account, party));
        }
    }
}

using BusinessM.Books;
using BusinessM.Contracts.BookKeeper;
using BusinessM.Records;

namespace BusinessM.Engines.Postgres;

/// <summary>Where amounts go: the keys of account and period, 0 where this very batch makes them, and what finds them
/// then.</summary>
internal sealed record Place(int Account, int Period, Guid Company, string Code, string PeriodCode);

/// <summary>A line with its place in its journal (from 1) and in the chain.</summary>
internal sealed record PostingRow(JournalEntry Entry, int Ordinal, JournalLine Line, Place Place, long Sequence);

/// <summary>The postings of a batch of journals, and their sums.</summary>
internal sealed class JournalBatch
{
    private readonly Dictionary<(CompanyFacts Facts, string Account, string Period), Place> _places = [];

    public JournalBatch(LedgerState state, IReadOnlyList<Placed<JournalEntry>> journals)
    {
        foreach (var (entry, at, _) in journals)
        {
            var facts = state.Companies[entry.Content.Company];
            for (var i = 0; i < entry.Content.Lines.Count; i++)
                Add(new PostingRow(entry, i + 1, entry.Content.Lines[i], PlaceOf(facts, entry, i), at.Sequence));
        }
    }

    public List<PostingRow> Lines { get; } = [];

    public SumRows Accounts { get; } = new();

    public SumRows Parties { get; } = new();

    public SumRows Dimensions { get; } = new();

    /// <summary>Some account or period has no key yet.</summary>
    public bool HasNewChart { get; private set; }

    private void Add(PostingRow row)
    {
        Lines.Add(row);
        Accounts.Add(row, "", "");
        if (row.Line.Party is { } party) Parties.Add(row, party, "");
        if (row.Line.Dimensions is not { } dimensions) return;
        foreach (var (name, value) in dimensions) Dimensions.Add(row, name, value);
    }

    private Place PlaceOf(CompanyFacts facts, JournalEntry entry, int line)
    {
        var account = entry.Content.Lines[line].Account;
        if (_places.TryGetValue((facts, account, entry.Period), out var known)) return known;
        var place = new Place(facts.Accounts[account].Id, facts.PeriodIds.GetValueOrDefault(entry.Period),
            entry.Content.Company.Value, account, entry.Period);
        HasNewChart |= place is { Account: 0 } or { Period: 0 };
        return _places[(facts, account, entry.Period)] = place;
    }
}

/// <summary>Debits and credits by place, currency and two more keys; in the order in which they first came.</summary>
internal sealed class SumRows
{
    private readonly Dictionary<(Place Place, string Currency, string One, string Other), int> _index = [];

    public List<Sum> Rows { get; } = [];

    public void Add(PostingRow row, string one, string other)
    {
        var key = (row.Place, row.Line.Currency, one, other);
        if (!_index.TryGetValue(key, out var at))
        {
            _index.Add(key, at = Rows.Count);
            Rows.Add(new Sum(row.Place, row.Line.Currency, one, other));
        }
        Rows[at].Add(row.Line);
    }

    internal sealed class Sum(Place place, string currency, string one, string other)
    {
        public Place Place => place;

        public string Currency => currency;

        public string One => one;

        public string Other => other;

        public decimal Debit { get; private set; }

        public decimal Credit { get; private set; }

        public decimal BaseDebit { get; private set; }

        public decimal BaseCredit { get; private set; }

        public void Add(JournalLine line)
        {
            if (line.Side == Side.Debit) (Debit, BaseDebit) = (Debit + line.Amount, BaseDebit + line.BaseAmount);
            else (Credit, BaseCredit) = (Credit + line.Amount, BaseCredit + line.BaseAmount);
        }
    }
}

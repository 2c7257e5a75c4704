using BusinessM.Contracts.BookKeeper;

namespace BusinessM.Books;

/// <summary>Limits of accounts: how far debits may exceed credits, or credits debits. What is reserved on the side that
/// makes the limit tighter counts, on the other side not; a journal that does not make it tighter is never refused.
/// </summary>
internal static class LimitRules
{
    internal static Error? Refuse(LedgerState state, CompanyFacts company, Journal journal, bool reserve)
    {
        var moved = new List<(string Key, Moved Sums)>();
        for (var i = 0; i < journal.Lines.Count; i++)
        {
            var line = journal.Lines[i];
            var account = company.Accounts[line.Account].Account;
            if (account.Limit is not { } limit) continue;
            var party = limit.Scope == LimitScope.Party ? line.Party : "";
            if (party is null) continue;
            var key = line.Account + '\u001f' + party;
            var at = moved.FindIndex(m => m.Key == key);
            if (at < 0) (at, _) = (moved.Count, Added(moved, key, new Moved(i, account, party)));
            moved[at].Sums.Add(line.Side, account.Currency is null ? line.BaseAmount : line.Amount);
        }
        foreach (var (_, sums) in moved)
            if (Refuse(state, company, journal, sums, reserve) is { } refusal) return refusal;
        return null;
    }

    private static Error? Refuse(LedgerState state, CompanyFacts company, Journal journal, Moved moved, bool reserve)
    {
        var (account, limit) = (moved.Account, moved.Account.Limit!);
        var now = state.ExposureOf(journal.Company, account.Code, moved.Party);
        // a reservation counts on its own side only, so its other side loosens nothing
        var (debit, credit) = reserve ? (moved.Debit, moved.Credit)
            : (moved.Debit - moved.Credit, moved.Credit - moved.Debit);
        var debits = now.Debit + now.ReservedDebit - now.Credit + debit;
        var credits = now.Credit + now.ReservedCredit - now.Debit + credit;
        var over = debit > 0 && debits > limit.MaxDebitBalance ? (Side.Debit, debits, limit.MaxDebitBalance)
            : credit > 0 && credits > limit.MaxCreditBalance ? (Side.Credit, credits, limit.MaxCreditBalance)
            : ((Side, decimal, decimal?)?)null;
        if (over is not var (side, balance, max)) return null;
        var whose = moved.Party.Length == 0 ? "" : $" for party {moved.Party}";
        return BookErrors.LimitExceeded.With(
            $"Account {account.Code}{whose} would have a {side.ToString().ToLowerInvariant()} balance of {balance} {account.Currency ?? company.Currency.Code}; its limit is {max}",
            FormattableString.Invariant($"lines[{moved.Line}].amount"));
    }

    private static bool Added<T>(List<(string, T)> list, string key, T item)
    {
        list.Add((key, item));
        return true;
    }

    private sealed class Moved(int line, Account account, string party)
    {
        internal int Line { get; } = line;
        internal Account Account { get; } = account;
        internal string Party { get; } = party;
        internal decimal Debit { get; private set; }
        internal decimal Credit { get; private set; }

        internal void Add(Side side, decimal amount)
        {
            if (side == Side.Debit) Debit += amount;
            else Credit += amount;
        }
    }
}

using System.Globalization;
using System.Numerics;
using System.Text.Json;
using BusinessM.Books;
using BusinessM.Contracts.BookKeeper;
using CompanyBooks = BusinessM.Contracts.BookKeeper.Books;

namespace BusinessM.Keepers.Tests.Books;

/// <summary>Runs the tables of double-entry semantics on a ledger, event by event: accounts become accounts with
/// limits, pending transfers reservations, linked ones a unit.</summary>
internal sealed class TigerRun(ILedgerRun ledger)
{
    private static readonly DateOnly LastDay = new(2026, 12, 31);

    /// <summary>Said of events whose whole amount was free: run as they are, and say nothing of what the flag would do.
    /// </summary>
    public const string NotBinding = " (its balancing flag does not bind)";

    private readonly Dictionary<Guid, string> _putIn = [];
    private readonly CompanyId _company = Ids.New<CompanyId>();
    private readonly Dictionary<Guid, Journal> _pending = [];
    private readonly Dictionary<Guid, TigerEvent> _closing = [];
    private readonly Dictionary<Guid, IEnumerable<string>> _flags = [];
    private readonly HashSet<Guid> _voided = [];
    private readonly List<(Guid Id, BigInteger At)> _expiries = [];
    private BigInteger _now = 1;

    public CompanyId Company => _company;

    /// <summary>Events run as they are and not, by why not; all by result code.</summary>
    public Dictionary<string, int> AsTheyAre { get; } = [];

    public Dictionary<(string Why, string Code), int> Not { get; } = [];

    /// <summary>Refused as expected, for a reason that is looked at earlier here.</summary>
    public Dictionary<(string Expected, string Code), int> OtherReason { get; } = [];

    public int Events { get; private set; }

    public int Comparisons { get; private set; }

    public List<string> Mismatches { get; } = [];

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public async Task Open()
    {
        await Must(new LedgerOperation.Open(new CompanyBooks(_company, "JPY", [])));
        await Must(new LedgerOperation.PutPeriods(_company,
            [new Period(_company, "2026", new DateOnly(2026, 1, 1), LastDay, PeriodState.Open)]));
        await Must(new LedgerOperation.PutAccounts(_company, [new Account(_company, "setup", "Setup",
            AccountType.Asset)]));
    }

    public async Task Batch(IReadOnlyList<TigerEvent> events)
    {
        for (var i = 0; i < events.Count;)
        {
            var chain = new List<TigerEvent> { events[i] };
            while (events[i++].Is("linked") && i < events.Count) chain.Add(events[i]);
            Events += chain.Count;
            await Chain(chain);
        }
    }

    public async Task Advance(BigInteger seconds)
    {
        _now += seconds;
        foreach (var (id, _) in _expiries.Where(e => e.At <= _now).ToList())
        {
            _expiries.RemoveAll(e => e.Id == id);
            if ((await Run(new LedgerOperation.Release(new ReleaseJournal(_company,
                id)))).Failed) continue;  // confirmed
            await Reopen(id);
        }
    }

    public async Task Setup(JsonElement setup)
    {
        decimal Of(string field)
        {
            var value = setup.TryGetProperty(field, out var text) ? BigInteger.Parse(text.GetString()!,
                CultureInfo.InvariantCulture) : 0;
            var nearMax = (BigInteger.One << 128) - 1 - 1455;      // only the differences matter, and those fit
            return (decimal)(value > nearMax ? value - nearMax : value);
        }
        var account = setup.GetProperty("account").GetString()!;
        await Put(Of("debits_posted"), Of("credits_posted"), journal => new LedgerOperation.Post(journal));
        await Put(Of("debits_pending"), 0, journal => new LedgerOperation.Reserve(journal));
        await Put(0, Of("credits_pending"), journal => new LedgerOperation.Reserve(journal));

        async Task Put(decimal debit, decimal credit, Func<Journal, LedgerOperation> make)
        {
            if (debit == 0 && credit == 0) return;
            var currency = (await ledger.Engine.Accounts(new AccountsQuery(_company), Ct)).Value.Single(a =>
                a.Code == account).Currency!;
            JournalLine Line(string code, Side side, decimal amount) => new(code, side, amount, currency, amount);
            await Must(make(new Journal(Ids.New(), _company, new DateOnly(2026, 4, 10),
                new JournalSource("setup", Ids.New()),
                [Line(account, Side.Debit, debit), Line("setup", Side.Credit, debit), Line("setup", Side.Debit, credit),
                    Line(account, Side.Credit, credit)])));
        }
    }

    public async Task Compare(string account, JsonElement expected)
    {
        var accounts = (await ledger.Engine.Accounts(new AccountsQuery(_company), Ct)).Value;
        var code = TigerEvent.Code(BigInteger.Parse(account, CultureInfo.InvariantCulture));
        var found = accounts.SingleOrDefault(a => a.Code == code);
        Comparisons++;
        if (expected.ValueKind == JsonValueKind.String || found is null)
        {
            if (found is not null || expected.ValueKind != JsonValueKind.String)
                Mismatches.Add($"account {account} is not as expected");
            return;
        }
        var balance = await Balance(found);
        decimal Of(string field) => decimal.Parse(expected.GetProperty(field).GetString()!,
            CultureInfo.InvariantCulture);
        var wanted = new Balance(Of("debits_posted"), Of("credits_posted"), Of("debits_pending"),
            Of("credits_pending"));
        if (balance != wanted) Mismatches.Add($"account {account}: {balance}, expected {wanted}");
        if (expected.TryGetProperty("closed", out var closed) && closed.GetBoolean() != found.Closed)
            Mismatches.Add($"account {account}: closed {found.Closed}");
    }

    public async Task CompareTransfer(string id, JsonElement expected)
    {
        var journals = (await ledger.Engine.Journals(new JournalsQuery(_company, Take: 500), Ct)).Value.Journals;
        var key = TigerEvent.IdOf(_company, BigInteger.Parse(id, CultureInfo.InvariantCulture));
        var posted = journals.SingleOrDefault(j => j.Journal.Id == key);
        Comparisons++;
        if (expected.TryGetProperty("amount", out var amount))
        {
            if (posted?.Journal.Lines[0].Amount != decimal.Parse(amount.GetString()!, CultureInfo.InvariantCulture))
                Mismatches.Add($"transfer {id}: {posted?.Journal.Lines[0].Amount}, expected {amount}");
        }
        else if (expected.TryGetProperty("exists", out var exists)
            && exists.GetBoolean() != (posted is not null || _pending.ContainsKey(key)))
        {
            Mismatches.Add($"transfer {id}: exists {posted is not null}");
        }
    }

    private async Task Chain(List<TigerEvent> chain)
    {
        var culprit = chain.FirstOrDefault(e => e.Expected is not ("created" or "linked_event_failed"));
        var reasons = chain.Select(e => TigerRules.WhyNot(e, _voided.Contains,
            id => _flags.GetValueOrDefault(id) ?? chain.FirstOrDefault(c => c != e
            && c.Id == id)?.Flags.Except(["linked"])) ?? WasPutIn(e)).ToList();
        if (chain.Count > 1 && culprit?.Expected == "exists")
            reasons[chain.IndexOf(culprit)] = "a repeat does not fail its unit";
        // a chain that fails is run if all up to the one at fault can be; the others are never looked at
        var looked = culprit is null ? reasons : [.. reasons.Take(chain.IndexOf(culprit) + 1)];
        if (looked.FirstOrDefault(reason => reason is not null) is { } why)
        {
            // a chain that takes effect is put in one by one: those that can be, as they are
            for (var i = 0; i < chain.Count; i++)
            {
                if (culprit is null && (reasons[i] is null || await DoesNotBind(chain[i], reasons[i]!)))
                    await RunAsItIs([chain[i]], null);
                else await PutIn(chain[i], reasons[i] ?? why);
            }
            return;
        }
        await RunAsItIs(chain, culprit);
    }

    // what was put in plainly has not the flags and amounts that a repeat is compared with
    private string? WasPutIn(TigerEvent e) => e is { IsAccount: false, Expected: "exists"
        or "exists_with_different_flags" or "exists_with_different_amount" } ? _putIn.GetValueOrDefault(e.Id) : null;

    private async Task RunAsItIs(List<TigerEvent> chain, TigerEvent? culprit)
    {
        var operations = new List<LedgerOperation>();
        foreach (var e in chain)
        {
            operations.Add(e.ToOperation(Pending));
            operations.AddRange(await Closings(e));
        }
        Journal? Pending(Guid id) => _pending.GetValueOrDefault(id)
            ?? (chain.FirstOrDefault(c => c.Is("pending") && c.Id == id) is { } p ? p.ToJournal(p.Amount) : null);

        var answer = (await ledger.Run([new LedgerUnit([.. operations])]))[0];
        foreach (var e in chain)
        {
            var name = e.Expected + (e.IsClosing ? " (reserved and closed as a unit)"
                : !e.IsBalancing ? "" : e.Expected == "created" ? NotBinding
                : " (before its balancing flag matters)");
            AsTheyAre[name] = AsTheyAre.GetValueOrDefault(name) + 1;
        }
        var told = string.Join(" + ", chain.Select(e =>
            $"{(e.IsAccount ? "account" : "transfer")} {e.Number("id")} {e.Expected}"));
        if (culprit is null or { Expected: "exists" })
        {
            if (answer.Failed) Mismatches.Add($"{told}: refused with {answer.Failure}");
            else if (!chain[0].IsAccount && answer.Value.Any(posted => posted.AlreadyThere != culprit is not null))
                Mismatches.Add($"{told}: already there {answer.Value[0].AlreadyThere}");
            if (!answer.Failed && culprit is null) foreach (var e in chain) await Remember(e);
            return;
        }
        if (!answer.Failed) Mismatches.Add($"{told}: not refused");
        else if (!TigerRules.Same.TryGetValue(culprit.Expected,
            out var same)) Mismatches.Add($"{told}: no code for it");
        else if (_putIn.ContainsKey(culprit.Id)
            && answer.Failure.Field?.EndsWith("amount", StringComparison.Ordinal) == true)
            Mismatches.Add($"{told}: the amount that was put in was refused, not what differs");
        else if (same.All(code => code.Code != answer.Failure.Code))
            OtherReason[(culprit.Expected, answer.Failure.Code)] = OtherReason.GetValueOrDefault((culprit.Expected,
                answer.Failure.Code)) + 1;
    }

    /// <summary>What does not apply here, but changed something there: its recorded outcome, plainly.</summary>
    private async Task PutIn(TigerEvent e, string why)
    {
        Not[(why, e.Expected)] = Not.GetValueOrDefault((why, e.Expected)) + 1;
        if (e.Expected != "created") return;
        if (e.IsAccount)
        {
            await Must(e.ToOperation(_ => null));
            return;
        }
        if (e.Is("post_pending_transfer") || e.Is("void_pending_transfer"))
        {
            await Must(e.ToOperation(id => _pending.GetValueOrDefault(id)));
            await Remember(e);
            return;
        }
        _putIn[e.Id] = why;
        var journal = e.ToJournal(await Clamped(e));
        await Must(e.Is("pending") ? new LedgerOperation.Reserve(journal) : new LedgerOperation.Post(journal));
        await Remember(e);
        if (e.Is("pending")) _pending[e.Id] = journal;
        foreach (var closing in await Closings(e)) await Must(closing);
    }

    /// <summary>A closing transfer is here two operations of one unit: reserve, and close the account.</summary>
    private async Task<IEnumerable<LedgerOperation>> Closings(TigerEvent e)
    {
        if (!e.IsClosing) return [];
        var accounts = (await ledger.Engine.Accounts(new AccountsQuery(_company), Ct)).Value;
        return new[] { "debit", "credit" }.Where(side => e.Is("closing_" + side))
            .SelectMany(side => accounts.Where(a => a.Code == TigerEvent.Code(e.Number(side + "_account_id"))))
            .Select(a => new LedgerOperation.PutAccounts(_company, [a with { Closed = true }]));
    }

    /// <summary>All that the event wants is free, so its balancing flag changes nothing.</summary>
    private async Task<bool> DoesNotBind(TigerEvent e, string why) => why == "balancing" && e is
        { IsBalancing: true, IsClosing: false, Fits: true, Expected: "created" } && await Clamped(e) == e.Amount;

    /// <summary>The documented outcome of the balancing flags: as much as keeps the one side below the other.</summary>
    private async Task<decimal> Clamped(TigerEvent e)
    {
        var amount = e.Amount;
        if (e.Is("balancing_debit"))
        {
            var debit = await Balance(TigerEvent.Code(e.Number("debit_account_id")), e.Currency);
            amount = Math.Min(amount, Math.Max(0, debit.Credit - debit.Debit - debit.ReservedDebit));
        }
        if (e.Is("balancing_credit"))
        {
            var credit = await Balance(TigerEvent.Code(e.Number("credit_account_id")), e.Currency);
            amount = Math.Min(amount, Math.Max(0, credit.Debit - credit.Credit - credit.ReservedCredit));
        }
        return amount;
    }

    private async Task Remember(TigerEvent e)
    {
        if (e.IsAccount) return;
        if (e.IsClosing) _closing[e.Id] = e;
        _flags[e.Id] = e.Flags.Except(["linked"]);
        if (e.Is("pending"))
        {
            _pending.TryAdd(e.Id, e.ToJournal(e.Fits ? e.Amount : 0));
            if (!e.Number("timeout").IsZero) _expiries.Add((e.Id, _now + e.Number("timeout")));
        }
        if (e.Is("post_pending_transfer") || e.Is("void_pending_transfer")) _expiries.RemoveAll(x =>
            x.Id == e.PendingId);
        if (!e.Is("void_pending_transfer")) return;
        _voided.Add(e.Id);
        await Reopen(e.PendingId);
    }

    private async Task Reopen(Guid pending)
    {
        if (!_closing.Remove(pending, out var e)) return;
        if (e.Is("closing_debit")) await SetClosed(TigerEvent.Code(e.Number("debit_account_id")), false);
        if (e.Is("closing_credit")) await SetClosed(TigerEvent.Code(e.Number("credit_account_id")), false);
    }

    private async Task SetClosed(string code, bool closed)
    {
        var account = (await ledger.Engine.Accounts(new AccountsQuery(_company), Ct)).Value.Single(a => a.Code == code);
        await Must(new LedgerOperation.PutAccounts(_company, [account with { Closed = closed }]));
    }

    private Task<Balance> Balance(Account account) => Balance(account.Code, account.Currency!);

    private async Task<Balance> Balance(string code, string currency) =>
        (await ledger.Engine.Balance(new BalanceQuery(_company, code, LastDay, Currency: currency), Ct)).Value;

    private async Task<Result<IReadOnlyList<Posted>>> Run(LedgerOperation operation) =>
        (await ledger.Run([new LedgerUnit(operation)]))[0];

    private async Task Must(LedgerOperation operation)
    {
        var answer = await Run(operation);
        if (answer.Failed) Mismatches.Add($"{operation.GetType().Name} could not be put in: {answer.Failure}");
    }
}

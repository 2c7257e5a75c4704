using System.Globalization;
using System.Numerics;
using System.Text.Json;
using BusinessM.Books;
using BusinessM.Contracts.BookKeeper;

namespace BusinessM.Keepers.Tests.Books;

/// <summary>One event of the tables of double-entry semantics: an account or a transfer to be made, with the result that
/// is expected.</summary>
public sealed class TigerEvent(JsonElement json, bool isAccount, CompanyId company)
{
    private static readonly BigInteger Max = (BigInteger.One << 128) - 1;

    // ledgers become currencies without minor units, so that every whole amount fits
    private static readonly string[] Currencies = ["", "JPY", "KRW", "ISK", "CLP", "VND", "PYG", "XOF", "XAF", "UGX"];

    public bool IsAccount => isAccount;

    public string Expected { get; } = json.GetProperty("expect").GetString()!;

    public HashSet<string> Flags { get; } = !json.TryGetProperty("flags", out var flags) ? []
        : [.. flags.EnumerateArray().Select(flag => flag.GetString()!)];

    public bool IsBalancing => Flags.Any(flag => flag.StartsWith("balancing", StringComparison.Ordinal));

    public bool IsClosing => Flags.Any(flag => flag.StartsWith("closing", StringComparison.Ordinal));

    public bool Is(string flag) => Flags.Contains(flag);

    public BigInteger Number(string field) => json.TryGetProperty(field, out var value)
        ? BigInteger.Parse(value.GetString()!, CultureInfo.InvariantCulture) : BigInteger.Zero;

    /// <summary>Amounts of 18 digits at most fit; the largest stands for all there is where a reservation is confirmed.
    /// </summary>
    public bool Fits => Number("amount") < (BigInteger)Money.Limit
        || (Is("post_pending_transfer") && Number("amount") == Max);

    public Guid Id => IdOf(Number("id"));

    public Guid PendingId => IdOf(Number("pending_id"));

    public string Currency => Currencies[(int)Number("ledger")];

    public decimal Amount => (decimal)BigInteger.Min(Number("amount"), (BigInteger)Money.Limit);

    public decimal? Part => Number("amount") == Max ? null : Amount;

    /// <summary>Each run has a company of its own, and ids of its own.</summary>
    public static Guid IdOf(CompanyId company, BigInteger number) => number.IsZero ? Guid.Empty
        : Ids.Derive(company.Value, number.ToString(CultureInfo.InvariantCulture));

    public static string Code(BigInteger account) => account.IsZero ? ""
        : account.ToString(CultureInfo.InvariantCulture);

    public Account ToAccount() => new(company, Code(Number("id")), Name, AccountType.Asset, Currency, Limit:
        Is("debits_must_not_exceed_credits") ? new AccountLimit(LimitScope.Account, 0, null)
        : Is("credits_must_not_exceed_debits") ? new AccountLimit(LimitScope.Account, null, 0) : null);

    public Journal ToJournal(decimal amount) => new(Id, company, new DateOnly(2026, 4, 10),
        new JournalSource(Name, IdOf(1)),
        [new JournalLine(Code(Number("debit_account_id")), Side.Debit, amount, Currency, amount),
            new JournalLine(Code(Number("credit_account_id")), Side.Credit, amount, Currency, amount)],
        string.Create(CultureInfo.InvariantCulture,
            $"{Number("user_data_128")}/{Number("user_data_64")}/{Number("user_data_32")}/{Number("timeout")}"));

    /// <summary>What the event says that the pending transfer was: blank fields are as they were.</summary>
    public Journal? ToContent(Journal? pending)
    {
        if (pending is null) return null;
        string Account(string field, int line) => Number(field).IsZero ? pending.Lines[line].Account
            : Code(Number(field));
        var currency = Number("ledger").IsZero ? pending.Lines[0].Currency : Currency;
        return pending with
        {
            Source = pending.Source with { Kind = Number("code").IsZero ? pending.Source.Kind : Name },
            Lines = [pending.Lines[0] with { Account = Account("debit_account_id", 0), Currency = currency },
                pending.Lines[1] with { Account = Account("credit_account_id", 1), Currency = currency }],
        };
    }

    /// <summary>The event as an operation of the ledger.</summary>
    public LedgerOperation ToOperation(Func<Guid, Journal?> pending) =>
        isAccount ? new LedgerOperation.PutAccounts(company, [ToAccount()])
        : Is("post_pending_transfer") ? new LedgerOperation.Confirm(
            new ConfirmJournal(company, PendingId, Id, Part, ToContent(pending(PendingId))))
        : Is("void_pending_transfer") ? new LedgerOperation.Release(new ReleaseJournal(company, PendingId))
        : Is("pending") ? new LedgerOperation.Reserve(ToJournal(Amount))
        : new LedgerOperation.Post(ToJournal(Amount));

    private string Name => Number("code").IsZero ? "" : string.Create(CultureInfo.InvariantCulture,
        $"code {Number("code")}");

    private Guid IdOf(BigInteger number) => IdOf(company, number);
}

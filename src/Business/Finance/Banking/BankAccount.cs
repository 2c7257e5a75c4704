using BusinessM.Finance.Parties;
using BusinessM.Records;

namespace BusinessM.Finance.Banking;

internal readonly record struct BankAccountId(Guid Value) : ITypedId<BankAccountId>
{
    public static BankAccountId From(Guid value) => new(value);
}

/// <summary>Whether a second person has compared a party's account with what the party gave.</summary>
internal enum BankAccountState { Unconfirmed, Confirmed }

/// <summary>A bank account of the company, or of a party. Nothing is paid to a party's account that is new or was
/// changed until someone else than those who entered it has confirmed it.</summary>
[DocumentType("bank-account", "Bank account", "Bank accounts", Code = null)]
[Verb("confirm", "Confirm", When = "state=unconfirmed")]
internal sealed class BankAccount : Master<BankAccountId>
{
    // ISO 20022, BICFIDec2014Identifier, after ISO 9362.
    private const string BicPattern = "[A-Z0-9]{4}[A-Z]{2}[A-Z0-9]{2}([A-Z0-9]{3})?";

    [Field("Party", InList = true, Indexed = true, Help = "Empty: the company's own account."), Link("masters.party")]
    public PartyId? Party { get; init; }

    [Field("Name", Length = 200, Required = true, InList = true, InSearch = true)]
    public string Name { get; set; } = "";

    [Field("IBAN", Length = 60, InList = true, InSearch = true, Indexed = true)]
    public string? Iban { get; set; }

    [Field("BIC", Length = 11, InList = true, Pattern = BicPattern,
        PatternMessage = "A BIC (ISO 9362) has 8 or 11 characters: institution, country, place and perhaps branch.")]
    public string? Bic { get; set; }

    [Field("Other number", Length = 60, InSearch = true, Help = "Where the country has no IBAN.")]
    public string? Number { get; set; }

    [Field("Holder", Length = 200, InSearch = true)]
    public string? Holder { get; set; }

    [Field("Currency", Length = 3, InList = true, Pattern = PartyRole.CurrencyPattern,
        PatternMessage = PartyRole.CurrencyMessage)]
    public string? Currency { get; set; }

    [Field("Ledger account", Length = 20, Help = "Code of the account that the company's own account is kept on.")]
    public string? Account { get; set; }

    [Field("Default", Name = "default", InList = true, Help = "Of its party and currency.")]
    public bool IsDefault { get; set; }

    [Field("State", InList = true, Indexed = true)]
    public BankAccountState State { get; private set; }

    /// <summary>Who entered where money goes since it was last confirmed: names on a line each.</summary>
    [Field("Entered by", Long = true)]
    public string? EnteredBy { get; private set; }

    [Field("Confirmed by")]
    public string? ConfirmedBy { get; private set; }

    /// <summary>The fields that say where money goes.</summary>
    public static readonly IReadOnlySet<string> Destination = new HashSet<string>(StringComparer.Ordinal)
        { "party", "iban", "bic", "number", "holder" };

    /// <summary>Takes what was entered: the IBAN in plain form. A party's account whose destination was entered or
    /// changed is unconfirmed from then on; the company's own needs no confirmation.</summary>
    /// <param name="changed">Whether one of <see cref="Destination"/> is new or was changed.</param>
    public Result<Done> Enter(string by, bool changed)
    {
        if (Iban is not null) Iban = Banking.Iban.Plain(Iban);
        if (Iban is null && Number is null)
            return FinanceErrors.BankAccountWithoutNumber.With($"An account has an IBAN or another number", "iban");
        if (Iban is not null && Banking.Iban.Check(Iban) is { } wrong) return wrong;
        if (Currency is not null && !BusinessM.Currency.TryParse(Currency, out _))
            return FinanceErrors.CurrencyUnknown.With($"'{Currency}' is not a currency", "currency");
        if (Party is null) State = BankAccountState.Confirmed;
        if (Party is null || !changed) return Done.Ok;
        var before = State == BankAccountState.Unconfirmed ? Names(EnteredBy) : [];
        EnteredBy = string.Join('\n', before.Append(by).Distinct(StringComparer.Ordinal));
        (State, ConfirmedBy) = (BankAccountState.Unconfirmed, null);
        return Done.Ok;
    }

    /// <summary>A second person confirms it. Refuses those who entered any of it since the last confirmation: two who
    /// change it one after the other would otherwise each confirm his own part.</summary>
    public Result<Done> Confirm(string by)
    {
        if (State == BankAccountState.Confirmed)
            return FinanceErrors.BankAccountConfirmed.With($"The account is confirmed already");
        if (Names(EnteredBy).Contains(by, StringComparer.Ordinal))
            return FinanceErrors.BankAccountSamePerson.With($"{by} entered the account: someone else confirms it");
        (State, ConfirmedBy) = (BankAccountState.Confirmed, by);
        return Done.Ok;
    }

    /// <summary>Whether money may be sent to it.</summary>
    public Result<Done> MayBePaid() => State == BankAccountState.Confirmed && !Blocked ? Done.Ok
        : FinanceErrors.BankAccountUnconfirmed.With($"{Name} is {(Blocked ? "blocked" : "not confirmed")}");

    private static string[] Names(string? lines) => lines?.Split('\n') ?? [];
}

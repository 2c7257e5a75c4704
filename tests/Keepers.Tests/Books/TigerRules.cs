using BusinessM.Books;

namespace BusinessM.Keepers.Tests.Books;

/// <summary>What each result code of the tables is called here, and what does not apply here and why.</summary>
internal static class TigerRules
{
    /// <summary>Result codes and the refusals that say the same.</summary>
    public static readonly Dictionary<string, ErrorCode[]> Same = new(StringComparer.Ordinal)
    {
        ["id_must_not_be_zero"] = [BookErrors.SourceMissing, BookErrors.TextInvalid],
        ["code_must_not_be_zero"] = [BookErrors.SourceMissing, BookErrors.TextInvalid],
        ["ledger_must_not_be_zero"] = [BookErrors.CurrencyUnknown],
        ["debit_account_id_must_not_be_zero"] = [BookErrors.TextInvalid],
        ["credit_account_id_must_not_be_zero"] = [BookErrors.TextInvalid],
        ["debit_account_not_found"] = [BookErrors.AccountUnknown],
        ["credit_account_not_found"] = [BookErrors.AccountUnknown],
        ["accounts_must_have_the_same_ledger"] = [BookErrors.AccountCurrency],
        ["transfer_must_have_the_same_ledger_as_accounts"] = [BookErrors.AccountCurrency],
        ["exists_with_different_flags"] = [BookErrors.JournalDiffers, BookErrors.JournalReserved],
        ["exists_with_different_pending_id"] = [BookErrors.JournalDiffers],
        ["exists_with_different_timeout"] = [BookErrors.JournalDiffers],
        ["exists_with_different_debit_account_id"] = [BookErrors.JournalDiffers],
        ["exists_with_different_credit_account_id"] = [BookErrors.JournalDiffers],
        ["exists_with_different_amount"] = [BookErrors.JournalDiffers],
        ["exists_with_different_user_data_128"] = [BookErrors.JournalDiffers],
        ["exists_with_different_user_data_64"] = [BookErrors.JournalDiffers],
        ["exists_with_different_user_data_32"] = [BookErrors.JournalDiffers],
        ["exists_with_different_ledger"] = [BookErrors.JournalDiffers],
        ["exists_with_different_code"] = [BookErrors.JournalDiffers],
        ["pending_transfer_not_found"] = [BookErrors.ReservationUnknown],
        ["pending_transfer_not_pending"] = [BookErrors.ReservationUnknown],
        ["pending_transfer_has_different_debit_account_id"] = [BookErrors.ReservationDiffers],
        ["pending_transfer_has_different_credit_account_id"] = [BookErrors.ReservationDiffers],
        ["pending_transfer_has_different_ledger"] = [BookErrors.ReservationDiffers],
        ["pending_transfer_has_different_code"] = [BookErrors.ReservationDiffers],
        ["exceeds_pending_transfer_amount"] = [BookErrors.ConfirmAmount],
        ["pending_transfer_already_posted"] = [BookErrors.ReservationConfirmed],
        ["pending_transfer_already_voided"] = [BookErrors.ReservationReleased],
        ["pending_transfer_expired"] = [BookErrors.ReservationReleased],
        ["debit_account_already_closed"] = [BookErrors.AccountClosed],
        ["credit_account_already_closed"] = [BookErrors.AccountClosed],
        ["exceeds_credits"] = [BookErrors.LimitExceeded],
        ["exceeds_debits"] = [BookErrors.LimitExceeded],
    };

    /// <summary>Looked at before the amount is balanced, so that the flag has no effect.</summary>
    private static readonly HashSet<string> RefusedBeforeBalancing = new(StringComparer.Ordinal)
    {
        "id_must_not_be_zero", "code_must_not_be_zero", "ledger_must_not_be_zero", "debit_account_id_must_not_be_zero",
        "credit_account_id_must_not_be_zero", "debit_account_not_found", "credit_account_not_found",
        "accounts_must_have_the_same_ledger", "transfer_must_have_the_same_ledger_as_accounts",
        "debit_account_already_closed", "credit_account_already_closed", "exists_with_different_code",
        "exists_with_different_debit_account_id", "exists_with_different_user_data_128",
        "exists_with_different_user_data_64", "exists_with_different_user_data_32",
    };

    /// <summary>Why the event is not run as it is; null where it is. <paramref name="voided"/>: ids of void transfers.
    /// </summary>
    public static string? WhyNot(TigerEvent e, Predicate<Guid> voided, Func<Guid, IEnumerable<string>?> flagsOf)
    {
        if (e.IsBalancing && !RefusedBeforeBalancing.Contains(e.Expected)) return "balancing";
        if (e.Is("imported")) return "imported";
        if (e.IsClosing && (e.IsBalancing || !e.Is("pending") || e.Expected == "exists")) return "closing";
        if (!e.IsAccount && !e.Fits) return "u128 bounds";
        return e.Expected switch
        {
            "id_already_failed" => "a refusal burns no id",
            "linked_event_chain_open" => "a unit is never open",
            "flags_are_mutually_exclusive" when !e.IsAccount => "an operation is one thing",
            "flags_are_mutually_exclusive" => "both limits may be set",
            "pending_id_must_be_zero" or "pending_id_must_not_be_zero" or "pending_id_must_be_different"
                or "pending_id_must_not_be_int_max" => "an operation names a reservation where it has one",
            "timeout_reserved_for_pending_transfer" or "overflows_timeout" => "expiry",
            "accounts_must_be_different" => "a journal may debit and credit one account",
            "reserved_flag" or "reserved_field" or "timestamp_must_be_zero" => "no such field",
            "debits_pending_must_be_zero" or "debits_posted_must_be_zero" or "credits_pending_must_be_zero"
                or "credits_posted_must_be_zero" => "no such field",
            "pending_transfer_has_different_amount" => "a release has no amount",
            "debit_account_already_closed" or "credit_account_already_closed" when e.Is("post_pending_transfer")
                => "closing: a confirm is never refused for it",
            "created" => null,
            _ when e.Expected.StartsWith("imported", StringComparison.Ordinal) => "imported",
            _ when e.Expected.EndsWith("int_max", StringComparison.Ordinal)
                || e.Expected.StartsWith("overflows", StringComparison.Ordinal) => "u128 bounds",
            _ when e.IsAccount && e.Expected.StartsWith("exists_with", StringComparison.Ordinal) =>
                "an account may be changed",
            "pending_transfer_expired" or "pending_transfer_already_voided" when e.Is("void_pending_transfer")
                => "a release may be repeated",
            "exceeds_pending_transfer_amount" when e.Is("void_pending_transfer") => "a release has no amount",
            "exists_with_different_flags" when flagsOf(e.Id) is { } flags
                && flags.ToHashSet().SetEquals(e.Flags.Except(["linked"]))
                => "being one of a unit is no content",
            _ when e.Is("void_pending_transfer") && e.Expected.StartsWith("pending_transfer_has",
                StringComparison.Ordinal)
                => "a release names its reservation only",
            _ when e.Expected.StartsWith("exists", StringComparison.Ordinal) && !e.IsAccount
                && (voided(e.Id) != e.Is("void_pending_transfer") || (voided(e.Id) && e.Expected != "exists"))
                => "a release has no id of its own",
            _ when e.Is("post_pending_transfer") && e.Expected.StartsWith("exists_with_different_user_data",
                StringComparison.Ordinal)
                => "a confirm has no text of its own",
            _ => null,
        };
    }
}

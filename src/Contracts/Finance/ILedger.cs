using BusinessM.Contracts.BookKeeper;

namespace BusinessM.Contracts.Finance;

/// <summary>The ledger as other contexts see it: they state business facts by role, Finance finds the accounts
/// (policy 17). Takes effect with the caller's commit, and only with it; a refusal comes back at once.</summary>
public interface ILedger
{
    Task<Result<FactPosted>> Post(BusinessFact fact, CancellationToken ct);

    Task<Result<FactPosted>> Reverse(ReverseFact reversal, CancellationToken ct);
}

/// <summary>A fact of business: <paramref name="Id"/> follows from the source document, so that repeats are harmless.
/// Amounts balance per currency.</summary>
public sealed record BusinessFact(Guid Id, CompanyId Company, DateOnly Date, JournalSource Source,
    IReadOnlyList<FactLine> Lines, string? Text = null);

/// <summary>One line by account role (<c>stock</c>, <c>interim</c>, <c>cogs</c>); the amount is zero or more in
/// <paramref name="Currency"/>; the base amount in the company's currency is null where both are the same.</summary>
public sealed record FactLine(string Role, Side Side, decimal Amount, string Currency, decimal? BaseAmount = null,
    PartyId? Party = null, string? Text = null, IReadOnlyDictionary<string, string>? Dimensions = null);

public sealed record ReverseFact(CompanyId Company, Guid Fact, Guid Reversal, JournalSource Source, string Reason,
    DateOnly? Date = null);

/// <summary>AlreadyThere: the same id and content had been posted before.</summary>
public sealed record FactPosted(Guid Id, bool AlreadyThere = false);

namespace BusinessM.Contracts.BookKeeper;

/// <summary>The five elements of financial statements (IFRS Conceptual Framework, chapter 4).</summary>
public enum AccountType { Asset, Liability, Equity, Income, Expense }

public enum Side { Debit, Credit }

/// <summary>For whom a limit counts: the account as a whole, or each party on it.</summary>
public enum LimitScope { Account, Party }

/// <summary>How far a balance may go: debits less credits (or credits less debits) may not exceed the amount, in the
/// account's currency, or the company's where the account takes any. Reservations on the side that makes it tighter
/// count; those on the other side do not (design section 4, far, 1).</summary>
public sealed record AccountLimit(LimitScope Scope, decimal? MaxDebitBalance, decimal? MaxCreditBalance);

/// <summary>An account of a company's chart. Currency null: takes any. A group takes no postings.</summary>
public sealed record Account(CompanyId Company, string Code, string Name, AccountType Type, string? Currency = null,
    bool Group = false, bool Closed = false, AccountLimit? Limit = null);

public enum PeriodState { Open, Closing, Closed }

/// <summary>A period of the books: <paramref name="Code"/> such as 2026-04, both dates inclusive. An adjustment period
/// takes the closing journal only (policy 16) and may share the last day of the year.</summary>
public sealed record Period(CompanyId Company, string Code, DateOnly From, DateOnly To, PeriodState State,
    bool Adjustment = false);

/// <summary>What a company's books are kept in, and the names of dimensions that lines may carry.</summary>
public sealed record Books(CompanyId Company, string Currency, IReadOnlyList<string> Dimensions);

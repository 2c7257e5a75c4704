using BusinessM.Contracts.BookKeeper;
using BusinessM.Contracts.RecordKeeper;

namespace BusinessM.Books;

/// <summary>A ledger operation that takes effect with the commit.</summary>
public sealed class LedgerEffect(LedgerOperation operation, Guid source) : INumberedEffect
{
    public LedgerOperation Operation { get; } = operation;

    public CompanyId Company => Operation.Company;

    public Guid Source { get; } = source;

    /// <summary>What became of it, once the lane has decided.</summary>
    public Posted? Answer { get; set; }

    public void Numbered(string number) => Operation.Number = number;
}

using BusinessM.Contracts.RecordKeeper;

namespace BusinessM.Books;

/// <summary>A ledger operation that takes effect with the commit.</summary>
public sealed class LedgerEffect(LedgerOperation operation, Guid source) : INumberedEffect
{
    public LedgerOperation Operation { get; } = operation;

    public CompanyId Company => Operation.Company;

    public Guid Source { get; } = source;

    public void Numbered(string number) => Operation.Number = number;
}

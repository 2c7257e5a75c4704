using System.Collections.Concurrent;
using BusinessM.Contracts.RecordKeeper;
using BusinessM.Finance.Receivables;
using BusinessM.Records;
using Microsoft.EntityFrameworkCore;

namespace BusinessM.Finance.Parties;

/// <summary>A customer was made or changed: what is cached of it goes with the commit.</summary>
internal sealed record CustomerChanged(CompanyId Company, PartyId Party) : IEffect;

/// <summary>What of a customer decides invoices to it.</summary>
public sealed record CustomerTerms(Guid Id, int Version, string? PaymentTerms, string? TaxCode, bool Blocked,
    bool SaleBlocked, string? BlockReason)
{
    /// <summary>A customer who is blocked for sale still gets credit notes.</summary>
    internal Error? Refuses(InvoiceKind kind) => Blocked || (SaleBlocked && kind == InvoiceKind.Invoice)
        ? FinanceErrors.CustomerBlocked.With($"The customer is blocked: {BlockReason ?? "not used any more"}", "party")
        : null;
}

/// <summary>The terms of customers as this process last saw them; that a party has none is remembered too. A change
/// committed by this process counts at once; one of another process after <see cref="AgeMaxSeconds"/>, or once the lane
/// has refused what stood on it.</summary>
internal sealed class CustomerCache(TimeProvider clock) : ILanePart
{
    public const int AgeMaxSeconds = 30;

    /// <summary>Parties kept; beyond that it starts anew.</summary>
    public const int PartiesMax = 200_000;

    private readonly ConcurrentDictionary<(CompanyId, PartyId), (CustomerTerms? Terms, long At)> _terms = new();
    private readonly ConcurrentDictionary<Guid, (CompanyId, PartyId)> _parties = new();
    private long _changes;

    /// <summary>Grows with each change: what was read before one is not kept after it.</summary>
    public long Changes => Interlocked.Read(ref _changes);

    public bool TryFind(CompanyId company, PartyId party, out CustomerTerms? terms)
    {
        var young = _terms.TryGetValue((company, party), out var found)
            && clock.GetElapsedTime(found.At).TotalSeconds < AgeMaxSeconds;
        terms = found.Terms;
        return young;
    }

    public void Keep(CompanyId company, PartyId party, CustomerTerms? terms, long changes)
    {
        if (changes != Changes) return;
        if (_terms.Count > PartiesMax)
        {
            _terms.Clear();
            _parties.Clear();
        }
        _terms[(company, party)] = (terms, clock.GetTimestamp());
        if (terms is not null) _parties[terms.Id] = (company, party);
    }

    void ILanePart.Stale(Guid document)
    {
        if (_parties.TryRemove(document, out var party)) _terms.TryRemove(party, out _);
    }

    ILaneWork? ILanePart.Begin(IReadOnlyList<LaneUnit> units)
    {
        foreach (var unit in units)
            foreach (var effect in unit.Effects)
                if (effect is CustomerChanged) return new Work(this);
        return null;
    }

    private sealed class Work(CustomerCache cache) : ILaneWork
    {
        public bool Recall() => true;

        public IReadOnlyList<LaneCommand> Look() => [];

        public Task Read(System.Data.Common.DbDataReader reader, CancellationToken ct) => Task.CompletedTask;

        public void Reset()
        {
        }

        public Result<Done> Decide(LaneUnit unit) => Done.Ok;

        public byte[]? Digest(LaneUnit unit, CompanyId company) => null;

        public LaneWrites Write(IReadOnlyList<LaneUnit> accepted) => LaneWrites.Nothing;

        public void Committed(IReadOnlyList<LaneUnit> accepted)
        {
            foreach (var changed in accepted.SelectMany(unit => unit.Effects).OfType<CustomerChanged>())
            {
                Interlocked.Increment(ref cache._changes);
                cache._terms.TryRemove((changed.Company, changed.Party), out _);
            }
        }
    }
}

/// <summary>The terms of customers, for one request. A decision relies on the version that it was given.</summary>
internal sealed class CustomersOf(FinanceDb db, CustomerCache cache)
{
    /// <summary>Null: the party is no customer, so that the company's usual terms count.</summary>
    public async ValueTask<CustomerTerms?> Of(CompanyId company, PartyId party, CancellationToken ct)
    {
        if (!cache.TryFind(company, party, out var terms))
        {
            var changes = cache.Changes;
            var customer = await db.Customers.AsNoTracking().SingleOrDefaultAsync(
                c => c.Company == company && c.Party == party, ct);
            terms = customer is null ? null : new CustomerTerms(customer.Id.Value, customer.Version,
                customer.PaymentTerms, customer.TaxCode, customer.Blocked, customer.SaleBlocked, customer.BlockReason);
            cache.Keep(company, party, terms, changes);
        }
        if (terms is not null) db.RelyOn<Customer>(company, terms.Id, terms.Version);
        return terms;
    }
}

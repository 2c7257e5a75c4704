using BusinessM.Contracts.Masters;
using BusinessM.Contracts.RecordKeeper;
using BusinessM.Records;

namespace BusinessM.Finance.Parties;

/// <summary>What customer and supplier have in common.</summary>
internal interface IPartyRole : IDocument
{
    PartyId Party { get; }

    string? Name { get; set; }

    string? Currency { get; }

    string? BlockReason { get; }

    /// <summary>Whether some of what the role is for is blocked.</summary>
    bool IsRestricted { get; }
}

/// <summary>The decision on customers and suppliers as they are entered.</summary>
internal static class PartyRole
{
    public const string CurrencyPattern = "[A-Z]{3}";

    public const string CurrencyMessage = "A currency is three capital letters of ISO 4217.";

    public const string TaxStatuses = "registered=Registered for VAT, unregistered=Not registered, exempt=Exempt (E), "
        + "reverseCharge=Reverse charge (AE), intraCommunity=Intra-community (K), foreign=Established abroad (G), "
        + "outsideScope=Not subject to VAT (O)";

    /// <summary>Refuses an unknown currency and a block that nobody gave a reason for; takes the party's name where
    /// none is given.</summary>
    public static Error? Complete(IPartyRole role, Party party, bool isNew)
    {
        if (isNew && party.Blocked) return FinanceErrors.PartyBlocked.With($"Party {party.Code} is blocked", "party");
        if (role.Currency is { } currency && !BusinessM.Currency.TryParse(currency, out _))
            return FinanceErrors.CurrencyUnknown.With($"'{currency}' is not a currency", "currency");
        if (role.IsRestricted && string.IsNullOrWhiteSpace(role.BlockReason))
            return FinanceErrors.BlockWithoutReason.With($"A block needs a reason", "blockReason");
        if (string.IsNullOrWhiteSpace(role.Name)) role.Name = party.Name;
        return null;
    }
}

/// <summary>Customers as they are entered; what is cached of one goes with the commit.</summary>
internal sealed class CustomerRules(IMasters masters, IUnitOfWork unit) : IDocumentRules<Customer>
{
    public async Task<Result<Done>> Before(DocumentChange<Customer> change, CancellationToken ct)
    {
        var customer = change.Document;
        var party = await masters.PartyOf(customer.Company, customer.Party, ct);
        if (party.Failed) return party.Failure;
        if (PartyRole.Complete(customer, party.Value, change.IsNew) is { } refused) return refused;
        unit.Include(new CustomerChanged(customer.Company, customer.Party));
        return Done.Ok;
    }
}

/// <summary>Suppliers as they are entered.</summary>
internal sealed class SupplierRules(IMasters masters) : IDocumentRules<Supplier>
{
    public async Task<Result<Done>> Before(DocumentChange<Supplier> change, CancellationToken ct)
    {
        var party = await masters.PartyOf(change.Document.Company, change.Document.Party, ct);
        if (party.Failed) return party.Failure;
        return PartyRole.Complete(change.Document, party.Value, change.IsNew) is { } refused ? refused : Done.Ok;
    }
}

internal static class MastersQuestions
{
    /// <summary>One party; refused where the company has no such one.</summary>
    public static async Task<Result<Party>> PartyOf(this IMasters masters, CompanyId company, PartyId id,
        CancellationToken ct)
    {
        var parties = await masters.Parties(new PartiesQuery(company, [id]), ct);
        if (parties.Failed) return parties.Failure;
        return parties.Value is [{ } party] ? party
            : FinanceErrors.PartyNotFound.With($"There is no party {id}", "party");
    }
}

namespace BusinessM.Contracts.Masters;

/// <summary>A party was merged into another one, which stands for both from now on. Documents that name it stay; who
/// keeps something of it lets it lead to the other one.</summary>
public sealed record PartyMerged(CompanyId Company, PartyId From, PartyId Into)
{
    public const string Subject = "masters.party.merged";
}

/// <summary>The personal data of a party was erased: who keeps copies that no law demands erases them too.</summary>
public sealed record PartyErased(CompanyId Company, PartyId Party)
{
    public const string Subject = "masters.party.erased";
}

using BusinessM.Records;

namespace BusinessM.Finance.Parties;

internal readonly record struct TaxRegistrationId(Guid Value) : ITypedId<TaxRegistrationId>
{
    public static TaxRegistrationId From(Guid value) => new(value);
}

/// <summary>A party's registration for tax at an address (policy 3). Its ids are fields of the countries' regions; the
/// ids on customer and supplier stand for addresses that have none of their own.</summary>
[DocumentType("tax-registration", "Tax registration", "Tax registrations", Code = null)]
internal sealed class TaxRegistration : Master<TaxRegistrationId>
{
    [Field("Party", Required = true, InList = true, Indexed = true), Link("masters.party")]
    public PartyId Party { get; init; }

    [Field("Address", InList = true, Indexed = true, Help = "Empty: all of the party's."), Link("masters.address")]
    public Guid? Address { get; init; }

    [Field("Country", Required = true, InList = true, Indexed = true), Link("masters.country", ByCode = true)]
    public string Country { get; init; } = "";

    [Field("Name", Length = 200, Required = true, InList = true, InSearch = true, Help = "As registered.")]
    public string Name { get; set; } = "";

    [Field("Valid from", Required = true, InList = true)]
    public DateOnly ValidFrom { get; set; }

    [Field("Valid to", InList = true, Help = "The last day.")]
    public DateOnly? ValidTo { get; set; }

    /// <summary>Whether it counts on a day.</summary>
    public bool IsValid(DateOnly day) => ValidFrom <= day && (ValidTo is null || day <= ValidTo);

    /// <summary>Refuses a validity that ends before it begins.</summary>
    public Result<Done> Check() => ValidTo < ValidFrom
        ? FinanceErrors.ValidityReversed.With($"{ValidTo:yyyy-MM-dd} is before {ValidFrom:yyyy-MM-dd}", "validTo")
        : Done.Ok;
}

internal sealed class TaxRegistrationRules : IDocumentRules<TaxRegistration>
{
    public Task<Result<Done>> Before(DocumentChange<TaxRegistration> change, CancellationToken ct) =>
        Task.FromResult(change.Document.Check());
}

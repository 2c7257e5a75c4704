using BusinessM.Records;

namespace BusinessM.Masters.Currencies;

internal readonly record struct CurrencyId(Guid Value) : ITypedId<CurrencyId>
{
    public static CurrencyId From(Guid value) => new(value);
}

/// <summary>A currency of ISO 4217 with minor units. All that the program can reckon in are listed; those that an
/// installation does not use are blocked.</summary>
[DocumentType("currency", "Currency", "Currencies", Scope = DocumentScope.Installation, Table = "currency")]
internal sealed class ListedCurrency : Master<CurrencyId>
{
    [Field("Code", Required = true, Unique = true, InList = true, InSearch = true, Pattern = "[A-Z]{3}",
        PatternMessage = "A currency is three capital letters of ISO 4217.")]
    public string Code { get; init; } = "";

    [Field("Name", Length = 200, Required = true, InList = true, InSearch = true)]
    public string Name { get; set; } = "";

    [Field("Digits", InList = true, Help = "Of its minor unit.")]
    public int Digits { get; private set; }

    /// <summary>Digits follow from ISO 4217; nobody enters them.</summary>
    public Error? Complete()
    {
        if (!Currency.TryParse(Code, out var known))
            return MastersErrors.CurrencyUnknown.With($"'{Code}' is not a currency", "code");
        Digits = known.Digits;
        return null;
    }
}

/// <summary>Only what ISO 4217 lists is a currency.</summary>
internal sealed class CurrencyRules : IDocumentRules<ListedCurrency>
{
    public Task<Result<Done>> Before(DocumentChange<ListedCurrency> change, CancellationToken ct) =>
        Task.FromResult(Rules.Answer(change.Document.Complete()));
}

using BusinessM.Contracts.Masters;
using BusinessM.Records;

namespace BusinessM.Masters.Parties;

/// <summary>Whoever one trades with.</summary>
[DocumentType("party", "Party", "Parties", Series = "P-{00000}")]
[Verb("merge", "Merge into another party", When = "erased=false", Danger = true,
    Fields = typeof(MergeParty.MergePartyRequest))]
[Verb("erase", "Erase personal data", When = "erased=false", Danger = true,
    Fields = typeof(EraseParty.ErasePartyRequest))]
internal sealed class Party : Master<PartyId>
{
    [Field("Code", Length = 40, Required = true, Unique = true, InList = true, InSearch = true)]
    public string Code { get; init; } = "";

    [Field("Name", Length = 200, Required = true, InList = true, InSearch = true, Indexed = true)]
    public string Name { get; set; } = "";

    [Field("Kind", InList = true, Default = "organisation")]
    public PartyKind Kind { get; set; }

    [Field("Legal name", Length = 200, InSearch = true, Help = "As registered, where it is not the name.")]
    public string? LegalName { get; set; }

    [Field("Group", Name = "group", InList = true, Indexed = true), Link("masters.party-group", ByCode = true)]
    public string? PartyGroup { get; set; }

    [Field("Country", InList = true, Indexed = true), Link("masters.country", ByCode = true)]
    public string? Country { get; set; }

    [Field("Language", Help = "Of what is sent to it.", Pattern = Patterns.Language,
        PatternMessage = Patterns.LanguageMessage)]
    public string? Language { get; set; }

    [Field("Email", Length = 254, InList = true, InSearch = true, Pattern = Patterns.Email,
        PatternMessage = Patterns.EmailMessage)]
    public string? Email { get; set; }

    [Field("Phone", Length = 40, InSearch = true)]
    public string? Phone { get; set; }

    [Field("Website", Length = 200)]
    public string? Web { get; set; }

    [Field("Note", Long = true)]
    public string? Note { get; set; }

    [Field("Erased", Help = "Personal data was erased.")]
    public bool Erased { get; private set; }

    [Field("Merged into", Indexed = true), Link("masters.party")]
    public PartyId? MergedInto { get; private set; }

    /// <summary>What an erased party is called.</summary>
    public const string ErasedName = "Erased";

    public Contracts.Masters.Party ToContract() => new(Id, Company, Code, Name, Country, Blocked, Version, PartyGroup,
        Kind, LegalName, Language, Email, MergedInto);

    public static Party From(Contracts.Masters.Party party) => new()
    {
        Id = party.Id, Company = party.Company, Code = party.Code, Name = party.Name, Kind = party.Kind,
        LegalName = party.LegalName, Country = party.Country, Language = party.Language, Email = party.Email,
        Blocked = party.Blocked, PartyGroup = party.Group,
    };

    /// <summary>A change by a form: what was erased is not filled again, and what was merged stays blocked.</summary>
    public Error? CheckChange() => Erased ? MastersErrors.PartyErased.With($"The data of party {Code} was erased")
        : MergedInto is { } into && !Blocked
            ? MastersErrors.PartyMerged.With($"Party {Code} was merged into {into}", "blocked") : null;

    /// <summary>The other one stands for both from now on; this one stays, blocked, for what names it.</summary>
    public Result<Done> MergeInto(Party other)
    {
        if (Erased || MergedInto is not null)
            return MastersErrors.MergeInvalid.With($"Party {Code} was erased or merged before");
        if (other.Id == Id || other.Company != Company || other.Blocked || other.Erased)
            return MastersErrors.MergeInvalid.With($"{other.Code} is the same party, or cannot be used itself", "into");
        (MergedInto, Blocked) = (other.Id, true);
        return Done.Ok;
    }

    /// <summary>What was merged into a party that is itself merged now goes on to the last one.</summary>
    public void GoOnTo(PartyId last) => MergedInto = last;

    /// <summary>Its code from then on: the old one may be a name.</summary>
    public string ErasedCode => "ERASED-" + Id.Value.ToString("N")[12..];

    /// <summary>Empties what tells who it is. Its country, group and id stay: books and tax stand on them.</summary>
    public Result<Done> Erase()
    {
        if (Erased) return MastersErrors.PartyErased.With($"The data of party {Code} was erased before");
        (Name, Erased, Blocked) = (ErasedName, true, true);
        (LegalName, Language, Email, Phone, Web, Note) = (null, null, null, null, null, null);
        return Done.Ok;
    }
}

using BusinessM.Records;

namespace BusinessM.Masters.Parties;

internal readonly record struct PartyGroupId(Guid Value) : ITypedId<PartyGroupId>
{
    public static PartyGroupId From(Guid value) => new(value);
}

/// <summary>Parties that share accounts, terms or prices (policy 17).</summary>
[DocumentType("party-group", "Party group", "Party groups")]
internal sealed class PartyGroup : Master<PartyGroupId>, IGroup
{
    [Field("Code", Length = 40, Required = true, Unique = true, InList = true, InSearch = true)]
    public string Code { get; init; } = "";

    [Field("Name", Length = 200, Required = true, InList = true, InSearch = true)]
    public string Name { get; set; } = "";

    [Field("Parent", Name = "parent", InList = true, Indexed = true), Link("masters.party-group", ByCode = true)]
    public string? ParentGroup { get; set; }
}

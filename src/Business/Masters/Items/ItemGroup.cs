using BusinessM.Records;

namespace BusinessM.Masters.Items;

internal readonly record struct ItemGroupId(Guid Value) : ITypedId<ItemGroupId>
{
    public static ItemGroupId From(Guid value) => new(value);
}

/// <summary>Items that share accounts, tax or prices (policy 17).</summary>
[DocumentType("item-group", "Item group", "Item groups")]
internal sealed class ItemGroup : Master<ItemGroupId>, IGroup
{
    [Field("Code", Length = 40, Required = true, Unique = true, InList = true, InSearch = true)]
    public string Code { get; init; } = "";

    [Field("Name", Length = 200, Required = true, InList = true, InSearch = true)]
    public string Name { get; set; } = "";

    [Field("Parent", Name = "parent", InList = true, Indexed = true), Link("masters.item-group", ByCode = true)]
    public string? ParentGroup { get; set; }
}

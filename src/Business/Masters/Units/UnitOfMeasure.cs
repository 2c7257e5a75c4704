using BusinessM.Records;

namespace BusinessM.Masters.Units;

internal readonly record struct UnitId(Guid Value) : ITypedId<UnitId>
{
    public static UnitId From(Guid value) => new(value);
}

/// <summary>What a unit measures; units of one dimension convert into each other.</summary>
internal enum Dimension { Other, Count, Mass, Length, Area, Volume, Time, Energy, Power, Packaging }

/// <summary>A unit of UN/ECE Recommendation 20 (and 21 with an X before it: packages). The usual ones are there; any
/// other code of the Recommendation may be added.</summary>
[DocumentType("unit", "Unit of measure", "Units", Scope = DocumentScope.Installation)]
internal sealed class UnitOfMeasure : Master<UnitId>
{
    [Field("Code", Required = true, Unique = true, InList = true, InSearch = true, Pattern = "[0-9A-Z]{1,3}",
        PatternMessage = "A unit has a code of UN/ECE Recommendation 20, such as C62 or KGM.")]
    public string Code { get; init; } = "";

    [Field("Name", Length = 200, Required = true, InList = true, InSearch = true)]
    public string Name { get; set; } = "";

    [Field("Symbol", Length = 20, InList = true, InSearch = true)]
    public string? Symbol { get; set; }

    [Field("Dimension", InList = true, Indexed = true, Default = "other")]
    public Dimension Dimension { get; set; }
}

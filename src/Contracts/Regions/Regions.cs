using BusinessM.Contracts.RecordKeeper;

namespace BusinessM.Contracts.Regions;

/// <summary>What a region adds, as data: it travels to owners in other processes, who alone bake, validate and store
/// it.</summary>
/// <param name="Region">Its name, such as <c>India</c>; the source of its fields.</param>
/// <param name="Countries">ISO 3166 codes of the countries it is for.</param>
/// <param name="Needs">Contexts without which the installation may not start.</param>
/// <param name="Enriches">Contexts that it adds to where they are there, and else skips.</param>
public sealed record RegionContribution(string Region, IReadOnlyList<string> Countries, IReadOnlyList<string> Needs,
    IReadOnlyList<string> Enriches, IReadOnlyList<ContributedField> Fields)
{
    /// <summary>Accounts by role that the region's companies have besides, or in place of, the chart's own.</summary>
    public IReadOnlyList<ChartOverlay> Accounts { get; init; } = [];

    /// <summary>How numbers and dates are shown to the region's companies; null: as everywhere.</summary>
    public NumberStyle? Numbers { get; init; }

    /// <summary>The countries of the region that write them otherwise.</summary>
    public IReadOnlyList<CountryNumbers> NumbersByCountry { get; init; } = [];

    /// <summary>Lists that fields and documents of the region choose from (states, kinds of holder).</summary>
    public IReadOnlyList<RegionList> Lists { get; init; } = [];
}

/// <summary>A field on a document type of its owner, such as <c>finance.supplier</c>.</summary>
public sealed record ContributedField(string Document, FieldDefinition Field);

/// <summary>An account that a company of the region gets when it is made (policy 17).</summary>
public sealed record ChartOverlay(string Code, string Name, string Type, string? Role = null)
{
    /// <summary>The group of the chart in which it stands.</summary>
    public string? Parent { get; init; }
}

/// <summary>Grouping of digits from the right (3 and then 2: lakh and crore), decimal and group signs, date format as
/// Unicode TR 35 writes it.</summary>
public sealed record NumberStyle(IReadOnlyList<int> Groups, string Decimal, string Group, string Date);

/// <summary>How one country of a region shows numbers and dates.</summary>
public sealed record CountryNumbers(string Country, NumberStyle Style);

/// <summary>A list to choose from, by the name that fields and documents know it by.</summary>
public sealed record RegionList(string Name, IReadOnlyList<FieldOption> Options);

/// <summary>A regional plug-in, which knows contracts only.</summary>
public interface IRegion
{
    RegionContribution Contribution { get; }
}

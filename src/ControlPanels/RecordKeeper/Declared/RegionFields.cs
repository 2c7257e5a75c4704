using System.Security.Cryptography;
using System.Text.Json;
using BusinessM.Contracts.RecordKeeper;
using BusinessM.Contracts.Regions;

namespace BusinessM.Records;

/// <summary>What regions contribute to the types of this process, gathered and checked once.</summary>
internal sealed class RegionFields
{
    private readonly ILookup<string, FieldDefinition> _fields;

    private RegionFields(IReadOnlyList<RegionContribution> contributions, ILookup<string, FieldDefinition> fields)
    {
        (Contributions, _fields) = (contributions, fields);
        Mark = contributions.Count == 0 ? "0" : Convert.ToHexStringLower(SHA256.HashData(
            JsonSerializer.SerializeToUtf8Bytes(contributions, Records.Wire.Options)).AsSpan(0, 4));
    }

    public IReadOnlyList<RegionContribution> Contributions { get; }

    /// <summary>Changes when what regions contribute changes.</summary>
    public string Mark { get; }

    public IEnumerable<FieldDefinition> Of(string document) => _fields[document];

    /// <summary>Refuses a region whose need is not there, a field that is wrong, and two fields of one name. Fields of
    /// contexts that are elsewhere, or that a region only enriches and that are not there, are skipped.</summary>
    /// <exception cref="DeclarationFault">One of these.</exception>
    public static RegionFields Gather(IEnumerable<ContextTypes> contexts, IReadOnlyList<RegionContribution> contributions)
    {
        var types = contexts.SelectMany(c => c.Types).ToDictionary(t => t.Name, StringComparer.Ordinal);
        var owners = types.Values.Select(t => t.Context).ToHashSet(StringComparer.Ordinal);
        var taken = new Dictionary<(string Document, string Column), string>();
        foreach (var type in types.Values)
            foreach (var field in type.Fields.Concat(DocumentShape.System)) taken[(type.Name, field.Column)] = "its owner";
        var found = new List<(string Document, FieldDefinition Field)>();
        foreach (var contribution in contributions)
        {
            if (contribution.Needs.FirstOrDefault(need => !owners.Contains(need)) is { } need)
                throw new DeclarationFault($"The region {contribution.Region} needs {need}, which is not there",
                    $"Start {need} as well, or take {contribution.Region} out of the setting regions.");
            foreach (var (document, field) in contribution.Fields)
            {
                if (!types.ContainsKey(document))
                {
                    if (owners.Contains(document.Split('.')[0])) throw new DeclarationFault(
                        $"The region {contribution.Region} adds {field.Name} to {document}, which is no document type",
                        "Mend the region.");
                    continue;
                }
                if (FieldChecks.Refuse(field) is { } wrong) throw new DeclarationFault(
                    $"The region {contribution.Region} adds {document}.{field.Name}: {wrong.Message}", "Mend the region.");
                if (!taken.TryAdd((document, ContextDb.Snake(field.Name)), contribution.Region))
                    throw new DeclarationFault($"{document} would have two fields {field.Name}: of "
                        + $"{taken[(document, ContextDb.Snake(field.Name))]} and of {contribution.Region}",
                        "Rename one of them.");
                found.Add((document, field with { Source = contribution.Region,
                    Countries = field.Countries ?? contribution.Countries }));
            }
        }
        return new RegionFields(contributions, found.ToLookup(f => f.Document, f => f.Field, StringComparer.Ordinal));
    }
}

/// <summary>The program does not start: a declaration, a contribution or a table is wrong.</summary>
public sealed class DeclarationFault(string problem, string remedy) : Exception($"{problem}. {remedy}")
{
    public string Problem { get; } = problem;

    public string Remedy { get; } = remedy;
}

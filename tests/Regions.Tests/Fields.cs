using System.Text.Json;
using BusinessM.Contracts.RecordKeeper;
using BusinessM.Contracts.Regions;
using BusinessM.Records;
using BusinessM.Testing;

namespace BusinessM.Regions.Tests;

/// <summary>The fields under test: as a region gives them, and as their owner has them after a journey as JSON.
/// </summary>
internal static class Fields
{
    internal static readonly RegionContribution India = new India().Contribution;
    internal static readonly RegionContribution Europe = new Europe().Contribution;

    internal static FieldDefinition Field(this RegionContribution region, string document, string name) =>
        region.Fields.Single(f => f.Document == document && f.Field.Name == name).Field;

    internal static FieldDefinition Gstin => India.Field("finance.customer", "gstin");

    internal static FieldDefinition Pan => India.Field("finance.customer", "pan");

    internal static FieldDefinition VatId => Europe.Field("finance.customer", "vatId");

    internal static FieldDefinition LeitwegId => Europe.Field("finance.customer", "leitwegId");

    internal static RegionContribution Travelled(this RegionContribution region) =>
        JsonSerializer.Deserialize<RegionContribution>(Wire.Bytes(region), Wire.Options)!;

    internal static Error? Check(this FieldDefinition field, string text) => FieldChecks.Check(field, text, _ => null);

    /// <summary>What each check says by itself, so that a text with several faults shows them all.</summary>
    internal static IReadOnlyList<Error> Faults(this FieldDefinition field, string text) =>
    [
        .. (field.Checks ?? []).Select(c => (field with { Checks = [c] }).Check(text)).OfType<Error>(),
    ];

    internal static FieldDefinition With(params FieldCheck[] checks) => new("code", "Code", FieldKind.Text)
    {
        Checks = checks,
    };

    /// <summary>A refusal that came back from a pure function, noted like any other.</summary>
    internal static Error ShouldBeRefused(this Error? refusal, string code) =>
        (refusal is null ? Done.Ok : (Result<Done>)refusal).ShouldBeRefused(code);

    /// <summary>Rows of a file of test data, without its head.</summary>
    internal static IEnumerable<string[]> Rows(string file) =>
        File.ReadLines(Path.Combine(AppContext.BaseDirectory, "data", file)).Skip(1).Select(line => line.Split(','));
}

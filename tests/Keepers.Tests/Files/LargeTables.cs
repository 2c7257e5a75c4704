using System.Globalization;
using BusinessM.Contracts.RecordKeeper;
using BusinessM.Records.Files;

namespace BusinessM.Keepers.Tests.Files;

[CollectionDefinition(DisableParallelization = true)]
public sealed class AloneForMemory;

/// <summary>What a large table takes; alone, since memory is measured.</summary>
[Collection(typeof(AloneForMemory))]
public sealed class LargeTables
{
    private const long MemoryMax = 150L * 1024 * 1024;
    private const int Columns = 20;

    private static readonly FieldDefinition[] Fields =
    [
        .. Enumerable.Range(0, Columns)
            .Select(c => Tables.Field(c % 4 == 0 ? FieldKind.Text : FieldKind.Decimal, $"f{c}")),
    ];

    [Fact, Trait("Category", "Slow")]
    public async Task Of_100_000_rows_and_20_columns_stay_within_150_MB()
    {
        var before = GC.GetTotalMemory(forceFullCollection: true);
        await using var file = new MemoryStream();
        (await TableFile.WriteXlsx(file, [.. Fields.Select(f => f.Name)], Fields, WritingTables.Async(Rows()), default))
            .Failed.ShouldBeFalse();
        file.Position = 0;
        var peak = 0L;
        using var stop = new CancellationTokenSource();
        var watch = Task.Run(async () =>
        {
            while (!stop.IsCancellationRequested)
            {
                peak = Math.Max(peak, GC.GetTotalMemory(forceFullCollection: false) - before);
                await Task.Delay(10);
            }
        });
        var table = (await TableFile.Read(file, null, default)).Value;
        var cells = 0;
        await foreach (var row in table.Rows()) cells += row.Cells.Count;
        await stop.CancelAsync();
        await watch;
        cells.ShouldBe(100_000 * Columns);
        peak.ShouldBeLessThan(MemoryMax);
        TestContext.Current.TestOutputHelper?.WriteLine(
            FormattableString.Invariant($"{file.Length:N0} bytes in the file, {peak:N0} in memory"));
    }

    private static IEnumerable<string?[]> Rows()
    {
        for (var r = 0; r < 100_000; r++)
        {
            var row = new string?[Columns];
            for (var c = 0; c < Columns; c++)
                row[c] = c % 4 == 0 ? $"text {r % 50}" : (r % 10 * c / 100m).ToString(CultureInfo.InvariantCulture);
            yield return row;
        }
    }
}

namespace BusinessM.House.Tests;

public sealed class TheFiles
{
    private const int LinesMax = 500;
    private const int ColumnsMax = 120;

    [Fact]
    public void are_no_longer_than_500_lines() => Sources().Select(f => (Repository.Name(f), File.ReadLines(f).Count()))
        .Where(f => f.Item2 > LinesMax).Select(f => $"{f.Item1}: {f.Item2} lines").ShouldBeEmpty();

    /// <summary>Files that have longer lines still stand in a list, which is to become empty.</summary>
    [Fact]
    public void have_no_line_longer_than_120_columns() => string.Concat(
        Sources().Where(f => File.ReadLines(f).Any(l => l.Length > ColumnsMax)).Select(f => Repository.Name(f) + "\n")
            .Order(StringComparer.Ordinal)).ShouldStandIn("tests/House.Tests/files-with-long-lines.txt");

    private static IEnumerable<string> Sources() => Repository.Files("src", "*.cs")
        .Concat(Repository.Files("tests", "*.cs"))
        .Concat(Repository.Files("src", "*.sql"));
}

using System.Collections.Concurrent;
using System.Globalization;

namespace BusinessM.Records;

/// <summary>A statement of many steps, each over the rows of some arrays. A section without rows is left out, and its
/// arrays with it. Many rows are unnested; few are written out as VALUES of the arrays' elements, which spares the
/// server a store for each column, and that is most of what a statement of one document costs it.</summary>
/// <param name="end">The select that ends the statement.</param>
/// <param name="scalars">Parameters that come before the arrays.</param>
public sealed class LaneStatement(string end, int scalars, params LaneStatement.Section[] sections)
{
    /// <summary>Rows that are few: each number of them is a statement of its own, prepared by itself.</summary>
    public const int FewMax = 6;

    private const int Many = int.MaxValue;

    private readonly ConcurrentDictionary<string, string> _texts = new(StringComparer.Ordinal);

    /// <summary>Arrays of one length, which are columns, and the steps over their rows.</summary>
    public sealed record Section(IReadOnlyList<string> Types, params Step[] Steps);

    /// <summary>One step: in its text ROWS is where the rows come from. Columns of the section by place; none: all of
    /// them.</summary>
    public sealed record Step(string Name, string Text, params int[] Columns);

    /// <summary>The arrays of a section.</summary>
    public readonly record struct Arrays(int Rows, params object[] Columns);

    /// <summary>The statement for these arrays, one entry for each section.</summary>
    public LaneCommand Of(IReadOnlyList<object> before, params Arrays[] arrays)
    {
        var text = _texts.GetOrAdd(string.Join(' ', arrays.Select(a => Shape(a.Rows))), (_, all) => Text(all), arrays);
        var parameters = new List<object>(before);
        foreach (var section in arrays) if (section.Rows > 0) parameters.AddRange(section.Columns);
        return new LaneCommand(text, [.. parameters]);
    }

    /// <summary>What the text of a statement depends on: the number of rows where they are few.</summary>
    internal static int Shape(int rows) => rows <= FewMax ? rows : Many;

    /// <summary>The rows of arrays, by parameter and type. Where it stands it gets an alias.</summary>
    internal static string From(IReadOnlyList<(int Parameter, string Type)> arrays, int shape)
    {
        if (shape == Many) return $"unnest({string.Join(", ", arrays.Select(Array))})";
        if (shape < 1) throw new ArgumentException("No rows are no step of a statement", nameof(shape));
        var rows = Enumerable.Range(1, shape).Select(row => "(" + string.Join(", ", arrays.Select(array =>
            string.Create(CultureInfo.InvariantCulture, $"({Array(array)})[{row}]"))) + ")");
        return $"(values {string.Join(", ", rows)})";
    }

    private static string Array((int Parameter, string Type) array) =>
        string.Create(CultureInfo.InvariantCulture, $"${array.Parameter}::{array.Type}[]");

    private string Text(Arrays[] arrays)
    {
        var (steps, next) = (new List<string>(), scalars + 1);
        foreach (var (section, rows) in sections.Zip(arrays.Select(a => a.Rows)))
        {
            if (rows == 0) continue;
            foreach (var step in section.Steps)
            {
                var columns = step.Columns is [] ? [.. Enumerable.Range(0, section.Types.Count)] : step.Columns;
                var from = From([.. columns.Select(c => (next + c, section.Types[c]))], Shape(rows));
                steps.Add($"{step.Name} as ({step.Text.Replace("ROWS", from, StringComparison.Ordinal)})");
            }
            next += section.Types.Count;
        }
        return $"with {string.Join(",\n", steps)}\n{end}";
    }
}

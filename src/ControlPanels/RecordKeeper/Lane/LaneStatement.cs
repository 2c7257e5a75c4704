using System.Globalization;

namespace BusinessM.Records;

/// <summary>Steps of the one statement that writes a batch, each over the rows of some arrays. A section without rows
/// is left out, and its arrays with it. Many rows are sent as their arrays and unnested; of few the values themselves
/// are sent, row by row: that spares the server a store for each column, and making and opening arrays, which is most
/// of what a statement of one document costs it.</summary>
/// <param name="name">Unique among what is written together.</param>
/// <param name="insists">What must hold of the first section, as a call of <c>record.insist</c>; null: nothing. In it
/// and in the steps @0 is the first parameter of these steps, @1 the second.</param>
/// <param name="scalars">Parameters that come before the arrays.</param>
public sealed class LaneStatement(string name, string? insists, int scalars, params LaneStatement.Section[] sections)
{
    /// <summary>Rows that are few: each number of them is a statement of its own, prepared by itself.</summary>
    public const int FewMax = 6;

    private const int Many = int.MaxValue;

    /// <summary>Arrays of one length, which are columns, and the steps over their rows.</summary>
    public sealed record Section(IReadOnlyList<string> Types, params Step[] Steps);

    /// <summary>One step: in its text ROWS is where the rows come from. Columns of the section by place; none: all of
    /// them.</summary>
    public sealed record Step(string Name, string Text, params int[] Columns);

    /// <summary>The arrays of a section.</summary>
    public readonly record struct Arrays(int Rows, params object[] Columns);

    /// <summary>The steps for these arrays, one entry for each section.</summary>
    public LaneSteps Of(IReadOnlyList<object> before, params Arrays[] arrays)
    {
        int[] shapes = [.. arrays.Select(a => Shape(a.Rows))];
        var parameters = new List<object>(before);
        foreach (var section in arrays)
            if (section.Rows > 0)
                Send(parameters, section.Columns, section.Rows);
        return new LaneSteps(name + ' ' + string.Join(' ', shapes), first => Text(first, shapes),
            first => insists is null || shapes[0] == 0 ? null : Placed(insists, first), parameters);
    }

    /// <summary>What the text of a statement depends on: the number of rows where they are few.</summary>
    internal static int Shape(int rows) => rows <= FewMax ? rows : Many;

    /// <summary>Adds what is sent of columns: their arrays, or the values row by row.</summary>
    internal static void Send(List<object> parameters, IReadOnlyList<object> columns, int rows)
    {
        if (rows > FewMax) parameters.AddRange(columns);
        else
            for (var row = 0; row < rows; row++)
                foreach (var column in columns)
                    parameters.Add(((Array)column).GetValue(row) ?? new LaneNull(column.GetType().GetElementType()!));
    }

    /// <summary>The rows of a section whose parameters begin at <paramref name="first"/>: of all its columns, by type,
    /// those at the places given. Where it stands it gets an alias.</summary>
    internal static string From(int first, IReadOnlyList<string> types, IReadOnlyList<int> places, int shape)
    {
        if (shape < 1) throw new ArgumentException("No rows are no step of a statement", nameof(shape));
        if (shape == Many) return $"unnest({Parameters(0, "[]")})";
        var rows = Enumerable.Range(0, shape).Select(row => $"({Parameters(row * types.Count, "")})");
        return $"(values {string.Join(", ", rows)})";

        string Parameters(int from, string array) => string.Join(", ", places.Select(place =>
            string.Create(CultureInfo.InvariantCulture, $"${first + from + place}::{types[place]}{array}")));
    }

    private static string Placed(string text, int first) => text
        .Replace("@0", string.Create(CultureInfo.InvariantCulture, $"${first}"), StringComparison.Ordinal)
        .Replace("@1", string.Create(CultureInfo.InvariantCulture, $"${first + 1}"), StringComparison.Ordinal);

    private string Text(int first, int[] shapes)
    {
        var (steps, next) = (new List<string>(), first + scalars);
        foreach (var (section, shape) in sections.Zip(shapes))
        {
            if (shape == 0) continue;
            foreach (var step in section.Steps)
            {
                var columns = step.Columns is [] ? [.. Enumerable.Range(0, section.Types.Count)] : step.Columns;
                var from = From(next, section.Types, columns, shape);
                var text = Placed(step.Text, first).Replace("ROWS", from, StringComparison.Ordinal);
                steps.Add($"{step.Name} as ({text})");
            }
            next += section.Types.Count * (shape == Many ? 1 : shape);
        }
        return string.Join(",\n", steps);
    }
}

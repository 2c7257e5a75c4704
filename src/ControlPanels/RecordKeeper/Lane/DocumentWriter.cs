using System.Globalization;
using Microsoft.EntityFrameworkCore;

namespace BusinessM.Records;

/// <summary>The one general writer: one <c>insert ... select</c> or <c>update ... from</c> arrays of rows per table
/// over EF's model, all of them steps of one statement.</summary>
internal static class DocumentWriter
{
    /// <summary>Version, moment and who: before the answers are read and the rows written.</summary>
    public static void Stamp(IReadOnlyList<LaneUnit> units, DateTimeOffset at)
    {
        foreach (var unit in units)
            foreach (var change in unit.Changes)
                if (change.Kind != EntityState.Deleted) change.Document?.Stamp(change.SeenVersion + 1, at, unit.Actor);
    }

    public static LaneWrites Write(IReadOnlyList<LaneUnit> units)
    {
        var groups = units.SelectMany(unit => unit.Changes).GroupBy(change => (change.Table, change.Kind))
            .OrderBy(group => group.Key.Table.Depth).ThenBy(group => group.Key.Table.Name, StringComparer.Ordinal)
            .ThenBy(group => group.Key.Kind).ToArray();

        // Rows taken away first, in a statement of their own: a line replaced keeps its key.
        var removals = groups.Where(group => group.Key.Kind == EntityState.Deleted).Reverse().ToArray();
        var writes = groups.Where(group => group.Key.Kind != EntityState.Deleted);
        return new LaneWrites(removals is [] ? [] : [LaneSteps.Join([.. removals.Select(Steps)])],
            [.. writes.Select(Steps)]);
    }

    private static LaneSteps Steps(IGrouping<(TablePlan Table, EntityState Kind), RowChange> group)
    {
        var (table, kind) = group.Key;
        RowChange[] rows = [.. group];
        var columns = kind == EntityState.Deleted ? table.Keys : table.Columns;
        var step = new Step(table, kind, LaneStatement.Shape(rows.Length));
        var parameters = new List<object>(columns.Count * Math.Min(rows.Length, LaneStatement.FewMax));
        LaneStatement.Send(parameters, [.. columns.Select(c => c.Values(rows, current: kind != EntityState.Deleted))],
            rows.Length);
        return new LaneSteps(string.Create(CultureInfo.InvariantCulture, $"{kind} {table.Shape} {step.Shape}"),
            step.Text, static _ => null, parameters);
    }

    /// <summary>What a step's text depends on.</summary>
    private sealed record Step(TablePlan Table, EntityState Kind, int Shape)
    {
        public string Text(int first) => $"\"{Kind} {Bare}\" as (" + (Kind switch
        {
            EntityState.Added => $"insert into {Table.Name} ({Names(Table.Columns)}) select * "
                + $"from {From(first, Table.Columns)} u",
            EntityState.Modified => $"update {Table.Name} d set {Set} "
                + $"from {From(first, Table.Columns)} u({Names(Table.Columns)}) where {Keys}",
            _ => $"delete from {Table.Name} d using {From(first, Table.Keys)} u({Names(Table.Keys)}) where {Keys}",
        }) + ")";

        private string From(int first, IReadOnlyList<ColumnPlan> columns) =>
            LaneStatement.From(first, [.. columns.Select(column => column.StoreType)],
                [.. Enumerable.Range(0, columns.Count)], Shape);

        private string Bare => Table.Name.Replace("\"", "", StringComparison.Ordinal);

        private string Set => string.Join(", ",
            Table.Columns.Where(c => !c.IsKey).Select(c => $"\"{c.Name}\" = u.\"{c.Name}\""));

        private string Keys => string.Join(" and ", Table.Keys.Select(key => $"d.\"{key.Name}\" = u.\"{key.Name}\""));

        private static string Names(IEnumerable<ColumnPlan> columns) =>
            string.Join(", ", columns.Select(column => $"\"{column.Name}\""));
    }
}

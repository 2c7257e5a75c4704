using System.Collections.Concurrent;
using System.Globalization;
using System.Text;
using Microsoft.EntityFrameworkCore;

namespace BusinessM.Records;

/// <summary>The one general writer: one <c>insert ... select</c> or <c>update ... from</c> arrays of rows per table over
/// EF's model, all of them in one statement.</summary>
internal static class DocumentWriter
{
    /// <summary>Version, moment and who: before the answers are read and the rows written.</summary>
    public static void Stamp(IReadOnlyList<LaneUnit> units, DateTimeOffset at)
    {
        foreach (var unit in units)
            foreach (var change in unit.Changes)
                if (change.Kind != EntityState.Deleted) change.Document?.Stamp(change.SeenVersion + 1, at, unit.Actor);
    }

    public static IEnumerable<LaneCommand> Write(IReadOnlyList<LaneUnit> units)
    {
        var groups = units.SelectMany(unit => unit.Changes).GroupBy(change => (change.Table, change.Kind))
            .OrderBy(group => group.Key.Table.Depth).ThenBy(group => group.Key.Table.Name, StringComparer.Ordinal)
            .ThenBy(group => group.Key.Kind).ToArray();

        // Rows taken away first, in a statement of their own: a line replaced keeps its key.
        var removals = groups.Where(group => group.Key.Kind == EntityState.Deleted).Reverse().ToArray();
        if (removals.Length > 0) yield return Statement(removals);
        var writes = groups.Where(group => group.Key.Kind != EntityState.Deleted).ToArray();
        if (writes.Length > 0) yield return Statement(writes);
    }

    private static LaneCommand Statement(IReadOnlyList<IGrouping<(TablePlan Table, EntityState Kind), RowChange>> groups)
    {
        var text = new StringBuilder("with ");
        var parameters = new List<object>();
        for (var i = 0; i < groups.Count; i++)
        {
            var (table, kind) = groups[i].Key;
            RowChange[] rows = [.. groups[i]];
            if (i > 0) text.Append(", ");
            text.Append(CultureInfo.InvariantCulture, $"w{i} as (").Append(Texts.GetOrAdd(
                new Step(table, kind, parameters.Count + 1, LaneStatement.Shape(rows.Length)), static step => step.Text()))
                .Append(')');
            foreach (var column in kind == EntityState.Deleted ? table.Keys : table.Columns)
                parameters.Add(column.Values(rows, current: kind != EntityState.Deleted));
        }
        text.Append(" select 1");
        return new LaneCommand(text.ToString(), [.. parameters]);
    }

    private static readonly ConcurrentDictionary<Step, string> Texts = new();

    /// <summary>What a step's text depends on.</summary>
    private sealed record Step(TablePlan Table, EntityState Kind, int First, int Shape)
    {
        public string Text() => Kind switch
        {
            EntityState.Added => $"insert into {Table.Name} ({Names(Table.Columns)}) select * from {From(Table.Columns)} u",
            EntityState.Modified =>
                $"update {Table.Name} d set {Set} from {From(Table.Columns)} u({Names(Table.Columns)}) where {Keys}",
            _ => $"delete from {Table.Name} d using {From(Table.Keys)} u({Names(Table.Keys)}) where {Keys}",
        };

        private string From(IReadOnlyList<ColumnPlan> columns) =>
            LaneStatement.From([.. columns.Select((column, i) => (First + i, column.StoreType))], Shape);

        private string Set => string.Join(", ",
            Table.Columns.Where(c => !c.IsKey).Select(c => $"\"{c.Name}\" = u.\"{c.Name}\""));

        private string Keys => string.Join(" and ", Table.Keys.Select(key => $"d.\"{key.Name}\" = u.\"{key.Name}\""));

        private static string Names(IEnumerable<ColumnPlan> columns) =>
            string.Join(", ", columns.Select(column => $"\"{column.Name}\""));
    }
}

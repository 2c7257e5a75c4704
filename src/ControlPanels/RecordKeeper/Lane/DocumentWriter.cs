using System.Globalization;
using System.Text;
using Microsoft.EntityFrameworkCore;

namespace BusinessM.Records;

/// <summary>The one general writer: one <c>insert ... select from unnest</c> or <c>update ... from unnest</c> per table
/// over EF's model, all of them in one statement.</summary>
internal static class DocumentWriter
{
    public static IEnumerable<LaneCommand> Write(IReadOnlyList<LaneUnit> units, DateTimeOffset at)
    {
        foreach (var unit in units) Stamp(unit, at);
        var groups = units.SelectMany(unit => unit.Changes).GroupBy(change => (change.Table, change.Kind))
            .OrderBy(group => group.Key.Table.Depth).ThenBy(group => group.Key.Table.Name, StringComparer.Ordinal)
            .ThenBy(group => group.Key.Kind).ToArray();

        // Rows taken away first, in a statement of their own: a line replaced keeps its key.
        var removals = groups.Where(group => group.Key.Kind == EntityState.Deleted).Reverse().ToArray();
        if (removals.Length > 0) yield return Statement(removals);
        var writes = groups.Where(group => group.Key.Kind != EntityState.Deleted).ToArray();
        if (writes.Length > 0) yield return Statement(writes);
    }

    private static void Stamp(LaneUnit unit, DateTimeOffset at)
    {
        foreach (var change in unit.Changes)
            if (change.Kind != EntityState.Deleted) change.Document?.Stamp(change.SeenVersion + 1, at, unit.Actor);
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
            text.Append(CultureInfo.InvariantCulture, $"w{i} as (");
            if (kind == EntityState.Added) Insert(text, parameters, table, rows);
            else if (kind == EntityState.Modified) Update(text, parameters, table, rows);
            else Delete(text, parameters, table, rows);
            text.Append(')');
        }
        text.Append(" select 1");
        return new LaneCommand(text.ToString(), [.. parameters]);
    }

    private static void Insert(StringBuilder text, List<object> parameters, TablePlan table, RowChange[] rows)
    {
        text.Append(CultureInfo.InvariantCulture,
            $"insert into {table.Name} ({Names(table.Columns)}) select * from unnest(");
        Arrays(text, parameters, table.Columns, rows, current: true);
        text.Append(')');
    }

    private static void Update(StringBuilder text, List<object> parameters, TablePlan table, RowChange[] rows)
    {
        var set = string.Join(", ", table.Columns.Where(c => !c.IsKey).Select(c => $"\"{c.Name}\" = u.\"{c.Name}\""));
        text.Append(CultureInfo.InvariantCulture, $"update {table.Name} d set {set} from unnest(");
        Arrays(text, parameters, table.Columns, rows, current: true);
        text.Append(CultureInfo.InvariantCulture, $") u({Names(table.Columns)}) where {Keys(table)}");
    }

    private static void Delete(StringBuilder text, List<object> parameters, TablePlan table, RowChange[] rows)
    {
        text.Append(CultureInfo.InvariantCulture, $"delete from {table.Name} d using unnest(");
        Arrays(text, parameters, table.Keys, rows, current: false);
        text.Append(CultureInfo.InvariantCulture, $") u({Names(table.Keys)}) where {Keys(table)}");
    }

    private static void Arrays(StringBuilder text, List<object> parameters, IReadOnlyList<ColumnPlan> columns,
        RowChange[] rows, bool current)
    {
        for (var i = 0; i < columns.Count; i++)
        {
            var column = columns[i];
            var values = Array.CreateInstance(column.ElementType, rows.Length);
            for (var row = 0; row < rows.Length; row++)
                values.SetValue(current ? column.Read(rows[row].Entry) : column.ReadOriginal(rows[row].Entry), row);
            parameters.Add(values);
            if (i > 0) text.Append(", ");
            text.Append(CultureInfo.InvariantCulture, $"${parameters.Count}::{column.StoreType}[]");
        }
    }

    private static string Names(IEnumerable<ColumnPlan> columns) =>
        string.Join(", ", columns.Select(column => $"\"{column.Name}\""));

    private static string Keys(TablePlan table) =>
        string.Join(" and ", table.Keys.Select(key => $"d.\"{key.Name}\" = u.\"{key.Name}\""));
}

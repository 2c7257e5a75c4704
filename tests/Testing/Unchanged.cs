using System.Text;
using Npgsql;

namespace BusinessM.Testing;

/// <summary>A refusal changes nothing: compares every row of every table before and after, answers kept under keys
/// excepted.</summary>
public static class Unchanged
{
    private static readonly string[] Except = ["record.answer", "masters.session", "record.migration"];

    /// <exception cref="InvalidOperationException">A table has other rows afterwards; it is named.</exception>
    public static async Task<T> During<T>(TestDatabase database, Func<Task<T>> act)
    {
        var before = await Read(database);
        var answer = await act();
        var after = await Read(database);
        var changed = before.Keys.Union(after.Keys)
            .Where(t => before.GetValueOrDefault(t) != after.GetValueOrDefault(t)).ToList();
        return changed is [] ? answer : throw new InvalidOperationException("Changed: " + string.Join(", ", changed));
    }

    private static async Task<Dictionary<string, string>> Read(TestDatabase database)
    {
        await using var source = NpgsqlDataSource.Create(database.SuperuserConnection + ";Pooling=false");
        var tables = new List<string>();
        await using (var list = source.CreateCommand("""
            select schemaname || '."' || tablename || '"', schemaname || '.' || tablename from pg_tables
            where schemaname not in ('pg_catalog', 'information_schema') order by 1
            """))
        await using (var rows = await list.ExecuteReaderAsync())
            while (await rows.ReadAsync())
                if (!Except.Contains(rows.GetString(1))) tables.Add(rows.GetString(0));
        var sql = new StringBuilder();
        foreach (var table in tables)
        {
            if (sql.Length > 0) sql.Append(" union all ");
            sql.Append($"select '{table}', md5(coalesce(string_agg(md5(t::text), '' ")
                .Append($"order by md5(t::text)), '')) from {table} t");
        }
        var state = new Dictionary<string, string>();
        await using var all = source.CreateCommand(sql.ToString());
        await using var found = await all.ExecuteReaderAsync();
        while (await found.ReadAsync()) state.Add(found.GetString(0), found.GetString(1));
        return state;
    }
}

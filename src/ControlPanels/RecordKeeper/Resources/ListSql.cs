using System.Text;

namespace BusinessM.Records;

/// <summary>The statements of a list: one page, what is searched for, and the totals.</summary>
internal static class ListSql
{
    /// <summary>Documents among which a search looks for the best.</summary>
    public const int FoundMax = 1_000;

    /// <summary>Words of a search that count.</summary>
    public const int WordsMax = 10;

    public static Result<string> Page(ListQuery query, SqlText sql)
    {
        var conditions = Conditions(query, sql);
        if (query.After is { } cursor)
        {
            var after = Cursor.After(cursor, query.Sort, sql);
            if (after.Failed) return after.Failure;
            conditions.Add(after.Value);
        }
        var order = string.Join(", ", query.Sort.Select(by => $"d.\"{by.Field.Column}\"{(by.Descending ? " desc" : "")}"));
        return $"select {Columns(query, sort: true)} from {Table(query)} d{Where(conditions)} order by {order}, "
            + $"d.id{(query.Sort[0].Descending ? " desc" : "")} limit {sql.Parameter(query.Take + 1)}";
    }

    /// <summary>Documents that have a word beginning with each word, the best of the first found.</summary>
    public static Result<string> Search(ListQuery query, SqlText sql)
    {
        var words = sql.Parameter(Words(query.Search!));
        var conditions = Conditions(query, sql);
        conditions.Add("d.search @@ q.words");
        return $"""
            with found as (select d.*, ts_rank(d.search, q.words) as rank_
              from {Table(query)} d, (select to_tsquery('simple', {words}) as words) q{Where(conditions)}
              limit {FoundMax})
            select {Columns(query, sort: false)} from found d order by d.rank_ desc, d.id limit {sql.Parameter(query.Take)}
            """;
    }

    public static string Totals(ListQuery query, SqlText sql)
    {
        var totals = query.Sums.Select(field => $"coalesce(sum(d.\"{field.Column}\"), 0)::numeric").Prepend("count(*)");
        return $"select {string.Join(", ", totals)} from {Table(query)} d{Where(Conditions(query, sql))}";
    }

    /// <summary>Each word quoted, as the beginning of a word.</summary>
    internal static string Words(string search)
    {
        var words = search.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries).Take(WordsMax)
            .Select(word => new StringBuilder(word).Replace("\\", "").Replace("'", "''").Replace("\0", "").ToString())
            .Where(word => word.Any(char.IsLetterOrDigit)).Select(word => $"'{word}':*");
        return string.Join(" & ", words);
    }

    private static List<string> Conditions(ListQuery query, SqlText sql)
    {
        var conditions = new List<string>();
        if (query.Company is { } company) conditions.Add($"d.company = {sql.Parameter(company.Value)}");
        else if (query.Visible is { } seen) conditions.Add(
            $"d.company = any({sql.Parameter(seen.Select(c => c.Value).Append(Guid.Empty).ToArray())})");
        if (query.Shape.Type.Declared.Where is { } where) conditions.Add($"d.{where}");
        if (query.Filter is { } filter) conditions.Add(filter.Sql(sql));
        return conditions;
    }

    private static string Columns(ListQuery query, bool sort) => string.Join(", ",
        query.Fields.Concat(sort ? query.Sort.Select(by => by.Field) : []).Select(f => $"d.\"{f.Column}\"")
            .Prepend("d.version").Prepend("d.id"));

    private static string Table(ListQuery query) => $"{query.Shape.Type.Schema}.\"{query.Shape.Type.Table}\"";

    private static string Where(List<string> conditions) =>
        conditions.Count == 0 ? "" : " where " + string.Join(" and ", conditions);
}

namespace BusinessM.Records;

/// <summary>The statements of a list: one page, what is searched for, and the totals.</summary>
internal static class ListSql
{
    /// <summary>Documents among which a search looks for the best.</summary>
    public const int FoundMax = 1_000;

    /// <summary>Rows among which a search looks first.</summary>
    public const int FewRows = 5_000;

    /// <summary>Words of a search that count.</summary>
    public const int WordsMax = 10;

    /// <summary>A page, with the names of what its links lead to where there are <paramref name="links"/>. Its length
    /// stands in the text, so that a plan made for all values counts on it.</summary>
    public static Result<string> Page(ListQuery query, LinkNames? links, SqlText sql)
    {
        var conditions = Conditions(query, sql);
        if (query.After is { } cursor)
        {
            var after = Cursor.After(cursor, query.Sort, sql);
            if (after.Failed) return after.Failure;
            conditions.Add(after.Value);
        }
        var order = string.Join(", ",
            query.Sort.Select(by => $"d.\"{by.Field.Column}\"{(by.Descending ? " desc" : "")}"));
        var sorted = string.Concat(query.Sort.Select((by, i) =>
            FormattableString.Invariant($", d.\"{by.Field.Column}\" as sort_{i}")));
        // Rows that come in order are joined as they come; others are sorted before.
        var joined = query.HasOnePlan && links is { IsEmpty: false } ? links : null;
        var page = $"select {Columns(query)}{sorted}{joined?.Columns} from {Table(query)} d"
            + joined?.Joins("d", sql.Parameter((query.Company ?? default).Value), sql)
            + FormattableString.Invariant($"{Where(conditions)} order by {order}, d.id")
            + FormattableString.Invariant($"{(query.Sort[0].Descending ? " desc" : "")} limit {query.Take + 1}");
        return joined is null && links is not null ? Named(page, query, links, sql) : page;
    }

    // A page or what was found, with the names of what its links lead to.
    private static string Named(string page, ListQuery query, LinkNames links, SqlText sql)
    {
        if (links.IsEmpty) return page;
        var order = query.Search is not null ? "p.rank_ desc, p.id" : string.Concat(query.Sort.Select((by, i) =>
            FormattableString.Invariant($"p.sort_{i}{(by.Descending ? " desc" : "")}, ")))
            + (query.Sort[0].Descending ? "p.id desc" : "p.id");
        var company = sql.Parameter((query.Company ?? default).Value);
        return $"with page as ({page}) select p.*{links.Columns} from page p{links.Joins("p", company, sql)} "
            + $"order by {order}";
    }

    /// <summary>Documents that have a word beginning with each word, the best of the first found. The index reads all
    /// that has a word, a third of a large table perhaps: what is frequent is found among a few rows without it, and
    /// beside a word that is not, it is looked for in the rows that have that one (<c>is true</c> knows no index).
    /// </summary>
    public static string Search(ListQuery query, LinkNames? links, SqlText sql)
    {
        var each = Words(query.Search!).Select(word => (Word: word, Sql: Beginning(sql.Parameter(word)))).ToList();
        var words = each.Count == 0 ? "''::tsquery" : string.Join(" && ", each.Select(one => one.Sql));
        var (of, filter, take) = (Where(Companies(query, sql)), Conditions(query, sql), sql.Parameter(query.Take));
        var rare = each.FindAll(one => !query.Frequent.Contains(one.Word));
        if (rare.Count == 0 || rare.Count == each.Count) filter.Add($"d.search @@ ({words})");
        else
        {
            filter.Add($"d.search @@ ({string.Join(" && ", rare.Select(one => one.Sql))})");
            filter.Add($"(d.search @@ ({string.Join(" && ", each.Except(rare).Select(one => one.Sql))})) is true");
        }
        var (found, some) =
            ($"select d.*, ts_rank(d.search, {words}) as rank_ from", $"{Where(filter)} limit {FoundMax}");
        var best = $"""
            with few as ({found} (select * from {Table(query)} d{of} limit {FewRows}) d{some}),
              enough as (select count(*) >= {take} as found from few)
            select {Columns(query)}, d.rank_ from (select * from few where (select found from enough) union all
              (select * from ({found} {Table(query)} d{some}) d where not (select found from enough))) d
            order by d.rank_ desc, d.id limit {take}
            """;
        return links is null ? best : Named(best, query, links, sql);
    }

    public static string Totals(ListQuery query, SqlText sql)
    {
        var totals = query.Sums.Select(field => $"coalesce(sum(d.\"{field.Column}\"), 0)::numeric").Prepend("count(*)");
        return $"select {string.Join(", ", totals)} from {Table(query)} d{Where(Conditions(query, sql))}";
    }

    /// <summary>The words that count.</summary>
    internal static IReadOnlyList<string> Words(string search) =>
    [
        .. search.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries).Take(WordsMax)
            .Select(word => word.Replace("\0", "", StringComparison.Ordinal))
            .Where(word => word.Any(char.IsLetterOrDigit)),
    ];

    // A word such as P-0042 is several to the server: only the last may go on, else all that begins with P is read.
    private static string Beginning(string word) =>
        $"(nullif(phraseto_tsquery('simple', {word})::text, '') || ':*')::tsquery";

    private static List<string> Conditions(ListQuery query, SqlText sql)
    {
        var conditions = Companies(query, sql);
        if (query.Shape.Type.Declared.Where is { } where) conditions.Add($"d.{where}");
        if (query.Filter is { } filter) conditions.Add(filter.Sql(sql));
        return conditions;
    }

    private static List<string> Companies(ListQuery query, SqlText sql)
    {
        if (query.Company is { } company) return [$"d.company = {sql.Parameter(company.Value)}"];
        return query.Visible is not { } seen ? []
            : [$"d.company = any({sql.Parameter(seen.Select(c => c.Value).Append(Guid.Empty).ToArray())})"];
    }

    private static string Columns(ListQuery query) =>
        string.Join(", ", query.Fields.Select(f => $"d.\"{f.Column}\"").Prepend("d.version").Prepend("d.id"));

    private static string Table(ListQuery query) => $"{query.Shape.Type.Schema}.\"{query.Shape.Type.Table}\"";

    private static string Where(List<string> conditions) =>
        conditions.Count == 0 ? "" : " where " + string.Join(" and ", conditions);
}

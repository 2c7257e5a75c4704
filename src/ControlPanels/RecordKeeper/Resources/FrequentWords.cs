using System.Collections.Frozen;

namespace BusinessM.Records;

/// <summary>Words that many documents have, by the server's own statistics of what is searched.</summary>
internal static class FrequentWords
{
    /// <summary>Of all documents, this part has a frequent word.</summary>
    public const double Share = 0.01;

    /// <summary>Those of the search; of a single word there is nothing to choose.</summary>
    public static async Task<IReadOnlySet<string>> In(IRecordDatabase database, DocumentType type, string search,
        CancellationToken ct)
    {
        var words = ListSql.Words(search);
        if (words.Count < 2) return FrozenSet<string>.Empty;
        var sql = new SqlText();
        await using var command = database.Lists(type.Schema).CreateCommand($"""
            select w from unnest({sql.Parameter(words.ToArray())}) w where (
              select sum(f.share) from pg_stats s
                cross join unnest(s.most_common_elems::text::text[], s.most_common_elem_freqs) f(word, share)
              where s.schemaname = {sql.Parameter(type.Schema)} and s.tablename = {sql.Parameter(type.Table)}
                and s.attname = 'search' and starts_with(f.word, lower(w))) > {sql.Parameter(Share)}
            """);
        sql.AddTo(command.Parameters, command.CreateParameter);
        await using var rows = await command.ExecuteReaderAsync(ct);
        var frequent = new HashSet<string>(StringComparer.Ordinal);
        while (await rows.ReadAsync(ct)) frequent.Add(rows.GetString(0));
        return frequent;
    }
}

using System.Buffers.Text;
using System.Text.Json;

namespace BusinessM.Records;

/// <summary>Where a page ends: the values of the sort's fields and the id of its last row. Opaque to who asks.</summary>
internal static class Cursor
{
    public const int LengthMax = 4_000;

    public static string Of(IReadOnlyList<SortBy> sort, IReadOnlyList<object?> values, Guid id) =>
        Base64Url.EncodeToString(JsonSerializer.SerializeToUtf8Bytes((string?[])
            [.. sort.Select((by, i) => FieldValue.ToText(by.Field, values[i])), id.ToString()]));

    /// <summary>The condition in SQL of what comes after it, in the order of the sort and then of the ids.</summary>
    public static Result<string> After(string cursor, IReadOnlyList<SortBy> sort, SqlText sql)
    {
        if (cursor.Length > LengthMax || Read(cursor) is not { } texts || texts.Length != sort.Count + 1
            || !Guid.TryParse(texts[^1], out var id))
            return Wrong();
        var values = new object?[sort.Count];
        for (var i = 0; i < values.Length; i++)
        {
            var value = FieldValue.Parse(sort[i].Field, texts[i] ?? "");
            if (value.Failed) return Wrong();
            values[i] = value.Value;
        }
        return Condition(sort, values, id, sql);
    }

    private static string Condition(IReadOnlyList<SortBy> sort, object?[] values, Guid id, SqlText sql)
    {
        var descending = sort[0].Descending;
        if (sort.All(by => by.Descending == descending) && values.All(v => v is not null)
            && (descending || sort.All(by => by.Field.Definition.Required || !by.Field.IsEmptiable)))
            return $"({string.Join(", ", sort.Select(by => $"d.\"{by.Field.Column}\""))}, d.id) "
                + $"{(descending ? '<' : '>')} ({string.Join(", ", values.Select(v => sql.Parameter(v!)))}, {sql.Parameter(id)})";
        var (terms, equal) = (new List<string>(), "");
        for (var i = 0; i < values.Length; i++)
        {
            var column = $"d.\"{sort[i].Field.Column}\"";
            if (Beyond(column, sort[i].Descending, values[i], sql) is { } beyond) terms.Add($"({equal}{beyond})");
            equal += values[i] is { } same ? $"{column} = {sql.Parameter(same)} and " : $"{column} is null and ";
        }
        terms.Add($"({equal}d.id {(descending ? '<' : '>')} {sql.Parameter(id)})");
        return $"({string.Join(" or ", terms)})";
    }

    // Ascending, the empty ones come last; descending, first: as the server sorts.
    private static string? Beyond(string column, bool descending, object? value, SqlText sql) => (value, descending) switch
    {
        (null, true) => $"{column} is not null",
        (null, false) => null,
        (_, true) => $"{column} < {sql.Parameter(value)}",
        (_, false) => $"({column} > {sql.Parameter(value)} or {column} is null)",
    };

    private static string?[]? Read(string cursor)
    {
        try
        {
            return JsonSerializer.Deserialize<string?[]>(Base64Url.DecodeFromChars(cursor));
        }
        catch (Exception e) when (e is FormatException or JsonException)
        {
            return null;
        }
    }

    private static Error Wrong() =>
        RecordErrors.QueryInvalid.With($"The cursor is not the next one of a page with this sort", "after");
}

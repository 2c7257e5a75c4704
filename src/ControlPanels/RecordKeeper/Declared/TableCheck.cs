namespace BusinessM.Records;

/// <summary>A column as the database has it.</summary>
internal sealed record TableColumn(string Type, bool NotNull);

/// <summary>Compares every table with its declaration: each field has its column with its type, what is required is
/// never null, what is unique has a unique index, what is searched has its column <c>search</c>.</summary>
public static class TableCheck
{
    /// <summary>What differs, one sentence each; nothing: all is as declared.</summary>
    public static async Task<IReadOnlyList<string>> Run(IRecordDatabase database, CatalogueSnapshot catalogue,
        CancellationToken ct)
    {
        var wrong = new List<string>();
        foreach (var shape in catalogue.Shapes)
        {
            var type = shape.Type;
            var columns = await Columns(database, type.Schema, type.Table, ct);
            Compare(type.Name, $"{type.Schema}.{type.Table}", shape.Fields.Concat(DocumentShape.System), columns, wrong);
            if (type.IsSearched && columns.GetValueOrDefault("search")?.Type != "tsvector")
                wrong.Add($"{type.Name} is searched, but {type.Schema}.{type.Table} has no column search tsvector");
            var unique = await Unique(database, type.Schema, type.Table, ct);
            foreach (var field in shape.Fields.Where(f => f.Definition.Unique && !unique.Contains(f.Column)))
                wrong.Add($"{type.Name}.{field.Name} is unique, but {type.Schema}.{type.Table} has no such index");
            foreach (var child in type.Children.Where(child => !child.IsInRow))
                Compare($"{type.Name}.{child.Name}", $"{type.Schema}.{child.Table}", child.Fields,
                    await Columns(database, type.Schema, child.Table, ct), wrong);
        }
        return wrong;
    }

    /// <exception cref="DeclarationFault">Something differs.</exception>
    internal static async Task Insist(IRecordDatabase database, CatalogueSnapshot catalogue, CancellationToken ct)
    {
        var wrong = await Run(database, catalogue, ct);
        if (wrong.Count > 0) throw new DeclarationFault(string.Join("; ", wrong.Take(20)),
            "A table and its declaration differ: write a migration, or start the version that fits the database.");
    }

    internal static async Task<IReadOnlyDictionary<string, TableColumn>> Columns(IRecordDatabase database, string schema,
        string table, CancellationToken ct)
    {
        var columns = new Dictionary<string, TableColumn>(StringComparer.Ordinal);
        await using var command = database.Reader(schema).CreateCommand($"""
            select attname, format_type(atttypid, atttypmod), attnotnull from pg_attribute
            where attrelid = to_regclass('{schema}."{table}"') and attnum > 0 and not attisdropped
            """);
        await using var rows = await command.ExecuteReaderAsync(ct);
        while (await rows.ReadAsync(ct))
            columns[rows.GetString(0)] = new TableColumn(rows.GetString(1), rows.GetBoolean(2));
        return columns;
    }

    private static async Task<IReadOnlySet<string>> Unique(IRecordDatabase database, string schema, string table,
        CancellationToken ct)
    {
        var last = new HashSet<string>(StringComparer.Ordinal);
        await using var command = database.Reader(schema).CreateCommand($"""
            select a.attname from pg_index i join pg_attribute a
              on a.attrelid = i.indrelid and a.attnum = i.indkey[i.indnkeyatts - 1]
            where i.indrelid = to_regclass('{schema}."{table}"') and i.indisunique
            """);
        await using var rows = await command.ExecuteReaderAsync(ct);
        while (await rows.ReadAsync(ct)) last.Add(rows.GetString(0));
        return last;
    }

    private static void Compare(string document, string table, IEnumerable<DocumentField> fields,
        IReadOnlyDictionary<string, TableColumn> columns, List<string> wrong)
    {
        if (columns.Count == 0) wrong.Add($"{document}: there is no table {table}");
        else
            foreach (var field in fields)
            {
                if (!columns.TryGetValue(field.Column, out var column))
                    wrong.Add($"{document}.{field.Name}: {table} has no column {field.Column} {field.StoreType}");
                else if (column.Type != field.StoreType)
                    wrong.Add($"{document}.{field.Name}: {table}.{field.Column} is {column.Type}, not {field.StoreType}");
                else if (!field.IsExtra && field.Definition.Required && !column.NotNull)
                    wrong.Add($"{document}.{field.Name}: {table}.{field.Column} may be null, but is required");
            }
    }
}

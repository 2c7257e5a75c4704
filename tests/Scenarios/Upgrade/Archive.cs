using System.Globalization;
using System.IO.Compression;
using BusinessM.Engines.Postgres;
using Npgsql;

namespace BusinessM.Scenarios.Upgrade;

/// <summary>Every table of a database as PostgreSQL's COPY gives it, in a zip: <c>schema.table.csv</c> with the names
/// of the columns, and where the sequences stand.</summary>
internal sealed class Archive(string file)
{
    private const string Migrations = "record.migration.csv";
    private const string Sequences = "sequences.txt";
    private const string Columns = "columns.txt";

    /// <summary>The version's own migrations, of the sets that this program carries.</summary>
    public MigrationSet[] Of(IEnumerable<MigrationSet> sets)
    {
        using var zip = ZipFile.OpenRead(file);
        using var reader = new StreamReader(zip.GetEntry(Migrations)!.Open());
        var applied = reader.ReadToEnd().Split('\n', StringSplitOptions.RemoveEmptyEntries).Skip(1)
            .Select(line => line.Split(','))
            .ToLookup(row => row[0], row => int.Parse(row[1], CultureInfo.InvariantCulture));
        return [.. sets.Where(set => applied.Contains(set.Schema))
            .Select(set => set with { Until = applied[set.Schema].Max() })];
    }

    public async Task Write(string connectionString)
    {
        await using var connection = await Open(connectionString);
        await using var zip = await ZipFile.OpenAsync(file, ZipArchiveMode.Create);
        foreach (var (table, columns) in await Tables(connection))
        {
            await using var entry = new StreamWriter(await zip.CreateEntry(table + ".csv").OpenAsync());
            using var rows = await connection.BeginTextExportAsync(
                $"copy (select {columns} from {table}) to stdout (format csv, header)");
            await entry.WriteAsync(await rows.ReadToEndAsync());
        }
        await using (var types = new StreamWriter(await zip.CreateEntry(Columns).OpenAsync()))
            foreach (var column in await Rows(connection, """
                select format('alter table %I.%I add column if not exists %I %s', n.nspname, c.relname, attname,
                  format_type(atttypid, atttypmod))
                from pg_class c join pg_namespace n on n.oid = c.relnamespace join pg_attribute a on a.attrelid = c.oid
                where c.relkind = 'r' and n.nspname <> 'information_schema' and n.nspname !~ '^pg_'
                  and attnum > 0 and not attisdropped and attgenerated = '' and not attnotnull order by 1
                """))
                await types.WriteLineAsync(column);
        await using var sequences = new StreamWriter(await zip.CreateEntry(Sequences).OpenAsync());
        foreach (var sequence in await Rows(connection, """
            select format('%I.%I %s', schemaname, sequencename, last_value) from pg_sequences
            where last_value is not null order by 1
            """))
            await sequences.WriteLineAsync(sequence);
    }

    /// <summary>Puts the rows into a database that has the tables of the version that wrote them; the columns of
    /// regions and of the installation's own fields, which no migration makes, come with the archive.</summary>
    public async Task Restore(string connectionString)
    {
        await using var connection = await Open(connectionString);
        await using var zip = await ZipFile.OpenReadAsync(file);
        var tables = zip.Entries.Where(e => e.Name is not (Migrations or Sequences or Columns)).ToArray();
        if (zip.GetEntry(Columns) is { } added)
        {
            using var types = new StreamReader(await added.OpenAsync());
            while (await types.ReadLineAsync() is { } column) await Rows(connection, column);
        }
        await Rows(connection, "set session_replication_role = replica");    // rows as they are, past every trigger
        await Rows(connection, $"truncate {string.Join(", ", tables.Select(Table))}");
        foreach (var entry in tables)
        {
            using var reader = new StreamReader(await entry.OpenAsync());
            var text = await reader.ReadToEndAsync();
            var columns = text[..text.IndexOf('\n', StringComparison.Ordinal)];
            await using var rows = await connection.BeginTextImportAsync(
                $"copy {Table(entry)} ({columns}) from stdin (format csv, header)");
            await rows.WriteAsync(text);
        }
        using var sequences = new StreamReader(await zip.GetEntry(Sequences)!.OpenAsync());
        while (await sequences.ReadLineAsync() is { } line && line.Split(' ') is [var sequence, var last])
            await Rows(connection, $"select setval('{sequence}', {last})::text");
    }

    private static string Table(ZipArchiveEntry entry) => Path.GetFileNameWithoutExtension(entry.Name);

    private static async Task<IReadOnlyList<(string Table, string Columns)>> Tables(NpgsqlConnection connection) =>
        [.. (await Rows(connection, """
            select format('%I.%I ', n.nspname, c.relname) || (
              select string_agg(quote_ident(attname), ',' order by attnum) from pg_attribute
              where attrelid = c.oid and attnum > 0 and not attisdropped and attgenerated = '')
            from pg_class c join pg_namespace n on n.oid = c.relnamespace
            where c.relkind = 'r' and n.nspname <> 'information_schema' and n.nspname !~ '^pg_' order by 1
            """)).Select(row => row.Split(' ', 2)).Select(row => (row[0], row[1]))];

    private static async Task<IReadOnlyList<string>> Rows(NpgsqlConnection connection, string sql)
    {
        await using var command = new NpgsqlCommand(sql, connection);
        await using var reader = await command.ExecuteReaderAsync();
        var rows = new List<string>();
        while (await reader.ReadAsync()) rows.Add(reader.GetString(0));
        return rows;
    }

    private static async Task<NpgsqlConnection> Open(string connectionString)
    {
        var connection = new NpgsqlConnection(connectionString + ";Pooling=false");
        await connection.OpenAsync();
        return connection;
    }
}

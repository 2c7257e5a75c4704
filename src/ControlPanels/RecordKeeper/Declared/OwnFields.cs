using System.Data.Common;
using System.Globalization;
using BusinessM.Contracts.RecordKeeper;

namespace BusinessM.Records;

/// <summary>The fields that this installation added, as they stand in <c>record.field</c>.</summary>
internal sealed class OwnFields
{
    public static readonly OwnFields None = new("0", Enumerable.Empty<OwnField>());

    private readonly ILookup<string, FieldDefinition> _fields;

    private OwnFields(string mark, IEnumerable<OwnField> fields)
    {
        Mark = mark;
        _fields = fields.Where(f => f is { Blocked: false, Purged: false })
            .ToLookup(f => f.Document, f => f.ToDefinition(), StringComparer.Ordinal);
    }

    /// <summary>Changes with every change of a field: how many there are, and their versions.</summary>
    public string Mark { get; }

    public IEnumerable<FieldDefinition> Of(string document) => _fields[document];

    public static async Task<OwnFields> Read(IRecordDatabase database, CancellationToken ct)
    {
        await using var command = database.Reader("record").CreateCommand("""
            select document, name, label, kind, length, scale, required, options, target, in_list, help, section, blocked,
              version, default_value, sensitive, purged from record.field order by created_at, id
            """);
        await using var reader = await command.ExecuteReaderAsync(ct);
        var (fields, versions) = (new List<OwnField>(), 0L);
        while (await reader.ReadAsync(ct))
        {
            fields.Add(Row(reader));
            versions += reader.GetInt32(13);
        }
        return fields.Count == 0 ? None
            : new OwnFields(string.Create(CultureInfo.InvariantCulture, $"{fields.Count}-{versions}"), fields);
    }

    private static OwnField Row(DbDataReader row) => new()
    {
        Document = row.GetString(0), Name = row.GetString(1), Label = row.GetString(2),
        Kind = Enum.Parse<OwnFieldKind>(row.GetString(3)), Length = Optional<int>(row, 4), Scale = Optional<int>(row, 5),
        Required = row.GetBoolean(6), Options = Text(row, 7), Target = Text(row, 8), InList = row.GetBoolean(9),
        Help = Text(row, 10), Section = Text(row, 11), Blocked = row.GetBoolean(12),
        DefaultValue = Text(row, 14), Sensitive = row.GetBoolean(15), Purged = row.GetBoolean(16),
    };

    private static string? Text(DbDataReader row, int column) => row.IsDBNull(column) ? null : row.GetString(column);

    private static T? Optional<T>(DbDataReader row, int column) where T : struct =>
        row.IsDBNull(column) ? null : row.GetFieldValue<T>(column);
}

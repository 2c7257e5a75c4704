using System.Text.Json;

namespace BusinessM.Records;

/// <summary>A field that others changed since the version that a patch stands on. <paramref name="Theirs"/>: what it
/// holds now.</summary>
internal sealed record Conflict(string Field, string By, DateTimeOffset At, JsonElement? Theirs);

/// <summary>One change of a document: the row of the audit chain that made this version, and what it changed.</summary>
internal sealed record DocumentChangeRow(int Version, DateTimeOffset At, string By, string Action, JsonElement Rows);

/// <summary>What was changed on a document, from the audit chain.</summary>
internal sealed class DocumentHistory(IRecordDatabase database)
{
    /// <summary>Changes that are told at once.</summary>
    public const int ChangesMax = 1_000;

    /// <summary>The changes after a version, newest first.</summary>
    public async Task<IReadOnlyList<DocumentChangeRow>> Since(Guid document, int version, CancellationToken ct)
    {
        await using var command = database.Reader("record").CreateCommand($"""
            select c.version, a.at, a.actor, a.action, v.changes
            from record.change c join record.audit a on a.company = c.company and a.seq = c.seq
              join record.audit_value v on v.company = c.company and v.seq = c.seq
            where c.document = $1 and c.version > $2 order by c.version desc limit {ChangesMax}
            """);
        foreach (var value in new object[] { document, version })
        {
            var parameter = command.CreateParameter();
            parameter.Value = value;
            command.Parameters.Add(parameter);
        }
        await using var rows = await command.ExecuteReaderAsync(ct);
        var changes = new List<DocumentChangeRow>();
        while (await rows.ReadAsync(ct))
            changes.Add(new DocumentChangeRow(rows.GetInt32(0), rows.GetFieldValue<DateTimeOffset>(1), rows.GetString(2),
                rows.GetString(3), JsonDocument.Parse(rows.GetString(4)).RootElement));
        return changes;
    }

    /// <summary>Where others changed what this edit changes too.</summary>
    public async Task<IReadOnlyList<Conflict>> Conflicts(DocumentEdit edit, IDocument document, int seen,
        CancellationToken ct)
    {
        var (conflicts, told) = (new List<Conflict>(), new HashSet<string>(StringComparer.Ordinal));
        var changes = await Since(document.Key, seen, ct);
        if (changes.Count != document.Version - seen)       // made before changes were noted
            return [new Conflict("version", ((IStamped)document).ChangedBy, ((IStamped)document).ChangedAt, null)];
        foreach (var change in changes)
            foreach (var (path, after) in Paths(edit.Shape, document.Key, change.Rows))
                if (edit.Touched.FirstOrDefault(t => Meet(t, path)) is { } touched && told.Add(path))
                    conflicts.Add(new Conflict(path, change.By, change.At, after));
        return conflicts;
    }

    /// <summary>The fields that a change touched: <c>name</c>, <c>units/ID/factor</c>, and a line that came or went as
    /// <c>units/ID</c>; with what they held after it.</summary>
    private static IEnumerable<(string Path, JsonElement? After)> Paths(DocumentShape shape, Guid id, JsonElement rows)
    {
        foreach (var row in rows.EnumerateArray())
        {
            var table = row.GetProperty("table").GetString();
            var has = row.TryGetProperty("after", out var after);
            var any = has ? after : row.GetProperty("before");
            if (table == shape.Type.Table && IdOf(any) == id)
            {
                if (!has) continue;
                foreach (var column in after.EnumerateObject())
                    if (shape.Fields.FirstOrDefault(f => f.Column == column.Name) is { } field)
                        yield return (field.Name, column.Value);
            }
            else if (shape.Type.Children.FirstOrDefault(c => c.IsPart && c.Table == table) is { } child)
            {
                var line = $"{child.Name}/{IdOf(any)}";
                if (!row.TryGetProperty("before", out _)) continue;         // a line that came stands in nobody's way
                if (!has) yield return (line, null);
                else
                    foreach (var column in after.EnumerateObject())
                        if (child.Fields.FirstOrDefault(f => f.Column == column.Name) is { } field)
                            yield return ($"{line}/{field.Name}", column.Value);
            }
        }
    }

    internal static Guid IdOf(JsonElement values) =>
        values.TryGetProperty("id", out var id) && id.ValueKind == JsonValueKind.String && id.TryGetGuid(out var value)
            ? value : Guid.Empty;

    // The same field, or a line and something in it.
    private static bool Meet(string one, string other) => one == other
        || one.StartsWith(other + "/", StringComparison.Ordinal) || other.StartsWith(one + "/", StringComparison.Ordinal);
}

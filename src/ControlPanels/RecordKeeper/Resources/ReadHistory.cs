using System.Buffers;
using System.Globalization;
using System.Text.Json;
using BusinessM.Contracts.RecordKeeper;
using Microsoft.AspNetCore.Http;

namespace BusinessM.Records;

/// <summary>The changes of a document, and the document as it stood at a moment: as it is now, with the changes since
/// taken back one by one.</summary>
internal sealed class ReadHistory(IRecordDatabase database, DocumentCatalogue catalogue, DocumentHistory history,
    Caller caller)
{
    /// <summary>Newest first; the last one is that it was made.</summary>
    public async Task<IResult> Changes(HttpContext http, DocumentType type, Guid id)
    {
        var shape = catalogue.Current.Of(type);
        var now = await DocumentRow.Read(database, shape, id, caller, http.RequestAborted);
        if (now is null) return ReadDocuments.NotFound(type, id).ToProblem();
        var buffer = new ArrayBufferWriter<byte>(4 * 1024);
        await using var json = new Utf8JsonWriter(buffer);
        json.WriteStartObject();
        json.WriteStartArray("changes");
        foreach (var change in await history.Since(id, 0, http.RequestAborted)) Write(json, shape, id, change);
        Head(json, 1, now.CreatedAt, now.CreatedBy, type.Permission("add"));
        json.WriteStartArray("fields");
        json.WriteEndArray();
        json.WriteEndObject();
        json.WriteEndArray();
        json.WriteEndObject();
        json.Flush();
        return JsonAnswer.Of(buffer);
    }

    public async Task<IResult> AsOf(HttpContext http, DocumentType type, Guid id, string moment)
    {
        if (!DateTimeOffset.TryParse(moment, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var at))
            return RecordErrors.QueryInvalid.With($"'asOf' is a moment, such as 2026-11-28T10:00:00Z", "asOf").ToProblem();
        var shape = catalogue.Current.Of(type);
        var row = await DocumentRow.Read(database, shape, id, caller, http.RequestAborted);
        if (row is null) return ReadDocuments.NotFound(type, id).ToProblem();
        var noted = await history.Since(id, 0, http.RequestAborted);
        if (at < row.CreatedAt || noted.Count != row.Version - 1) return RecordErrors.MomentUnknown.With(
            $"{type.Declared.Label} {id} is known from {(at < row.CreatedAt ? row.CreatedAt : row.ChangedAt):u} on", "asOf")
            .ToProblem();
        foreach (var change in noted.Where(change => change.At > at)) row.TakeBack(change);
        var buffer = new ArrayBufferWriter<byte>(4 * 1024);
        await using var json = new Utf8JsonWriter(buffer);
        row.Write(json, caller);
        json.Flush();
        return JsonAnswer.Of(buffer);
    }

    private void Write(Utf8JsonWriter json, DocumentShape shape, Guid id, DocumentChangeRow change)
    {
        Head(json, change.Version, change.At, change.By, change.Action);
        json.WriteStartArray("fields");
        foreach (var row in change.Rows.EnumerateArray())
        {
            var table = row.GetProperty("table").GetString();
            JsonElement? before = row.TryGetProperty("before", out var was) ? was : null;
            JsonElement? after = row.TryGetProperty("after", out var now) ? now : null;
            var values = after ?? before!.Value;
            if (table == shape.Type.Table && DocumentHistory.IdOf(values) == id)
                Fields(json, "", shape.Fields.Where(f => shape.IsSeen(f, caller)), before, after);
            else if (shape.Type.Children.FirstOrDefault(c => c.IsPart && c.Table == table) is { } child)
                Fields(json, $"{child.Name}/{DocumentHistory.IdOf(values)}/", child.Fields, before, after);
        }
        json.WriteEndArray();
        json.WriteEndObject();
    }

    private static void Fields(Utf8JsonWriter json, string prefix, IEnumerable<DocumentField> fields, JsonElement? before,
        JsonElement? after)
    {
        foreach (var field in fields)
        {
            var (was, now) = (DocumentRow.Value(field, before), DocumentRow.Value(field, after));
            if (Equals(was, now)) continue;
            json.WriteStartObject();
            json.WriteString("field", prefix + field.Name);
            json.WriteString("label", field.Definition.Label);
            Value(json, "before", field, was);
            Value(json, "after", field, now);
            json.WriteEndObject();
        }
    }

    private static void Value(Utf8JsonWriter json, string name, DocumentField field, object? value)
    {
        if (value is null) return;
        json.WritePropertyName(name);
        FieldValue.Write(json, field, value);
    }

    private static void Head(Utf8JsonWriter json, int version, DateTimeOffset at, string by, string action)
    {
        json.WriteStartObject();
        json.WriteNumber("version", version);
        json.WriteString("at", at);
        json.WriteString("by", by);
        json.WriteString("action", action);
    }
}

/// <summary>A document and its lines as values by column, from which changes can be taken back.</summary>
internal sealed class DocumentRow
{
    private readonly DocumentShape _shape;
    private readonly Dictionary<string, object?> _values;
    private readonly Dictionary<ChildType, Dictionary<Guid, Dictionary<string, object?>>> _lines = [];

    private DocumentRow(DocumentShape shape, Dictionary<string, object?> values) => (_shape, _values) = (shape, values);

    public Guid Id => (Guid)_values["id"]!;

    public int Version => (int)_values["version"]!;

    public DateTimeOffset CreatedAt => (DateTimeOffset)_values["created_at"]!;

    public string CreatedBy => (string)_values["created_by"]!;

    public DateTimeOffset ChangedAt => (DateTimeOffset)_values["changed_at"]!;

    /// <summary>Null: it is not there, or not seen.</summary>
    public static async Task<DocumentRow?> Read(IRecordDatabase database, DocumentShape shape, Guid id, Caller caller,
        CancellationToken ct)
    {
        var type = shape.Type;
        var where = type.Declared.Where is { } condition ? $" and d.{condition}" : "";
        var found = await Rows(database, type.Schema, type.Table, [.. DocumentShape.System, .. shape.Fields],
            $"d.id = $1{where}", id, ct);
        if (found is not [var values]) return null;
        var company = new CompanyId((Guid)values["company"]!);
        if (company.Value != Guid.Empty && !caller.Sees(company)) return null;
        var row = new DocumentRow(shape, values);
        foreach (var child in type.Children.Where(c => c.IsPart))
            row._lines[child] = (await Rows(database, type.Schema, child.Table,
                [DocumentShape.System[0], Seq, .. child.Fields], "d.parent = $1", id, ct))
                .ToDictionary(line => (Guid)line["id"]!);
        return row;
    }

    /// <summary>A field's value as it travels.</summary>
    public System.Text.Json.Nodes.JsonNode? ToJson(DocumentField field)
    {
        if (_values.GetValueOrDefault(field.Column) is not { } value) return null;
        var buffer = new ArrayBufferWriter<byte>();
        using var json = new Utf8JsonWriter(buffer);
        FieldValue.Write(json, field, value);
        json.Flush();
        return System.Text.Json.Nodes.JsonNode.Parse(buffer.WrittenSpan);
    }

    public void TakeBack(DocumentChangeRow change)
    {
        foreach (var row in change.Rows.EnumerateArray())
        {
            var table = row.GetProperty("table").GetString();
            var was = row.TryGetProperty("before", out var before);
            var values = was ? before : row.GetProperty("after");
            if (table == _shape.Type.Table && DocumentHistory.IdOf(values) == Id) Set(_values, _shape.Fields, before);
            else if (_lines.Keys.FirstOrDefault(c => c.Table == table) is { } child)
            {
                var id = DocumentHistory.IdOf(values);
                if (!was) _lines[child].Remove(id);
                else if (values.TryGetProperty("parent", out var parent) && parent.GetGuid() != Id) continue;
                else if (_lines[child].TryGetValue(id, out var line)) Set(line, child.Fields, before);
                else if (!row.TryGetProperty("after", out _))
                    Set(_lines[child][id] = new() { ["id"] = id }, [Seq, .. child.Fields], before);
            }
        }
        _values["version"] = change.Version - 1;
    }

    public void Write(Utf8JsonWriter json, Caller caller)
    {
        json.WriteStartObject();
        Write(json, DocumentShape.System.Where(f => f.Name is not ("changedAt" or "changedBy")), _values);
        Write(json, _shape.Fields.Where(f => _shape.IsSeen(f, caller)), _values);
        foreach (var (child, lines) in _lines)
        {
            json.WriteStartArray(child.Name);
            foreach (var line in lines.Values.OrderBy(line => (int?)line.GetValueOrDefault("seq") ?? 0))
            {
                json.WriteStartObject();
                Write(json, [DocumentShape.System[0], Seq, .. child.Fields], line);
                json.WriteEndObject();
            }
            json.WriteEndArray();
        }
        json.WriteEndObject();
    }

    /// <summary>A value of the audit chain, in the shape of the store.</summary>
    internal static object? Value(DocumentField field, JsonElement? values)
    {
        if (values is not { } row || !row.TryGetProperty(field.Column, out var json)) return null;
        return json.ValueKind switch
        {
            JsonValueKind.Null => null,
            JsonValueKind.True => true,
            JsonValueKind.False => false,
            JsonValueKind.Number => json.GetInt32(),
            _ when field.Value == typeof(string) => json.GetString(),
            _ => FieldValue.Parse(field, json.GetString()!) is { Failed: false } value ? value.Value : null,
        };
    }

    private static readonly DocumentField Seq = DocumentField.Of(new FieldDefinition("seq", "Line", FieldKind.Whole));

    private static void Set(Dictionary<string, object?> values, IEnumerable<DocumentField> fields, JsonElement before)
    {
        foreach (var field in fields)
            if (before.TryGetProperty(field.Column, out _)) values[field.Column] = Value(field, before);
    }

    private static void Write(Utf8JsonWriter json, IEnumerable<DocumentField> fields, Dictionary<string, object?> values)
    {
        foreach (var field in fields)
        {
            if (values.GetValueOrDefault(field.Column) is not { } value) continue;
            json.WritePropertyName(field.Name);
            FieldValue.Write(json, field, value);
        }
    }

    private static async Task<List<Dictionary<string, object?>>> Rows(IRecordDatabase database, string schema,
        string table, IReadOnlyList<DocumentField> fields, string where, Guid id, CancellationToken ct)
    {
        await using var command = database.Reader(schema).CreateCommand("select "
            + string.Join(", ", fields.Select(f => $"d.\"{f.Column}\"")) + $" from {schema}.\"{table}\" d where {where}");
        var parameter = command.CreateParameter();
        parameter.Value = id;
        command.Parameters.Add(parameter);
        await using var rows = await command.ExecuteReaderAsync(ct);
        var found = new List<Dictionary<string, object?>>();
        while (await rows.ReadAsync(ct))
        {
            var values = new Dictionary<string, object?>(StringComparer.Ordinal);
            for (var i = 0; i < fields.Count; i++)
                values[fields[i].Column] = rows.IsDBNull(i) ? null : FieldValue.Get(fields[i], rows, i);
            found.Add(values);
        }
        return found;
    }
}

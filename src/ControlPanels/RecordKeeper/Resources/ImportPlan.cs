using System.Text.Json.Nodes;
using BusinessM.Contracts.RecordKeeper;
using BusinessM.Records.Files;

namespace BusinessM.Records;

/// <summary>Which column is which field, and how its texts are read.</summary>
internal sealed class ImportPlan
{
    private readonly IReadOnlyList<DocumentField?> _fields;

    private ImportPlan(DocumentShape shape, Table table, IReadOnlyList<DocumentField?> fields, FileCulture culture,
        IReadOnlyList<ImportRow> rows)
    {
        (Shape, _fields, Rows) = (shape, fields, rows);
        Columns = [.. table.Header.Select((column, i) => new ImportDocuments.ColumnView(column, fields[i]?.Name,
            fields[i]?.Definition.Label))];
        Doubts = [.. culture.Doubts.Select(doubt => doubt.Message)];
    }

    public DocumentShape Shape { get; }

    public IReadOnlyList<ImportDocuments.ColumnView> Columns { get; }

    public IReadOnlyList<string> Doubts { get; }

    public IReadOnlyList<ImportRow> Rows { get; }

    /// <summary>Refused where the map names what is not there, or no column is a field.</summary>
    public static Result<ImportPlan> Of(DocumentShape shape, Table table, ImportDocuments.Asked asked, Caller caller)
    {
        DocumentField[] known = [.. shape.Fields.Where(f => shape.IsSeen(f, caller)
            && f.Definition is { ReadOnly: false, Kind: not FieldKind.Json })];
        var guess = ColumnGuess.Of(table.Header, [.. known.Select(f => f.Definition)]);
        var fields = guess.Select(g => known.FirstOrDefault(f => f.Definition == g)).ToArray();
        foreach (var (column, field) in asked.Map)
        {
            var place = table.Header.ToList().IndexOf(column);
            var found = field is null ? null : known.FirstOrDefault(f => f.Name == field);
            if (place < 0 || (field is not null && found is null))
                return RecordErrors.QueryInvalid.With($"The map leads from '{column}' to '{field}': one is not there", "map");
            if (found is not null)
                for (var i = 0; i < fields.Length; i++)
                    if (fields[i] == found) fields[i] = null;
            fields[place] = found;
        }
        if (Array.TrueForAll(fields, f => f is null))
            return RecordErrors.QueryInvalid.With($"No column is a field: say which in the map", "map");
        var culture = FileCulture.Of(table, [.. fields.Select(f => f?.Definition)], asked.Culture);
        var code = shape.Type.Code is { } c ? Array.IndexOf(fields, c) : -1;
        var codes = new HashSet<string>(StringComparer.Ordinal);
        var rows = table.Rows(CancellationToken.None).ToBlockingEnumerable()
            .Select(row => ImportRow.Of(row, fields, culture, code, codes)).ToList();
        return new ImportPlan(shape, table, fields, culture, rows);
    }

    /// <summary>The heading of the column that a field is read from.</summary>
    public string? ColumnOf(string? field) => Columns.FirstOrDefault(c => c.Field == field)?.Column ?? field;

    /// <summary>What the rows' codes and links lead to, asked at once.</summary>
    public async Task<ImportLinks> Resolve(IReadOnlyList<ImportRow> rows, CompanyId company, IRecordDatabase database,
        DocumentCatalogue catalogue, Caller caller, CancellationToken ct)
    {
        var (type, names, links) = (Shape.Type, new Names(database, catalogue), new ImportLinks(company, Shape.Type));
        object[] codes = [.. rows.Select(r => r.Code).OfType<string>().Distinct(StringComparer.Ordinal)];
        if (codes.Length > 0)
            foreach (var (id, code, _) in await names.Read(type, byCode: true, codes, caller, company, ct))
                links.Existing[code!] = (id, null);
        foreach (var (id, code) in links.Existing.Select(e => (e.Value.Id, e.Key)).ToArray())
            links.Existing[code] = (id, await Before(id, database, caller, ct));
        foreach (var field in _fields.OfType<DocumentField>()
            .Where(f => f.Definition is { Kind: FieldKind.Link, ByCode: false, Target: not null }))
        {
            if (catalogue.Current.Find(field.Definition.Target!)?.Type is not { Code: not null } target) continue;
            object[] texts = [.. rows.Select(r => r.TextOf(field.Name)).OfType<string>()
                .Where(t => t.Length > 0 && !Guid.TryParse(t, out _)).Distinct(StringComparer.Ordinal)];
            if (texts.Length == 0) continue;
            foreach (var (id, code, _) in await names.Read(target, byCode: true, texts, caller, company, ct))
                links.Ids[(field.Name, code!)] = id;
        }
        return links;
    }

    // The values that the import may change, as they stood.
    private async Task<string?> Before(Guid id, IRecordDatabase database, Caller caller, CancellationToken ct)
    {
        if (await DocumentRow.Read(database, Shape, id, caller, ct) is not { } row) return null;
        var json = new JsonObject();
        foreach (var field in _fields.OfType<DocumentField>().Where(f => !f.Definition.CreateOnly))
            json[field.Name] = row.ToJson(field);
        return json.ToJsonString();
    }
}

/// <summary>What codes and links of a chunk lead to.</summary>
internal sealed class ImportLinks(CompanyId company, DocumentType type)
{
    public CompanyId Company => company;

    public DocumentType Type => type;

    /// <summary>Documents that are there, by code; and their values before.</summary>
    public Dictionary<string, (Guid Id, string? Before)> Existing { get; } = new(StringComparer.Ordinal);

    /// <summary>Ids by the field and the code that stands in it.</summary>
    public Dictionary<(string Field, string Code), Guid> Ids { get; } = [];
}

/// <summary>A row of the file: the values of its fields as they travel.</summary>
internal sealed class ImportRow
{
    private readonly List<(DocumentField Field, string? Text)> _values = [];
    private Error? _wrong;

    public int Number { get; private init; }

    public string? Code { get; private init; }

    public bool IsNew { get; set; }

    public static ImportRow Of(TableRow row, IReadOnlyList<DocumentField?> fields, FileCulture culture, int code,
        HashSet<string> codes)
    {
        var made = new ImportRow
        {
            Number = row.Number,
            Code = code >= 0 && code < row.Cells.Count && row.Cells[code].Text.Trim() is { Length: > 0 } text ? text : null,
        };
        if (made.Code is { } given && !codes.Add(given))
            made._wrong = RecordErrors.BulkInvalid.With($"{given} stands in the file twice", fields[code]!.Name);
        for (var i = 0; i < fields.Count; i++)
        {
            if (fields[i] is not { } field) continue;
            var value = CellText.Parse(field.Definition, row, i, culture);
            if (value.Failed) made._wrong ??= value.Failure;
            else made._values.Add((field, value.Value));
        }
        return made;
    }

    public string? TextOf(string field) => _values.FirstOrDefault(v => v.Field.Name == field).Text;

    /// <summary>The row as a document travels; of one that is there only what may change.</summary>
    public Result<JsonObject> Json(ImportLinks links)
    {
        if (_wrong is not null) return _wrong;
        var isThere = Code is not null && links.Existing.ContainsKey(Code);
        var json = new JsonObject();
        if (!isThere && links.Type.Declared.Scope == DocumentScope.Company) json["company"] = links.Company.ToString();
        foreach (var (field, text) in _values)
        {
            if (isThere && field.Definition.CreateOnly) continue;
            if (text is null && !isThere) continue;             // a new one has its usual value
            var value = field.Definition is { Kind: FieldKind.Link, ByCode: false } && text is not null
                && links.Ids.TryGetValue((field.Name, text), out var id) ? id.ToString() : text;
            json[field.Name] = Value(field, value);
        }
        return json;
    }

    private static JsonNode? Value(DocumentField field, string? text) => (field.Definition.Kind, text) switch
    {
        (_, null) => null,
        (FieldKind.Flag, _) => JsonValue.Create(text == "true"),
        (FieldKind.Whole, _) when int.TryParse(text, System.Globalization.CultureInfo.InvariantCulture, out var whole) =>
            JsonValue.Create(whole),
        _ => JsonValue.Create(text),
    };
}

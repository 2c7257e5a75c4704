using System.Buffers;
using System.Data.Common;
using System.Text.Json;
using Microsoft.AspNetCore.Http;

namespace BusinessM.Records;

/// <summary>Lists and single documents, from rows to JSON without a detour over objects.</summary>
internal sealed class ReadDocuments(IRecordDatabase database, DocumentCatalogue catalogue, Caller caller)
{
    public async Task<IResult> List(HttpContext http, DocumentType type)
    {
        var asked = ListQuery.Of(http, catalogue.Current.Of(type), caller);
        if (asked.Failed) return asked.Failure.ToProblem();
        var query = asked.Value with { Visible = caller.Companies };
        if (query.Search is { } search)
            query = query with { Frequent = await FrequentWords.In(database, type, search, http.RequestAborted) };
        var sql = new SqlText();
        var links = LinkNames.Of(type, query.Fields, catalogue.Current, caller);
        var text = query.Search is null ? ListSql.Page(query, links, sql) : ListSql.Search(query, links, sql);
        if (text.Failed) return text.Failure.ToProblem();
        var buffer = new ArrayBufferWriter<byte>(16 * 1024);
        await using var json = new Utf8JsonWriter(buffer);
        json.WriteStartObject();
        var names = new Names(database, catalogue);
        await Rows(json, query, text.Value, sql, names, links, http.RequestAborted);
        Write(json, await names.Find(caller, query.Company ?? default, http.RequestAborted));
        if (query.Counts || query.Sums.Count > 0) await Totals(json, query, http.RequestAborted);
        json.WriteEndObject();
        json.Flush();
        return JsonAnswer.Of(buffer);
    }

    public async Task<IResult> Get(HttpContext http, DocumentType type, Guid id)
    {
        var buffer = new ArrayBufferWriter<byte>(4 * 1024);
        var names = new Names(database, catalogue);
        var version = 0;
        await using (var json = new Utf8JsonWriter(buffer))
        {
            json.WriteStartObject();
            var (found, company) = await Document(json, catalogue.Current.Of(type), id, names, http.RequestAborted);
            if (found is null) return NotFound(type, id).ToProblem();
            version = found.Value;
            Write(json, await names.Find(caller, company, http.RequestAborted));
            json.WriteEndObject();
        }
        return JsonAnswer.Of(buffer, ETag(version));
    }

    public static string ETag(int version) => string.Create(System.Globalization.CultureInfo.InvariantCulture,
        $"\"{version}\"");

    public static Error NotFound(DocumentType type, Guid id) =>
        RecordErrors.NotFound.With($"There is no {type.Declared.Label} {id}");

    private async Task Rows(Utf8JsonWriter json, ListQuery query, string text, SqlText sql, Names names,
        LinkNames links, CancellationToken ct)
    {
        var schema = query.Shape.Type.Schema;
        var source = query.HasOnePlan ? database.Reader(schema) : database.Lists(schema);
        await using var command = source.CreateCommand(text);
        sql.AddTo(command.Parameters, command.CreateParameter);
        await using var rows = await command.ExecuteReaderAsync(ct);
        json.WriteStartArray("rows");
        var (count, last, values) = (0, Guid.Empty, new object?[query.Sort.Count]);
        string? next = null;
        while (await rows.ReadAsync(ct))
        {
            if (++count > query.Take)
            {
                next = Cursor.Of(query.Sort, values, last);
                break;
            }
            last = rows.GetGuid(0);
            json.WriteStartObject();
            json.WriteString("id", last);
            json.WriteNumber("version", rows.GetInt32(1));
            Fields(json, query.Fields, rows, 2, names, links);
            json.WriteEndObject();
            if (count == query.Take && query.Search is null)
                for (var i = 0; i < values.Length; i++)
                    values[i] = rows.IsDBNull(2 + query.Fields.Count + i) ? null
                        : FieldValue.Get(query.Sort[i].Field, rows, 2 + query.Fields.Count + i);
        }
        json.WriteEndArray();
        if (next is not null) json.WriteString("next", next);
    }

    private async Task Totals(Utf8JsonWriter json, ListQuery query, CancellationToken ct)
    {
        var sql = new SqlText();
        await using var command = database.Lists(query.Shape.Type.Schema).CreateCommand(ListSql.Totals(query, sql));
        sql.AddTo(command.Parameters, command.CreateParameter);
        await using var rows = await command.ExecuteReaderAsync(ct);
        await rows.ReadAsync(ct);
        json.WriteStartObject("totals");
        if (query.Counts) json.WriteNumber("count", rows.GetInt64(0));
        for (var i = 0; i < query.Sums.Count; i++)
        {
            json.WritePropertyName(query.Sums[i].Name);
            FieldValue.Write(json, query.Sums[i], rows.GetDecimal(i + 1));
        }
        json.WriteEndObject();
    }

    // The row and the rows of its child tables, in one journey.
    private async Task<(int? Version, CompanyId Company)> Document(Utf8JsonWriter json, DocumentShape shape, Guid id,
        Names names, CancellationToken ct)
    {
        var (type, fields) = (shape.Type, shape.Fields.Where(field => shape.IsSeen(field, caller)).ToList());
        await using var connection = await database.Reader(type.Schema).OpenConnectionAsync(ct);
        await using var batch = connection.CreateBatch();
        var (links, sql) = (LinkNames.Of(type, fields, catalogue.Current, caller), new SqlText());
        var key = sql.Parameter(id);
        Ask(batch, sql, $"select {Columns(DocumentShape.System.Concat(fields))}{links.Columns} "
            + $"from {type.Schema}.\"{type.Table}\" d{links.Joins("d", "d.company", sql)} "
            + $"where d.id = {key}{(type.Declared.Where is { } where ? $" and d.{where}" : "")}");
        foreach (var child in type.Children.Where(child => !child.IsInRow))
            Ask(batch, Only(id), $"select {(child.IsPart ? "d.id, " : "")}d.seq{Rest(child.Fields)} from "
                + $"{type.Schema}.\"{child.Table}\" d where d.\"{child.ParentColumn}\" = $1 order by d.seq");
        await using var rows = await batch.ExecuteReaderAsync(ct);
        if (!await rows.ReadAsync(ct)) return (null, default);
        var company = new CompanyId(rows.GetGuid(1));
        if (company.Value != Guid.Empty && !caller.Sees(company)) return (null, default);
        var version = rows.GetInt32(2);
        Fields(json, DocumentShape.System, rows, 0, null, null);
        Fields(json, fields, rows, DocumentShape.System.Count, names, links);
        foreach (var child in type.Children.Where(child => !child.IsInRow))
        {
            await rows.NextResultAsync(ct);
            await Lines(json, child, rows, names, ct);
        }
        return (version, company);
    }

    private static async Task Lines(Utf8JsonWriter json, ChildType child, DbDataReader rows, Names names,
        CancellationToken ct)
    {
        json.WriteStartArray(child.Name);
        var first = child.IsPart ? 1 : 0;
        while (await rows.ReadAsync(ct))
        {
            json.WriteStartObject();
            if (child.IsPart) json.WriteString("id", rows.GetGuid(0));
            json.WriteNumber("seq", rows.GetInt32(first));
            Fields(json, child.Fields, rows, first + 1, names, null);
            json.WriteEndObject();
        }
        json.WriteEndArray();
    }

    private static void Fields(Utf8JsonWriter json, IReadOnlyList<DocumentField> fields, DbDataReader row, int first,
        Names? names, LinkNames? links)
    {
        for (var i = 0; i < fields.Count; i++)
            if (FieldValue.Write(json, fields[i], row, first + i) is { } value && names is not null
                && fields[i].Definition.Target is not null && links?.Read(fields[i], value, row, names) is not true)
                names.Want(fields[i], value);
    }

    private static void Write(Utf8JsonWriter json, IReadOnlyDictionary<string, string> names)
    {
        json.WriteStartObject("names");
        foreach (var (id, name) in names) json.WriteString(id, name);
        json.WriteEndObject();
    }

    private static void Ask(DbBatch batch, SqlText sql, string text)
    {
        var command = batch.CreateBatchCommand();
        command.CommandText = text;
        sql.AddTo(command.Parameters, command.CreateParameter);
        batch.BatchCommands.Add(command);
    }

    private static SqlText Only(Guid id)
    {
        var sql = new SqlText();
        sql.Parameter(id);
        return sql;
    }

    private static string Columns(IEnumerable<DocumentField> fields) =>
        string.Join(", ", fields.Select(field => $"d.\"{field.Column}\""));

    private static string Rest(IReadOnlyList<DocumentField> fields) => fields.Count == 0 ? "" : ", " + Columns(fields);
}

using System.Runtime.CompilerServices;
using BusinessM.Contracts.RecordKeeper;
using BusinessM.Records.Files;
using Microsoft.AspNetCore.Http;

namespace BusinessM.Records;

/// <summary>The documents of a list as a CSV or XLSX file, which can be imported again.</summary>
internal sealed class ExportDocuments(IRecordDatabase database, DocumentCatalogue catalogue, Caller caller)
{
    /// <summary>Documents of one file: the rows of a sheet but its heading.</summary>
    public const int RowsMax = 1_048_575;

    private const int PageRows = 500;

    public async Task<IResult> Export(HttpContext http, DocumentType type)
    {
        var format = http.Request.Query["format"].ToString();
        if (format is not ("" or "csv" or "xlsx"))
            return RecordErrors.QueryInvalid.With($"An export is csv or xlsx", "format").ToProblem();
        var asked = ListQuery.Of(http, catalogue.Current.Of(type), caller);
        if (asked.Failed) return asked.Failure.ToProblem();
        var query = asked.Value with { Visible = caller.Companies, After = null, Search = null, Take = RowsMax };
        if (!http.Request.Query.ContainsKey("fields")) query = query with
        {
            Fields = [.. query.Shape.Fields.Where(f => f.Definition.Kind != FieldKind.Json && query.Shape.IsSeen(f, caller))],
        };
        string[] header = [.. query.Fields.Select(f => f.Name)];
        FieldDefinition[] fields = [.. query.Fields.Select(f => f.Definition is { Kind: FieldKind.Link, ByCode: false }
            ? f.Definition with { Kind = FieldKind.Text } : f.Definition)];
        var name = $"{type.Path.Split('/')[^1]}.{(format == "xlsx" ? "xlsx" : "csv")}";
        return new FileAnswer(name, format == "xlsx", async (stream, ct) =>
        {
            if (format == "xlsx") return await TableFile.WriteXlsx(stream, header, fields, Rows(query, ct), ct);
            await TableFile.WriteCsv(stream, header, fields, Rows(query, ct), new CsvStyle(Mark: true), ct);
            return Done.Ok;
        });
    }

    private async IAsyncEnumerable<IReadOnlyList<string?>> Rows(ListQuery query,
        [EnumeratorCancellation] CancellationToken ct)
    {
        var sql = new SqlText();
        await using var command = database.Reader(query.Shape.Type.Schema).CreateCommand(ListSql.Page(query, null, sql).Value);
        sql.AddTo(command.Parameters, command.CreateParameter);
        await using var reader = await command.ExecuteReaderAsync(ct);
        var page = new List<object?[]>(PageRows);
        while (await reader.ReadAsync(ct))
        {
            var row = new object?[query.Fields.Count];
            for (var i = 0; i < row.Length; i++)
                row[i] = reader.IsDBNull(i + 2) ? null : FieldValue.Get(query.Fields[i], reader, i + 2);
            page.Add(row);
            if (page.Count < PageRows) continue;
            foreach (var texts in await Texts(query, page, ct)) yield return texts;
            page.Clear();
        }
        foreach (var texts in await Texts(query, page, ct)) yield return texts;
    }

    // Links by id are told by code, where there is one, so that another installation understands them.
    private async Task<IReadOnlyList<string?[]>> Texts(ListQuery query, List<object?[]> page, CancellationToken ct)
    {
        var codes = new Dictionary<(int Field, Guid Id), string>();
        for (var i = 0; i < query.Fields.Count; i++)
        {
            var definition = query.Fields[i].Definition;
            if (definition is not { Kind: FieldKind.Link, ByCode: false, Target: not null }) continue;
            if (catalogue.Current.Find(definition.Target)?.Type is not { Code: not null } target
                || !caller.May(target.Permission("read"))) continue;
            object[] ids = [.. page.Select(row => row[i]).OfType<object>().Distinct()];
            if (ids.Length == 0) continue;
            foreach (var (id, code, _) in await new Names(database, catalogue).Read(target, byCode: false, ids, caller,
                query.Company ?? default, ct))
                if (code is not null) codes[(i, id)] = code;
        }
        return page.ConvertAll(row => row.Select((value, i) => value is Guid id && codes.TryGetValue((i, id), out var code)
            ? code : FieldValue.ToText(query.Fields[i], value)).ToArray());
    }
}

/// <summary>A file that is written while it is sent; a workbook is written whole first.</summary>
internal sealed class FileAnswer(string name, bool isBook, Func<Stream, CancellationToken, Task<Result<Done>>> write)
    : IResult
{
    public async Task ExecuteAsync(HttpContext http)
    {
        var ct = http.RequestAborted;
        http.Response.Headers.ContentDisposition = $"attachment; filename=\"{name}\"";
        if (!isBook)
        {
            http.Response.ContentType = "text/csv; charset=utf-8";
            await write(http.Response.Body, ct);
            return;
        }
        var path = Path.Combine(Path.GetTempPath(), Path.GetRandomFileName());
        await using var file = new FileStream(path, FileMode.CreateNew, FileAccess.ReadWrite, FileShare.None, 81_920,
            FileOptions.DeleteOnClose | FileOptions.Asynchronous);
        var written = await write(file, ct);
        if (written.Failed)
        {
            http.Response.Headers.ContentDisposition = default;
            await written.Failure.ToProblem().ExecuteAsync(http);
            return;
        }
        file.Position = 0;
        http.Response.ContentType = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";
        http.Response.ContentLength = file.Length;
        await file.CopyToAsync(http.Response.Body, ct);
    }
}

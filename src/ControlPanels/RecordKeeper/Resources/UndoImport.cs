using System.Text.Json;
using BusinessM.Contracts.RecordKeeper;
using Microsoft.AspNetCore.Http;
using Microsoft.EntityFrameworkCore;

namespace BusinessM.Records;

/// <summary>Takes an import back: what it made goes, what it changed is as before. All or nothing; refused where a
/// document was changed since, or something leads to one that would go.</summary>
internal sealed class UndoImport(RecordDb db, WriteDocuments write, DocumentCatalogue catalogue, IRecordDatabase database,
    Caller caller)
{
    /// <summary>Documents of an import that can be taken back at once.</summary>
    public const int RowsMax = 10_000;

    public sealed record UndoView(Guid Id, int Removed, int Restored);

    public async Task<IResult> Undo(HttpContext http, DocumentType type, Guid id)
    {
        var ct = http.RequestAborted;
        var wanted = new ImportNoteId(id);
        var import = await db.Set<ImportNote>().SingleOrDefaultAsync(i => i.Id == wanted && i.Type == type.Name, ct);
        if (import is null || (import.Company.Value != Guid.Empty && !caller.Sees(import.Company)))
            return RecordErrors.NotFound.With($"There is no import {id}").ToProblem();
        if (import.Undone) return RecordErrors.ImportMoved.With($"The import was taken back already").ToProblem();
        var rows = await db.Set<ImportedRow>().AsNoTracking().Where(r => r.Import == id).Take(RowsMax + 1).ToListAsync(ct);
        if (rows.Count > RowsMax)
            return RecordErrors.ImportMoved.With($"More than {RowsMax} documents are not taken back at once").ToProblem();
        var made = rows.Where(r => r.Before is null).Select(r => r.Document).ToArray();
        if (await Used(type, import.Company, made, ct) is { } used) return used.ToProblem();
        foreach (var row in rows)
            if (await Take(type, row, ct) is { } refused) return refused.ToProblem();
        import.Undone = true;
        var removed = rows.Count(r => r.Before is null);
        var committed = await db.Commit(() => new UndoView(id, removed, rows.Count - removed), ct);
        return committed.Failed ? committed.Failure.ToProblem() : TypedResults.Ok(committed.Value);
    }

    private async Task<Error?> Take(DocumentType type, ImportedRow row, CancellationToken ct)
    {
        if (await write.Load(type, row.Document, ct) is not { } document || document.Version != row.Version)
            return RecordErrors.ImportMoved.With($"{type.Declared.Label} {row.Document} was changed since");
        if (row.Before is null) return await write.Remove(type, document, ct);
        using var before = JsonDocument.Parse(row.Before);
        var changed = await write.Change(type, row.Document, before.RootElement, null, new HashSet<object>(), ct);
        return changed.Failed ? changed.Failure : null;
    }

    // Whatever this process knows of that leads to one of them, by id or by code, and stays itself.
    private async Task<Error?> Used(DocumentType type, CompanyId company, Guid[] ids, CancellationToken ct)
    {
        if (ids.Length == 0) return null;
        var codes = type.Code is null ? [] : await Codes(type, ids, ct);
        foreach (var shape in catalogue.Current.Shapes)
        {
            var by = shape.Type;
            var main = $"{by.Schema}.\"{by.Table}\" p";
            var places = shape.Fields.Select(field => (From: main, Row: "p", Field: field))
                .Concat(by.Children.Where(child => !child.IsInRow).SelectMany(child => child.Fields.Select(field =>
                    (From: $"{by.Schema}.\"{child.Table}\" u join {main} on p.id = u.\"{child.ParentColumn}\"",
                        Row: "u", Field: field))));
            foreach (var (from, row, field) in places)
            {
                if (field.Definition.Kind != FieldKind.Link || field.Definition.Target != type.Name) continue;
                var (sql, isCode) = (new SqlText(), field.Definition.ByCode);
                var text = $"select {row}.\"{field.Column}\"::text from {from} where {row}.\"{field.Column}\" = any("
                    + $"{sql.Parameter(isCode ? codes : ids)})";
                if (by == type) text += $" and p.id <> all({sql.Parameter(ids)})";
                if (isCode && company.Value != Guid.Empty) text += $" and p.company = {sql.Parameter(company.Value)}";
                if (await Texts(by, text + " limit 1", sql, ct) is [var used, ..])
                    return RecordErrors.ImportMoved.With(
                        $"{type.Declared.Label} {used} is in use: {by.Declared.Plural} lead to it");
            }
        }
        return null;
    }

    private async Task<string[]> Codes(DocumentType type, Guid[] ids, CancellationToken ct)
    {
        var sql = new SqlText();
        return [.. await Texts(type, $"select \"{type.Code!.Column}\" from {type.Schema}.\"{type.Table}\" "
            + $"where id = any({sql.Parameter(ids)})", sql, ct)];
    }

    private async Task<List<string>> Texts(DocumentType of, string text, SqlText sql, CancellationToken ct)
    {
        await using var command = database.Reader(of.Schema).CreateCommand(text);
        sql.AddTo(command.Parameters, command.CreateParameter);
        await using var rows = await command.ExecuteReaderAsync(ct);
        var texts = new List<string>();
        while (await rows.ReadAsync(ct)) texts.Add(rows.GetString(0));
        return texts;
    }
}

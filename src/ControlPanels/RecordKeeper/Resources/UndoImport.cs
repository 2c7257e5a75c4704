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
        if (await Used(type, [.. rows.Where(r => r.Before is null).Select(r => r.Document)], ct) is { } used)
            return used.ToProblem();
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

    // Whatever this process knows of that leads to one of them.
    private async Task<Error?> Used(DocumentType type, Guid[] ids, CancellationToken ct)
    {
        if (ids.Length == 0) return null;
        foreach (var shape in catalogue.Current.Shapes)
        {
            var places = shape.Fields.Select(f => (shape.Type.Table, Field: f))
                .Concat(shape.Type.Children.SelectMany(c => c.Fields.Select(f => (c.Table, Field: f))));
            foreach (var (table, field) in places)
            {
                if (field.Definition is not { Kind: FieldKind.Link, ByCode: false } || field.Definition.Target != type.Name)
                    continue;
                await using var command = database.Reader(shape.Type.Schema).CreateCommand(
                    $"select \"{field.Column}\" from {shape.Type.Schema}.\"{table}\" where \"{field.Column}\" = any($1) limit 1");
                var parameter = command.CreateParameter();
                parameter.Value = ids;
                command.Parameters.Add(parameter);
                if (await command.ExecuteScalarAsync(ct) is Guid used && !(shape.Type == type && ids.Contains(used)))
                    return RecordErrors.ImportMoved.With(
                        $"{type.Declared.Label} {used} is in use: {shape.Type.Declared.Plural} lead to it");
            }
        }
        return null;
    }
}

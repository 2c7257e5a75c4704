using System.Data.Common;

namespace BusinessM.Records;

/// <summary>Columns of fields that no migration knows. They are added, never changed, by the owner of the tables, who
/// waits for a table <see cref="LockSeconds"/> at most, so that nobody waits behind him for longer.</summary>
internal static class FieldColumns
{
    public const int LockSeconds = 2;

    public const int Attempts = 5;

    /// <summary>Adds the columns of the regions' fields that are not there yet.</summary>
    public static async Task Bake(IRecordDatabase database, CatalogueSnapshot catalogue, CancellationToken ct)
    {
        foreach (var shape in catalogue.Shapes.Where(shape => shape.Extras.Count > 0))
        {
            var there = await TableCheck.Columns(database, shape.Type.Schema, shape.Type.Table, ct);
            foreach (var field in shape.Extras.Where(field => !there.ContainsKey(field.Column)))
                await Add(database, shape.Type, field, ct);
        }
    }

    /// <summary>Refused when the table stays busy, or the column is there with another type.</summary>
    public static async Task<Result<Done>> Add(IRecordDatabase database, DocumentType type, DocumentField field,
        CancellationToken ct)
    {
        var there = await TableCheck.Columns(database, type.Schema, type.Table, ct);
        if (there.TryGetValue(field.Column, out var column))
            return column.Type == field.StoreType ? Done.Ok : RecordErrors.ColumnThere.With(
                $"{type.Name} has a column {field.Column} of type {column.Type} already: purge it first", "name");
        var sql = new List<string> { $"alter table {Name(type)} add column if not exists \"{field.Column}\" {field.StoreType}" };
        // A list that is filtered by the field, or sorted by it, goes on by code.
        var then = type.Code is { } code ? $"\"{code.Column}\", " : "";
        if (field.Definition.Indexed) sql.Add($"create index if not exists \"{type.Table}_{field.Column}_at\" "
            + $"on {Name(type)} (company, \"{field.Column}\", {then}id)");
        return await Alter(database, sql, ct);
    }

    /// <summary>Drops the column, and what stands in it.</summary>
    public static Task<Result<Done>> Drop(IRecordDatabase database, DocumentType type, DocumentField field,
        CancellationToken ct) =>
        Alter(database, [$"alter table {Name(type)} drop column if exists \"{field.Column}\""], ct);

    private static string Name(DocumentType type) => $"{type.Schema}.\"{type.Table}\"";

    private static async Task<Result<Done>> Alter(IRecordDatabase database, IReadOnlyList<string> sql,
        CancellationToken ct)
    {
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                await using var owner = await database.OpenOwner(ct);
                await using var command = owner.CreateCommand();
                command.CommandText = FormattableString.Invariant(
                    $"begin; set local lock_timeout = '{LockSeconds}s'; {string.Join("; ", sql)}; commit");
                await command.ExecuteNonQueryAsync(ct);
                return Done.Ok;
            }
            catch (DbException busy) when (busy.SqlState == "55P03")
            {
                if (attempt == Attempts) return RecordErrors.TableBusy.With(
                    $"The table was in use for {Attempts} times {LockSeconds} s: try again later");
                await Task.Delay(TimeSpan.FromMilliseconds(200 * attempt), ct);
            }
        }
    }
}

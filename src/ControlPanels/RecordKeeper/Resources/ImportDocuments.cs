using System.Security.Cryptography;
using System.Text.Json;
using System.Text.Json.Nodes;
using BusinessM.Contracts.RecordKeeper;
using BusinessM.Records.Files;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

namespace BusinessM.Records;

/// <summary>Documents of one type from a CSV or XLSX file (docs/documents.md, Files). All rows are decided first; where
/// one is refused nothing is written, unless the caller wants the rest. Rows whose code is there change that document.
/// </summary>
internal sealed class ImportDocuments(DocumentCatalogue catalogue, IRecordDatabase database, Caller caller,
    IServiceScopeFactory scopes)
{
    /// <summary>Rows that are written in one commit.</summary>
    public const int ChunkRows = 200;

    /// <summary>Errors that are told; all are counted.</summary>
    public const int ErrorsMax = 200;

    public const int TimeoutSeconds = 600;

    public sealed record ColumnView(string Column, string? Field, string? Label);

    public sealed record RowError(int Row, string? Column, string Code, string Detail);

    public sealed record ImportView(Guid? Id, IReadOnlyList<ColumnView> Columns, IReadOnlyList<string> Doubts, int Rows,
        int Added, int Changed, int Refused, IReadOnlyList<RowError> Errors);

    /// <summary>What the query says besides the company: file, map, dryRun, partial, decimal, dayFirst.</summary>
    public sealed record Asked(string File, bool DryRun, bool Partial, CultureDefaults Culture,
        IReadOnlyDictionary<string, string?> Map);

    public async Task<IResult> Import(HttpContext http, DocumentType type)
    {
        var ct = http.RequestAborted;
        var shape = catalogue.Current.Of(type);
        var company = ListQuery.CompanyOf(http.Request.Query["company"], shape, caller);
        if (company.Failed) return company.Failure.ToProblem();
        var asked = Read(http.Request.Query);
        if (asked.Failed) return asked.Failure.ToProblem();
        using var bytes = new MemoryStream();
        await http.Request.Body.CopyToAsync(bytes, ct);
        bytes.Position = 0;
        var table = await TableFile.Read(bytes, asked.Value.File, ct);
        if (table.Failed) return table.Failure.ToProblem();
        var plan = ImportPlan.Of(shape, table.Value, asked.Value, caller);
        if (plan.Failed) return plan.Failure.ToProblem();
        var run = new ImportRun(plan.Value, company.Value, asked.Value.File,
            Convert.ToHexStringLower(SHA256.HashData(bytes.GetBuffer().AsSpan(0, (int)bytes.Length))));
        await Go(run, write: false, ct);
        if (asked.Value.DryRun || (run.Refused > 0 && !asked.Value.Partial)) return TypedResults.Ok(run.View(null));
        var noted = run.ToDocument();
        run.Begin();
        await Go(run, write: true, ct, noted);
        return TypedResults.Ok(run.View(run.IsNoted ? run.Id : null));
    }

    private static Result<Asked> Read(IQueryCollection query)
    {
        var map = new Dictionary<string, string?>(StringComparer.Ordinal);
        if (query["map"].ToString() is { Length: > 0 } text)
        {
            try
            {
                foreach (var (column, field) in JsonNode.Parse(text)!.AsObject()) map[column] = (string?)field;
            }
            catch (Exception e) when (e is JsonException or InvalidOperationException or NullReferenceException
                or ArgumentException)
            {
                return RecordErrors.QueryInvalid.With($"The map is a JSON object of columns and fields", "map");
            }
        }
        if (query["file"].ToString().Any(char.IsControl))
            return RecordErrors.QueryInvalid.With($"The file's name has a character that is no text", "file");
        var decimalMark = query["decimal"].ToString() == "," ? ',' : '.';
        bool Says(string name) => query[name].ToString() is "true" or "1";
        return new Asked(query["file"].ToString() is { Length: > 0 and <= 200 } file ? file : "file", Says("dryRun"),
            Says("partial"), new CultureDefaults(decimalMark, query["dayFirst"].ToString() != "false", "UTC"), map);
    }

    // The first commit notes the import too: whatever happens after it, what was written can be taken back.
    private async Task Go(ImportRun run, bool write, CancellationToken ct, ImportNote? noted = null)
    {
        foreach (var chunk in run.Rows().Chunk(ChunkRows))
        {
            await using var scope = scopes.CreateAsyncScope();
            scope.ServiceProvider.GetRequiredService<Caller>().ActAs(caller);
            var unit = scope.ServiceProvider.GetRequiredService<UnitOfWork>();
            unit.Action = run.Shape.Type.Permission("import");
            var there = await run.Plan.Resolve(chunk, run.Company, database, catalogue, caller, ct);
            var decided = await new ImportChunk(scope.ServiceProvider, run, there).Decide(chunk, ct);
            if (!write || decided.Made.Count == 0)
            {
                run.Count(decided);
                continue;
            }
            if (decided.Refused.FirstOrDefault() is { Why: { } why })       // it was good a moment ago
            {
                run.RefuseAll(chunk, why);
                continue;
            }
            if (noted is not null) scope.ServiceProvider.GetRequiredService<RecordDb>().Add(noted);
            var committed = await scope.ServiceProvider.GetRequiredService<WriteDocuments>().Db(run.Shape.Type).Commit(ct);
            if (committed.Failed)
            {
                run.RefuseAll(chunk, WriteDocuments.Refused(run.Shape.Type, committed.Failure));
                continue;
            }
            noted = null;
            run.IsNoted = true;
            run.Count(decided);
        }
    }
}

/// <summary>An import while it goes on: what was counted, and what was refused.</summary>
internal sealed class ImportRun(ImportPlan plan, CompanyId company, string file, string hash)
{
    private readonly List<ImportDocuments.RowError> _errors = [];
    private readonly HashSet<int> _bad = [];
    private int _added;
    private int _changed;

    public Guid Id { get; } = Ids.New();

    public ImportPlan Plan => plan;

    public DocumentShape Shape => plan.Shape;

    public CompanyId Company => company;

    public int Refused => _bad.Count;

    /// <summary>Something was written, and with it the import.</summary>
    public bool IsNoted { get; set; }

    /// <summary>The rows that are not refused yet.</summary>
    public IEnumerable<ImportRow> Rows() => plan.Rows.Where(row => !_bad.Contains(row.Number));

    /// <summary>The deciding is done: now it counts.</summary>
    public void Begin() => (_added, _changed) = (0, 0);

    /// <summary>What became of some rows.</summary>
    public void Count(ImportDecided decided)
    {
        _added += decided.Made.Count(row => row.IsNew);
        _changed += decided.Made.Count(row => !row.IsNew);
        foreach (var (row, why) in decided.Refused) Refuse(row.Number, why);
    }

    /// <summary>Rows that stand and fall together.</summary>
    public void RefuseAll(IEnumerable<ImportRow> rows, Error error)
    {
        foreach (var row in rows) Refuse(row.Number, error);
    }

    private void Refuse(int row, Error error)
    {
        _bad.Add(row);
        if (_errors.Count < ImportDocuments.ErrorsMax)
            _errors.Add(new(row, plan.ColumnOf(error.Field), error.Code, error.Message));
    }

    public ImportDocuments.ImportView View(Guid? id) => new(id, plan.Columns, plan.Doubts, plan.Rows.Count, _added,
        _changed, _bad.Count, [.. _errors.OrderBy(e => e.Row)]);

    public ImportNote ToDocument() => new()
    {
        Id = new ImportNoteId(Id), Company = company, Type = Shape.Type.Name, File = file, FileHash = hash,
        Rows = plan.Rows.Count, Added = _added, Changed = _changed,
    };
}

/// <summary>Rows that make or change documents, and those that are refused.</summary>
internal sealed record ImportDecided(IReadOnlyList<ImportRow> Made, IReadOnlyList<(ImportRow Row, Error Why)> Refused);

/// <summary>Rows that are decided, and perhaps written, together.</summary>
internal sealed class ImportChunk(IServiceProvider services, ImportRun run, ImportLinks there)
{
    /// <summary>Decides each row by itself, and includes in the unit of work what becomes of it.</summary>
    public async Task<ImportDecided> Decide(IReadOnlyList<ImportRow> rows, CancellationToken ct)
    {
        var (made, refused) = (new List<ImportRow>(), new List<(ImportRow, Error)>());
        foreach (var row in rows)
        {
            var decided = await One(row, ct);
            if (decided.Failed) refused.Add((row, decided.Failure));
            else if (decided.Value) made.Add(row);
        }
        return new ImportDecided(made, refused);
    }

    // Whether the row makes or changes something.
    private async Task<Result<bool>> One(ImportRow row, CancellationToken ct)
    {
        var json = row.Json(there);
        if (json.Failed) return json.Failure;
        using var body = JsonDocument.Parse(json.Value.ToJsonString());
        var decided = await Decide(services.GetRequiredService<WriteDocuments>(), row, body.RootElement, ct);
        if (decided.Failed) return decided.Failure;
        if (!row.IsNew && decided.Value.Edit.Changed.Count == 0) return false;
        var document = (IDocument)decided.Value.Edit.Document;
        services.GetRequiredService<RecordDb>().Add(new ImportedRow
        {
            Import = run.Id, Document = document.Key, Version = document.Version + 1, Before = decided.Value.Before,
        });
        return true;
    }

    private async Task<Result<(DocumentEdit Edit, string? Before)>> Decide(WriteDocuments write, ImportRow row,
        JsonElement body, CancellationToken ct)
    {
        var type = run.Shape.Type;
        row.IsNew = row.Code is null || !there.Existing.TryGetValue(row.Code, out _);
        if (row.IsNew)
        {
            var made = await write.New(type, body, new HashSet<object>(), ct);
            return made.Failed ? made.Failure : (made.Value, (string?)null);
        }
        var (id, before) = there.Existing[row.Code!];
        var changed = await write.Change(type, id, body, null, new HashSet<object>(), ct);
        return changed.Failed ? changed.Failure : (changed.Value.Edit, before);
    }
}

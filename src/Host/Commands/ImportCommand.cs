using System.CommandLine;
using BusinessM.Contracts.Masters;
using BusinessM.Engines.Postgres;
using BusinessM.Finance.Import;
using BusinessM.Host.Import;

namespace BusinessM.Host.Commands;

internal sealed class ImportCommand : TopCommand
{
    public ImportCommand() : base("import", "Bring in what another program kept")
    {
        Add(new ImportSalesCommand());
        Add(new ImportListCommand());
        Add(new ImportUndoCommand());
    }

    protected override bool IsGroup => true;

    protected override Task<int> Run(Context context, CancellationToken ct) => throw new InvalidOperationException();
}

internal sealed class ImportSalesCommand : HostCommand
{
    private sealed record Answer(Guid Import, bool DryRun, ImportCounts Counts, double Seconds, string? Refusals,
        string? StockAdjustments);

    private readonly CompanyChoice _company;
    private readonly Argument<FileInfo> _file = new("file") { Description = "The CSV file" };
    private readonly Option<string> _map = new("--map")
    {
        Required = true, Description = $"A mapping file, or one that comes with the program: {string.Join(", ", ShippedMaps.Names)}",
    };

    private readonly Option<bool> _dryRun = new("--dry-run") { Description = "Decide everything and write nothing" };
    private readonly Option<string?> _refusals = new("--report")
    {
        Description = "Where to list refused lines [FILE.refused.csv in the current folder]",
    };

    private readonly Option<string?> _adjustments = new("--adjustments")
    {
        Description = "Where to list stock adjustments [FILE.adjustments.csv in the current folder]",
    };

    public ImportSalesCommand() : base("sales", "Import invoices and credit notes from a CSV file; repeat it if it was cut off")
    {
        Add(_file);
        _company = CompanyChoice.Of(this);
        foreach (var option in new Option[] { _map, _dryRun, _refusals, _adjustments }) Add(option);
    }

    protected override async Task<int> Run(Context context, CancellationToken ct)
    {
        var file = context.Words.GetValue(_file)!;
        if (!file.Exists) throw new StartupFault($"There is no file {file.FullName}.", "Name the CSV file to import.");
        var (map, text) = Map(context.Words.GetValue(_map)!);
        var name = Path.GetFileNameWithoutExtension(file.Name);
        var began = TimeProvider.System.GetTimestamp();
        await using var workshop = await Workshop.Open(context.Settings, ct);
        Company company;
        await using (var scope = workshop.Scope())
            company = await _company.In(context, scope.ServiceProvider.GetRequiredService<IMasters>(), ct);
        var request = new ImportRequest(company.Id, file.FullName, map, text, "command line", context.Words.GetValue(_dryRun));
        var (outcome, refusals, adjustments) = await ProgressBar.Around($"Importing {file.Name}", "lines", !context.AsJson,
            async move =>
            {
                var all = 0;
                using var report = new ImportReport(context.Words.GetValue(_refusals) ?? name + ".refused.csv",
                    context.Words.GetValue(_adjustments) ?? name + ".adjustments.csv", (_, rows) => all = rows,
                    (_, rows, _) => move(rows, all));
                var outcome = await workshop.Services.GetRequiredService<SalesImporter>().Run(request, report, ct);
                return (outcome, report.RefusalsFile, report.AdjustmentsFile);
            });
        if (outcome.Failed) throw new StartupFault(outcome.Failure.Message, $"({outcome.Failure.Code}) Nothing was imported.");
        var seconds = TimeProvider.System.GetElapsedTime(began).TotalSeconds;
        var (import, counts) = (outcome.Value.Id.Value, outcome.Value.Counts);
        context.Answer(new Answer(import, request.DryRun, counts, seconds, refusals, adjustments),
            Lines(import, request.DryRun, counts, seconds, refusals, adjustments));
        return counts.Refused == 0 ? 0 : 1;
    }

    private static (ImportMap Map, string Text) Map(string wanted)
    {
        var text = File.Exists(wanted) ? File.ReadAllText(wanted) : ShippedMaps.Text(wanted);
        if (text is null) throw new StartupFault($"There is no mapping file {wanted}.",
            $"Name a file (docs/guide/import.md), or one that comes with the program: {string.Join(", ", ShippedMaps.Names)}");
        var map = ImportMap.Parse(text);
        return map.Failed ? throw new StartupFault(map.Failure.Message, $"({map.Failure.Code}) See docs/guide/import.md.")
            : (map.Value, text);
    }

    private static IEnumerable<string> Lines(Guid import, bool dryRun, ImportCounts counts, double seconds, string? refusals,
        string? adjustments)
    {
        yield return FormattableString.Invariant($"{(dryRun ? "Would import" : "Imported")} {counts.Rows} lines, {counts.Documents} documents, in {seconds:0.0} s ({counts.Rows / seconds:0} lines/s)");
        yield return FormattableString.Invariant($"  invoices {counts.Invoices}, credit notes {counts.CreditNotes}, journals {counts.Journals}, stock adjustments {counts.StockAdjustments}, refused {counts.Refused}, there already {counts.AlreadyThere}");
        if (refusals is not null) yield return $"  refused lines: {refusals}";
        if (adjustments is not null) yield return $"  stock adjustments: {adjustments}";
        if (!dryRun) yield return $"  import {import}   (to take it back: business-m import undo {import})";
    }
}

internal sealed class ImportListCommand : HostCommand
{
    private sealed record Row(Guid Id, DateTimeOffset At, string File, string Map, ImportState State, int Rows, int Invoices,
        int CreditNotes, int Journals, int StockAdjustments, int Refused);

    private readonly CompanyChoice _company;

    public ImportListCommand() : base("list", "List the imports of a company, the newest first") => _company = CompanyChoice.Of(this);

    protected override async Task<int> Run(Context context, CancellationToken ct)
    {
        await using var workshop = await Workshop.Open(context.Settings, ct);
        await using var scope = workshop.Scope();
        var company = await _company.In(context, scope.ServiceProvider.GetRequiredService<IMasters>(), ct);
        List<Row> rows = [.. (await workshop.Services.GetRequiredService<SalesImporter>().List(company.Id, ct)).Select(i =>
            new Row(i.Id.Value, i.CreatedAt, i.File, i.Map, i.State, i.Rows, i.Invoices, i.CreditNotes, i.Journals,
                i.StockAdjustments, i.Refused))];
        context.Answer(rows, rows is [] ? ["There are no imports."] : rows.Select(r => FormattableString.Invariant(
            $"{r.Id}  {r.At:yyyy-MM-dd HH:mm}  {r.State,-8} {r.Invoices,7} invoices {r.CreditNotes,6} credit notes  {r.File}")));
        return 0;
    }
}

internal sealed class ImportUndoCommand : HostCommand
{
    private readonly Argument<Guid> _id = new("id") { Description = "The import's id (business-m import list)" };

    public ImportUndoCommand() : base("undo", "Reverse every document of an import") => Add(_id);

    protected override async Task<int> Run(Context context, CancellationToken ct)
    {
        await using var workshop = await Workshop.Open(context.Settings, ct);
        var refused = new List<string>();
        var outcome = await ProgressBar.Around("Reversing", "documents", !context.AsJson, move =>
            workshop.Services.GetRequiredService<UndoImport>().Run(new ImportId(context.Words.GetValue(_id)), "command line",
                (done, all) => move(done, all), (number, error) => refused.Add($"{number}: {error.Message} ({error.Code})"), ct));
        if (outcome.Failed) throw new StartupFault(outcome.Failure.Message, $"({outcome.Failure.Code}) business-m import list");
        var it = outcome.Value;
        context.Answer(it, refused.Select(r => "refused  " + r).Append(FormattableString.Invariant(
            $"{it.Reversed} documents reversed, {it.ReversedBefore} were already, {it.Refused} refused: {it.State}")));
        return it.Refused == 0 ? 0 : 1;
    }
}

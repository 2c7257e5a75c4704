using BusinessM.Contracts.Regions;
using BusinessM.Records;

namespace BusinessM.Host.Commands;

internal sealed class FieldsCommand : TopCommand
{
    public FieldsCommand() : base("fields", "Fields that this installation added to documents: export") =>
        Add(new ExportFieldsCommand());

    protected override bool IsGroup => true;

    protected override Task<int> Run(Context context, CancellationToken ct) => Task.FromResult(0);
}

internal sealed class ExportFieldsCommand() : HostCommand("export",
    "Give them as C#, for the contribution of a region of one's own; with --json as data")
{
    protected override async Task<int> Run(Context context, CancellationToken ct)
    {
        await using var workshop = await Workshop.Open(context.Settings, ct);
        IReadOnlyList<ContributedField> fields = workshop.Services.GetRequiredService<DocumentCatalogue>().OwnFields;
        context.Answer(fields, FieldsAsCode.Of(fields).TrimEnd('\n'));
        return 0;
    }
}

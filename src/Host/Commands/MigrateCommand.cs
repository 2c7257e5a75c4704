using System.CommandLine;

namespace BusinessM.Host.Commands;

internal sealed class MigrateCommand : TopCommand
{
    private sealed record Answer(bool Applied, IReadOnlyList<string> Migrations);

    private readonly Option<bool> _plan = new("--plan") { Description = "Show what would run, and change nothing" };

    public MigrateCommand()
        : base("migrate", "Bring the database's tables up to this version (serve does it by itself)") => Add(_plan);

    protected override async Task<int> Run(Context context, CancellationToken ct)
    {
        await using var installation = await Installation.Command(context.Settings, ct);
        var plan = context.Words.GetValue(_plan);
        var done = plan ? await installation.Migrator().Plan(ct) : await installation.Migrator().Migrate(ct);
        List<string> names = [.. done.Select(m => m.ToString())];
        context.Answer(new Answer(!plan, names), names is [] ? ["Nothing to do: the database is up to date."] :
            names.Select(n => (plan ? "would apply " : "applied ") + n));
        return 0;
    }
}

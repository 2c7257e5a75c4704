using System.CommandLine;

namespace BusinessM.Host.Commands;

internal sealed class ServeCommand : TopCommand
{
    private readonly Option<bool> _demo = new("--demo") { Description = "Load the demo company where the database has no company yet" };

    public ServeCommand() : base("serve", "Serve the program until it is stopped") => Add(_demo);

    protected override async Task<int> Run(Context context, CancellationToken ct)
    {
        await using var installation = await Installation.Host(context.Settings, ct);
        await installation.Migrator().Migrate(ct);
        await using var app = WebHost.Build(context.Settings, installation);
        await app.StartAsync(ct);
        Console.Out.WriteLine($"Serving {string.Join(", ", app.Urls)}");
        await app.WaitForShutdownAsync(ct);
        return 0;
    }
}

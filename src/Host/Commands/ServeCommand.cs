using System.CommandLine;
using BusinessM.Contracts.Masters;
using BusinessM.Host.Demo;

namespace BusinessM.Host.Commands;

internal sealed class ServeCommand : TopCommand
{
    private readonly Option<bool> _demo =
        new("--demo") { Description = "Load the demo company where the database has no company yet" };

    private static string Program => Environment.GetEnvironmentVariable("M_STARTED_BY") ?? "business-m";

    public ServeCommand() : base("serve", "Serve the program until it is stopped") => Add(_demo);

    protected override async Task<int> Run(Context context, CancellationToken ct)
    {
        Gateway.Threads.RunWhereWoken();
        await using var installation = await Installation.Host(context.Settings, ct);
        await installation.Migrator().Migrate(ct);
        await using var app = WebHost.Build(context.Settings, installation);
        await Start(app, ct);
        foreach (var line in await Open(app.Services, context.Words.GetValue(_demo) && OnLoopback(app.Urls), ct))
            Console.Out.WriteLine(line);
        Console.Out.WriteLine($"Serving {string.Join(", ", app.Urls)}   (Ctrl-C stops it)");
        Console.Out.WriteLine($"""
            Try, in another terminal:
              {Program} report trial-balance         what the books say
              {Program} check                        whether every promise holds, recomputed from the postings
              {Program} export journal --format ledger    the books for another program
              {Program} api-key create mine --permission 'finance.*'    a key for curl: -H 'Authorization: Bearer ...'
              curl {app.Urls.First()}/openapi/v1.json     what the API offers
            """);
        await app.WaitForShutdownAsync(ct);
        return 0;
    }

    // What had been started before the port was found taken is stopped before its database goes.
    private static async Task Start(WebApplication app, CancellationToken ct)
    {
        try
        {
            await app.StartAsync(ct);
        }
        catch
        {
            await app.StopAsync(CancellationToken.None);
            throw;
        }
    }

    /// <summary>Who can sign in: said once, when it is made. The demo user only where nobody else can reach
    /// it.</summary>
    private static async Task<List<string>> Open(IServiceProvider services, bool demo, CancellationToken ct)
    {
        var lines = new List<string>();
        var first = await services.Do((IAccess access) => access.OpenFirst(ct));
        if (first.Failed) throw new InvalidOperationException(first.Failure.Message);
        if (first.Value is { } made)
            lines.Add($"Administrator: user {made.User.Name}, password {made.Password}   (shown once; change: "
                + "business-m user password admin)");
        if (!demo) return lines;
        var user = await services.Do((IAccess access) => access.OpenDemo(ct));
        if (user is { Failed: false, Value.Password: { } password })
            lines.Add($"Demo: user {user.Value.User.Name}, password {password}   (from this machine only)");
        if (await DemoCompany.IsNeeded(services, ct))
        {
            Console.Out.WriteLine("Loading the demo company (three days of a real wholesaler) ...");
            var loaded = await DemoCompany.Load(services, static (_, _) => { }, ct);
            lines.Add(FormattableString.Invariant($"Demo company {loaded.Code}: {loaded.Counts!.Invoices} invoices and {loaded.Counts.CreditNotes} credit notes of December 2010"));
        }
        return lines;
    }

    private static bool OnLoopback(IEnumerable<string> urls) => urls.All(url => new Uri(url).IsLoopback);
}

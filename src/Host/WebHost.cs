namespace BusinessM.Host;

/// <summary>The web application of a host.</summary>
internal static class WebHost
{
    public static WebApplication Build(Settings settings, Installation installation)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.WebHost.UseUrls(settings["urls"]!.Split(';'));
        builder.Logging.SetMinimumLevel(LogLevel.Warning)
            .AddFilter("Microsoft.Extensions.Hosting.Internal.Host", LogLevel.None);    // its stack traces: we say it in words
        var app = builder.Build();
        app.MapGet("/health/live", () => Results.Ok());
        app.MapGet("/health/ready", async (CancellationToken ct) =>
        {
            await using var ask = installation.Database.Lane.CreateCommand("select 1");
            await ask.ExecuteScalarAsync(ct);
            return Results.Ok();
        });
        return app;
    }
}

using BusinessM.Engines.Postgres;
using BusinessM.Host.Gateway;
using BusinessM.Records;

namespace BusinessM.Host;

/// <summary>The web application of a host.</summary>
internal static class WebHost
{
    public static WebApplication Build(Settings settings, Installation installation) =>
        Build(settings["urls"]!.Split(';'), installation.Database, _ => { });

    /// <summary>On any migrated database; <paramref name="more"/> adds to the endpoints.</summary>
    public static WebApplication Build(string[] urls, Database database, Action<IEndpointRouteBuilder> more)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.WebHost.UseUrls(urls).UseKestrel(Limits.Apply);
        builder.Logging.SetMinimumLevel(LogLevel.Warning)
            .AddFilter("Microsoft.Extensions.Hosting.Internal.Host", LogLevel.None);    // its stack traces: we say it in words
        builder.Services.ConfigureHttpJsonOptions(json => Wire.Configure(json.SerializerOptions));
        builder.Services.Configure<RouteHandlerOptions>(routes => routes.ThrowOnBadRequest = true);
        builder.Services.AddProblemDetails(problems => problems.CustomizeProblemDetails = Validation.GiveCode);
        builder.Services.AddRequestTimeouts(timeouts => timeouts.DefaultPolicy = new()
        {
            Timeout = TimeSpan.FromSeconds(Limits.RequestTimeoutSeconds),
        });
        builder.Services.AddBusiness(database);

        var app = builder.Build();
        app.UseMiddleware<FaultsMiddleware>();
        app.UseRequestTimeouts();
        app.UseMiddleware<SignInMiddleware>();
        app.UseMiddleware<IdempotencyMiddleware>();
        app.MapHealth(database);
        app.MapBusiness();
        more(app);
        return app;
    }
}

using BusinessM.Engines.Postgres;
using BusinessM.Host.Gateway;
using BusinessM.Host.Gateway.Description;
using BusinessM.Records;

namespace BusinessM.Host;

/// <summary>The web application of a host.</summary>
internal static class WebHost
{
    public static WebApplication Build(Settings settings, Installation installation)
    {
        var form = settings.All.First(v => v.Setting.Name == "log");
        var json = form.Value == "json" || (form.Origin == Origin.Default && Console.IsErrorRedirected);
        return Build(settings["urls"]!.Split(';'), installation.Database, settings["otlp"], json);
    }

    /// <summary>On any migrated database. <paramref name="shape"/> changes what it is made of,
    /// <paramref name="more"/> adds endpoints.</summary>
    public static WebApplication Build(string[] urls, Database database, string? otlp = null, bool jsonLogs = false,
        Action<WebApplicationBuilder>? shape = null, Action<IEndpointRouteBuilder>? more = null)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.WebHost.UseUrls(urls).UseKestrel(Limits.Apply);
        builder.WebHost.UseSockets(sockets => sockets.UnsafePreferInlineScheduling = true);
        builder.AddTelemetry(otlp, jsonLogs);
        builder.Services.ConfigureHttpJsonOptions(json => Wire.Configure(json.SerializerOptions));
        builder.Services.Configure<RouteHandlerOptions>(routes => routes.ThrowOnBadRequest = true);
        builder.Services.AddProblemDetails(problems => problems.CustomizeProblemDetails = Validation.GiveCode);
        builder.Services.AddRequestTimeouts(timeouts => timeouts.DefaultPolicy = new()
        {
            Timeout = TimeSpan.FromSeconds(Limits.RequestTimeoutSeconds),
            TimeoutStatusCode = StatusCodes.Status503ServiceUnavailable,
            WriteTimeoutResponse = FaultsMiddleware.TookTooLong,
        });
        builder.Services.AddApiDescription();
        builder.Services.AddBusiness(database);
        builder.AddDesk();
        shape?.Invoke(builder);

        var app = builder.Build();
        app.UseMiddleware<FaultsMiddleware>();
        app.UsePoolForMany();
        app.UseRequestTimeouts();
        app.UseDesk();
        app.UseMiddleware<SignInMiddleware>();
        app.UseMiddleware<IdempotencyMiddleware>();
        app.MapHealth(database);
        app.MapTelemetry();
        app.MapApiDescription();
        app.MapBusiness();
        more?.Invoke(app);
        return app;
    }
}

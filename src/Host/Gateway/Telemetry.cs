using BusinessM.Records;
using OpenTelemetry;
using OpenTelemetry.Exporter;
using OpenTelemetry.Metrics;
using OpenTelemetry.Resources;
using OpenTelemetry.Trace;

namespace BusinessM.Host.Gateway;

/// <summary>Logs, /metrics, and traces and metrics by OTLP (over HTTP) where an endpoint is set. None of them holds a
/// body, a
/// header or a parameter's value.</summary>
internal static class Telemetry
{
    public static void AddTelemetry(this WebApplicationBuilder builder, string? otlp, bool jsonLogs)
    {
        builder.Logging.ClearProviders().SetMinimumLevel(LogLevel.Warning)
            // its stack traces: we say it in words
            .AddFilter("Microsoft.Extensions.Hosting.Internal.Host", LogLevel.None);
        if (jsonLogs)
            builder.Logging.AddJsonConsole(json => (json.UseUtcTimestamp, json.TimestampFormat) = (true, "O"));
        else builder.Logging.AddSimpleConsole(text => text.SingleLine = true);
        builder.Logging.Services.Configure<Microsoft.Extensions.Logging.Console.ConsoleLoggerOptions>(console =>
            console.LogToStandardErrorThreshold = LogLevel.Trace);
        builder.Services.AddSingleton<PrometheusText>();
        if (otlp is not null) builder.Services.AddSingleton(_ => new Otlp(new Uri(otlp.TrimEnd('/') + "/")));
    }

    public static void MapTelemetry(this WebApplication app)
    {
        _ = app.Services.GetRequiredService<PrometheusText>();      // listens from the start
        _ = app.Services.GetService<Otlp>();
        app.MapGet("/metrics", (PrometheusText text) => TypedResults.Text(text.Write(), PrometheusText.ContentType))
            .WithTags("health").RequirePermission("gateway.metrics.read").Refuses()
            .Produces<string>(200, "text/plain");
    }
}

/// <summary>Sends traces and metrics to a collector until the host stops.</summary>
internal sealed class Otlp(Uri endpoint) : IDisposable
{
    private readonly TracerProvider _traces = Sdk.CreateTracerProviderBuilder().SetResourceBuilder(Resource())
        .AddSource("Microsoft.AspNetCore", "Npgsql", "BusinessM.*").AddOtlpExporter(o =>
            Set(o, new Uri(endpoint, "v1/traces"))).Build();

    private readonly MeterProvider _meters = Sdk.CreateMeterProviderBuilder().SetResourceBuilder(Resource())
        .AddMeter("BusinessM.*", "Microsoft.AspNetCore.Hosting", "Microsoft.AspNetCore.Server.Kestrel",
            "System.Runtime", "Npgsql")
        .AddOtlpExporter(o => Set(o, new Uri(endpoint, "v1/metrics"))).Build();

    public void Dispose()
    {
        _traces.Dispose();
        _meters.Dispose();
    }

    private static ResourceBuilder Resource() => ResourceBuilder.CreateDefault().AddService("business-m");

    private static void Set(OtlpExporterOptions options, Uri address) =>
        (options.Protocol, options.Endpoint) = (OtlpExportProtocol.HttpProtobuf, address);
}

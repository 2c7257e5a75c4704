using Microsoft.AspNetCore.ResponseCompression;
using Microsoft.AspNetCore.StaticFiles;
using Microsoft.Extensions.FileProviders;

namespace BusinessM.Host.Gateway;

/// <summary>Where the built Desk lies; null or absent: this host serves the API alone.</summary>
internal sealed record DeskFolder(string? Path)
{
    /// <summary>The folder <c>desk</c> beside the program, where the build puts it.</summary>
    public static DeskFolder BesideTheProgram { get; } = new(System.IO.Path.Combine(AppContext.BaseDirectory, "desk"));

    public string? Index => Path is not null && File.Exists(System.IO.Path.Combine(Path, Desk.Page))
        ? System.IO.Path.Combine(Path, Desk.Page) : null;
}

/// <summary>The Desk in the browser: files whose names change with their content stay in its cache for a year, the page
/// itself is asked for each time, and every address that is not the API's answers that page to who reads HTML.</summary>
internal static class Desk
{
    public const string Page = "index.html";

    /// <summary>Scripts and data from here only; styles are also made at run time; nobody else's page frames it.</summary>
    public const string ContentSecurity = "default-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; "
        + "object-src 'none'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'";

    private static readonly PathString Assets = new("/assets");

    // Addresses of programs: what is unknown there is told in their language, not with a page.
    private static readonly PathString[] NotPages = ["/api", "/openapi", "/health", "/metrics", Assets];

    public static void AddDesk(this WebApplicationBuilder builder)
    {
        builder.Services.AddSingleton(DeskFolder.BesideTheProgram);
        builder.Services.AddResponseCompression(compression =>
        {
            compression.EnableForHttps = true;      // these files hold nothing of anybody's
            compression.MimeTypes = ResponseCompressionDefaults.MimeTypes.Append("image/svg+xml");
        });
    }

    public static void UseDesk(this WebApplication app)
    {
        if (app.Services.GetRequiredService<DeskFolder>() is not { Index: { } index } folder) return;
        var files = new StaticFileOptions
        {
            FileProvider = new PhysicalFileProvider(folder.Path!),
            OnPrepareResponse = Label,
        };
        app.UseWhen(IsReading, desk =>
        {
            desk.UseResponseCompression();
            desk.UseStaticFiles(files);
            desk.Use((http, next) => IsPage(http.Request) ? Show(http, index) : next(http));
        });
    }

    private static bool IsReading(HttpContext http) => http.GetEndpoint() is null
        && (HttpMethods.IsGet(http.Request.Method) || HttpMethods.IsHead(http.Request.Method));

    private static bool IsPage(HttpRequest request) =>
        !NotPages.Any(path => request.Path.StartsWithSegments(path, StringComparison.OrdinalIgnoreCase))
        && request.Headers.Accept.ToString().Contains("text/html", StringComparison.OrdinalIgnoreCase);

    private static Task Show(HttpContext http, string index)
    {
        Protect(http.Response.Headers);
        http.Response.Headers.CacheControl = "no-cache";
        http.Response.ContentType = "text/html; charset=utf-8";
        return HttpMethods.IsHead(http.Request.Method) ? Task.CompletedTask : http.Response.SendFileAsync(index);
    }

    private static void Label(StaticFileResponseContext file)
    {
        var headers = file.Context.Response.Headers;
        Protect(headers);
        headers.CacheControl = file.Context.Request.Path.StartsWithSegments(Assets)
            ? "public, max-age=31536000, immutable" : "no-cache";
    }

    private static void Protect(IHeaderDictionary headers)
    {
        headers.ContentSecurityPolicy = ContentSecurity;
        headers.XContentTypeOptions = "nosniff";
        headers.XFrameOptions = "DENY";
        headers["Referrer-Policy"] = "same-origin";
    }
}

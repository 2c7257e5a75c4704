using System.Net;
using System.Net.Http.Headers;
using BusinessM.Host.Gateway;
using BusinessM.HostTesting;
using BusinessM.Testing;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;

namespace BusinessM.House.Tests;

/// <summary>A host beside which a built Desk lies: a page, and a script of a hashed name.</summary>
public sealed class HostWithADesk : RunningHost
{
    public const string Page = "<!doctype html><title>Desk</title>";
    public const string Script = "export const answer = 42;";

    private readonly string _folder = Directory.CreateTempSubdirectory("m-desk-").FullName;

    public override async ValueTask InitializeAsync()
    {
        Directory.CreateDirectory(Path.Combine(_folder, "assets"));
        await File.WriteAllTextAsync(Path.Combine(_folder, "index.html"), Page);
        await File.WriteAllTextAsync(Path.Combine(_folder, "assets", "index-1a2b3c.js"), Script);
        await base.InitializeAsync();
    }

    public override async ValueTask DisposeAsync()
    {
        await base.DisposeAsync();
        Directory.Delete(_folder, recursive: true);
    }

    protected override void Shape(WebApplicationBuilder builder) =>
        builder.Services.AddSingleton(new DeskFolder(_folder));
}

public sealed class ServingTheDesk(HostWithADesk host) : IClassFixture<HostWithADesk>
{
    [Theory]
    [InlineData("/")]
    [InlineData("/finance/sales-invoices")]
    [InlineData("/masters/parties/01900000-0000-7000-8000-000000000001")]
    public async Task every_page_is_the_desk_and_is_asked_for_each_time(string path)
    {
        var answer = await Get(path, "text/html,application/xhtml+xml");
        answer.StatusCode.ShouldBe(HttpStatusCode.OK);
        (await answer.Content.ReadAsStringAsync()).ShouldBe(HostWithADesk.Page);
        answer.Content.Headers.ContentType!.MediaType.ShouldBe("text/html");
        answer.Headers.CacheControl!.NoCache.ShouldBeTrue();
    }

    [Fact]
    public async Task files_of_a_hashed_name_stay_in_the_cache()
    {
        var answer = await Get("/assets/index-1a2b3c.js", "*/*");
        (await answer.Content.ReadAsStringAsync()).ShouldBe(HostWithADesk.Script);
        answer.Content.Headers.ContentType!.MediaType.ShouldBe("text/javascript");
        answer.Headers.CacheControl!.ToString().ShouldBe("public, max-age=31536000, immutable");
    }

    [Theory]
    [InlineData("/")]
    [InlineData("/assets/index-1a2b3c.js")]
    public async Task the_browser_is_told_to_run_nothing_from_elsewhere(string path)
    {
        var answer = await Get(path, "text/html");
        var policy = answer.Headers.GetValues("Content-Security-Policy").Single();
        policy.ShouldContain("default-src 'self'");
        policy.ShouldContain("frame-ancestors 'none'");
        policy.ShouldNotContain("script-src");
        answer.Headers.GetValues("X-Content-Type-Options").Single().ShouldBe("nosniff");
    }

    [Theory]
    [InlineData("/api/masters/nothing", "text/html")]
    [InlineData("/assets/gone-9f9f9f.js", "text/html")]
    [InlineData("/health/nothing", "text/html")]
    [InlineData("/finance/sales-invoices", "application/json")]
    [InlineData("/..%2f..%2fetc%2fpasswd", "*/*")]
    public async Task what_is_unknown_to_programs_is_a_problem_not_a_page(string path, string accept) =>
        await (await Get(path, accept)).ShouldBeRefused(404, "gateway.endpoint.unknown");

    [Fact]
    public async Task a_file_is_compressed_for_who_can_read_it()
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, "/assets/index-1a2b3c.js");
        request.Headers.AcceptEncoding.Add(new StringWithQualityHeaderValue("gzip"));
        (await host.Anonymous().SendAsync(request)).Content.Headers.ContentEncoding.ShouldBe(["gzip"]);
    }

    private async Task<HttpResponseMessage> Get(string path, string accept)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, path);
        request.Headers.TryAddWithoutValidation("Accept", accept);
        return await host.Anonymous().SendAsync(request);
    }
}

/// <summary>Where no Desk was built the program serves the API alone.</summary>
public sealed class WithoutADesk(RunningHost host) : IClassFixture<RunningHost>
{
    [Fact]
    public async Task the_root_is_unknown()
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, "/");
        request.Headers.TryAddWithoutValidation("Accept", "text/html");
        await (await host.Anonymous().SendAsync(request)).ShouldBeRefused(404, "gateway.endpoint.unknown");
    }
}

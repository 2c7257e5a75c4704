using System.Globalization;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;
using BusinessM.Contracts.Masters;
using BusinessM.Host;
using BusinessM.Testing;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Routing;
using Xunit;

namespace BusinessM.HostTesting;

/// <summary>The whole program on a database of the test class's own, served over real HTTP on a port of its own. Take
/// it as
/// <c>IClassFixture&lt;RunningHost&gt;</c>; derive from it to add endpoints.</summary>
public class RunningHost : TestDatabase
{
    private WebApplication? _app;

    public RunningHost() : base([.. Schemas.All])
    {
    }

    /// <summary>With schemas besides the program's own.</summary>
    protected RunningHost(params Engines.Postgres.MigrationSet[] more) : base([.. Schemas.All, .. more])
    {
    }

    public IServiceProvider Services => _app!.Services;

    public Uri Address { get; private set; } = null!;

    /// <summary>The password of the user admin.</summary>
    public string AdministratorPassword { get; private set; } = "";

    /// <summary>Acts with an API key that may everything.</summary>
    public HttpClient Client { get; private set; } = null!;

    public override async ValueTask InitializeAsync()
    {
        await base.InitializeAsync();
        await Start();
        AdministratorPassword = (await Do((IAccess access) => access.OpenFirst(default))).Value!.Password!;
        Client = await WithKey(["*"]);
    }

    /// <summary>The process ends and another one begins on the same database.</summary>
    public async Task Restart()
    {
        await _app!.StopAsync();
        await _app.DisposeAsync();
        await Start();
        var key = Client.DefaultRequestHeaders.Authorization;
        Client.Dispose();
        Client = Anonymous();
        Client.DefaultRequestHeaders.Authorization = key;
    }

    /// <summary>A client without any sign-in; its cookies are kept.</summary>
    public HttpClient Anonymous() => new() { BaseAddress = Address };

    /// <summary>A client with an API key of just these permissions and companies (null: all).</summary>
    public async Task<HttpClient> WithKey(IReadOnlyList<string> permissions, IReadOnlyList<CompanyId>? companies = null)
    {
        var name = "test-" + Guid.CreateVersion7().ToString("N", CultureInfo.InvariantCulture);
        var key = await Do((IAccess access) =>
            access.AddApiKey(new AddUserApiKey(name, "admin", permissions, companies), default));
        var client = Anonymous();
        client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", key.Value.Token);
        return client;
    }

    /// <summary>A client with a session: its cookies, and the anti-forgery header.</summary>
    public async Task<HttpClient> SignIn(string user, string password)
    {
        var client = Anonymous();
        var session = await client.PostAsJsonAsync("/api/session", new { user, password });
        var body = await session.ShouldBeOk();
        client.DefaultRequestHeaders.Add(Tokens.AntiForgeryHeader, body.GetProperty("antiForgeryToken").GetString());
        return client;
    }

    /// <summary>One unit of work by the system itself at one door of the business.</summary>
    public Task<T> Do<TDoor, T>(Func<TDoor, Task<T>> work) where TDoor : notnull => Services.Do(work);

    public override async ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        Client?.Dispose();
        if (_app is not null)
        {
            await _app.StopAsync();
            await _app.DisposeAsync();
        }
        await base.DisposeAsync();
    }

    /// <summary>A second process on the same database, as its clients see it: with the same key.</summary>
    protected async Task<(HttpClient Client, IAsyncDisposable Host)> StartAnother()
    {
        var app = WebHost.Build(["http://127.0.0.1:0"], Database, shape: Shape, more: More);
        await app.StartAsync();
        var client = new HttpClient { BaseAddress = new Uri(app.Urls.First()) };
        client.DefaultRequestHeaders.Authorization = Client.DefaultRequestHeaders.Authorization;
        return (client, app);
    }

    private async Task Start()
    {
        _app = WebHost.Build(["http://127.0.0.1:0"], Database, shape: Shape, more: More);
        await _app.StartAsync();
        Address = new Uri(_app.Urls.First());
    }

    /// <summary>Changes what the host is made of.</summary>
    protected virtual void Shape(WebApplicationBuilder builder)
    {
    }

    /// <summary>Adds endpoints.</summary>
    protected virtual void More(IEndpointRouteBuilder app)
    {
    }
}

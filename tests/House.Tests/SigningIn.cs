using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using BusinessM.Contracts.Masters;
using BusinessM.HostTesting;
using BusinessM.Testing;

namespace BusinessM.House.Tests;

public sealed class SigningIn(RunningHost host) : IClassFixture<RunningHost>
{
    private const string Users = "/api/masters/users";

    [Fact, Produces("gateway.sign-in.required")]
    public async Task is_needed_for_everything_else()
    {
        using var client = host.Anonymous();
        var refused = await Unchanged.During(host, () => client.GetAsync(Users));
        await refused.ShouldBeRefused(401, "gateway.sign-in.required");
        refused.Headers.WwwAuthenticate.ToString().ShouldBe("Bearer");
    }

    [Fact]
    public async Task by_password_gives_a_session_with_safe_cookies()
    {
        using var client = host.Anonymous();
        var answer = await client.PostAsJsonAsync("/api/session",
            new { user = "admin", password = host.AdministratorPassword });
        var session = await answer.ShouldBeOk();
        session.GetProperty("user").GetString().ShouldBe("admin");
        var cookies = answer.Headers.GetValues("Set-Cookie").ToList();
        var own = cookies.Single(c => c.StartsWith("m_session=ms_", StringComparison.Ordinal));
        own.ShouldContain("httponly");
        own.ShouldContain("samesite=lax");
        own.ShouldNotContain("secure");                     // http on loopback: a browser would not send it back
        cookies.Single(c => c.StartsWith("m_csrf=", StringComparison.Ordinal)).ShouldNotContain("httponly");
        (await (await client.GetAsync("/api/session")).ShouldBeOk()).GetProperty("user").GetString().ShouldBe("admin");
    }

    [Theory, Produces("masters.session.refused")]
    [InlineData("admin", "wrong password")]
    [InlineData("no-such-user", "wrong password")]
    public async Task with_a_wrong_password_or_name_is_refused_alike(string user, string password)
    {
        using var client = host.Anonymous();
        var refused = await Unchanged.During(host, () =>
            client.PostAsJsonAsync("/api/session", new { user, password }));
        var problem = await refused.ShouldBeRefused(401, "masters.session.refused");
        problem.GetProperty("detail").GetString().ShouldBe("The user name or the password is wrong");
    }

    [Fact, Produces("masters.session.throttled")]
    public async Task is_slowed_down_after_five_failures()
    {
        await Add("guessed", "the right password");
        using var client = host.Anonymous();
        for (var i = 0; i < 5; i++)
            await (await client.PostAsJsonAsync("/api/session", new { user = "guessed", password = "wrong" }))
                .ShouldBeRefused(401, "masters.session.refused");
        var refused = await Unchanged.During(host,
            () => client.PostAsJsonAsync("/api/session", new { user = "guessed", password = "the right password" }));
        await refused.ShouldBeRefused(429, "masters.session.throttled");
        refused.Headers.RetryAfter!.Delta!.Value.TotalMinutes.ShouldBeInRange(14, 15);
    }

    [Fact, Produces("gateway.request.forged")]
    public async Task by_cookie_changes_nothing_without_the_anti_forgery_token()
    {
        using var client = await host.SignIn("admin", host.AdministratorPassword);
        var token = client.DefaultRequestHeaders.GetValues(Tokens.AntiForgeryHeader).Single();
        client.DefaultRequestHeaders.Remove(Tokens.AntiForgeryHeader);
        var role = new { code = "forger", permissions = new[] { "masters.role.read" } };
        await (await Unchanged.During(host, () => client.PostAsJsonAsync("/api/masters/roles", role)))
            .ShouldBeRefused(403, "gateway.request.forged");
        client.DefaultRequestHeaders.Add(Tokens.AntiForgeryHeader, Tokens.AntiForgery("another session"));
        await (await Unchanged.During(host, () => client.PostAsJsonAsync("/api/masters/roles", role)))
            .ShouldBeRefused(403, "gateway.request.forged");
        client.DefaultRequestHeaders.Remove(Tokens.AntiForgeryHeader);
        client.DefaultRequestHeaders.Add(Tokens.AntiForgeryHeader, token);
        await (await client.PostAsJsonAsync("/api/masters/roles", role)).ShouldBeOk();
    }

    [Fact, Produces("masters.token.refused")]
    public async Task out_ends_the_session()
    {
        using var client = await host.SignIn("admin", host.AdministratorPassword);
        await (await client.GetAsync(Users)).ShouldBeOk();
        var cookie = new HttpRequestMessage(HttpMethod.Get, Users);
        (await client.DeleteAsync("/api/session")).StatusCode.ShouldBe(HttpStatusCode.NoContent);
        await (await client.GetAsync(Users)).ShouldBeRefused(401, "gateway.sign-in.required");    // the cookie is gone
        cookie.Headers.Authorization = new AuthenticationHeaderValue("Bearer", Tokens.Make(Tokens.SessionPrefix));
        await (await client.SendAsync(cookie)).ShouldBeRefused(401, "masters.token.refused");
    }

    [Fact]
    public async Task is_ended_by_disabling_the_user()
    {
        var id = await Add("leaver", "a long password");
        using var client = await host.SignIn("leaver", "a long password");
        await (await client.GetAsync("/api/session")).ShouldBeOk();
        await (await host.Client.PostAsync($"{Users}/{id}/disable", null)).ShouldBeOk();
        await (await client.GetAsync("/api/session")).ShouldBeRefused(401, "masters.token.refused");
        using var again = host.Anonymous();
        await (await again.PostAsJsonAsync("/api/session", new { user = "leaver", password = "a long password" }))
            .ShouldBeRefused(401, "masters.session.refused");
    }

    [Fact]
    public async Task leaves_no_secret_in_the_database()
    {
        await Add("secretive", "correct horse battery");
        using var client = await host.SignIn("secretive", "correct horse battery");
        await using var source = Npgsql.NpgsqlDataSource.Create(host.SuperuserConnection + ";Pooling=false");
        await using var ask = source.CreateCommand("""
            select count(*) from record.audit_value where changes like '%correct horse%' or changes like '%AQAAAA%'
              or changes like '%password_hash":"A%'
            """);
        (await ask.ExecuteScalarAsync()).ShouldBe(0L);
        await using var kept =
            source.CreateCommand("select count(*) from record.answer where encode(request, 'escape') like '%horse%'");
        (await kept.ExecuteScalarAsync()).ShouldBe(0L);
    }

    private async Task<Guid> Add(string name, string password)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, Users)
        {
            Content = JsonContent.Create(new { name, password, roles = new[] { "accountant" } }),
            Headers = { { "Idempotency-Key", "add-" + name } },
        };
        return (await (await host.Client.SendAsync(request)).ShouldBeOk()).GetProperty("id").GetGuid();
    }
}

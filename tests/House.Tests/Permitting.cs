using System.Net.Http.Json;
using BusinessM.Contracts.Masters;
using BusinessM.HostTesting;
using BusinessM.Records;
using BusinessM.Testing;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Npgsql;

namespace BusinessM.House.Tests;

/// <summary>A host whose clock can be put forward and whose log is kept, with all that it can say.</summary>
public sealed class WatchedHost : RunningHost
{
    public Clock Time { get; } = new();

    public Kept Said { get; } = new();

    protected override void Shape(WebApplicationBuilder builder)
    {
        builder.Services.AddSingleton<TimeProvider>(Time);
        builder.Logging.SetMinimumLevel(LogLevel.Trace).ClearProviders().AddProvider(Said);
    }

    public sealed class Clock : TimeProvider
    {
        public TimeSpan Ahead { get; set; }

        public override DateTimeOffset GetUtcNow() => System.GetUtcNow() + Ahead;
    }

    public sealed class Kept : ILoggerProvider, ILogger
    {
        private readonly System.Collections.Concurrent.ConcurrentQueue<string> _lines = [];

        public string All => string.Join('\n', _lines);

        public ILogger CreateLogger(string categoryName) => this;

        public IDisposable? BeginScope<TState>(TState state) where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception,
            Func<TState, Exception?, string> formatter) => _lines.Enqueue(formatter(state, exception) + exception);

        public void Dispose()
        {
        }
    }
}

public sealed class Permitting(WatchedHost host) : IClassFixture<WatchedHost>
{
    private const string Users = "/api/masters/users";
    private const string Keys = "/api/masters/api-keys";

    [Fact, Produces("record.permission.missing")]
    public async Task is_by_verb_and_names_what_is_missing()
    {
        using var reader = await host.WithKey(["masters.user.read"]);
        await (await reader.GetAsync(Users)).ShouldBeOk();
        var refused = await Unchanged.During(host, () => reader.PostAsJsonAsync("/api/masters/roles", new { }));
        var problem = await refused.ShouldBeRefused(403, "record.permission.missing");     // before the body is read
        problem.GetProperty("detail").GetString()!.ShouldContain("masters.role.add");
    }

    [Theory, Produces("masters.grant.exceeds")]
    [InlineData("*")]
    [InlineData("masters.*")]
    [InlineData("finance.journal.post")]
    public async Task never_lets_anybody_give_what_he_has_not(string permission)
    {
        using var some = await host.WithKey(["masters.role.*", "masters.api-key.*"]);
        var request = new { name = "more", permissions = new[] { permission } };
        await (await Unchanged.During(host, () => some.PostAsJsonAsync(Keys, request)))
            .ShouldBeRefused(403, "masters.grant.exceeds");
        await (await some.PostAsJsonAsync(Keys, new { name = "k" + Ids.New().ToString("N"),
            permissions = (string[])["masters.role.read"] })).ShouldBeOk();
    }

    [Fact, Produces("masters.grant.exceeds")]
    public async Task is_limited_to_companies_and_so_is_what_one_gives()
    {
        var (mine, other) = (Ids.New<CompanyId>(), Ids.New<CompanyId>());
        using var limited = await host.WithKey(["masters.*"], [mine]);
        var session = await (await limited.GetAsync("/api/session")).ShouldBeOk();
        session.GetProperty("companies").EnumerateArray().Single().GetGuid().ShouldBe(mine.Value);
        foreach (var companies in (Guid[]?[])[null, [other.Value], [mine.Value, other.Value]])
        {
            var user = new { name = "u", password = "a long password", roles = Array.Empty<string>(), companies };
            await (await Unchanged.During(host, () => limited.PostAsJsonAsync(Users, user)))
                .ShouldBeRefused(403, "masters.grant.exceeds");
        }
        await (await limited.PostAsJsonAsync(Users, new
        {
            name = "u", password = "a long password", roles = Array.Empty<string>(), companies = new[] { mine.Value },
        })).ShouldBeOk();
    }

    [Fact]
    public async Task over_keys_ends_at_the_companies_that_one_sees()
    {
        var (mine, other) = (Ids.New<CompanyId>(), Ids.New<CompanyId>());
        using var limited = await host.WithKey(["masters.*"], [mine]);
        using var beside = await host.WithKey(["masters.party.read"], [mine]);
        var keys = (await (await host.Client.GetAsync(Keys + "?take=500")).ShouldBeOk()).EnumerateArray().ToList();
        var all = await AddKey("over-all", ["masters.party.read"], null);
        var seen = (await (await limited.GetAsync(Keys)).ShouldBeOk()).EnumerateArray().ToList();
        seen.Count.ShouldBe(2);
        seen.ShouldAllBe(key => key.GetProperty("companies").EnumerateArray().Single().GetGuid() == mine.Value);
        keys.Count.ShouldBeGreaterThan(2);
        using var elsewhere = await host.WithKey(["masters.*"], [other]);
        (await (await elsewhere.GetAsync(Keys)).ShouldBeOk()).EnumerateArray().Count().ShouldBe(1);
        await (await Unchanged.During(host, () =>
            limited.PostAsync($"{Keys}/{all.GetProperty("id").GetGuid()}/revoke", null)))
            .ShouldBeRefused(404, "masters.api-key.not-found");
    }

    [Fact, Produces("masters.token.refused")]
    public async Task by_key_ends_when_the_key_is_revoked()
    {
        using var client = host.Anonymous();
        var key = await AddKey("revoked-one", ["masters.user.read"], null);
        client.DefaultRequestHeaders.Authorization = new("Bearer", key.GetProperty("token").GetString());
        await (await client.GetAsync(Users)).ShouldBeOk();
        await (await host.Client.PostAsync($"{Keys}/{key.GetProperty("id").GetGuid()}/revoke", null)).ShouldBeOk();
        await (await client.GetAsync(Users)).ShouldBeRefused(401, "masters.token.refused");
    }

    [Fact, Produces("masters.token.refused")]
    public async Task by_key_ends_when_the_key_expires()
    {
        using var client = host.Anonymous();
        var key = await AddKey("short-lived", ["masters.user.read"], TimeProvider.System.GetUtcNow().AddHours(2));
        client.DefaultRequestHeaders.Authorization = new("Bearer", key.GetProperty("token").GetString());
        await (await client.GetAsync(Users)).ShouldBeOk();
        host.Time.Ahead = TimeSpan.FromHours(2);
        await (await client.GetAsync(Users)).ShouldBeRefused(401, "masters.token.refused");
        host.Time.Ahead = TimeSpan.Zero;
    }

    [Fact]
    public async Task costs_no_sql_when_the_key_was_just_seen()
    {
        using var client = await host.WithKey(["masters.user.read"]);
        await (await client.GetAsync("/api/session")).ShouldBeOk();
        var before = await Reads();
        for (var i = 0; i < 20; i++) await (await client.GetAsync("/api/session")).ShouldBeOk();
        (await Reads()).ShouldBe(before);
    }

    [Fact]
    public async Task leaves_no_secret_in_the_log()
    {
        const string password = "hunter2 hunter2 hunter2";
        await (await host.Client.PostAsJsonAsync(Users,
            new { name = "logged", password, roles = new[] { "accountant" } }))
            .ShouldBeOk();
        using var client = await host.SignIn("logged", password);
        await client.PostAsJsonAsync(Users, new { name = "x", password = "another secret", roles = new[] { "*" } });
        await client.PostAsync("/api/session", new StringContent("{\"user\":\"x\",\"password\":\"third secret", null,
            "application/json"));
        var key = (await AddKey("logged-key", ["*"], null)).GetProperty("token").GetString()!;
        using var byKey = host.Anonymous();
        byKey.DefaultRequestHeaders.Authorization = new("Bearer", key);
        await byKey.GetAsync("/api/nothing");
        host.Said.All.ShouldNotBeEmpty();
        foreach (var secret in (string[])[password, "another secret", "third secret", key, Tokens.SessionPrefix,
            Convert.ToHexString(Tokens.Hash(key)), "AQAAAA"])
            host.Said.All.ShouldNotContain(secret, Case.Insensitive);
    }

    [Fact, Produces("masters.user.name-invalid")]
    public Task refuses_a_name_of_other_letters() =>
        Refuses("masters.user.name-invalid", 400, Users, new { name = "Bad Name", password = Good, roles =
            Accountant });

    [Fact, Produces("masters.user.password-weak")]
    public Task refuses_a_short_password() =>
        Refuses("masters.user.password-weak", 400, Users, new { name = "weak", password = "short", roles =
            Accountant });

    [Fact, Produces("masters.role.unknown")]
    public Task refuses_a_role_that_is_not_there() =>
        Refuses("masters.role.unknown", 400, Users, new { name = "roleless", password = Good, roles =
            (string[])["chief"] });

    [Fact, Produces("masters.permission.invalid")]
    public Task refuses_what_is_no_permission() =>
        Refuses("masters.permission.invalid", 400, Keys,
            new { name = "odd", permissions = (string[])["Masters.*.read"] });

    [Fact, Produces("masters.api-key.expiry-invalid")]
    public Task refuses_a_key_for_ever() => Refuses("masters.api-key.expiry-invalid", 400, Keys,
        new { name = "eternal", permissions = (string[])["a.b"], expiresAt = host.Time.GetUtcNow().AddDays(401) });

    [Fact, Produces("masters.user.not-found")]
    public Task refuses_a_user_that_is_not_there() =>
        Refuses("masters.user.not-found", 404, $"{Users}/{Ids.New()}/disable", new { });

    [Fact, Produces("masters.api-key.not-found")]
    public Task refuses_a_key_that_is_not_there() =>
        Refuses("masters.api-key.not-found", 404, $"{Keys}/{Ids.New()}/revoke", new { });

    [Fact, Produces("masters.user.last-administrator")]
    public async Task refuses_to_disable_the_last_administrator()
    {
        var users = await (await host.Client.GetAsync(Users)).ShouldBeOk();
        var admin = users.GetProperty("rows").EnumerateArray()
            .Single(u => u.GetProperty("name").GetString() == "admin").GetProperty("id");
        await Refuses("masters.user.last-administrator", 409, $"{Users}/{admin.GetGuid()}/disable", new { });
    }

    [Fact, Produces("record.document.changed")]
    public async Task refuses_a_grant_that_was_decided_on_an_older_version()
    {
        var user =
            await (await host.Client.PostAsJsonAsync(Users, new { name = "granted", password = Good, roles =
                Accountant }))
            .ShouldBeOk();
        var grant = $"{Users}/{user.GetProperty("id").GetGuid()}/grant";
        await (await host.Client.PostAsJsonAsync(grant, new { version = 1, roles = Array.Empty<string>() }))
            .ShouldBeOk();
        await Refuses("record.document.changed", 409, grant, new { version = 1, roles = Accountant });
    }

    private const string Good = "a long password";

    private static readonly string[] Accountant = ["accountant"];

    private async Task Refuses(string code, int status, string path, object body) =>
        await (await Unchanged.During(host, () => host.Client.PostAsJsonAsync(path, body)))
            .ShouldBeRefused(status, code);

    private async Task<System.Text.Json.JsonElement> AddKey(string name, string[] permissions,
        DateTimeOffset? expiresAt) =>
        await (await host.Client.PostAsJsonAsync(Keys, new { name, permissions, expiresAt })).ShouldBeOk();

    // Statements that the readers of masters have run, as the server counts them.
    private async Task<long> Reads()
    {
        await using var source = NpgsqlDataSource.Create(host.SuperuserConnection + ";Pooling=false");
        await using var ask = source.CreateCommand("""
            select pg_stat_force_next_flush(); select coalesce(sum(seq_scan + coalesce(idx_scan, 0)), 0)::bigint
            from pg_stat_all_tables where schemaname = 'masters'
            """);
        await using var rows = await ask.ExecuteReaderAsync();
        await rows.NextResultAsync();
        await rows.ReadAsync();
        return rows.GetInt64(0);
    }
}

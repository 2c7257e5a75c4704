using System.ComponentModel.DataAnnotations;
using System.Globalization;
using System.Net;
using BusinessM.Contracts.Masters;
using BusinessM.Records;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;

namespace BusinessM.Masters.Identity;

/// <summary>Who is signed in, and the token that a page shows with everything that changes something.</summary>
public sealed record SessionView(string User, IReadOnlyList<string> Permissions, IReadOnlyList<CompanyId>? Companies,
    DateTimeOffset ExpiresAt, string? AntiForgeryToken);

internal static class SignIn
{
    public sealed record Request([property: Required, StringLength(200)] string? User,
        [property: Required, StringLength(1000)] string? Password);

    public static void Map(IEndpointRouteBuilder session) => session.MapPost("", Handle).AllowAnonymous()
        .WithoutStoredAnswer()
        .Refuses(IdentityErrors.SignInRefused, IdentityErrors.TooManySignIns);

    internal static async Task<Results<Ok<SessionView>, ProblemHttpResult>> Handle(Request request, MastersDb db,
        HttpContext http, SignInThrottle throttle, Caller caller, UnitOfWork unit, TimeProvider clock,
            CancellationToken ct)
    {
        var name = request.User!;
        var address = http.Connection.RemoteIpAddress ?? IPAddress.Loopback;
        if (throttle.Attempt(name, address.ToString()) is { } wait)
        {
            http.Response.Headers.RetryAfter = Math.Ceiling(wait.TotalSeconds)
                .ToString("F0", CultureInfo.InvariantCulture);
            return IdentityErrors.TooManySignIns.With(
                $"Too many sign-ins failed; try again in {wait.TotalMinutes:F0} min").ToProblem(429);
        }
        var user = await db.Set<User>().SingleOrDefaultAsync(u => u.Name == name, ct);
        if (!User.IsPasswordOf(user, request.Password!) || user!.Disabled
            || (user.LoopbackOnly && !IPAddress.IsLoopback(address)))
            return IdentityErrors.SignInRefused.With($"The user name or the password is wrong").ToProblem(401);
        throttle.Succeeded(name, address.ToString());

        var now = clock.GetUtcNow();
        var token = Tokens.Make(Tokens.SessionPrefix);
        var session = new Session 
        {
            UserId = user.Id,
            TokenHash = Tokens.Hash(token),
            ExpiresAt = now.AddHours(Session.Hours),
        };
        db.RemoveRange(await db.Set<Session>().Where(s => s.UserId == user.Id && s.ExpiresAt < now)
            .OrderBy(s => s.Id).Take(100).ToListAsync(ct));
        db.Add(session);
        var identity = await Identities.Of(db, user, session.ExpiresAt, ct);
        caller.Set(user.Name, identity.Permissions, identity.Companies);
        unit.Action = "masters.session.sign-in";
        var committed = await db.Commit(() => View(identity, token), ct);
        if (committed.Failed) return committed.Failure.ToProblem();

        SessionCookies.Give(http, token, session.ExpiresAt);
        return TypedResults.Ok(committed.Value);
    }

    internal static SessionView View(Contracts.Masters.Identity identity, string? token) => new(identity.Name,
        [.. identity.Permissions.Order(StringComparer.Ordinal)], identity.Companies is null ? null
            : [.. identity.Companies],
        identity.ExpiresAt, token is null ? null : Tokens.AntiForgery(token));
}

/// <summary>The cookies of a session.</summary>
internal static class SessionCookies
{
    public static void Give(HttpContext http, string token, DateTimeOffset until)
    {
        http.Response.Cookies.Append(Tokens.SessionCookie, token, Options(http, until, httpOnly: true));
        http.Response.Cookies.Append(Tokens.AntiForgeryCookie, Tokens.AntiForgery(token),
            Options(http, until, httpOnly: false));
    }

    public static void Take(HttpContext http)
    {
        http.Response.Cookies.Append(Tokens.SessionCookie, "", Options(http, DateTimeOffset.UnixEpoch, httpOnly: true));
        http.Response.Cookies.Append(Tokens.AntiForgeryCookie, "", Options(http, DateTimeOffset.UnixEpoch,
            httpOnly: false));
    }

    // Without TLS only a machine's talk with itself is private.
    private static CookieOptions Options(HttpContext http, DateTimeOffset until, bool httpOnly) => new()
    {
        HttpOnly = httpOnly,
        SameSite = SameSiteMode.Lax,
        Secure = http.Request.IsHttps || !IPAddress.IsLoopback(http.Connection.RemoteIpAddress ?? IPAddress.Loopback),
        Path = "/",
        Expires = until,
        IsEssential = true,
    };
}

using BusinessM.Contracts.Masters;
using BusinessM.Records;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;

namespace BusinessM.Masters.Identity;

internal static class ShowSession
{
    public static void Map(IEndpointRouteBuilder session) => session.MapGet("", Handle)
        .RequirePermission(Tokens.OwnSession)
        .Refuses(IdentityErrors.TokenRefused);

    internal static async Task<Results<Ok<SessionView>, ProblemHttpResult>> Handle(HttpContext http,
        IIdentities identities,
        CancellationToken ct)
    {
        var cookie = http.Request.Cookies[Tokens.SessionCookie];
        var token = cookie ?? http.Request.Headers.Authorization.ToString()["Bearer ".Length..];
        var identity = await identities.Identify(new IdentifyToken(token), ct);
        return identity.Failed ? identity.Failure.ToProblem(401) : TypedResults.Ok(SignIn.View(identity.Value, cookie));
    }
}

internal static class SignOut
{
    public static void Map(IEndpointRouteBuilder session) => session.MapDelete("", Handle)
        .RequirePermission(Tokens.OwnSession)
        .Refuses();

    internal static async Task<Results<NoContent, ProblemHttpResult>> Handle(HttpContext http, MastersDb db,
        Identities identities, CancellationToken ct)
    {
        if (http.Request.Cookies[Tokens.SessionCookie] is not { } token) return TypedResults.NoContent();
        var hash = Tokens.Hash(token);
        if (await db.Set<Session>().SingleOrDefaultAsync(s => s.TokenHash == hash, ct) is { } session)
        {
            db.Remove(session);
            var committed = await db.Commit(ct);
            if (committed.Failed) return committed.Failure.ToProblem();
            identities.Forget();
        }
        SessionCookies.Take(http);
        return TypedResults.NoContent();
    }
}

using System.Collections.Concurrent;
using System.Net;
using System.Runtime.CompilerServices;
using System.Security.Claims;
using System.Security.Cryptography;
using System.Text;
using BusinessM.Contracts.Masters;
using BusinessM.Records;
using Microsoft.AspNetCore.Authorization;

namespace BusinessM.Host.Gateway;

/// <summary>Who is it, may he, and did he mean it: the session's cookie or the API key is resolved (from memory
/// mostly),
/// an endpoint without a permission is closed to all, and a cookie alone changes nothing.</summary>
internal sealed class SignInMiddleware(RequestDelegate next, IIdentities identities)
{
    private const string Bearer = "Bearer ";

    private static readonly ConditionalWeakTable<Identity, ClaimsPrincipal> Principals = [];

    public async Task InvokeAsync(HttpContext http)
    {
        var refusal = await Admit(http);
        if (refusal is not var (code, error))
        {
            await next(http);
            return;
        }
        if (code.Status == StatusCodes.Status401Unauthorized) http.Response.Headers.WWWAuthenticate = "Bearer";
        await error.ToProblem(code.Status ?? Problems.StatusOf(code.Kind)).ExecuteAsync(http);
    }

    private async ValueTask<(ErrorCode Code, Error Error)?> Admit(HttpContext http)
    {
        // The routing's own answers (405, 415) and unknown addresses are no endpoints of ours.
        if (http.GetEndpoint() is not RouteEndpoint endpoint
            || endpoint.Metadata.GetMetadata<IAllowAnonymous>() is not null)
            return null;
        var header = http.Request.Headers.Authorization.ToString();
        var key = header.StartsWith(Bearer, StringComparison.OrdinalIgnoreCase) ? header[Bearer.Length..].Trim() : null;
        var cookie = key is null ? http.Request.Cookies[Tokens.SessionCookie] : null;
        if ((key ?? cookie) is not { Length: > 0 } token)
            return (GatewayErrors.SignInRequired,
                GatewayErrors.SignInRequired.With($"Sign in first, or show an API key"));

        var known = await identities.Identify(new IdentifyToken(token), http.RequestAborted);
        if (known.Failed) return (GatewayErrors.SignInRequired, known.Failure);
        var identity = known.Value;
        if (identity.LoopbackOnly && !IPAddress.IsLoopback(http.Connection.RemoteIpAddress ?? IPAddress.Loopback))
            return (GatewayErrors.SignInRequired,
                GatewayErrors.SignInRequired.With($"{identity.Name} may act from the machine itself only"));
        if (cookie is not null && Changes(http.Request.Method) && !IsMeant(http, cookie))
            return (GatewayErrors.Forged,
                GatewayErrors.Forged.With($"The header {Tokens.AntiForgeryHeader} is missing or wrong"));
        return Permit(http, endpoint, identity);
    }

    private static (ErrorCode Code, Error Error)? Permit(HttpContext http, RouteEndpoint endpoint, Identity identity)
    {
        http.User = Principals.GetValue(identity, static i => new ClaimsPrincipal(new ClaimsIdentity(
            [new Claim(ClaimTypes.Name, i.Name), new Claim("user", i.UserId.ToString())], "business-m")));
        var caller = http.RequestServices.GetRequiredService<Caller>();
        caller.Set(identity.Name, identity.Permissions, identity.Companies);
        if (endpoint.Metadata.GetMetadata<PermissionMetadata>() is not { } demanded)
            return (GatewayErrors.EndpointClosed,
                GatewayErrors.EndpointClosed.With($"This endpoint is open to nobody"));
        return caller.May(demanded.Permission) ? null : (RecordErrors.NotPermitted,
            RecordErrors.NotPermitted.With($"{identity.Name} may not do this: {demanded.Permission} is missing"));
    }

    private static bool Changes(string method) =>
        !(HttpMethods.IsGet(method) || HttpMethods.IsHead(method) || HttpMethods.IsOptions(method));

    private static bool IsMeant(HttpContext http, string session) => CryptographicOperations.FixedTimeEquals(
        Encoding.UTF8.GetBytes(http.Request.Headers[Tokens.AntiForgeryHeader].ToString()),
        Encoding.UTF8.GetBytes(Tokens.AntiForgery(session)));
}

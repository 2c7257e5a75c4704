using System.Security.Cryptography;
using System.Text;

namespace BusinessM.Contracts.Masters;

/// <summary>Who a token stands for. Answers come from memory where they can: for at most
/// <see cref="Tokens.KnownSeconds"/> after a change was committed by another process, at once where by this one.
/// </summary>
public interface IIdentities
{
    /// <summary>Refused when the token is unknown, expired, revoked, or its user disabled.</summary>
    ValueTask<Result<Identity>> Identify(IdentifyToken token, CancellationToken ct);
}

/// <summary>A session's or an API key's token; its first three characters say which.</summary>
public sealed record IdentifyToken(string Token);

/// <summary>Who acts. <paramref name="Name"/>: the user's, or <c>key:</c> and the API key's. Permissions may end in
/// <c>*</c>. Companies null: all. LoopbackOnly: may act from this machine only.</summary>
public sealed record Identity(Guid UserId, string Name, string UserName, IReadOnlySet<string> Permissions,
    IReadOnlySet<CompanyId>? Companies, DateTimeOffset ExpiresAt, bool LoopbackOnly);

/// <summary>How tokens look and travel: 32 random bytes; stored as SHA-256 only.</summary>
public static class Tokens
{
    public const string SessionPrefix = "ms_";

    public const string ApiKeyPrefix = "mk_";

    public const string SessionCookie = "m_session";

    /// <summary>Readable by the page, which sends it back in <see cref="AntiForgeryHeader"/>.</summary>
    public const string AntiForgeryCookie = "m_csrf";

    public const string AntiForgeryHeader = "X-CSRF-Token";

    /// <summary>The permission that every identity has: to see and end its own session.</summary>
    public const string OwnSession = "masters.session.own";

    /// <summary>Seconds that an identity may be remembered.</summary>
    public const int KnownSeconds = 30;

    public static string Make(string prefix) => prefix + Text(RandomNumberGenerator.GetBytes(32));

    public static byte[] Hash(string token) => SHA256.HashData(Encoding.UTF8.GetBytes(token));

    /// <summary>What a page must show besides the session's cookie: follows from the token, and does not tell it.
    /// </summary>
    public static string AntiForgery(string token) => Text(SHA256.HashData(Encoding.UTF8.GetBytes("csrf " + token)));

    private static string Text(byte[] bytes) => Convert.ToBase64String(bytes).TrimEnd('=').Replace('+', '-')
        .Replace('/', '_');
}

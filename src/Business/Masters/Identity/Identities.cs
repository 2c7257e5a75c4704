using System.Collections.Concurrent;
using BusinessM.Contracts.Masters;
using Microsoft.EntityFrameworkCore;

namespace BusinessM.Masters.Identity;

/// <summary>Knows who a token stands for, from memory where it can: a request that was seen a moment ago costs no SQL
/// and no slow hash, because tokens are 32 random bytes.</summary>
internal sealed class Identities(IDbContextFactory<MastersDb> contexts, TimeProvider clock) : IIdentities
{
    /// <summary>Tokens remembered; beyond that all are forgotten and read again.</summary>
    private const int KnownMax = 10_000;

    private readonly ConcurrentDictionary<string, Known> _known = new(StringComparer.Ordinal);
    private long _generation;

    private sealed record Known(Result<Contracts.Masters.Identity> Answer, DateTimeOffset Until);

    public ValueTask<Result<Contracts.Masters.Identity>> Identify(IdentifyToken token, CancellationToken ct)
    {
        var now = clock.GetUtcNow();
        var hash = Tokens.Hash(token.Token);
        var key = Convert.ToHexString(hash);
        return _known.TryGetValue(key, out var known) && known.Until > now && !Expired(known.Answer, now)
            ? ValueTask.FromResult(known.Answer)
            : new ValueTask<Result<Contracts.Masters.Identity>>(Learn(token, hash, key, now, ct));
    }

    /// <summary>After each commit that changes who may do what.</summary>
    public void Forget()
    {
        Interlocked.Increment(ref _generation);
        _known.Clear();
    }

    private static bool Expired(Result<Contracts.Masters.Identity> answer, DateTimeOffset now) =>
        !answer.Failed && answer.Value.ExpiresAt <= now;

    private async Task<Result<Contracts.Masters.Identity>> Learn(IdentifyToken token, byte[] hash, string key,
        DateTimeOffset now, CancellationToken ct)
    {
        var generation = Interlocked.Read(ref _generation);
        var found = await Load(token, hash, ct);
        Result<Contracts.Masters.Identity> answer = found is null || found.ExpiresAt <= now
            ? IdentityErrors.TokenRefused.With($"The session or API key is not valid (any more)") : found;
        if (_known.Count >= KnownMax) _known.Clear();
        // else it may be older than what was committed since
        if (generation == Interlocked.Read(ref _generation))
            _known[key] = new Known(answer, now.AddSeconds(Tokens.KnownSeconds));
        return answer;
    }

    private async Task<Contracts.Masters.Identity?> Load(IdentifyToken token, byte[] hash, CancellationToken ct)
    {
        await using var db = await contexts.CreateDbContextAsync(ct);
        if (token.Token.StartsWith(Tokens.SessionPrefix, StringComparison.Ordinal))
        {
            var session = await db.Set<Session>().AsNoTracking().SingleOrDefaultAsync(s => s.TokenHash == hash, ct);
            return session is null ? null : await Of(db, session.UserId, session.ExpiresAt, ct);
        }
        if (!token.Token.StartsWith(Tokens.ApiKeyPrefix, StringComparison.Ordinal)) return null;
        var apiKey = await db.Set<ApiKey>().AsNoTracking().SingleOrDefaultAsync(k => k.TokenHash == hash, ct);
        if (apiKey is null || apiKey.Revoked) return null;
        var owner = await Of(db, apiKey.UserId, apiKey.ExpiresAt, ct);
        return owner is null ? null : owner with
        {
            Name = "key:" + apiKey.Name,
            Permissions = WithOwnSession(Grants.Both(Grants.Words(apiKey.Permissions), owner.Permissions)),
            Companies = Grants.Both(Grants.Companies(apiKey.Companies), owner.Companies),
        };
    }

    private static async Task<Contracts.Masters.Identity?> Of(MastersDb db, UserId id, DateTimeOffset until,
        CancellationToken ct)
    {
        var user = await db.Set<User>().AsNoTracking().SingleOrDefaultAsync(u => u.Id == id, ct);
        return user is null || user.Disabled ? null : await Of(db, user, until, ct);
    }

    internal static async Task<Contracts.Masters.Identity> Of(MastersDb db, User user, DateTimeOffset until,
        CancellationToken ct)
    {
        string[] codes = [.. Grants.Words(user.Roles)];
        var roles = await db.Set<Role>().AsNoTracking().Where(r => codes.Contains(r.Code)).ToListAsync(ct);
        return new Contracts.Masters.Identity(user.Id.Value, user.Name, user.Name,
            WithOwnSession(roles.SelectMany(r => Grants.Words(r.Permissions))), Grants.Companies(user.Companies), until,
            user.LoopbackOnly);
    }

    private static HashSet<string> WithOwnSession(IEnumerable<string> permissions) =>
        [.. permissions, Tokens.OwnSession];
}

using System.ComponentModel.DataAnnotations;
using BusinessM.Contracts.Masters;
using BusinessM.Records;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;

namespace BusinessM.Masters.Identity;

internal static class ListApiKeys
{
    public static void Map(IEndpointRouteBuilder keys) => keys.MapGet("", Handle)
        .RequirePermission("masters.api-key.read")
        .Refuses();

    /// <summary>In order of names; <c>after</c> is the last name of the page before. Who sees some companies only sees
    /// only their keys.</summary>
    internal static async Task<Ok<List<ApiKeyView>>> Handle(MastersDb db, Caller caller, CancellationToken ct,
        string after = "", [Range(1, Pages.Max)] int take = Pages.Usual)
    {
        var keys = new List<ApiKeyView>();
        await foreach (var key in db.Set<ApiKey>().AsNoTracking().Where(k => string.Compare(k.Name, after) > 0)
            .OrderBy(k => k.Name).AsAsyncEnumerable().WithCancellation(ct))
        {
            if (caller.Sees(key.Companies)) keys.Add(key.ToView());
            if (keys.Count == take) break;
        }
        return TypedResults.Ok(keys);
    }

    public static ApiKeyView ToView(this ApiKey key, string? token = null) =>
        new(key.Id.Value, key.Name, key.UserId.Value,
        Grants.Words(key.Permissions), Grants.Companies(key.Companies)?.ToList(), key.ExpiresAt, key.Revoked,
            key.Version, token);
}

internal static class AddApiKey
{
    public sealed record Request([property: Required] string? Name,
        [property: Required] IReadOnlyList<string>? Permissions,
        Guid? Id = null, Guid? User = null, IReadOnlyList<CompanyId>? Companies = null,
            DateTimeOffset? ExpiresAt = null);

    /// <summary>For oneself, or for another user who may no more than oneself. Expires after 90 days, if not told
    /// otherwise.</summary>
    public static void Map(IEndpointRouteBuilder keys) => keys.MapPost("", Handle)
        .RequirePermission("masters.api-key.add").WithoutStoredAnswer()
        .Refuses(IdentityErrors.UserNotFound, IdentityErrors.UserNameInvalid, IdentityErrors.PermissionInvalid,
            IdentityErrors.GrantExceeds, IdentityErrors.ExpiryInvalid);

    internal static async Task<Results<Ok<ApiKeyView>, ProblemHttpResult>> Handle(Request request, MastersDb db,
        Caller caller,
        HttpContext http, TimeProvider clock, CancellationToken ct)
    {
        var token = Tokens.Make(Tokens.ApiKeyPrefix);
        var owner = new UserId(request.User ?? Guid.Parse(http.User.FindFirst("user")!.Value));
        var made = await Decide(request, owner, token, db, caller, clock.GetUtcNow(), ct);
        if (made.Failed) return made.Failure.ToProblem();
        db.Add(made.Value);
        var committed = await db.Commit(() => made.Value.ToView(token), ct);
        return committed.Failed ? committed.Failure.ToProblem() : TypedResults.Ok(committed.Value);
    }

    internal static async Task<Result<ApiKey>> Decide(Request request, UserId owner, string token, MastersDb db,
        Caller caller,
        DateTimeOffset now, CancellationToken ct)
    {
        if (User.CheckName(request.Name!) is { } wrong) return wrong;
        if (Grants.Check(request.Permissions!) is { } invalid) return invalid;
        var until = request.ExpiresAt ?? now.AddDays(90);
        if (until <= now || until > now.AddDays(ApiKey.DaysMax))
            return IdentityErrors.ExpiryInvalid.With($"A key cannot expire at {until:u}", "expiresAt");
        if (Grants.Exceeds(caller, request.Permissions!, request.Companies?.ToHashSet()
            ?? caller.Companies) is { } exceeds)
            return exceeds;
        var user = await db.Set<User>().SingleOrDefaultAsync(u => u.Id == owner && !u.Disabled, ct);
        if (user is null) return IdentityErrors.UserNotFound.With($"There is no such user", "user");
        return new ApiKey
        {
            Id = new ApiKeyId(request.Id ?? Ids.New()),
            Name = request.Name!,
            UserId = owner,
            TokenHash = Tokens.Hash(token),
            Permissions = Grants.Store(request.Permissions!),
            Companies = Grants.Store(request.Companies ?? caller.Companies?.ToList()),
            ExpiresAt = until,
        };
    }
}

internal static class RevokeApiKey
{
    public static void Map(IEndpointRouteBuilder keys) => keys.MapPost("/{id:guid}/revoke", Handle)
        .RequirePermission("masters.api-key.revoke").Refuses(IdentityErrors.ApiKeyNotFound);

    internal static async Task<Results<Ok<ApiKeyView>, ProblemHttpResult>> Handle(Guid id, MastersDb db,
        Identities identities, Caller caller, CancellationToken ct)
    {
        var which = new ApiKeyId(id);
        var key = await db.Set<ApiKey>().SingleOrDefaultAsync(k => k.Id == which, ct);
        if (key is null || !caller.Sees(key.Companies))
            return IdentityErrors.ApiKeyNotFound.With($"There is no API key {id}").ToProblem();
        key.Revoked = true;
        var committed = await db.Commit(() => key.ToView(), ct);
        identities.Forget();
        return committed.Failed ? committed.Failure.ToProblem() : TypedResults.Ok(committed.Value);
    }
}

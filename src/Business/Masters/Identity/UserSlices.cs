using System.ComponentModel.DataAnnotations;
using BusinessM.Contracts.Masters;
using BusinessM.Records;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;

namespace BusinessM.Masters.Identity;

internal static class ShowUser
{
    public static void Map(IEndpointRouteBuilder users) => users.MapGet("/{id:guid}", Handle)
        .RequirePermission("masters.user.read").Refuses(IdentityErrors.UserNotFound);

    internal static async Task<Results<Ok<UserView>, ProblemHttpResult>> Handle(Guid id, MastersDb db,
        CancellationToken ct)
    {
        var key = new UserId(id);
        var user = await db.Set<User>().AsNoTracking().SingleOrDefaultAsync(u => u.Id == key, ct);
        return user is null ? IdentityErrors.UserNotFound.With($"There is no user {id}").ToProblem()
            : TypedResults.Ok(user.ToView());
    }
}

internal static class AddUser
{
    public sealed record Request(Guid? Id, [property: Required] string? Name, [property: Required] string? Password,
        [property: Required] IReadOnlyList<string>? Roles, IReadOnlyList<CompanyId>? Companies = null,
        [property: StringLength(200)] string? DisplayName = null);

    public static void Map(IEndpointRouteBuilder users) => users.MapPost("", Handle)
        .RequirePermission("masters.user.add").WithoutStoredAnswer()
        .Refuses(IdentityErrors.UserNameInvalid, IdentityErrors.PasswordWeak, IdentityErrors.RoleUnknown,
            IdentityErrors.GrantExceeds);

    internal static async Task<Results<Ok<UserView>, ProblemHttpResult>> Handle(Request request, MastersDb db,
        Caller caller,
        CancellationToken ct)
    {
        var made = await Decide(request, db, caller, ct);
        if (made.Failed) return made.Failure.ToProblem();
        db.Add(made.Value);
        var committed = await db.Commit(made.Value.ToView, ct);
        return committed.Failed ? committed.Failure.ToProblem() : TypedResults.Ok(committed.Value);
    }

    internal static async Task<Result<User>> Decide(Request request, MastersDb db, Caller caller, CancellationToken ct)
    {
        if (User.CheckName(request.Name!) is { } wrong) return wrong;
        var permissions = await db.PermissionsOf(request.Roles!, ct);
        if (permissions.Failed) return permissions.Failure;
        if (Grants.Exceeds(caller, permissions.Value, request.Companies?.ToHashSet()) is { } exceeds) return exceeds;
        var user = new User
        {
            Id = new UserId(request.Id ?? Ids.New()),
            Name = request.Name!,
            DisplayName = request.DisplayName ?? request.Name!,
            Roles = Grants.Store(request.Roles!),
            Companies = Grants.Store(request.Companies),
        };
        var password = user.SetPassword(request.Password!);
        return password.Failed ? password.Failure : user;
    }
}

internal static class GrantToUser
{
    public sealed record Request([property: Required] int? Version, [property: Required] IReadOnlyList<string>? Roles,
        IReadOnlyList<CompanyId>? Companies = null);

    /// <summary>Replaces the user's roles and companies.</summary>
    public static void Map(IEndpointRouteBuilder users) => users.MapPost("/{id:guid}/grant", Handle)
        .RequirePermission("masters.user.grant")
        .Refuses(IdentityErrors.UserNotFound, IdentityErrors.RoleUnknown, IdentityErrors.GrantExceeds,
            IdentityErrors.LastAdministrator);

    internal static async Task<Results<Ok<UserView>, ProblemHttpResult>> Handle(Guid id, Request request, MastersDb db,
        Caller caller, Identities identities, CancellationToken ct)
    {
        var key = new UserId(id);
        var user = await db.Set<User>().SingleOrDefaultAsync(u => u.Id == key, ct);
        if (user is null) return IdentityErrors.UserNotFound.With($"There is no user {id}").ToProblem();
        if (user.Version != request.Version)
            return RecordErrors.Changed.With($"The user has version {user.Version}").ToProblem();
        var permissions = await db.PermissionsOf(request.Roles!, ct);
        if (permissions.Failed) return permissions.Failure.ToProblem();
        if (await db.Above(user, caller, ct) is { } above) return above.ToProblem();
        if (Grants.Exceeds(caller, permissions.Value, request.Companies?.ToHashSet()) is { } exceeds)
            return exceeds.ToProblem();
        if (!request.Roles!.Contains(Role.Administrator) && await db.OnlyAdministrator(user, ct) is { } last)
            return last.ToProblem();
        (user.Roles, user.Companies) = (Grants.Store(request.Roles!), Grants.Store(request.Companies));
        var committed = await db.Commit(user.ToView, ct);
        identities.Forget();
        return committed.Failed ? committed.Failure.ToProblem() : TypedResults.Ok(committed.Value);
    }
}

internal static class EnableUser
{
    public static void Map(IEndpointRouteBuilder users) => users.MapPost("/{id:guid}/enable", Handle)
        .RequirePermission("masters.user.disable").Refuses(IdentityErrors.UserNotFound, IdentityErrors.GrantExceeds);

    internal static Task<Results<Ok<UserView>, ProblemHttpResult>> Handle(Guid id, MastersDb db, Caller caller,
        Identities identities, CancellationToken ct) => DisableUser.Set(id, false, db, caller, identities, ct);
}

internal static class DisableUser
{
    /// <summary>Ends the user's sessions; its API keys open nothing until it is enabled.</summary>
    public static void Map(IEndpointRouteBuilder users) => users.MapPost("/{id:guid}/disable", Handle)
        .RequirePermission("masters.user.disable")
        .Refuses(IdentityErrors.UserNotFound, IdentityErrors.GrantExceeds, IdentityErrors.LastAdministrator);

    internal static Task<Results<Ok<UserView>, ProblemHttpResult>> Handle(Guid id, MastersDb db, Caller caller,
        Identities identities, CancellationToken ct) => Set(id, true, db, caller, identities, ct);

    internal static async Task<Results<Ok<UserView>, ProblemHttpResult>> Set(Guid id, bool disabled, MastersDb db,
        Caller caller, Identities identities, CancellationToken ct)
    {
        var key = new UserId(id);
        var user = await db.Set<User>().SingleOrDefaultAsync(u => u.Id == key, ct);
        if (user is null) return IdentityErrors.UserNotFound.With($"There is no user {id}").ToProblem();
        if (await db.Above(user, caller, ct) is { } above) return above.ToProblem();
        if (disabled && await db.OnlyAdministrator(user, ct) is { } last) return last.ToProblem();
        user.Disabled = disabled;
        if (disabled) db.RemoveRange(await db.Set<Session>().Where(s => s.UserId == key).ToListAsync(ct));
        var committed = await db.Commit(user.ToView, ct);
        identities.Forget();
        return committed.Failed ? committed.Failure.ToProblem() : TypedResults.Ok(committed.Value);
    }
}

internal static class SetPassword
{
    public sealed record Request([property: Required] string? Password);

    /// <summary>Ends the user's sessions.</summary>
    public static void Map(IEndpointRouteBuilder users) => users.MapPost("/{id:guid}/set-password", Handle)
        .RequirePermission("masters.user.set-password").WithoutStoredAnswer()
        .Refuses(IdentityErrors.UserNotFound, IdentityErrors.GrantExceeds, IdentityErrors.PasswordWeak);

    internal static async Task<Results<Ok<UserView>, ProblemHttpResult>> Handle(Guid id, Request request, MastersDb db,
        Caller caller, Identities identities, CancellationToken ct)
    {
        var key = new UserId(id);
        var user = await db.Set<User>().SingleOrDefaultAsync(u => u.Id == key, ct);
        if (user is null) return IdentityErrors.UserNotFound.With($"There is no user {id}").ToProblem();
        if (await db.Above(user, caller, ct) is { } above) return above.ToProblem();
        var set = user.SetPassword(request.Password!);
        if (set.Failed) return set.Failure.ToProblem();
        db.RemoveRange(await db.Set<Session>().Where(s => s.UserId == key).ToListAsync(ct));
        var committed = await db.Commit(user.ToView, ct);
        identities.Forget();
        return committed.Failed ? committed.Failure.ToProblem() : TypedResults.Ok(committed.Value);
    }
}

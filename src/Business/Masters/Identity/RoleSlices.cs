using System.ComponentModel.DataAnnotations;
using BusinessM.Records;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;

namespace BusinessM.Masters.Identity;

public sealed record RoleView(Guid Id, string Code, IReadOnlyList<string> Permissions, int Version);

internal static class AddRole
{
    public sealed record Request([property: Required] string? Code,
        [property: Required] IReadOnlyList<string>? Permissions,
        Guid? Id = null);

    public static void Map(IEndpointRouteBuilder roles) => roles.MapPost("", Handle)
        .RequirePermission("masters.role.add")
        .Refuses(IdentityErrors.UserNameInvalid, IdentityErrors.PermissionInvalid, IdentityErrors.GrantExceeds);

    internal static async Task<Results<Ok<RoleView>, ProblemHttpResult>> Handle(Request request, MastersDb db,
        Caller caller,
        CancellationToken ct)
    {
        if (User.CheckName(request.Code!) is { } wrong) return wrong.At("code").ToProblem();
        if (Grants.Check(request.Permissions!) is { } invalid) return invalid.ToProblem();
        if (Grants.Exceeds(caller, request.Permissions!, caller.Companies) is { } exceeds) return exceeds.ToProblem();
        var role = new Role
        {
            Id = new RoleId(request.Id ?? Ids.New()),
            Code = request.Code!,
            Permissions = Grants.Store(request.Permissions!),
        };
        db.Add(role);
        var committed = await db.Commit(role.ToView, ct);
        return committed.Failed ? committed.Failure.ToProblem() : TypedResults.Ok(committed.Value);
    }

    public static RoleView ToView(this Role role) =>
        new(role.Id.Value, role.Code, Grants.Words(role.Permissions), role.Version);
}

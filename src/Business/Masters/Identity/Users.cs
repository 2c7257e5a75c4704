using BusinessM.Contracts.Masters;
using BusinessM.Records;
using Microsoft.EntityFrameworkCore;

namespace BusinessM.Masters.Identity;

internal static class Users
{
    public static UserView ToView(this User user) =>
        new(user.Id.Value, user.Name, user.DisplayName, Grants.Words(user.Roles),
        Grants.Companies(user.Companies)?.ToList(), user.Disabled, user.Version);

    /// <summary>The permissions that the roles give; refused when one does not exist.</summary>
    public static async Task<Result<IReadOnlyList<string>>> PermissionsOf(this MastersDb db,
        IReadOnlyList<string> roles,
        CancellationToken ct)
    {
        string[] codes = [.. roles];
        var found = await db.Set<Role>().Where(r => codes.Contains(r.Code)).ToListAsync(ct);
        return codes.FirstOrDefault(code => found.TrueForAll(r => r.Code != code)) is { } unknown
            ? IdentityErrors.RoleUnknown.With($"There is no role {unknown}", "roles")
            : found.SelectMany(r => Grants.Words(r.Permissions)).ToList();
    }

    /// <summary>Who acts may change a user only if he may all that the user may.</summary>
    public static async Task<Error?> Above(this MastersDb db, User user, Caller caller, CancellationToken ct)
    {
        var permissions = await db.PermissionsOf(Grants.Words(user.Roles), ct);
        return permissions.Failed ? permissions.Failure
            : Grants.Exceeds(caller, permissions.Value, Grants.Companies(user.Companies));
    }

    /// <summary>Refuses when no other administrator is left. All of them are read, so that the commit fails when one
    /// of them is changed meanwhile.</summary>
    public static async Task<Error?> OnlyAdministrator(this MastersDb db, User user, CancellationToken ct)
    {
        if (!IsAdministrator(user)) return null;
        var enabled = await db.Set<User>().Where(u => !u.Disabled && !u.LoopbackOnly).ToListAsync(ct);
        return enabled.Exists(u => u.Id != user.Id && IsAdministrator(u)) ? null
            : IdentityErrors.LastAdministrator.With($"{user.Name} is the last administrator");
    }

    private static bool IsAdministrator(User user) => Grants.Words(user.Roles).Contains(Role.Administrator);
}

using System.Security.Cryptography;
using BusinessM.Contracts.Masters;
using BusinessM.Records;
using Microsoft.EntityFrameworkCore;

namespace BusinessM.Masters.Identity;

/// <summary>Users and API keys for the command line. Decides by the slices' own rules.</summary>
internal sealed class Access(MastersDb db, Caller caller, UnitOfWork unit, Identities identities, TimeProvider clock)
    : IAccess
{
    // Without what looks alike: it is read off a screen once.
    private const string Letters = "abcdefghijkmnpqrstuvwxyzABCDEFGHJKLMNPQRSTUVWXYZ23456789";

    private static readonly (string Code, string Permissions)[] UsualRoles =
    [
        (Role.Administrator, "*"),
        ("accountant", "finance.* masters.branch.* masters.company.* masters.item.* masters.party.* masters.rate.*"),
    ];

    public async Task<Result<NewUser?>> OpenFirst(CancellationToken ct)
    {
        if (await db.Set<User>().AnyAsync(ct)) return (NewUser?)null;
        await AddRoles(ct);
        var password = RandomPassword();
        var administrator = new User { Name = "admin", DisplayName = "Administrator", Roles = Role.Administrator };
        administrator.SetPassword(password);
        db.Add(administrator);
        var committed = await Commit("masters.installation.open", administrator.ToView, ct);
        if (!committed.Failed) return new NewUser(committed.Value, password);
        // another host did
        return committed.Failure.Code == RecordErrors.Duplicate.Code ? (NewUser?)null : committed.Failure;
    }

    public async Task<Result<NewUser>> OpenDemo(CancellationToken ct)
    {
        if (await db.Set<User>().SingleOrDefaultAsync(u => u.Name == "demo", ct) is { } there)
            return new NewUser(there.ToView(), there.LoopbackOnly ? "demo" : null);
        await AddRoles(ct);
        var demo = User.Demo("demo");
        db.Add(demo);
        var committed = await Commit("masters.user.add", demo.ToView, ct);
        return committed.Failed ? committed.Failure : new NewUser(committed.Value, "demo");
    }

    public async Task<Result<NewUser>> AddUser(AddUserAccount user, CancellationToken ct)
    {
        var password = user.Password ?? RandomPassword();
        var made = await Identity.AddUser.Decide(new AddUser.Request(null, user.Name, password, user.Roles,
            user.Companies,
            user.DisplayName), db, caller, ct);
        if (made.Failed) return made.Failure;
        db.Add(made.Value);
        var committed = await Commit("masters.user.add", made.Value.ToView, ct);
        return committed.Failed ? committed.Failure : new NewUser(committed.Value, user.Password is null
            ? password : null);
    }

    public async Task<Result<IReadOnlyList<UserView>>> Users(CancellationToken ct)
    {
        var users = await db.Set<User>().AsNoTracking().OrderBy(u => u.Name).ToListAsync(ct);
        return users.ConvertAll(u => u.ToView());
    }

    public async Task<Result<NewUser>> SetPassword(SetUserPassword user, CancellationToken ct)
    {
        var found = await Find(user.Name, ct);
        if (found.Failed) return found.Failure;
        var password = user.Password ?? RandomPassword();
        var set = found.Value.SetPassword(password);
        if (set.Failed) return set.Failure;
        var id = found.Value.Id;
        db.RemoveRange(await db.Set<Session>().Where(s => s.UserId == id).ToListAsync(ct));
        var committed = await Commit("masters.user.set-password", found.Value.ToView, ct);
        return committed.Failed ? committed.Failure : new NewUser(committed.Value, user.Password is null
            ? password : null);
    }

    public async Task<Result<UserView>> SetDisabled(SetUserDisabled user, CancellationToken ct)
    {
        var found = await Find(user.Name, ct);
        if (found.Failed) return found.Failure;
        if (user.Disabled && await db.OnlyAdministrator(found.Value, ct) is { } last) return last;
        found.Value.Disabled = user.Disabled;
        return await Commit("masters.user.disable", found.Value.ToView, ct);
    }

    public async Task<Result<ApiKeyView>> AddApiKey(AddUserApiKey key, CancellationToken ct)
    {
        var owner = await Find(key.User, ct);
        if (owner.Failed) return owner.Failure;
        var now = clock.GetUtcNow();
        var token = Tokens.Make(Tokens.ApiKeyPrefix);
        var made = await Identity.AddApiKey.Decide(new AddApiKey.Request(key.Name, key.Permissions,
            Companies: key.Companies,
            ExpiresAt: now.AddDays(key.Days)), owner.Value.Id, token, db, caller, now, ct);
        if (made.Failed) return made.Failure;
        db.Add(made.Value);
        return await Commit("masters.api-key.add", () => made.Value.ToView(token), ct);
    }

    public async Task<Result<IReadOnlyList<ApiKeyView>>> ApiKeys(CancellationToken ct)
    {
        var keys = await db.Set<ApiKey>().AsNoTracking().OrderBy(k => k.Name).ToListAsync(ct);
        return keys.ConvertAll(k => k.ToView());
    }

    public async Task<Result<ApiKeyView>> RevokeApiKey(RevokeUserApiKey key, CancellationToken ct)
    {
        var found = await db.Set<ApiKey>().SingleOrDefaultAsync(k => k.Name == key.Name, ct);
        if (found is null) return IdentityErrors.ApiKeyNotFound.With($"There is no API key {key.Name}");
        found.Revoked = true;
        return await Commit("masters.api-key.revoke", () => found.ToView(), ct);
    }

    private async Task<Result<User>> Find(string name, CancellationToken ct) =>
        await db.Set<User>().SingleOrDefaultAsync(u => u.Name == name, ct) is { } user ? user
            : IdentityErrors.UserNotFound.With($"There is no user {name}");

    private async Task AddRoles(CancellationToken ct)
    {
        if (await db.Set<Role>().AnyAsync(ct)) return;
        foreach (var (code, permissions) in UsualRoles) db.Add(new Role { Code = code, Permissions = permissions });
    }

    private async Task<Result<T>> Commit<T>(string action, Func<T> answer, CancellationToken ct) where T : notnull
    {
        unit.Action = action;
        var committed = await db.Commit(answer, ct);
        identities.Forget();
        return committed;
    }

    private static string RandomPassword() => RandomNumberGenerator.GetString(Letters, 20);
}

namespace BusinessM.Contracts.Masters;

/// <summary>Users and API keys for the command line on the machine itself. Each call is a business transaction of its
/// own; the caller acts as the system.</summary>
public interface IAccess
{
    /// <summary>Where there is no user yet: makes the usual roles and the administrator with a random password, which
    /// is in the answer and nowhere else. Null: there are users.</summary>
    Task<Result<NewUser?>> OpenFirst(CancellationToken ct);

    /// <summary>The user <c>demo</c>, who may sign in from this machine only. Repeating it is harmless.</summary>
    Task<Result<NewUser>> OpenDemo(CancellationToken ct);

    /// <summary>Password null: a random one, which is in the answer.</summary>
    Task<Result<NewUser>> AddUser(AddUserAccount user, CancellationToken ct);

    Task<Result<IReadOnlyList<UserView>>> Users(CancellationToken ct);

    /// <summary>Password null: a random one, which is in the answer. Ends the user's sessions.</summary>
    Task<Result<NewUser>> SetPassword(SetUserPassword user, CancellationToken ct);

    Task<Result<UserView>> SetDisabled(SetUserDisabled user, CancellationToken ct);

    Task<Result<ApiKeyView>> AddApiKey(AddUserApiKey key, CancellationToken ct);

    Task<Result<IReadOnlyList<ApiKeyView>>> ApiKeys(CancellationToken ct);

    Task<Result<ApiKeyView>> RevokeApiKey(RevokeUserApiKey key, CancellationToken ct);
}

/// <summary>A user without its secrets. Companies absent: all.</summary>
public sealed record UserView(Guid Id, string Name, string DisplayName, IReadOnlyList<string> Roles,
    IReadOnlyList<CompanyId>? Companies, bool Disabled, int Version);

/// <summary>An API key. Token: given once, in the answer that made it. Companies absent: all of its user's.</summary>
public sealed record ApiKeyView(Guid Id, string Name, Guid User, IReadOnlyList<string> Permissions,
    IReadOnlyList<CompanyId>? Companies, DateTimeOffset ExpiresAt, bool Revoked, int Version, string? Token = null);

/// <summary>Password: the random one that was made; null where the caller had chosen it.</summary>
public sealed record NewUser(UserView User, string? Password);

/// <summary>Companies null: all.</summary>
public sealed record AddUserAccount(string Name, IReadOnlyList<string> Roles, 
    IReadOnlyList<CompanyId>? Companies = null,
    string? Password = null, string? DisplayName = null);

public sealed record SetUserPassword(string Name, string? Password = null);

public sealed record SetUserDisabled(string Name, bool Disabled);

/// <summary>Days: 1 to 400 until it expires.</summary>
public sealed record AddUserApiKey(string Name, string User, IReadOnlyList<string> Permissions,
    IReadOnlyList<CompanyId>? Companies = null, int Days = 90);

public sealed record RevokeUserApiKey(string Name);

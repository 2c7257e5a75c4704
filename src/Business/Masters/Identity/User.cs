using System.Security.Cryptography;
using System.Text.RegularExpressions;
using BusinessM.Records;
using Microsoft.AspNetCore.Identity;

namespace BusinessM.Masters.Identity;

internal readonly record struct UserId(Guid Value) : ITypedId<UserId>
{
    public static UserId From(Guid value) => new(value);
}

internal readonly record struct RoleId(Guid Value) : ITypedId<RoleId>
{
    public static RoleId From(Guid value) => new(value);
}

/// <summary>A named set of permissions.</summary>
[DocumentType("role", "Role", "Roles", Scope = DocumentScope.Installation, Writes = DocumentWrites.Owner,
    Title = nameof(Code))]
internal sealed class Role : Document<RoleId>
{
    public const string Administrator = "administrator";

    [Field("Code", Length = 64, Unique = true, InList = true)]
    public required string Code { get; init; }

    [Field("Permissions", InList = true, Help = "Separated by blanks; the last word of each may be *.")]
    public required string Permissions { get; set; }
}

/// <summary>A person, or a program, that signs in with a password.</summary>
[DocumentType("user", "User", "Users", Scope = DocumentScope.Installation, Writes = DocumentWrites.Owner,
    Table = "user_account", Title = nameof(DisplayName), Code = nameof(Name), OwnGet = true)]
[Verb("disable", "Disable", When = "disabled=false", Permission = "masters.user.disable")]
[Verb("enable", "Enable", When = "disabled=true", Permission = "masters.user.disable")]
internal sealed partial class User : Document<UserId>
{
    public const int PasswordMin = 12;
    public const int PasswordMax = 128;

    private static readonly PasswordHasher<User> Hasher = new();

    // What a wrong name costs as much time as a wrong password against.
    private static readonly User Nobody = new()
    {
        Name = "nobody", PasswordHash = Hasher.HashPassword(null!, RandomNumberGenerator.GetHexString(32)),
    };

    [Field("Name", Length = 64, Unique = true, InList = true, InSearch = true)]
    public required string Name { get; init; }

    [Field("Display name", Length = 200, InList = true, InSearch = true)]
    public string DisplayName { get; set; } = "";

    /// <summary>Empty: no password opens it.</summary>
    public string PasswordHash { get; private set; } = "";

    [Field("Roles", InList = true, Help = "Their codes, separated by blanks.")]
    public string Roles { get; set; } = "";

    [Field("Companies", Help = "Their ids, separated by blanks; * is all.")]
    public string Companies { get; set; } = Grants.All;

    [Field("Disabled", InList = true)]
    public bool Disabled { get; set; }

    [Field("From this machine only")]
    public bool LoopbackOnly { get; init; }

    public static Error? CheckName(string name) => NamePattern().IsMatch(name) ? null
        : IdentityErrors.UserNameInvalid.With($"{name} is no name for a user or an API key", "name");

    /// <summary>NIST SP 800-63B 3.1.1: length counts, composition rules do not.</summary>
    public Result<Done> SetPassword(string password)
    {
        if (password.Length is < PasswordMin or > PasswordMax || password == Name)
            return IdentityErrors.PasswordWeak.With($"The password has not {PasswordMin} to {PasswordMax} characters",
                "password");
        PasswordHash = Hasher.HashPassword(this, password);
        return Done.Ok;
    }

    /// <summary>Takes the same time for a user that is not there.</summary>
    public static bool IsPasswordOf(User? user, string password)
    {
        var known = user is { PasswordHash.Length: > 0 } ? user : Nobody;
        return Hasher.VerifyHashedPassword(known, known.PasswordHash, password) != PasswordVerificationResult.Failed
            && known == user;
    }

    /// <summary>The demo user's: known to all, therefore for this machine only.</summary>
    public static User Demo(string password)
    {
        var demo = new User { Name = "demo", DisplayName = "Demo", Roles = Role.Administrator, LoopbackOnly = true };
        demo.PasswordHash = Hasher.HashPassword(demo, password);
        return demo;
    }

    [GeneratedRegex(@"\A[a-z0-9][a-z0-9._@-]{0,63}\z")]
    private static partial Regex NamePattern();
}

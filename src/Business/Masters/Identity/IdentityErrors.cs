namespace BusinessM.Masters.Identity;

/// <summary>The refusals of who may do what. Codes are never renamed.</summary>
public static class IdentityErrors
{
    public static readonly ErrorCode SignInRefused = new("masters.session.refused", ErrorKind.Forbidden,
        "The user name or the password is wrong, or the user is disabled or may not sign in from there.")
        { Status = 401 };

    public static readonly ErrorCode TooManySignIns = new("masters.session.throttled", ErrorKind.Forbidden,
        "Too many sign-ins failed for this user or from this address. Wait for the time in Retry-After.")
        { Status = 429 };

    public static readonly ErrorCode TokenRefused = new("masters.token.refused", ErrorKind.Forbidden,
        "The session or the API key is unknown, expired or revoked, or its user is disabled. Sign in again.")
        { Status = 401 };

    public static readonly ErrorCode UserNotFound = new("masters.user.not-found", ErrorKind.NotFound,
        "There is no such user.");

    public static readonly ErrorCode UserNameInvalid = new("masters.user.name-invalid", ErrorKind.Invalid,
        "A user's or API key's name has 1 to 64 characters: a-z, 0-9, and . _ @ - after the first.");

    public static readonly ErrorCode PasswordWeak = new("masters.user.password-weak", ErrorKind.Invalid,
        "A password has 12 to 128 characters and is not the user's name.");

    public static readonly ErrorCode LastAdministrator = new("masters.user.last-administrator", ErrorKind.Conflict,
        "Nobody could administer the installation any more. Make another administrator first.");

    public static readonly ErrorCode RoleUnknown = new("masters.role.unknown", ErrorKind.Invalid,
        "There is no role of this code.");

    public static readonly ErrorCode PermissionInvalid = new("masters.permission.invalid", ErrorKind.Invalid,
        "A permission is words of a-z, 0-9 and - separated by dots; the last may be *.");

    public static readonly ErrorCode GrantExceeds = new("masters.grant.exceeds", ErrorKind.Forbidden,
        "Nobody can give permissions or companies that he has not himself.");

    public static readonly ErrorCode ApiKeyNotFound = new("masters.api-key.not-found", ErrorKind.NotFound,
        "There is no such API key.");

    public static readonly ErrorCode ExpiryInvalid = new("masters.api-key.expiry-invalid", ErrorKind.Invalid,
        "An API key expires in the future, and within 400 days.");
}

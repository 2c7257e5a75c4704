using BusinessM.Records;

namespace BusinessM.Masters.Identity;

internal readonly record struct ApiKeyId(Guid Value) : ITypedId<ApiKeyId>
{
    public static ApiKeyId From(Guid value) => new(value);
}

internal readonly record struct SessionId(Guid Value) : ITypedId<SessionId>
{
    public static SessionId From(Guid value) => new(value);
}

/// <summary>A program's way in, on behalf of a user: never more than what both the key and the user may.</summary>
internal sealed class ApiKey : Document<ApiKeyId>
{
    public const int DaysMax = 400;

    public required string Name { get; init; }

    public required UserId UserId { get; init; }

    public required byte[] TokenHash { get; init; }

    public required string Permissions { get; init; }

    public required string Companies { get; init; }

    public required DateTimeOffset ExpiresAt { get; init; }

    public bool Revoked { get; set; }
}

/// <summary>A sign-in. It ends after <see cref="Hours"/>, or when it is deleted.</summary>
internal sealed class Session : Document<SessionId>
{
    public const int Hours = 12;

    public required UserId UserId { get; init; }

    public required byte[] TokenHash { get; init; }

    public required DateTimeOffset ExpiresAt { get; init; }
}

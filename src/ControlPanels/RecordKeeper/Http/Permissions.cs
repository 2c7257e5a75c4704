using System.Collections.Concurrent;
using System.Reflection;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

namespace BusinessM.Records;

/// <summary>The permission that an endpoint demands; also the name of its business transaction in the audit trail.
/// </summary>
public sealed record PermissionMetadata(string Permission);

/// <summary>The request or the answer holds a secret: nothing of it is kept under an Idempotency-Key.</summary>
public sealed record AnswerNotStored;

/// <summary>The refusals of the endpoint's own, for the API's description; those that any endpoint may answer are added
/// by it.</summary>
public sealed record RefusalsMetadata(IReadOnlyList<ErrorCode> Codes);

/// <summary>Rows of one page.</summary>
public static class Pages
{
    public const int Usual = 100;

    public const int Max = 500;
}

/// <summary>The answer was made and stored by the commit, and is sent as it stands there: of the slice's own result
/// only the header Location is left to say.</summary>
internal sealed class Committed(object? result) : IResult
{
    private static readonly ConcurrentDictionary<Type, PropertyInfo?> Locations = new();

    public Task ExecuteAsync(HttpContext http)
    {
        var inner = result is INestedHttpResult nested ? nested.Result : result;
        if (inner is not null && Locations.GetOrAdd(inner.GetType(), static type => type.GetProperty("Location"))
            ?.GetValue(inner) is string location) http.Response.Headers.Location = location;
        return Task.CompletedTask;
    }
}

public static class Permissions
{
    /// <summary>For endpoints that take or give passwords and tokens.</summary>
    public static TBuilder WithoutStoredAnswer<TBuilder>(this TBuilder endpoint)
        where TBuilder : IEndpointConventionBuilder =>
        endpoint.WithMetadata(new AnswerNotStored());

    /// <summary>Describes which refusals of its own the endpoint may answer. Where an endpoint does not say it, the API
    /// describes all of its context.</summary>
    public static TBuilder Refuses<TBuilder>(this TBuilder endpoint, params ErrorCode[] codes)
        where TBuilder : IEndpointConventionBuilder => endpoint.WithMetadata(new RefusalsMetadata(codes));

    /// <summary>Only callers with the permission get through; others are refused with 403 and the permission's name.
    /// An endpoint with neither this nor AllowAnonymous is denied to all (the host sees to it).</summary>
    public static TBuilder RequirePermission<TBuilder>(this TBuilder endpoint, string permission)
        where TBuilder : IEndpointConventionBuilder =>
        endpoint.WithMetadata(new PermissionMetadata(permission)).AddEndpointFilterFactory(Filter);

    /// <summary>The same for handlers that several endpoints share: each endpoint's metadata has its permission.
    /// </summary>
    internal static EndpointFilterDelegate Filter(EndpointFilterFactoryContext context, EndpointFilterDelegate next) =>
        async invocation =>
        {
            var http = invocation.HttpContext;
            var permission = http.GetEndpoint()!.Metadata.GetRequiredMetadata<PermissionMetadata>().Permission;
            var caller = http.RequestServices.GetRequiredService<Caller>();
            if (!caller.May(permission))
                return RecordErrors.NotPermitted.With($"{caller.Name} may not do this: {permission} is missing")
                    .ToProblem();
            var unit = http.RequestServices.GetRequiredService<UnitOfWork>();
            unit.Action = permission;
            var result = await next(invocation);
            return unit is { Key: not null, Answer.Body.Length: > 0 } ? new Committed(result) : result;
        };
}

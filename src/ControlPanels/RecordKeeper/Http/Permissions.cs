using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

namespace BusinessM.Records;

/// <summary>The permission that an endpoint demands; also the name of its business transaction in the audit trail.
/// </summary>
public sealed record PermissionMetadata(string Permission);

public static class Permissions
{
    /// <summary>Only callers with the permission get through; others are refused with 403 and the permission's name.
    /// An endpoint with neither this nor AllowAnonymous is denied to all (the host sees to it).</summary>
    public static TBuilder RequirePermission<TBuilder>(this TBuilder endpoint, string permission)
        where TBuilder : IEndpointConventionBuilder =>
        endpoint.WithMetadata(new PermissionMetadata(permission)).AddEndpointFilterFactory((_, next) => async invocation =>
        {
            var services = invocation.HttpContext.RequestServices;
            var caller = services.GetRequiredService<Caller>();
            if (!caller.May(permission))
                return RecordErrors.NotPermitted.With($"{caller.Name} may not do this: {permission} is missing").ToProblem();
            services.GetRequiredService<UnitOfWork>().Action = permission;
            return await next(invocation);
        });
}

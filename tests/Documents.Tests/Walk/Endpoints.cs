using BusinessM.HostTesting;
using BusinessM.Records;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace BusinessM.Documents.Tests.Walk;

/// <summary>One method at one address, as the running host itself routes it.</summary>
public sealed record Endpoint(string Method, string Pattern, string? Permission, bool IsAnonymous,
    DocumentOperation? Of)
{
    public bool Changes => Method is not ("GET" or "HEAD");

    /// <summary>Every endpoint of the host.</summary>
    public static IReadOnlyList<Endpoint> All(RunningHost host) =>
    [
        .. host.Services.GetRequiredService<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>()
            .SelectMany(route => route.Metadata.GetMetadata<HttpMethodMetadata>()?.HttpMethods is { Count: > 0 } methods
                ? methods.Select(method => Named(route, method)) : [Named(route, "ANY")])
            .OrderBy(one => one.Pattern, StringComparer.Ordinal).ThenBy(one => one.Method, StringComparer.Ordinal),
    ];

    public override string ToString() => $"{Method} {Pattern}";

    private static Endpoint Named(RouteEndpoint route, string method) => new(method,
        "/" + route.RoutePattern.RawText!.Trim('/'), route.Metadata.GetMetadata<PermissionMetadata>()?.Permission,
        route.Metadata.GetMetadata<IAllowAnonymous>() is not null, route.Metadata.GetMetadata<DocumentOperation>());
}

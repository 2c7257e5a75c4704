using System.Collections.Concurrent;
using System.Reflection;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.AspNetCore.Routing.Patterns;
using Microsoft.Extensions.DependencyInjection;

namespace BusinessM.Records;

/// <summary>Handlers that are the same for every type, made once: a host has hundreds of such endpoints, and making
/// each anew would take it seconds at the start.</summary>
internal sealed class SharedHandlers(IServiceProvider services)
{
    private readonly ConcurrentDictionary<MethodInfo, RequestDelegateResult> _made = [];

    public RequestDelegateResult Of(Delegate handler) => _made.GetOrAdd(handler.Method, _ =>
    {
        var endpoint = new RouteEndpointBuilder(null, RoutePatternFactory.Parse("/"), 0)
        {
            ApplicationServices = services,
        };
        endpoint.FilterFactories.Add(Permissions.Filter);
        return RequestDelegateFactory.Create(handler, new RequestDelegateFactoryOptions
        {
            ServiceProvider = services, RouteParameterNames = ["id", "note"], ThrowOnBadRequest = true,
            EndpointBuilder = endpoint,
        });
    });
}

/// <summary>The endpoints of one type, which their handlers find in the endpoint's metadata.</summary>
internal sealed class TypeEndpoints(IEndpointRouteBuilder app, DocumentType type)
{
    private readonly RouteGroupBuilder _group = app.MapGroup(type.Path).WithTags(type.Name);
    private readonly SharedHandlers _handlers = app.ServiceProvider.GetRequiredService<SharedHandlers>();

    /// <summary>An operation on documents of the type.</summary>
    public IEndpointConventionBuilder Operation(string method, string pattern, string name, string permission,
        Delegate handler, params ErrorCode[] refusals) =>
        Map(method, pattern, permission, handler, refusals).WithMetadata(new DocumentOperation(type, name));

    /// <summary>Maps what is the same for every type: a handler that captures nothing.</summary>
    public IEndpointConventionBuilder Map(string method, string pattern, string permission, Delegate handler,
        params ErrorCode[] refusals)
    {
        var made = _handlers.Of(handler);
        return _group.MapMethods(pattern, [method], made.RequestDelegate)
            .WithMetadata([.. made.EndpointMetadata, handler.Method, type,
                new PermissionMetadata(type.Permission(permission))]).Refuses(refusals);
    }
}

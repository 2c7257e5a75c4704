using BusinessM.Contracts.Masters;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace BusinessM.Masters.Identity;

/// <summary>What Masters' doors need of this folder.</summary>
internal static class IdentityModule
{
    public static void AddIdentity(this IServiceCollection services)
    {
        services.AddSingleton<Identities>();
        services.AddSingleton<IIdentities>(provider => provider.GetRequiredService<Identities>());
        services.AddSingleton<SignInThrottle>();
        services.AddScoped<IAccess, Access>();
    }

    public static void MapSession(IEndpointRouteBuilder session)
    {
        SignIn.Map(session);
        ShowSession.Map(session);
        SignOut.Map(session);
    }

    public static void MapUsers(IEndpointRouteBuilder users)
    {
        ShowUser.Map(users);
        AddUser.Map(users);
        GrantToUser.Map(users);
        DisableUser.Map(users);
        EnableUser.Map(users);
        SetPassword.Map(users);
    }

    public static void MapRoles(IEndpointRouteBuilder roles)
    {
        AddRole.Map(roles);
    }

    public static void MapApiKeys(IEndpointRouteBuilder keys)
    {
        ListApiKeys.Map(keys);
        AddApiKey.Map(keys);
        RevokeApiKey.Map(keys);
    }
}

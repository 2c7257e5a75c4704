using BusinessM.Contracts.Masters;
using BusinessM.Masters.Identity;
using BusinessM.Records;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace BusinessM.Masters;

/// <summary>The two doors of Masters: companies, parties, items, rates, and who may do what.</summary>
public static class MastersModule
{
    public static IServiceCollection AddMasters(this IServiceCollection services)
    {
        services.AddContext<MastersDb>("masters");
        services.AddValidation();
        services.AddIdentity();
        services.AddSingleton<MastersCache>();
        services.AddSingleton<ILanePart>(provider => provider.GetRequiredService<MastersCache>());
        services.AddScoped<IMasters, NearMasters>();
        return services;
    }

    public static void MapMasters(this IEndpointRouteBuilder api)
    {
        api.MapDocuments("masters");
        var masters = api.MapGroup("/api/masters");
        IdentityModule.MapSession(api.MapGroup("/api/session").WithTags("session"));
        IdentityModule.MapUsers(masters.MapGroup("/users").WithTags("users"));
        IdentityModule.MapRoles(masters.MapGroup("/roles").WithTags("roles"));
        IdentityModule.MapApiKeys(masters.MapGroup("/api-keys").WithTags("api-keys"));
        Companies.Map(masters.MapGroup("/companies").WithTags("companies"));
        Parties.Map(masters.MapGroup("/parties").WithTags("parties"));
        Items.Map(masters.MapGroup("/items").WithTags("items"));
        ExchangeRates.Map(masters.MapGroup("/rates").WithTags("rates"));
    }
}

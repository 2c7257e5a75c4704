using BusinessM.Contracts.Masters;
using BusinessM.Masters.Currencies;
using BusinessM.Masters.Identity;
using BusinessM.Masters.Items;
using BusinessM.Masters.Organisation;
using BusinessM.Masters.Parties;
using BusinessM.Masters.Prices;
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
        services.AddScoped<IDocumentRules<Organisation.Company>, CompanyRules>();
        services.AddScoped<IDocumentRules<ListedCurrency>, CurrencyRules>();
        services.AddScoped<IDocumentRules<ExchangeRate>, ExchangeRateRules>();
        services.AddScoped<IDocumentRules<PartyGroup>, PartyGroupRules>();
        services.AddScoped<IDocumentRules<Parties.Party>, PartyRules>();
        services.AddScoped<IDocumentRules<Address>, AddressRules>();
        services.AddScoped<IDocumentRules<ItemGroup>, ItemGroupRules>();
        services.AddScoped<IDocumentRules<Items.Item>, ItemRules>();
        services.AddScoped<IDocumentRules<PriceList>, PriceListRules>();
        services.AddScoped<IDocumentRules<Price>, PriceRules>();
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
        var parties = masters.MapGroup("/parties").WithTags("parties");
        MergeParty.Map(parties);
        EraseParty.Map(parties);
        ExchangeRates.Map(masters.MapGroup("/rates").WithTags("rates"));
    }
}

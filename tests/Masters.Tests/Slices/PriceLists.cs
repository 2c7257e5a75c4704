using BusinessM.Contracts.Masters;
using BusinessM.Documents.Tests;
using BusinessM.HostTesting;
using BusinessM.Testing;

namespace BusinessM.Masters.Tests.Slices;

public sealed class PriceLists(RunningHost host) : IClassFixture<RunningHost>
{
    private const string Prices = "/api/masters/prices";
    private static readonly DateOnly Day = new(2026, 3, 15);

    [Fact]
    public async Task The_price_of_a_list_is_found_for_many_items_at_once()
    {
        var (company, item) = await List();
        var other = (await host.Client.Post("/api/masters/items", new { company, name = "Other" })).Good().Id;
        await Price(company, item, "10", 0);
        await Price(company, item, "9.5", 100);
        var answer = (await Ask(company, "RETAIL", (item, "C62", 1), (item, "C62", 100), (item, "XBX", 1), (other,
            "C62", 1)))
            .Value;
        (answer.Currency, answer.IncludesTax).ShouldBe(("GBP", true));
        answer.Prices.Select(p => p?.Value).ShouldBe([10m, 9.5m, 120m, null]);
    }

    [Fact, Produces("masters.price.overlaps"), Produces("masters.validity.reversed")]
    public async Task Prices_that_contradict_each_other_are_refused()
    {
        var (company, item) = await List();
        await Price(company, item, "10", 0);
        (await host.Client.Post(Prices, new { company, priceList = "RETAIL", item, price = "11" }))
            .Refused(409, "masters.price.overlaps", "validFrom");
        (await host.Client.Post(Prices, new
        {
            company, priceList = "RETAIL", item, price = "11", minimumQuantity = "5", validFrom = "2026-02-01",
                validTo = "2026-01-31",
        })).Refused(400, "masters.validity.reversed", "validTo");
        (await host.Client.Post(Prices, new { company, priceList = "RETAIL", item, price = "11", unit = "KGM" }))
            .Refused(400, "masters.item.unit-foreign", "unit");
        var twice = new { company, priceList = "RETAIL", item, price = "7", minimumQuantity = "1000" };
        (await host.Client.Post(Prices + "/bulk", new { documents = new[] { twice, twice } }))
            .Refused(409, "record.document.duplicate");
        (await host.Client.Post(Prices, new { company, priceList = "NONE", item, price = "11" }))
            .Refused(400, "record.link.not-found", "priceList");
    }

    [Fact, Produces("masters.price-list.not-found"), Produces("masters.price-list.not-valid")]
    [Produces("masters.item.not-found")]
    public async Task A_list_that_does_not_hold_has_no_prices()
    {
        var (company, item) = await List();
        (await Ask(company, "RETAIL", (Guid.CreateVersion7(), "C62", 1))).ShouldBeRefused("masters.item.not-found");
        (await Ask(company, "NONE", (item, "C62", 1))).ShouldBeRefused("masters.price-list.not-found");
        (await host.Client.Post("/api/masters/price-lists", new
        {
            company, code = "OLD", name = "Old", currency = "GBP", validTo = "2026-03-14",
        })).Good();
        (await Ask(company, "OLD", (item, "C62", 1))).ShouldBeRefused("masters.price-list.not-valid");
    }

    private async Task<(Guid Company, Guid Item)> List()
    {
        var company = await host.Company();
        (await host.Client.Post("/api/masters/price-lists", new
        {
            company, code = "RETAIL", name = "Retail", currency = "GBP", includesTax = true,
        })).Good();
        var item = (await host.Client.Post("/api/masters/items", new
        {
            company, name = "Item", units = new[] { new { unit = "XBX", factor = "12" } },
        })).Good().Id;
        return (company, item);
    }

    private async Task Price(Guid company, Guid item, string price, int minimumQuantity) =>
        (await host.Client.Post(Prices, new
        {
            company, priceList = "RETAIL", item, price,
            minimumQuantity = minimumQuantity.ToString(System.Globalization.CultureInfo.InvariantCulture),
        })).Good();

    private Task<Result<PricesAnswer>> Ask(Guid company, string list, params (Guid Item, string Unit,
        decimal Quantity)[] items) =>
        host.Do((IMasters masters) => masters.Prices(new PricesQuery(new CompanyId(company), list, Day,
            [.. items.Select(i => new PriceAsked(new ItemId(i.Item), i.Unit, new Quantity(i.Quantity)))]), default));
}

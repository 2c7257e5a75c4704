using BusinessM.Testing;

namespace BusinessM.Documents.Tests;

/// <summary>A region's fields on a document of Finance, over HTTP: the region says what they are, Finance has them.
/// </summary>
public sealed class TaxNumbersOfSuppliers(ShelfHost host) : IClassFixture<ShelfHost>
{
    private const string Suppliers = "/api/finance/suppliers";

    // Both stand among the vectors of tests/Regions.Tests/data/india-gst; the second with the check digit of none.
    private const string Right = "24AANFA2641L1ZF";
    private const string Wrong = "29AAFCA7488L1Z0";

    [Fact]
    public async Task are_offered_and_stored_and_a_wrong_check_digit_is_refused_here_and_in_a_file()
    {
        var company = await host.Company("IN");
        var parties = new Guid[3];
        for (var i = 0; i < parties.Length; i++)
            parties[i] = (await host.Client.Post("/api/masters/parties", new { company, name = $"Mill {i}", country = "IN" }))
                .Good().Id;

        var fields = (await host.Client.Get("/api/meta/finance.supplier")).Good().Json!["fields"]!.AsArray();
        fields.Select(f => (string?)f!["name"]).ShouldContain("gstin");
        fields.Select(f => (string?)f!["name"]).ShouldContain("pan");

        var made = (await host.Client.Post(Suppliers, new { company, party = parties[0], gstin = Right })).Good();
        ((string?)(await host.Client.Get($"{Suppliers}/{made.Id}")).Json!["gstin"]).ShouldBe(Right);
        (await Unchanged.During(host, () => host.Client.Post(Suppliers, new { company, party = parties[1], gstin = Wrong })))
            .Refused(400, "record.field.checksum", "gstin");
        (await Unchanged.During(host, () => host.Client.Patch($"{Suppliers}/{made.Id}", new { gstin = Wrong })))
            .Refused(400, "record.field.checksum", "gstin");

        var file = $"party,gstin\n{parties[1]},{Right}\n{parties[2]},{Wrong}\n";
        var taken = await Unchanged.During(host, () =>
            host.Client.Call("POST", $"{Suppliers}/import?company={company}&file=suppliers.csv", file));
        var error = taken.Good().Json!["errors"]!.AsArray().ShouldHaveSingleItem()!;
        ((int)error["row"]!, (string?)error["column"], (string?)error["code"])
            .ShouldBe((3, "gstin", "record.field.checksum"));
    }
}

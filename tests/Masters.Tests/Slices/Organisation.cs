using BusinessM.Contracts.Masters;
using BusinessM.Documents.Tests;
using BusinessM.HostTesting;
using BusinessM.Testing;

namespace BusinessM.Masters.Tests.Slices;

public sealed class Organisation(RunningHost host) : IClassFixture<RunningHost>
{
    private const string Path = "/api/masters/companies";

    [Fact]
    public async Task A_caller_sees_his_companies_and_no_others()
    {
        var (mine, other) = (await host.Company(), await host.Company());
        using var limited = await host.WithKey(["masters.*"], [new CompanyId(mine)]);
        (await limited.Get(Path)).Column("id").ShouldBe([mine.ToString()]);
        (await limited.Get($"{Path}/{other}")).Refused(404, "record.document.not-found");
        (await limited.Patch($"{Path}/{other}", new { name = "Mine now" })).Refused(404, "record.document.not-found");
        (await host.Client.Get(Path + "?take=500")).Column("id").ShouldContain(other.ToString());
    }

    [Fact, Produces("masters.company.is-founded")]
    public async Task A_company_is_made_with_its_books_only() =>
        (await host.Client.Post(Path, new
        {
            code = "NEW", name = "New", currency = "GBP", country = "GB", zone = "Europe/London",
                fiscalYearStartMonth = 1,
        })).Refused(409, "masters.company.is-founded");

    [Fact]
    public async Task What_the_books_stand_on_never_changes_and_the_rest_does()
    {
        var company = await host.Company();
        var branch = (await host.Client.Post("/api/masters/branches", new
        {
            company, code = "NORTH", name = "North", city = "York", postcode = "YO1",
        })).Good().Id;
        (await host.Client.Patch($"{Path}/{company}", new { currency = "EUR" }))
            .Refused(400, "record.field.read-only", "currency");
        (await host.Client.Patch($"{Path}/{company}", new { defaultBranch = await AnothersBranch() }))
            .Refused(400, "record.link.not-found", "defaultBranch");
        (await host.Client.Patch($"{Path}/{company}", new
        {
            legalName = "Test Company Limited", defaultBranch = branch, line1 = "1 Lane", city = "York",
        })).Good();
        var known = (await host.Do((IMasters masters) =>
            masters.Companies(new CompaniesQuery([new CompanyId(company)]), default))).Value.Single();
        (known.LegalName, known.DefaultBranch!.Value.Value, known.Address!.City, known.Address.Country)
            .ShouldBe(("Test Company Limited", branch, "York", "GB"));
        var branches = (await host.Do((IMasters masters) =>
            masters.Branches(new BranchesQuery(new CompanyId(company)), default))).Value;
        branches.Single(b => b.Id.Value == branch).Address!.Postcode.ShouldBe("YO1");
    }

    [Fact]
    public async Task Rates_are_entered_and_asked_like_documents()
    {
        var company = await host.Company();
        const string Rates = "/api/masters/exchange-rates";
        var made = (await host.Client.Post(Rates, new
        {
            company, from = "USD", to = "GBP", day = "2026-03-13", value = "0.772345678901", source = "ECB",
        })).Good();
        (await host.Client.Get($"{Rates}?company={company}")).Column("value").ShouldBe(["0.772345678901"]);
        (await host.Client.Post(Rates, new { company, from = "GBP", to = "GBP", day = "2026-03-13", value = "1" }))
            .Refused(400, "masters.rate.invalid", "value");
        (await host.Client.Post(Rates, new { company, from = "USD", to = "GBP", day = "2026-03-13", value = "0.8" }))
            .Refused(409, "record.document.duplicate");
        var rate = (await host.Do((IMasters masters) => masters.Rate(
            new RateQuery(new CompanyId(company), "USD", "GBP", new DateOnly(2026, 3, 15)), default))).Value;
        (rate.Value, rate.Source).ShouldBe((0.772345678901m, "ECB"));
        (await host.Client.Call("DELETE", $"{Rates}/{made.Id}")).Good();
        (await host.Do((IMasters masters) => masters.Rate(
            new RateQuery(new CompanyId(company), "USD", "GBP", new DateOnly(2026, 3, 15)), default))
                ).Failed.ShouldBeTrue();
    }

    [Fact]
    public async Task Units_and_currencies_are_lists_of_the_installation()
    {
        (await host.Client.Get("/api/masters/units?search=kilog")).Column("code").ShouldContain("KGM");
        (await host.Client.Get("/api/masters/currencies?search=yen")).Column("digits").ShouldBe(["0"]);
        (await host.Client.Get("/api/masters/countries?search=germ")).Column("code").ShouldBe(["DE"]);
        (await host.Client.Post("/api/masters/units", new { code = "X43", name = "Package, flow" })).Good();
        (await host.Client.Post("/api/masters/units", new { code = "KGM", name = "Again" }))
            .Refused(409, "record.document.duplicate", "code");
        (await host.Client.Post("/api/masters/units", new { code = "kilo", name = "Kilo" }))
            .Refused(400, "record.field.pattern", "code");
        (await host.Client.Post("/api/masters/currencies", new { code = "QQQ", name = "None" }))
            .Refused(400, "masters.currency.unknown", "code");
    }

    [Fact]
    public async Task Users_are_listed_without_what_they_sign_in_with()
    {
        var users = (await host.Client.Get("/api/masters/users?fields=*")).Good();
        users.Column("name").ShouldContain("admin");
        users.Text.ShouldNotContain("assword");
        (await host.Client.Get("/api/masters/users?fields=passwordHash"))
            .Refused(400, "record.query.invalid", "fields");
        (await host.Client.Get("/api/masters/roles")).Column("code").ShouldContain("administrator");
    }

    private async Task<Guid> AnothersBranch()
    {
        var other = await host.Company();
        return (await host.Do((IMasters masters) => masters.Branches(new BranchesQuery(new CompanyId(other)), default)))
            .Value.First().Id.Value;
    }
}

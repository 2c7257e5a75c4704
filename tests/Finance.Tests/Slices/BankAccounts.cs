using BusinessM.Testing;

namespace BusinessM.Finance.Tests.Slices;

public sealed class BankAccounts(FinanceApp app) : IClassFixture<FinanceApp>
{
    private const string Path = "/api/finance/bank-accounts";

    private static object Of(TestCompany company, string iban = "DE89 3704 0044 0532 0130 00", bool isDefault = false,
        string? currency = "EUR") =>
        new { company = company.Id, party = company.Customer, name = "Main", iban, currency, @default = isDefault };

    private Task<Answer> Patch(Answer account, object fields) => app.Send($"{Path}/{account["id"]}", fields, "PATCH");

    private Task<Answer> Confirm(HttpClient client, Answer account) =>
        FinanceApp.Send(client, $"{Path}/{account["id"]}/confirm", new { });

    [Fact]
    [Produces("finance.bank-account.same-person")]
    [Produces("finance.bank-account.confirmed")]
    public async Task Of_a_party_are_confirmed_by_a_second_person()
    {
        var company = await TestCompany.SetUp(app);
        var account = await app.Good(Path, Of(company));
        (account["iban"], account["state"]).ShouldBe(("DE89370400440532013000", "unconfirmed"));
        await app.Refused("finance.bank-account.same-person", () => Confirm(app.Client, account));
        using var other = await app.WithKey(["finance.bank-account.*"]);
        var confirmed = await Confirm(other, account);
        (confirmed.Status, confirmed["state"], confirmed["version"]).ShouldBe((200, "confirmed", "2"), confirmed.Text);
        await app.Refused("finance.bank-account.confirmed", () => Confirm(other, account));

        (await Patch(account, new { name = "Savings" }))["state"].ShouldBe("confirmed");
        (await FinanceApp.Send(other, $"{Path}/{account["id"]}", new { iban = "GB29 NWBK 6016 1331 9268 19" }, "PATCH"))
            ["state"].ShouldBe("unconfirmed");
        await app.Refused("finance.bank-account.same-person", () => Confirm(other, account));
        (await Confirm(app.Client, account))["state"].ShouldBe("confirmed");
    }

    [Fact]
    public async Task State_is_nobodys_to_set()
    {
        var company = await TestCompany.SetUp(app);
        var account = await app.Good(Path, Of(company));
        await app.Refused("record.field.read-only", () => Patch(account, new { state = "confirmed" }));
    }

    [Fact]
    public async Task Are_the_default_one_at_a_time()
    {
        var company = await TestCompany.SetUp(app);
        var first = await app.Good(Path, Of(company, isDefault: true));
        var dollars = await app.Good(Path, Of(company, isDefault: true, currency: "USD"));
        var second = await app.Good(Path, Of(company, "GB29NWBK60161331926819", isDefault: true));
        async Task<string?> Default(Answer account) => (await app.Good($"{Path}/{account["id"]}"))["default"];
        (await Default(first), await Default(dollars), await Default(second)).ShouldBe(("false", "true", "true"));
        (await Patch(first, new { @default = true })).Status.ShouldBe(200);
        (await Default(first), await Default(second)).ShouldBe(("true", "false"));
    }

    [Fact]
    [Produces("finance.bank-account.iban-invalid")]
    [Produces("finance.bank-account.no-number")]
    [Produces("finance.bank-account.not-found")]
    public async Task Refuse_what_does_not_fit()
    {
        var company = await TestCompany.SetUp(app);
        await app.Refused("finance.bank-account.iban-invalid", Path, Of(company, "DE88 3704 0044 0532 0130 00"));
        await app.Refused("finance.bank-account.no-number", Path, new { company = company.Id, name = "Main" });
        await app.Refused("record.field.pattern", Path, new { company = company.Id, name = "Main", number = "1",
            bic = "NOT A BIC" });
        await app.Refused("finance.account.not-found", Path, new { company = company.Id, name = "Main", number = "1",
            account = "1100" });
        (await app.Good(Path, new { company = company.Id, name = "Main", number = "1", account = "1120" }))["state"]
            .ShouldBe("confirmed");
        await app.Refused("finance.bank-account.not-found", $"{Path}/{Guid.CreateVersion7()}/confirm", new { });
    }
}

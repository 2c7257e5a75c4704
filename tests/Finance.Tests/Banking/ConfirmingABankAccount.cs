using BusinessM.Finance.Banking;
using BusinessM.Testing;

namespace BusinessM.Finance.Tests.Banking;

public sealed class ConfirmingABankAccount
{
    private const string German = "DE89370400440532013000";

    private static BankAccount Entered(string by, PartyId? party = null)
    {
        var account = new BankAccount { Party = party ?? Ids.New<PartyId>(), Name = "Main", Iban = German };
        account.Enter(by, changed: true).Failed.ShouldBeFalse();
        return account;
    }

    [Fact]
    public void Of_a_party_needs_someone_else_than_who_entered_it()
    {
        var account = Entered("ann");
        account.State.ShouldBe(BankAccountState.Unconfirmed);
        account.Confirm("ann").ShouldBeRefused("finance.bank-account.same-person");
        account.State.ShouldBe(BankAccountState.Unconfirmed);
        account.Confirm("bob").Failed.ShouldBeFalse();
        (account.State, account.ConfirmedBy).ShouldBe((BankAccountState.Confirmed, "bob"));
    }

    [Fact, Produces("finance.bank-account.unconfirmed")]
    public void Lets_it_be_paid_and_a_change_stops_it_again()
    {
        var account = Entered("ann");
        account.MayBePaid().ShouldBeRefused("finance.bank-account.unconfirmed");
        account.Confirm("bob").Failed.ShouldBeFalse();
        account.MayBePaid().Failed.ShouldBeFalse();
        account.Iban = "GB29NWBK60161331926819";
        account.Enter("bob", changed: true).Failed.ShouldBeFalse();
        account.MayBePaid().ShouldBeRefused("finance.bank-account.unconfirmed");
        account.Confirm("bob").ShouldBeRefused("finance.bank-account.same-person");
        account.Confirm("ann").Failed.ShouldBeFalse();
        account.Blocked = true;
        account.MayBePaid().ShouldBeRefused("finance.bank-account.unconfirmed");
    }

    // Ann types the number, Bob corrects the BIC: neither has seen what the other did confirmed.
    [Fact]
    public void Is_for_a_third_person_where_two_have_changed_it()
    {
        var account = Entered("ann");
        account.Bic = "COBADEFF";
        account.Enter("bob", changed: true).Failed.ShouldBeFalse();
        account.Confirm("ann").ShouldBeRefused("finance.bank-account.same-person");
        account.Confirm("bob").ShouldBeRefused("finance.bank-account.same-person");
        account.Confirm("eve").Failed.ShouldBeFalse();
        account.Bic = "COBADEFFXXX";
        account.Enter("bob", changed: true).Failed.ShouldBeFalse();
        account.Confirm("ann").Failed.ShouldBeFalse();
    }

    [Fact]
    public void Stays_as_it_is_where_something_else_is_changed()
    {
        var account = Entered("ann");
        account.Confirm("bob").Failed.ShouldBeFalse();
        account.Name = "Savings";
        account.Enter("ann", changed: false).Failed.ShouldBeFalse();
        account.MayBePaid().Failed.ShouldBeFalse();
    }

    [Fact]
    public void Of_the_company_itself_is_not_needed()
    {
        var own = new BankAccount { Name = "Main", Iban = "de89 3704 0044 0532 0130 00" };
        own.Enter("ann", changed: true).Failed.ShouldBeFalse();
        (own.State, own.Iban).ShouldBe((BankAccountState.Confirmed, German));
        own.Confirm("bob").ShouldBeRefused("finance.bank-account.confirmed");
    }

    [Fact]
    public void Is_not_reached_without_a_number_or_with_a_wrong_one()
    {
        new BankAccount { Name = "None" }.Enter("ann", true).ShouldBeRefused("finance.bank-account.no-number");
        new BankAccount { Name = "X", Iban = "DE88370400440532013000" }.Enter("ann", true)
            .ShouldBeRefused("finance.bank-account.iban-invalid");
        new BankAccount { Name = "X", Number = "12-34", Currency = "XXX" }.Enter("ann", true)
            .ShouldBeRefused("finance.currency.unknown");
        new BankAccount { Name = "X", Number = "12-34" }.Enter("ann", true).Failed.ShouldBeFalse();
    }
}

using BusinessM.Finance.Parties;
using BusinessM.Finance.Receivables;
using BusinessM.Testing;

namespace BusinessM.Finance.Tests.Parties;

public sealed class SellingToACustomer
{
    [Fact]
    public void Takes_its_tax_code_where_a_line_names_none()
    {
        var books = Some.Books();
        var draft = Some.Draft(Some.Line(1, 10), Some.Line(1, 10, "S20")) with { Customer = Some.Terms(tax: "S10") };
        SalesInvoice.Write(draft, books).Value.Lines.Select(line => line.TaxCode).ShouldBe(["S10", "S20"]);
    }

    [Fact]
    public void Who_is_blocked_for_sale_gets_credit_notes_only()
    {
        var books = Some.Books();
        var draft = Some.Draft(Some.Line(1, 10)) with { Customer = Some.Terms() with { SaleBlocked = true } };
        SalesInvoice.Write(draft, books).ShouldBeRefused("finance.customer.blocked");
        SalesInvoice.Write(draft with { Kind = InvoiceKind.CreditNote }, books).Failed.ShouldBeFalse();
        var gone = draft with { Kind = InvoiceKind.CreditNote, Customer = Some.Terms() with { Blocked = true } };
        SalesInvoice.Write(gone, books).ShouldBeRefused("finance.customer.blocked");
    }

    [Fact]
    public void Needs_a_reason_for_a_block_and_a_currency_that_is_one()
    {
        Customer Made(bool blocked, string? reason, string? currency = null) =>
            new() { Code = "C", SaleBlocked = blocked, BlockReason = reason, Currency = currency };
        Error? Checked(Customer customer) => PartyRole.Complete(customer, Some.Customer, isNew: true);

        Checked(Made(true, " "))!.Code.ShouldBe("finance.block.no-reason");
        Checked(Made(true, "Bills of May are unpaid")).ShouldBeNull();
        Checked(Made(false, null, "XXX"))!.Code.ShouldBe("finance.currency.unknown");
        Checked(Made(false, null, "JPY")).ShouldBeNull();
    }

    [Fact]
    public void Is_known_by_the_partys_name_where_it_has_none()
    {
        var (unnamed, named) = (new Supplier { Code = "S" }, new Supplier { Code = "S", Name = "Own name" });
        PartyRole.Complete(unnamed, Some.Customer, isNew: true).ShouldBeNull();
        PartyRole.Complete(named, Some.Customer, isNew: true).ShouldBeNull();
        (unnamed.Name, named.Name).ShouldBe((Some.Customer.Name, "Own name"));
    }

    [Fact]
    public void Of_a_blocked_party_is_not_begun_but_goes_on()
    {
        var party = Some.Customer with { Blocked = true };
        PartyRole.Complete(new Customer { Code = "C" }, party, isNew: true)!.Code.ShouldBe("finance.party.blocked");
        PartyRole.Complete(new Customer { Code = "C" }, party, isNew: false).ShouldBeNull();
    }

    [Fact]
    public void Registered_for_tax_from_a_day_to_a_day_counts_on_both()
    {
        var registration = new TaxRegistration { ValidFrom = new(2024, 1, 1), ValidTo = new(2024, 6, 30) };
        registration.Check().Failed.ShouldBeFalse();
        (registration.IsValid(new(2023, 12, 31)), registration.IsValid(new(2024, 1, 1))).ShouldBe((false, true));
        (registration.IsValid(new(2024, 6, 30)), registration.IsValid(new(2024, 7, 1))).ShouldBe((true, false));
        registration.ValidTo = new(2023, 12, 31);
        registration.Check().ShouldBeRefused("finance.tax-registration.validity-reversed").Field.ShouldBe("validTo");
    }
}

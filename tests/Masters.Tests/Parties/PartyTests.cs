using BusinessM.Masters.Parties;

namespace BusinessM.Masters.Tests.Parties;

public sealed class PartyTests
{
    private readonly CompanyId _company = Ids.New<CompanyId>();

    [Fact]
    public void A_merged_party_stays_blocked_and_names_the_one_that_stands_for_it()
    {
        var (from, into) = (Made("A"), Made("B"));
        from.MergeInto(into).Failed.ShouldBeFalse();
        from.ToContract().MergedInto.ShouldBe(into.Id);
        from.Blocked.ShouldBeTrue();
        into.Blocked.ShouldBeFalse();
        from.CheckChange().ShouldBeNull();
        from.Blocked = false;
        from.CheckChange()!.Code.ShouldBe(MastersErrors.PartyMerged.Code);
    }

    [Fact]
    public void Merging_needs_another_party_of_the_company_that_can_be_used()
    {
        var (from, blocked, erased) = (Made("A"), Made("B"), Made("C"));
        blocked.Blocked = true;
        erased.Erase().Failed.ShouldBeFalse();
        var foreign = new Party { Company = Ids.New<CompanyId>(), Code = "F", Name = "Foreign" };
        foreach (var into in new[] { from, blocked, erased, foreign })
            from.MergeInto(into).Failure.Code.ShouldBe(MastersErrors.MergeInvalid.Code);
        (from.Blocked, from.MergedInto).ShouldBe((false, null));
        from.MergeInto(Made("D")).Failed.ShouldBeFalse();
        from.MergeInto(Made("E")).Failure.Code.ShouldBe(MastersErrors.MergeInvalid.Code);
        erased.MergeInto(Made("E")).Failure.Code.ShouldBe(MastersErrors.MergeInvalid.Code);
    }

    [Fact]
    public void Erasing_leaves_nothing_that_tells_who_it_was()
    {
        var party = Made("SMITH");
        (party.Name, party.LegalName, party.Email, party.Phone) = ("Jo Smith", "J. Smith", "jo@smith.test", "+44 1");
        (party.Web, party.Note, party.Language, party.Country) = ("smith.test", "Likes tea", "en", "GB");
        party.Erase().Failed.ShouldBeFalse();
        var kept = string.Join('|', typeof(Party).GetProperties().Where(p => p.GetIndexParameters().Length == 0
            && p.Name is not (nameof(Party.Code) or nameof(Party.ErasedCode))).Select(p => p.GetValue(party)));
        foreach (var word in new[] { "smith", "Smith", "+44", "tea", "Jo" }) kept.ShouldNotContain(word);
        party.ErasedCode.ShouldMatch(@"\AERASED-[0-9a-f]{20}\z");
        (party.Erased, party.Blocked, party.Country).ShouldBe((true, true, "GB"));
        party.CheckChange()!.Code.ShouldBe(MastersErrors.PartyErased.Code);
        party.Erase().Failure.Code.ShouldBe(MastersErrors.PartyErased.Code);
    }

    [Fact]
    public void Addresses_and_contacts_are_emptied_too()
    {
        var address = new Address { Name = "Home", Line1 = "1 Lane", Line2 = "x", City = "York", Region = "N",
            Postcode = "YO1", Country = "GB" };
        address.Erase();
        (address.Name, address.Line1, address.Line2, address.City, address.Region, address.Postcode, address.Country)
            .ShouldBe(("Erased", null, null, null, null, null, "GB"));
        var contact = new Contact { Name = "Jo", Role = "Owner", Email = "jo@smith.test", Phone = "1" };
        contact.Erase();
        (contact.Name, contact.Role, contact.Email, contact.Phone).ShouldBe(("Erased", null, null, null));
    }

    [Theory]
    [InlineData(null, "York", "1 Lane", "York")]
    [InlineData(" ", null, "1 Lane", "1 Lane")]
    [InlineData(null, null, null, "GB")]
    [InlineData("Head office", "York", null, "Head office")]
    public void An_address_is_called_something(string? name, string? city, string? line, string called)
    {
        var address = new Address { Name = name, City = city, Line1 = line, Country = "GB" };
        address.Complete();
        address.Name.ShouldBe(called);
    }

    private Party Made(string code) => new() { Company = _company, Code = code, Name = code };
}

using System.Text;
using BusinessM.Contracts.Regions;
using BusinessM.Records;

namespace BusinessM.Regions.Tests;

public sealed class Contributions
{
    public static TheoryData<string> Regions() => ["India", "Europe"];

    private static RegionContribution Of(string region) => region == "India" ? Fields.India : Fields.Europe;

    [Theory, MemberData(nameof(Regions))]
    public void are_accepted_by_the_owners_of_the_documents(string region)
    {
        var contribution = Of(region);
        contribution.Region.ShouldBe(region);
        contribution.Needs.ShouldBe(["finance"]);
        contribution.Enriches.ShouldBe(["wms", "people"]);
        contribution.Fields.Select(f => (f.Document, f.Field.Name)).ShouldBeUnique();
        foreach (var (_, field) in contribution.Fields)
        {
            FieldChecks.Refuse(field).ShouldBeNull(field.Name);
            field.Source.ShouldBe(region);
            contribution.Countries.ShouldContain(field.Countries![0]);
        }
    }

    [Fact]
    public void stand_on_the_documents_that_carry_tax_numbers()
    {
        string[] parties = ["finance.customer", "finance.supplier"];
        string[] all = [.. parties, "finance.tax-registration", "masters.branch"];
        On(Fields.India, "gstin").ShouldBe(all);
        On(Fields.India, "pan").ShouldBe(parties);
        On(Fields.Europe, "vatId").ShouldBe(all);
        On(Fields.Europe, "leitwegId").ShouldBe(["finance.customer"]);
        Fields.Gstin.ShouldSatisfyAllConditions(f => f.Section.ShouldBe("Tax"), f => f.InList.ShouldBeTrue(),
            f => f.Indexed.ShouldBeTrue(), f => f.Countries.ShouldBe(["IN"]));
    }

    private static IEnumerable<string> On(RegionContribution region, string name) =>
        region.Fields.Where(f => f.Field.Name == name).Select(f => f.Document);

    /// <summary>A region that lives in another process reaches the owner as text: the same text again when the owner
    /// passes it on, and the same verdicts with the same words.</summary>
    [Theory, MemberData(nameof(Regions))]
    public void survive_the_wire(string region)
    {
        var there = Of(region);
        var here = there.Travelled();
        Encoding.UTF8.GetString(Wire.Bytes(here)).ShouldBe(Encoding.UTF8.GetString(Wire.Bytes(there)));
        string[] texts =
        [
            .. Fields.Rows("india-gst/gstin_vectors.csv").Select(r => r[0]),
            .. Fields.Rows("vat-ids/vat_ids.csv").Select(r => r[0]),
            .. Fields.Rows("leitweg/leitweg_ids.csv").Select(r => r[0]),
            "ABCPE1234F", "ABCDE1234F", "",
        ];
        var refusals = 0;
        foreach (var (document, field) in there.Fields)
            foreach (var text in texts)
            {
                var refused = field.Check(text);
                here.Field(document, field.Name).Check(text).ShouldBe(refused);
                if (refused is not null) refusals++;
            }
        refusals.ShouldBeGreaterThan(there.Fields.Count * 100);
    }

    [Fact]
    public void of_India_bring_an_account_for_each_part_of_GST()
    {
        var roles = Fields.India.Accounts.ToDictionary(a => a.Role!);
        foreach (var part in new[] { "cgst", "sgst", "igst" })
        {
            roles[$"input-{part}"].Type.ShouldBe("asset");
            roles[$"output-{part}"].Type.ShouldBe("liability");
        }
        Fields.India.Accounts.Select(a => a.Code).ShouldBeUnique();
    }

    /// <summary>Lakh and crore: 3 digits, and then 2 and 2.</summary>
    [Fact]
    public void say_how_numbers_are_written()
    {
        Fields.India.Numbers!.Groups.ShouldBe([3, 2]);
        Fields.Europe.Numbers!.Decimal.ShouldBe(",");
        Fields.Europe.NumbersByCountry.Select(n => n.Country).ShouldBeSubsetOf(Fields.Europe.Countries);
        Fields.Europe.NumbersByCountry.ShouldAllBe(n => n.Style.Decimal != n.Style.Group);
        Fields.Europe.NumbersByCountry.Single(n => n.Country == "IE").Style.Decimal.ShouldBe(".");
    }
}

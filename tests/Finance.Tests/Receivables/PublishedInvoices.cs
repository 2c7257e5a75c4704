using System.Globalization;
using System.Xml.Linq;
using BusinessM.Finance.Receivables;
using BusinessM.Finance.Tax;

namespace BusinessM.Finance.Tests.Receivables;

/// <summary>Reads a UBL 2.1 invoice or credit note as far as its arithmetic goes.</summary>
internal static class PublishedInvoices
{
    public static string Folder { get; } = Path.Combine(AppContext.BaseDirectory, "data", "einvoices");

    public static IEnumerable<string> Files() => Directory.EnumerateFiles(Folder, "*.xml", SearchOption.AllDirectories)
        .Select(file => Path.GetRelativePath(Folder, file)).Order(StringComparer.Ordinal);

    public static XElement Read(string file) => XDocument.Load(Path.Combine(Folder, file)).Root!;

    public static Bill ToBill(string file)
    {
        var root = Read(file);
        var currency = Currency.Of(root.Text("DocumentCurrencyCode")!);
        var totals = root.One("LegalMonetaryTotal")!;
        var rounding = totals.Number("PayableRoundingAmount") ?? 0;
        return new Bill(currency, [.. root.Elements().Where(e => e.Name.LocalName is "InvoiceLine" or "CreditNoteLine")
            .Select(line => ToLine(file, line))], [.. root.Many("AllowanceCharge").Select(ToAdjustment)],
            Prepaid: totals.Number("PrepaidAmount") ?? 0, RoundTo: rounding == 0 ? null : 1);
    }

    /// <summary>Lines whose published net is not quantity x price; the CEN rules do not look at that. They are read as
    /// one unit at their net.</summary>
    public static readonly (string File, string Line)[] NotTheirProduct =
    [
        ("cen-en16931/guide-example1.xml", "20"),      // 6 x 18.33, net -109.98
        ("cen-en16931/guide-example2.xml", "1"),       // 2 x 1273.00, net 1273.00
        ("cen-en16931/ubl-tc434-example3.xml", "1"),   // 2 x 800.00, net 800.00
        ("cen-en16931/ubl-tc434-example3.xml", "2"),   // 2 x 800.00, net 800.00
        ("xrechnung/03.01a-INVOICE_ubl.xml", "3.3"),   // 245 x 0.1973 = 48.3385, net 48.33
    ];

    private static BillLine ToLine(string file, XElement line)
    {
        if (NotTheirProduct.Contains((file, line.Text("ID")!)))
        {
            return new BillLine(new Quantity(1), new UnitPrice(line.Number("LineExtensionAmount")!.Value), 1,
                ToVat(line.One("Item")!.One("ClassifiedTaxCategory")!), []);
        }
        var quantity = line.Elements().Single(e => e.Name.LocalName is "InvoicedQuantity" or "CreditedQuantity");
        var price = line.One("Price")!;
        return new BillLine(new Quantity(Parse(quantity.Value)), new UnitPrice(price.Number("PriceAmount")!.Value),
            price.Number("BaseQuantity") ?? 1, ToVat(line.One("Item")!.One("ClassifiedTaxCategory")!),
            [.. line.Many("AllowanceCharge").Select(ToAdjustment)]);
    }

    private static Adjustment ToAdjustment(XElement e) => new(e.Text("ChargeIndicator") == "true", e.Number("Amount"),
        null, e.Text("AllowanceChargeReason"), e.One("TaxCategory") is { } vat ? ToVat(vat) : null);

    public static Vat ToVat(XElement e) => new(Enum.Parse<VatCategory>(e.Text("ID")!), e.Number("Percent") ?? 0);

    public static XElement? One(this XElement e,
        string name) => e.Elements().FirstOrDefault(x => x.Name.LocalName == name);

    public static IEnumerable<XElement> Many(this XElement e,
        string name) => e.Elements().Where(x => x.Name.LocalName == name);

    public static string? Text(this XElement e, string name) => e.One(name)?.Value.Trim();

    public static decimal? Number(this XElement e, string name) => e.Text(name) is { } text ? Parse(text) : null;

    public static decimal Parse(string text) => decimal.Parse(text, NumberStyles.Float, CultureInfo.InvariantCulture);
}

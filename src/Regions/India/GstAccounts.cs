using BusinessM.Contracts.Regions;

namespace BusinessM.Regions;

/// <summary>The accounts of GST: the tax of the centre, of the state or union territory, and of trade between states
/// apart, as returns GSTR-1 and GSTR-3B ask for them.</summary>
internal static class GstAccounts
{
    private const string Receivables = "1200";
    private const string TaxesPayable = "2200";
    private const string Expenses = "6000";

    internal static IReadOnlyList<ChartOverlay> All { get; } =
    [
        Asset("1251", "Input CGST", "input-cgst"),
        Asset("1252", "Input SGST/UTGST", "input-sgst"),
        Asset("1253", "Input IGST", "input-igst"),
        Asset("1254", "Input cess", "input-cess"),
        Asset("1255", "Electronic cash ledger", "gst-cash"),
        Liability("2211", "Output CGST", "output-cgst"),
        Liability("2212", "Output SGST/UTGST", "output-sgst"),
        Liability("2213", "Output IGST", "output-igst"),
        Liability("2214", "Output cess", "output-cess"),
        Liability("2241", "CGST reverse charge", "rcm-cgst"),
        Liability("2242", "SGST reverse charge", "rcm-sgst"),
        Liability("2243", "IGST reverse charge", "rcm-igst"),
        new("6910", "Ineligible input tax (blocked credit)", "expense", "itc-blocked") { Parent = Expenses },
    ];

    private static ChartOverlay Asset(string code, string name, string role) =>
        new(code, name, "asset", role) { Parent = Receivables };

    private static ChartOverlay Liability(string code, string name, string role) =>
        new(code, name, "liability", role) { Parent = TaxesPayable };
}

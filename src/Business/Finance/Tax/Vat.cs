namespace BusinessM.Finance.Tax;

/// <summary>VAT category codes of EN 16931 (BT-118, BT-151; a subset of UNTDID 5305): S standard, Z zero, E exempt, AE
/// reverse charge, K intra-community, G export, O out of scope, L Canary Islands, M Ceuta and Melilla, B split payment.
/// </summary>
public enum VatCategory { S, Z, E, AE, K, G, O, L, M, B }

/// <summary>One group of the VAT breakdown (EN 16931 BG-23): a category and a rate in percent.</summary>
public readonly record struct Vat(VatCategory Category, decimal Percent)
{
    /// <summary>Whether the category may have a rate above zero.</summary>
    public static bool TakesRate(VatCategory category) =>
        category is VatCategory.S or VatCategory.L or VatCategory.M or VatCategory.B;

    /// <summary>The tax on a sum, rounded once (BR-CO-17).</summary>
    public decimal On(decimal taxable, Currency currency) => Money.Round(taxable * Percent / 100m, currency).Amount;

    /// <summary>What is left of a sum that includes the tax (policy 10), rounded once.</summary>
    public decimal NetOf(decimal gross, Currency currency) => Money.Round(Share(gross), currency).Amount;

    /// <summary>The same, not rounded.</summary>
    public decimal Share(decimal gross) => gross * 100m / (100m + Percent);
}

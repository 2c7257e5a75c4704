using BusinessM.Records;

namespace BusinessM.Finance.Tax;

internal readonly record struct TaxCodeId(Guid Value) : ITypedId<TaxCodeId>
{
    public static TaxCodeId From(Guid value) => new(value);
}

/// <summary>A tax of a company as it is entered. The books keep a copy of what invoices stand on
/// (<see cref="TaxCode"/>), written with the same commit.</summary>
[DocumentType("tax-code", "Tax code", "Tax codes", Table = "tax_code")]
internal sealed class TaxCodeDocument : Master<TaxCodeId>
{
    // Codes of the list that the European Commission keeps for BT-121; it grows.
    private const string ReasonPattern = "VATEX-[A-Z]{2}(-[0-9A-Z]+)+";

    [Field("Code", Length = 20, Required = true, Unique = true, InList = true, InSearch = true)]
    public string Code { get; init; } = "";

    [Field("Name", Length = 200, Required = true, InList = true, InSearch = true)]
    public string Name { get; set; } = "";

    [Field("VAT category (UNCL5305)", Required = true, InList = true, Options = "s=Standard rate (S), "
        + "z=Zero rated goods (Z), e=Exempt from tax (E), ae=VAT reverse charge (AE), k=Intra-community supply (K), "
        + "g=Free export item (G), o=Outside scope of tax (O), l=Canary Islands IGIC (L), "
        + "m=Ceuta and Melilla IPSI (M), b=Transferred VAT in Italy (B)")]
    public VatCategory Category { get; init; }

    [Field("Calculation", InList = true, Default = "percent")]
    public TaxCalculation Calculation { get; init; }

    [Field("Due", InList = true, Default = "onInvoice")]
    public TaxDue Due { get; set; }

    [Field("Recoverable %", Min = "0", Max = "100", Default = "100", Help = "Of tax on purchases.")]
    public decimal RecoverablePercent { get; set; } = 100;

    [Field("Raises the next one's base", Default = "false")]
    public bool RaisesNextBase { get; set; }

    [Field("Exemption reason (VATEX)", Length = 40, Pattern = ReasonPattern,
        PatternMessage = "A reason is a code of the VATEX list, such as VATEX-EU-IC.", Help = "BT-121.")]
    public string? ExemptionReason { get; set; }

    [Children("Rates")]
    public List<TaxRate> Rates { get; } = [];

    [Children("Report boxes")]
    public List<TaxReportBox> Boxes { get; } = [];

    /// <summary>The document of a code that was declared.</summary>
    public static TaxCodeDocument Of(CompanyId company, TaxCode code)
    {
        var document = new TaxCodeDocument
        {
            Company = company, Code = code.Code, Category = code.Category, Calculation = code.Calculation,
        };
        document.Change(code);
        return document;
    }

    /// <summary>Takes name, due and rates; the category stays. A rate that was there keeps its row.</summary>
    public void Change(TaxCode code)
    {
        (Name, Due) = (code.Name, code.Due);
        var rates = Vat.TakesRate(Category) ? code.Rates : [];
        Rates.RemoveAll(rate => rates.All(r => r.From != rate.ValidFrom));
        for (var i = 0; i < rates.Count; i++)
        {
            var rate = Rates.Find(r => r.ValidFrom == rates[i].From);
            if (rate is null) Rates.Add(rate = new TaxRate { ValidFrom = rates[i].From });
            (rate.Seq, rate.Percent) = (i + 1, rates[i].Percent);
        }
    }

    /// <summary>As invoices take it. Refuses what <see cref="TaxCode.Declare"/> refuses; a rate that is no percentage,
    /// or no amount where the tax is one per unit; and a reason of exemption where the category may have none (EN 16931
    /// BR-S-10, BR-Z-10, BR-AF-10, BR-AG-10).</summary>
    public Result<TaxCode> ToTaxCode()
    {
        if (ExemptionReason is not null && (Vat.TakesRate(Category) || Category == VatCategory.Z))
            return FinanceErrors.TaxReasonNotAllowed.With($"Category {Category} has no reason of exemption",
                "exemptionReason");
        var perUnit = Calculation == TaxCalculation.PerUnit;
        for (var i = 0; i < Rates.Count; i++)
        {
            if ((Rates[i].Amount is null) != perUnit && (Rates[i].Percent is null) == perUnit) continue;
            return FinanceErrors.TaxRateNotAllowed.With(perUnit ? (FormattableString)
                $"A tax per unit has an amount in place of a percentage" : $"A tax in percent has a percentage",
                FormattableString.Invariant($"rates[{i}]"));
        }
        var code = TaxCode.Declare(Code, Name, Category, Due, [.. Rates.Select(rate =>
            new DatedRate(rate.ValidFrom, rate.Percent ?? 0))]);
        return code.Failed ? code.Failure : code.Value with { Calculation = Calculation, Blocked = Blocked };
    }
}

/// <summary>What the tax is from a tax point on (policy 11).</summary>
internal sealed class TaxRate : Part<TaxCodeId>
{
    [Field("From", Name = "from", Required = true)]
    public DateOnly ValidFrom { get; set; }

    [Field("Percent", Min = "0", Max = "100")]
    public decimal? Percent { get; set; }

    [Field("Amount per unit", Min = "0", Help = "In the company's currency.")]
    public decimal? Amount { get; set; }
}

internal enum BoxAmount { Base, Tax }

internal enum BoxSign { Plus, Minus }

/// <summary>A box of the tax return that the tax or its base is counted into.</summary>
internal sealed class TaxReportBox : Part<TaxCodeId>
{
    [Field("Box", Length = 20, Required = true)]
    public string Box { get; set; } = "";

    [Field("Amount", Default = "tax")]
    public BoxAmount Counts { get; set; }

    [Field("Sign", Default = "plus")]
    public BoxSign Sign { get; set; }
}

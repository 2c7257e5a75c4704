using BusinessM.Contracts.RecordKeeper;
using BusinessM.Finance.Ledger;
using BusinessM.Records;
using Microsoft.EntityFrameworkCore;

namespace BusinessM.Finance.Terms;

internal readonly record struct PaymentTermsId(Guid Value) : ITypedId<PaymentTermsId>
{
    public static PaymentTermsId From(Guid value) => new(value);
}

/// <summary>Terms of payment as they are entered. Without instalments all falls due by the days and rule of the terms
/// themselves.</summary>
[DocumentType("payment-terms", "Payment terms", "Payment terms", Table = "payment_terms")]
internal sealed class PaymentTermsDocument : Master<PaymentTermsId>
{
    public const string Rules = "net=Days after issue, endOfMonth=Days then end of that month, "
        + "afterEndOfMonth=End of month then days, dayOfMonth=Days then the next such day of a month";

    [Field("Code", Length = 20, Required = true, Unique = true, InList = true, InSearch = true)]
    public string Code { get; init; } = "";

    [Field("Name", Length = 200, Required = true, InList = true, InSearch = true)]
    public string Name { get; set; } = "";

    [Field("Days", InList = true, Min = "0", Max = "3650", Default = "0")]
    public int Days { get; set; }

    [Field("Rule", InList = true, Default = "net", Options = Rules)]
    public DueRule Rule { get; set; }

    [Field("Day of month", Min = "1", Max = "31")]
    public int? Day { get; set; }

    [Field("Discount %", Section = "Discount", InList = true, Min = "0", Max = "100")]
    public decimal? DiscountPercent { get; set; }

    [Field("Discount days", Section = "Discount", InList = true, Min = "0", Max = "3650")]
    public int? DiscountDays { get; set; }

    [Children("Instalments")]
    public List<PaymentInstalment> Instalments { get; } = [];

    /// <summary>As decisions take them; the refusals of <see cref="PaymentTerms.Declare"/>.</summary>
    public Result<PaymentTerms> ToTerms() => PaymentTerms.Declare(Code, Name, Instalments is []
        ? [new DueStep(100, Days, Rule, Day)]
        : [.. Instalments.OrderBy(i => i.Seq).Select(i => new DueStep(i.Percent, i.Days, i.Rule, i.Day))],
        DiscountPercent, DiscountDays);
}

/// <summary>A share of the total with a due date of its own.</summary>
internal sealed class PaymentInstalment : Part<PaymentTermsId>
{
    [Field("Share %", Required = true, Min = "0", Max = "100")]
    public decimal Percent { get; set; }

    [Field("Days", Min = "0", Max = "3650", Default = "0")]
    public int Days { get; set; }

    [Field("Rule", Default = "net", Options = PaymentTermsDocument.Rules)]
    public DueRule Rule { get; set; }

    [Field("Day of month", Min = "1", Max = "31")]
    public int? Day { get; set; }
}

/// <summary>Terms as they are entered. The books keep a copy, so that a decision relies on one version.</summary>
internal sealed class PaymentTermsRules(FinanceDb db, IUnitOfWork unit) : IDocumentRules<PaymentTermsDocument>
{
    public async Task<Result<Done>> Before(DocumentChange<PaymentTermsDocument> change, CancellationToken ct)
    {
        var terms = change.Document.ToTerms();
        if (terms.Failed) return terms.Failure;
        var company = change.Document.Company;
        var settings = await db.Settings.SingleOrDefaultAsync(s => s.Id == company, ct);
        if (settings is null) return FinanceErrors.CompanyNotFound.With($"There is no company {company} with books");
        settings.Put(terms.Value);
        unit.Include(new BooksChanged(company, () => settings.Version));
        return Done.Ok;
    }

    public Task<Result<Done>> BeforeRemoval(PaymentTermsDocument document, CancellationToken ct) =>
        Task.FromResult<Result<Done>>(RecordErrors.Kept.With(
            $"Payment terms are not removed, since documents may name {document.Code}: block them"));
}

using BusinessM.Contracts.BookKeeper;
using BusinessM.Contracts.Masters;
using BusinessM.Contracts.RecordKeeper;
using BusinessM.Finance.Ledger;
using BusinessM.Finance.Receivables;
using BusinessM.Finance.SetUp;
using BusinessM.Finance.Tax;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace BusinessM.Finance.Import;

/// <summary>The demo company: set up, and some of its invoices paid, by the same slices as any other. One unit of work
/// per call; repeating one is harmless.</summary>
public sealed class DemoBooks
{
    /// <summary>The same in every installation.</summary>
    public static readonly CompanyId Company = new(Ids.Derive(Guid.Empty, "the demo company of Business M"));

    private readonly IServiceProvider _unit;

    internal DemoBooks(IServiceProvider unit) => _unit = unit;

    /// <summary>A wholesaler in Great Britain with books for 2010 and for the year of <paramref name="today"/>. VAT as it
    /// was: 17.5 % until 3 January 2011, 20 % since (Finance (No. 2) Act 2010, s. 3).</summary>
    public async Task<Result<Done>> SetUp(DateOnly today, CancellationToken ct)
    {
        var made = await _unit.GetRequiredService<CompanySetUp>().Include(new SetUpCompany.SetUpCompanyRequest
        {
            Id = Company, Code = "GIFTS", Name = "Online Gifts (demo)", Currency = "GBP", Country = "GB", Zone = "Europe/London",
            FirstDay = new DateOnly(2010, 12, 1), BranchId = new BranchId(Ids.Derive(Company.Value, "MAIN")), BranchName = "London",
            TaxCodes =
            [
                new() { Code = "S", Name = "Standard rate", Category = VatCategory.S,
                    Rates = [new(new DateOnly(2010, 1, 1), 17.5m), new(new DateOnly(2011, 1, 4), 20m)] },
                new() { Code = "Z", Name = "Zero rate", Category = VatCategory.Z },
                new() { Code = "O", Name = "Out of the scope of VAT", Category = VatCategory.O },
            ],
        }, ct);
        if (made.Failed) return made.Failure;
        var now = FiscalYear.Holding(today, 1).Value;
        if (!now.Overlaps(made.Value.Settings.FiscalYears[0]))
        {
            if (made.Value.Settings.Add(now).TryFailure(out var refused)) return refused;
            var periods = await _unit.GetRequiredService<IBookKeeper>().PutPeriods(now.Periods(Company), ct);
            if (periods.Failed) return periods.Failure;
        }
        return await _unit.GetRequiredService<FinanceDb>().Commit(ct);
    }

    /// <summary>What the customer of an imported invoice pays: all that is open of it, or the part that is named; with a
    /// discount given for paying early.</summary>
    public async Task<Result<Done>> Receive(string invoiceNumber, DateOnly day, decimal? part, decimal discount,
        CancellationToken ct)
    {
        var db = _unit.GetRequiredService<FinanceDb>();
        var id = new ReceiptId(Ids.Derive(Company.Value, "receipt for " + invoiceNumber));
        if (await db.Receipts.AnyAsync(r => r.Id == id, ct)) return new Done();
        var invoice = await db.SalesInvoices.AsNoTracking().SingleOrDefaultAsync(i => i.Company == Company
            && i.Number == invoiceNumber && i.Status == InvoiceStatus.Posted, ct);
        if (invoice is null) return FinanceErrors.InvoiceNotFound.With($"There is no invoice {invoiceNumber}");
        var amount = part ?? invoice.Open;
        var answer = await SubmitReceipt.Handle(new SubmitReceipt.ReceiptRequest
        {
            Id = id, Company = Company, Party = invoice.Party, ReceivedOn = day, Currency = invoice.Currency.Code,
            Amount = amount - discount, Reference = "Payment of " + invoiceNumber,
            Allocations = [new() { Invoice = invoice.Id, Amount = amount, Discount = discount }],
        }, db, _unit.GetRequiredService<BooksOf>(), _unit.GetRequiredService<IMasters>(),
            _unit.GetRequiredService<IBookKeeper>(), _unit.GetRequiredService<IUnitOfWork>(), ct);
        return answer.Result is ProblemHttpResult { ProblemDetails: var problem }
            ? new Error(ErrorKind.Conflict, problem.Title!, problem.Detail!) : new Done();
    }
}

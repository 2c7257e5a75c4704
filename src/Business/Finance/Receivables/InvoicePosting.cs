using BusinessM.Contracts.BookKeeper;
using BusinessM.Finance.Ledger;

namespace BusinessM.Finance.Receivables;

/// <summary>From a sales invoice to its journal: the receivable against income per account, tax per account, document
/// allowances, charges and rounding. Each amount is converted by itself; what the conversion leaves over goes to the
/// largest line, so that the journal balances in the company's currency too (policy 12).</summary>
internal sealed class InvoicePosting(SalesInvoice invoice, CompanyBooks books, decimal rate)
{
    // Credits of an invoice above zero; a credit note is its mirror.
    private readonly List<(string Account, decimal Amount, decimal Base)> _credits = new(8);

    public decimal Total { get; } = invoice.TaxInclusive + invoice.Rounding;

    public decimal BaseTotal { get; private set; }

    public decimal BaseTax { get; private set; }

    public Result<Journal> Journal(DateOnly date)
    {
        foreach (var line in invoice.Lines) Add(line.Account, line.Net);
        foreach (var tax in invoice.Taxes) Add(tax.Account, tax.Tax);
        if (AddOthers().TryFailure(out var refused)) return refused;
        _credits.RemoveAll(credit => credit.Amount == 0);
        if (_credits.Count == 0) return FinanceErrors.NothingToPost.With($"Every amount of the document is zero",
            "lines");
        Convert();
        var lines = new List<JournalLine>(_credits.Count + 1);
        if (Total != 0) lines.Add(Line(invoice.ReceivableAccount, -Total, -BaseTotal, invoice.Party.ToString()));
        foreach (var (account, amount, value) in _credits) lines.Add(Line(account, amount, value, null));
        return new Journal(invoice.Id.Value, invoice.Company, date,
            new JournalSource(invoice.Series.Source, invoice.Id.Value, invoice.OwnNumber ? invoice.Number : null),
                lines);
    }

    private Result<Done> AddOthers()
    {
        if (invoice.Rounding != 0)
        {
            var rounding = books.Roles.Of(Roles.Rounding);
            if (rounding.Failed) return rounding.Failure;
            Add(rounding.Value, invoice.Rounding);
        }
        if (invoice.Adjustments is null) return Done.Ok;
        foreach (var adjustment in invoice.Adjustments)
        {
            var account = books.Roles.Of(adjustment.Charge ? Roles.SalesCharge : Roles.SalesDiscount);
            if (account.Failed) return account.Failure;
            Add(account.Value, adjustment.Charge ? adjustment.Amount : -adjustment.Amount);
        }
        return Done.Ok;
    }

    private void Add(string account, decimal amount)
    {
        for (var i = 0; i < _credits.Count; i++)
        {
            if (_credits[i].Account != account) continue;
            _credits[i] = (account, _credits[i].Amount + amount, 0);
            return;
        }
        _credits.Add((account, amount, 0));
    }

    private void Convert()
    {
        BaseTotal = InBase(Total);
        BaseTax = InBase(invoice.TaxTotal);
        var (left, largest) = (BaseTotal, 0);
        for (var i = 0; i < _credits.Count; i++)
        {
            var (account, amount, _) = _credits[i];
            _credits[i] = (account, amount, InBase(amount));
            left -= _credits[i].Base;
            if (Math.Abs(amount) > Math.Abs(_credits[largest].Amount)) largest = i;
        }
        var (name, sum, value) = _credits[largest];
        _credits[largest] = (name, sum, value + left);
    }

    private decimal InBase(decimal amount) => invoice.Currency == books.Currency ? amount
        : Money.Round(amount * rate, books.Currency).Amount;

    private JournalLine Line(string account, decimal credit, decimal value, string? party)
    {
        var side = (credit > 0) == (invoice.Kind == InvoiceKind.Invoice) ? Side.Credit : Side.Debit;
        return new JournalLine(account, side, Math.Abs(credit), invoice.Currency.Code, Math.Abs(value), party);
    }
}

using System.Globalization;
using System.Text.RegularExpressions;
using BusinessM.Contracts.BookKeeper;
using BusinessM.Contracts.Masters;
using BusinessM.Finance.Ledger;
using BusinessM.Finance.Receivables;
using BusinessM.Records;
using Microsoft.Extensions.DependencyInjection;

namespace BusinessM.Finance.Import;

/// <summary>From a document of the file to a unit of work that waits for its commit, on the one decision path of single
/// calls. Only what the file says is added: the number is the document's own, outside the series (policy 4).</summary>
internal sealed partial class ImportDecision(ImportId import, CompanyId company, ImportMap map, ImportMasters masters,
    bool dryRun)
{
    /// <summary>The refusal with the line that it concerns; or the prepared unit, which needs its scope until it is
    /// committed.</summary>
    public async Task<(RowFault? Fault, Prepared? Prepared)> Decide(SalesDocument document, IServiceProvider scope,
        CancellationToken ct)
    {
        if (document.Disagreement() is { } differs) return (differs, null);
        if (masters.PartyOf(document.First) is not { } party)
            return (new RowFault(document.First.Line, document.Number, FinanceErrors.PartyNotFound.With(
                $"Line {document.First.Line} names no customer, and the map no walk-in customer", "customer")), null);
        if (dryRun)
        {
            var registered = await scope.GetRequiredService<IMasters>().Register(masters.NewOf(document), ct);
            if (registered.Failed) return (Fault(document, registered.Failure), null);
        }
        var db = scope.GetRequiredService<FinanceDb>();
        var books = await scope.GetRequiredService<BooksOf>().Of(company, ct);
        if (books.Failed) return (Fault(document, books.Failure), null);
        var decided = document.Kind == SalesDocumentKind.BadDebt
            ? await WriteOff(document, party, books.Value, scope, ct)
            : await Invoice(document, party, books.Value, scope, ct);
        if (decided.Failed) return (Fault(document, decided.Failure), null);
        db.Add(new ImportedDocument
        {
            Import = import, Document = decided.Value, Number = document.Number, Kind = document.Kind,
        });
        return (null, db.Prepare(() => new Done()));
    }

    /// <summary>The refusal of a document at the line of the file that it is about.</summary>
    public static RowFault Fault(SalesDocument document, Error refusal)
    {
        var line = document.First.Line;
        if (LineField().Match(refusal.Field ?? "") is { Success: true } match
            && int.Parse(match.Groups[1].Value, CultureInfo.InvariantCulture) is var at && at < document.Rows.Count)
            line = document.Rows[at].Line;
        return new RowFault(line, document.Number, refusal);
    }

    private async Task<Result<Guid>> Invoice(SalesDocument document, Party party, CompanyBooks books,
        IServiceProvider scope, CancellationToken ct)
    {
        var kind = document.Kind == SalesDocumentKind.CreditNote ? InvoiceKind.CreditNote : InvoiceKind.Invoice;
        var invoicing = scope.GetRequiredService<Invoicing>();
        var draft = await invoicing.Draft(kind, ToRequest(document, party, books), ct);
        if (draft.Failed) return draft.Failure;
        var created = await invoicing.Create(draft.Value with { OwnNumber = document.Number }, books, submit: true,
            postingDate: null, futureConfirmed: false, ct);
        return created.Failed ? created.Failure : created.Value.Id.Value;
    }

    /// <summary>What a single call of the same document would send.</summary>
    public InvoiceRequest ToRequest(SalesDocument document, Party party, CompanyBooks books)
    {
        var sign = document.Kind == SalesDocumentKind.CreditNote && map.NegativeCreditNotes ? -1 : 1;
        return new InvoiceRequest
        {
            Id = new SalesInvoiceId(SalesImport.DocumentId(import, document.Number)), Company = company, Party = party.Id,
            IssueDate = document.First.Date, Currency = document.First.Currency ?? books.Currency.Code, Submit = true,
            Lines = [.. document.Rows.Select(row => new InvoiceLineRequest
            {
                Item = masters.ItemOf(row)?.Id, Description = row.Description.Length > 0 ? row.Description : null,
                Quantity = sign * row.Quantity, Price = row.Price, TaxCode = map.TaxCode,
            })],
        };
    }

    // The amount adds to what the customer owes (a recovery), or below zero lessens it; the other side is bad debt.
    private async Task<Result<Guid>> WriteOff(SalesDocument document, Party party, CompanyBooks books,
        IServiceProvider scope, CancellationToken ct)
    {
        var code = document.First.Currency ?? books.Currency.Code;
        if (!Currency.TryParse(code, out var currency))
            return FinanceErrors.CurrencyUnknown.With($"'{code}' is not a currency", "currency");
        var amount = document.Rows.Sum(row => Net(row, currency));
        var receivable = books.Roles.Of(Roles.Receivable, RoleScope.PartyGroup, party.Group);
        if (receivable.Failed) return receivable.Failure;
        var badDebt = books.Roles.Of(Roles.BadDebt);
        if (badDebt.Failed) return badDebt.Failure;
        var (owed, other) = amount >= 0 ? (Side.Debit, Side.Credit) : (Side.Credit, Side.Debit);
        var journal = await scope.GetRequiredService<Journaling>().Submit(new SubmitJournal.JournalRequest
        {
            Id = new ManualJournalId(SalesImport.DocumentId(import, document.Number)), Company = company,
            PostingDate = document.First.Date, Text = document.First.Description.Length > 0 ? document.First.Description : null,
            Lines = [new ManualLine(receivable.Value, owed, Math.Abs(amount), code, Party: party.Id.ToString()),
                new ManualLine(badDebt.Value, other, Math.Abs(amount), code)],
        }, books, ct, ownNumber: document.Number);
        if (journal.Failed) return journal.Failure;
        scope.GetRequiredService<FinanceDb>().Add(journal.Value);
        return journal.Value.Id.Value;
    }

    // Prices below zero are how such files write a loss.
    private static decimal Net(SalesRow row, Currency currency) =>
        new UnitPrice(row.Price).Times(new Quantity(row.Quantity), currency).Amount;

    [GeneratedRegex(@"^lines\[(\d+)\]")]
    private static partial Regex LineField();
}

using BusinessM.Finance.Ledger;
using BusinessM.Records;

namespace BusinessM.Finance.Terms;

internal readonly record struct PaymentMethodId(Guid Value) : ITypedId<PaymentMethodId>
{
    public static PaymentMethodId From(Guid value) => new(value);
}

internal enum PaymentKind { Cash, BankTransfer, Card, Cheque, DirectDebit, Other }

/// <summary>A way of paying. Payments post to its clearing account; statement lines move the bank (policy 15).
/// </summary>
[DocumentType("payment-method", "Payment method", "Payment methods")]
internal sealed class PaymentMethod : Master<PaymentMethodId>
{
    // All codes of the list but ZZZ are numbers; it has gaps, and grows twice a year.
    private const string MeansPattern = "[1-9][0-9]?|ZZZ";

    [Field("Code", Length = 20, Required = true, Unique = true, InList = true, InSearch = true)]
    public string Code { get; init; } = "";

    [Field("Name", Length = 200, Required = true, InList = true, InSearch = true)]
    public string Name { get; set; } = "";

    [Field("Kind", Required = true, InList = true)]
    public PaymentKind Kind { get; set; }

    [Field("Means (UNCL4461)", Length = 3, InList = true, Pattern = MeansPattern,
        PatternMessage = "A means of payment is a code of UNCL4461, such as 30 or 58.",
        Help = "On electronic invoices (BT-81); the usual one of the kind, if not said.")]
    public string? Means { get; set; }

    [Field("Clearing account", Length = 20, InList = true, Help = "Code; the one with the role, if not said.")]
    public string? ClearingAccount { get; set; }

    /// <summary>Takes the usual code of the kind where none is given: 10 in cash, 30 credit transfer, 48 bank card, 20
    /// cheque, 49 direct debit, 1 not defined. Refuses an account that takes no postings.</summary>
    public Result<Done> Complete(CompanyBooks books)
    {
        Means ??= Kind switch
        {
            PaymentKind.Cash => "10",
            PaymentKind.BankTransfer => "30",
            PaymentKind.Card => "48",
            PaymentKind.Cheque => "20",
            PaymentKind.DirectDebit => "49",
            _ => "1",
        };
        if (ClearingAccount is null || books.Accounts.GetValueOrDefault(ClearingAccount) is { Group: false })
            return Done.Ok;
        return FinanceErrors.AccountNotFound.With($"There is no account {ClearingAccount} that takes postings",
            "clearingAccount");
    }
}

internal sealed class PaymentMethodRules(BooksOf booksOf) : IDocumentRules<PaymentMethod>
{
    public async Task<Result<Done>> Before(DocumentChange<PaymentMethod> change, CancellationToken ct)
    {
        var books = await booksOf.Of(change.Document.Company, ct);
        return books.Failed ? books.Failure : change.Document.Complete(books.Value);
    }
}

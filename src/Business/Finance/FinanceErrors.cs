namespace BusinessM.Finance;

/// <summary>Every refusal of Finance. Codes are never renamed.</summary>
public static class FinanceErrors
{
    public static readonly ErrorCode CompanyNotFound = new("finance.company.not-found", ErrorKind.NotFound,
        "There is no such company, or it has no books yet. Set it up first.");

    public static readonly ErrorCode ImportMapInvalid = new("finance.import.map-invalid", ErrorKind.Invalid,
        "The mapping file is no JSON of the documented shape. The message names what is wrong.");

    public static readonly ErrorCode ImportFileUnreadable = new("finance.import.file-unreadable", ErrorKind.Invalid,
        "The file is empty, is not written in the map's encoding, or has a field without end.");

    public static readonly ErrorCode ImportColumnMissing = new("finance.import.column-missing", ErrorKind.Invalid,
        "A column that the map names is not in the file's heading, or is there twice.");

    public static readonly ErrorCode ImportRowMalformed = new("finance.import.row-malformed", ErrorKind.Invalid,
        "A line of the file has more or fewer fields than the heading.");

    public static readonly ErrorCode ImportValueInvalid = new("finance.import.value-invalid", ErrorKind.Invalid,
        "A field of the file is not a number, date or currency as the map says that they are written.");

    public static readonly ErrorCode ImportRowsDiffer = new("finance.import.rows-differ", ErrorKind.Invalid,
        "Lines of one number differ in day, customer or currency, so that they are not one document.");

    public static readonly ErrorCode ImportNotFound = new("finance.import.not-found", ErrorKind.NotFound,
        "There is no such import.");

    public static readonly ErrorCode BranchNotFound = new("finance.branch.not-found", ErrorKind.Invalid,
        "The company has no such branch.");

    public static readonly ErrorCode PartyNotFound = new("finance.party.not-found", ErrorKind.Invalid,
        "The company has no such party.");

    public static readonly ErrorCode PartyBlocked = new("finance.party.blocked", ErrorKind.Conflict,
        "The party is blocked for new documents.");

    public static readonly ErrorCode ItemNotFound = new("finance.item.not-found", ErrorKind.Invalid,
        "The company has no such item.");

    public static readonly ErrorCode ItemBlocked = new("finance.item.blocked", ErrorKind.Conflict,
        "The item is blocked for new documents.");

    public static readonly ErrorCode CurrencyUnknown = new("finance.currency.unknown", ErrorKind.Invalid,
        "The currency is not one of ISO 4217 with minor units.");

    public static readonly ErrorCode AmountInvalid = new("finance.amount.invalid", ErrorKind.Invalid,
        "An amount, quantity or price is not a decimal number of the digits allowed.");

    public static readonly ErrorCode AmountTooLarge = new("finance.amount.too-large", ErrorKind.Invalid,
        "An amount has more than 14 whole digits.");

    public static readonly ErrorCode NoAccountForRole = new("finance.role.no-account", ErrorKind.Conflict,
        "No account of the company has the role. Give one of its accounts that role.");

    public static readonly ErrorCode AccountNotFound = new("finance.account.not-found", ErrorKind.Invalid,
        "The company's chart has no such account.");

    public static readonly ErrorCode AccountExists = new("finance.account.exists", ErrorKind.Conflict,
        "The company's chart has an account of that code already.");

    public static readonly ErrorCode TextInvalid = new("finance.text.invalid", ErrorKind.Invalid,
        "A text is missing where one is needed, or longer than it may be.");

    public static readonly ErrorCode PeriodNotFound = new("finance.period.not-found", ErrorKind.NotFound,
        "The company has no such period.");

    public static readonly ErrorCode BulkSize = new("finance.bulk.size", ErrorKind.Invalid,
        "A bulk has 1 to 1,000 documents of one company, each of its own id.");

    public static readonly ErrorCode TaxCodeNotFound = new("finance.tax-code.not-found", ErrorKind.Invalid,
        "The company has no such tax code.");

    public static readonly ErrorCode TaxCodeExists = new("finance.tax-code.exists", ErrorKind.Conflict,
        "The company has a tax code of that code already.");

    public static readonly ErrorCode TaxRateMissing = new("finance.tax-code.no-rate", ErrorKind.Invalid,
        "The tax code has no rate at the tax point.");

    public static readonly ErrorCode TaxRateNotAllowed = new("finance.tax-code.rate-invalid", ErrorKind.Invalid,
        "The category has no rate, the rate is out of bounds, or two rates start on one day.");

    public static readonly ErrorCode TaxCodesClash = new("finance.tax-code.clash", ErrorKind.Invalid,
        "Two tax codes of one category and rate on one document post to different accounts.");

    public static readonly ErrorCode OutOfScopeMixed = new("finance.tax.out-of-scope-mixed", ErrorKind.Invalid,
        "A document out of the scope of VAT has no other category (EN 16931 BR-O-11).");

    public static readonly ErrorCode FiscalYearMissing = new("finance.fiscal-year.missing", ErrorKind.Conflict,
        "No fiscal year of the company holds the date.");

    public static readonly ErrorCode FiscalYearOutOfRange = new("finance.fiscal-year.out-of-range", ErrorKind.Invalid,
        "A fiscal year begins between 1900 and 2199.");

    public static readonly ErrorCode FiscalYearOverlaps = new("finance.fiscal-year.overlaps", ErrorKind.Conflict,
        "The fiscal year overlaps another one of the company.");

    public static readonly ErrorCode NoOpenDay = new("finance.period.no-open-day", ErrorKind.Conflict,
        "No open period holds the original's date or a later day.");

    public static readonly ErrorCode NothingToSplitOver = new("finance.bill.nothing-to-split-over", ErrorKind.Invalid,
        "A discount or charge of the whole document needs lines with a sum above zero to be split over.");

    public static readonly ErrorCode InvoiceNotFound = new("finance.sales-invoice.not-found", ErrorKind.NotFound,
        "There is no such sales invoice.");

    public static readonly ErrorCode InvoiceExists = new("finance.sales-invoice.exists", ErrorKind.Conflict,
        "A sales invoice of that id is there already, with other content.");

    public static readonly ErrorCode NoLines = new("finance.sales-invoice.no-lines", ErrorKind.Invalid,
        "A sales invoice has at least one line.");

    public static readonly ErrorCode TooManyLines = new("finance.sales-invoice.too-many-lines", ErrorKind.Invalid,
        "A sales invoice has at most 5,000 lines.");

    public static readonly ErrorCode NotADraft = new("finance.sales-invoice.not-a-draft", ErrorKind.Conflict,
        "Only a draft can be submitted or cancelled.");

    public static readonly ErrorCode NotPosted = new("finance.sales-invoice.not-posted", ErrorKind.Conflict,
        "Only a posted document that is not reversed yet can be reversed.");

    public static readonly ErrorCode InvoiceSettled = new("finance.sales-invoice.settled", ErrorKind.Conflict,
        "Receipts are allocated to the document. Reverse them first.");

    public static readonly ErrorCode PostingDateInFuture = new("finance.sales-invoice.posting-date-in-future",
        ErrorKind.NeedsConfirmation, "The posting date lies after today. Call again with futureConfirmed.");

    public static readonly ErrorCode DatesOutOfOrder = new("finance.sales-invoice.dates-out-of-order",
        ErrorKind.Invalid,
        "The due date lies before the issue date, or the service period ends before it starts.");

    public static readonly ErrorCode TotalNegative = new("finance.sales-invoice.total-negative", ErrorKind.Invalid,
        "The total is below zero: write a credit note.");

    public static readonly ErrorCode NothingToPost = new("finance.sales-invoice.nothing-to-post", ErrorKind.Invalid,
        "Every amount is zero, so there is nothing to post.");

    public static readonly ErrorCode CorrectedNotFound = new("finance.credit-note.invoice-not-found", ErrorKind.Invalid,
        "The invoice that the credit note names is not a posted one of the same party.");

    public static readonly ErrorCode JournalNotFound = new("finance.journal.not-found", ErrorKind.NotFound,
        "There is no such journal.");

    public static readonly ErrorCode JournalNotPosted = new("finance.journal.not-posted", ErrorKind.Conflict,
        "Only a posted journal that is not reversed yet can be reversed.");

    public static readonly ErrorCode JournalExists = new("finance.journal.exists", ErrorKind.Conflict,
        "A journal of that id is there already, with other content.");

    public static readonly ErrorCode JournalDateInFuture = new("finance.journal.posting-date-in-future",
        ErrorKind.NeedsConfirmation, "The posting date lies after today. Call again with futureConfirmed.");

    public static readonly ErrorCode ReceiptNotFound = new("finance.receipt.not-found", ErrorKind.NotFound,
        "There is no such receipt.");

    public static readonly ErrorCode ReceiptExists = new("finance.receipt.exists", ErrorKind.Conflict,
        "A receipt of that id is there already, with other content.");

    public static readonly ErrorCode ReceiptNotPosted = new("finance.receipt.not-posted", ErrorKind.Conflict,
        "Only a posted receipt that is not reversed yet can be reversed.");

    public static readonly ErrorCode ReceiptAmountNotPositive = new("finance.receipt.amount-not-positive",
        ErrorKind.Invalid, "Amounts received, allocated, discounted or written off are above zero.");

    public static readonly ErrorCode ReceiptItemNotOpen = new("finance.receipt.item-not-open", ErrorKind.Conflict,
        "The document is not a posted one of the party, or nothing of it is open.");

    public static readonly ErrorCode ReceiptMoreThanOpen = new("finance.receipt.more-than-open", ErrorKind.Conflict,
        "More is allocated than is open.");

    public static readonly ErrorCode ReceiptMoreThanReceived = new("finance.receipt.more-than-received",
        ErrorKind.Invalid, "More is allocated than was received.");

    public static readonly ErrorCode ReceiptCurrencyDiffers = new("finance.receipt.currency-differs", ErrorKind.Invalid,
        "A receipt is allocated to documents of its own currency.");

    public static readonly ErrorCode ReceiptItemTwice = new("finance.receipt.item-twice", ErrorKind.Invalid,
        "A document is allocated to once per receipt.");

    public static readonly ErrorCode ReceiptDateInFuture = new("finance.receipt.posting-date-in-future",
        ErrorKind.NeedsConfirmation, "The posting date lies after today. Call again with futureConfirmed.");

    public static readonly ErrorCode NumberFormatInvalid = new("finance.number-format.invalid", ErrorKind.Invalid,
        "A number format has the token {00000} once, and at most 16 characters where the country limits it (India).");

    public static readonly ErrorCode TaxCodeBlocked = new("finance.tax-code.blocked", ErrorKind.Conflict,
        "The tax code is blocked for new documents.");

    public static readonly ErrorCode TaxCodeIsDefault = new("finance.tax-code.is-default", ErrorKind.Conflict,
        "The tax code is what lines without one take. Choose another one for that before it is blocked.");

    public static readonly ErrorCode TaxCodePerUnit = new("finance.tax-code.per-unit", ErrorKind.Invalid,
        "A tax of an amount per unit is no VAT category of a line: it is a charge beside it.");

    public static readonly ErrorCode TaxReasonNotAllowed = new("finance.tax-code.reason-not-allowed", ErrorKind.Invalid,
        "The VAT category has no reason of exemption (EN 16931 BR-S-10, BR-Z-10, BR-AF-10, BR-AG-10).");

    public static readonly ErrorCode TermsNotWhole = new("finance.payment-terms.not-whole", ErrorKind.Invalid,
        "The shares of the instalments are not 100 % together.");

    public static readonly ErrorCode TermsDayInvalid = new("finance.payment-terms.day-invalid", ErrorKind.Invalid,
        "The rule needs a day of the month, or a day stands beside a rule that has none.");

    public static readonly ErrorCode TermsDiscountIncomplete = new("finance.payment-terms.discount-incomplete",
        ErrorKind.Invalid, "A discount for paying early has a percentage and days.");

    public static readonly ErrorCode BlockWithoutReason = new("finance.block.no-reason", ErrorKind.Invalid,
        "A block of sale, purchase or payment needs a reason.");

    public static readonly ErrorCode CustomerBlocked = new("finance.customer.blocked", ErrorKind.Conflict,
        "The customer is blocked for new invoices; the message says why.");

    public static readonly ErrorCode ValidityReversed = new("finance.tax-registration.validity-reversed",
        ErrorKind.Invalid, "The registration ends before it begins.");

    public static readonly ErrorCode IbanInvalid = new("finance.bank-account.iban-invalid", ErrorKind.Invalid,
        "The IBAN is of no country that has them, or not of its length, or its check digits do not fit (ISO 13616).");

    public static readonly ErrorCode BankAccountWithoutNumber = new("finance.bank-account.no-number", ErrorKind.Invalid,
        "A bank account has an IBAN, or another number.");

    public static readonly ErrorCode BankAccountNotFound = new("finance.bank-account.not-found", ErrorKind.NotFound,
        "There is no such bank account.");

    public static readonly ErrorCode BankAccountConfirmed = new("finance.bank-account.confirmed", ErrorKind.Conflict,
        "The bank account is confirmed already.");

    public static readonly ErrorCode BankAccountSamePerson = new("finance.bank-account.same-person", ErrorKind.Conflict,
        "Who entered or changed the bank account since it was last confirmed may not confirm it. Ask someone else.");

    public static readonly ErrorCode BankAccountUnconfirmed = new("finance.bank-account.unconfirmed",
        ErrorKind.Conflict, "Nothing is paid to a bank account that is blocked, or that nobody has confirmed yet.");
}

namespace BusinessM.Books;

/// <summary>The refusals of the book-keeper, in the order in which they are looked for: the first that applies is the
/// answer. Within a journal the lines are looked at in written order.</summary>
public static class BookErrors
{
    public static readonly ErrorCode CompanyUnknown = new("books.company.unknown", ErrorKind.NotFound,
        "The company has no books. Open them first.");

    public static readonly ErrorCode JournalDiffers = new("books.journal.differs", ErrorKind.Conflict,
        "A journal of this id is there with other content; the field names the first difference. Take a new id.");

    public static readonly ErrorCode JournalReserved = new("books.journal.reserved", ErrorKind.Conflict,
        "The id belongs to a reservation. Confirm or release that one, or take a new id.");

    public static readonly ErrorCode JournalUnknown = new("books.journal.unknown", ErrorKind.NotFound,
        "The company has no posted journal of this id.");

    public static readonly ErrorCode JournalReversed = new("books.journal.reversed", ErrorKind.Conflict,
        "The journal has been reversed already, by another reversal. Nothing more is to be done.");

    public static readonly ErrorCode JournalIsReversal = new("books.journal.is-reversal", ErrorKind.Conflict,
        "The journal is a reversal itself. Post what was meant as a new journal.");

    public static readonly ErrorCode ReservationUnknown = new("books.reservation.unknown", ErrorKind.NotFound,
        "The company has no reservation of this id.");

    public static readonly ErrorCode ReservationConfirmed = new("books.reservation.confirmed", ErrorKind.Conflict,
        "The reservation has been confirmed already. Reverse the journal instead.");

    public static readonly ErrorCode ReservationReleased = new("books.reservation.released", ErrorKind.Conflict,
        "The reservation has been released. Reserve again under a new id.");

    public static readonly ErrorCode ReservationDiffers = new("books.reservation.differs", ErrorKind.Conflict,
        "What is to be confirmed is not what was reserved; the field names the first difference.");

    public static readonly ErrorCode ConfirmLines = new("books.confirm.lines", ErrorKind.Invalid,
        "Only a reservation of two lines may be confirmed in part. Confirm all of it, or release it.");

    public static readonly ErrorCode ConfirmAmount = new("books.confirm.amount", ErrorKind.Invalid,
        "The amount is below zero, above what was reserved, or has more digits than the currency.");

    public static readonly ErrorCode JournalLines = new("books.journal.lines", ErrorKind.Invalid,
        "A journal has 2 to 10,000 lines.");

    public static readonly ErrorCode BatchTooLarge = new("books.batch.too-large", ErrorKind.Invalid,
        "A batch has at most 1,000 journals and 50,000 lines. Send several.");

    public static readonly ErrorCode BatchCompany = new("books.batch.company", ErrorKind.Invalid,
        "A journal of the batch belongs to another company than the batch.");

    public static readonly ErrorCode SourceMissing = new("books.journal.source-missing", ErrorKind.Invalid,
        "The journal does not say which kind of document it comes from, or which one, or has no id itself.");

    public static readonly ErrorCode TextInvalid = new("books.text.invalid", ErrorKind.Invalid,
        "A text is longer than it may be, blank where something is needed, or holds a control character.");

    public static readonly ErrorCode CurrencyUnknown = new("books.currency.unknown", ErrorKind.Invalid,
        "Not a currency of ISO 4217 with minor units.");

    public static readonly ErrorCode AmountInvalid = new("books.line.amount-invalid", ErrorKind.Invalid,
        "An amount is below zero, has more digits than its currency, or more than 18 whole digits.");

    public static readonly ErrorCode LineEmpty = new("books.line.empty", ErrorKind.Invalid,
        "Both amounts of the line are zero. Leave the line out.");

    public static readonly ErrorCode BaseDiffers = new("books.line.base-differs", ErrorKind.Invalid,
        "The line is in the company's currency, so both of its amounts must be the same.");

    public static readonly ErrorCode DimensionUnknown = new("books.dimension.unknown", ErrorKind.Invalid,
        "The company has not declared a dimension of this name.");

    public static readonly ErrorCode Unbalanced = new("books.journal.unbalanced", ErrorKind.Invalid,
        "Debits and credits differ in the company's currency.");

    public static readonly ErrorCode UnbalancedCurrency = new("books.journal.unbalanced-currency", ErrorKind.Invalid,
        "Debits and credits differ in one of the currencies. An exchange goes through the currency-clearing account.");

    public static readonly ErrorCode PeriodMissing = new("books.period.missing", ErrorKind.Invalid,
        "No period holds the date. Add the period, or change the date.");

    public static readonly ErrorCode PeriodClosing = new("books.period.closing", ErrorKind.Conflict,
        "The period is being closed. Take a date of an open period, or wait until it is decided.");

    public static readonly ErrorCode PeriodClosed = new("books.period.closed", ErrorKind.Conflict,
        "The period is closed. Take a date of an open period.");

    public static readonly ErrorCode ReversalTooEarly = new("books.reversal.too-early", ErrorKind.Invalid,
        "A reversal is not dated before what it reverses.");

    public static readonly ErrorCode AccountUnknown = new("books.account.unknown", ErrorKind.Invalid,
        "The company's chart has no account of this code.");

    public static readonly ErrorCode AccountIsGroup = new("books.account.is-group", ErrorKind.Invalid,
        "The account is a group. Post to one of its accounts.");

    public static readonly ErrorCode AccountClosed = new("books.account.closed", ErrorKind.Conflict,
        "The account is closed.");

    public static readonly ErrorCode AccountCurrency = new("books.account.wrong-currency", ErrorKind.Invalid,
        "The account takes another currency.");

    public static readonly ErrorCode LimitExceeded = new("books.account.limit-exceeded", ErrorKind.Conflict,
        "The balance would go beyond the account's limit; reservations count.");

    public static readonly ErrorCode CompanyCurrencyFixed = new("books.company.currency-fixed", ErrorKind.Conflict,
        "The books are kept in another currency already.");

    public static readonly ErrorCode DimensionRemoved = new("books.dimension.removed", ErrorKind.Conflict,
        "Dimensions of open books are only added.");

    public static readonly ErrorCode AccountFixed = new("books.account.fixed", ErrorKind.Conflict,
        "Type, currency and group of an account do not change once something was posted or reserved on it.");

    public static readonly ErrorCode AccountLimitInvalid = new("books.account.limit-invalid", ErrorKind.Invalid,
        "A limit is below zero or has more digits than the currency.");

    public static readonly ErrorCode PeriodDates = new("books.period.dates", ErrorKind.Invalid,
        "The period ends before it begins.");

    public static readonly ErrorCode PeriodOverlaps = new("books.period.overlaps", ErrorKind.Conflict,
        "The period would overlap another one.");

    public static readonly ErrorCode PeriodFixed = new("books.period.fixed", ErrorKind.Conflict,
        "The dates of a period do not change once it is there.");

    public static readonly ErrorCode PeriodReserved = new("books.period.reserved", ErrorKind.Conflict,
        "Something is reserved in the period. It can be closing, and closed once that is confirmed or released.");

    public static readonly ErrorCode PageInvalid = new("books.page.invalid", ErrorKind.Invalid,
        "A page has 1 to 500 journals, and its cursor comes from the page before.");
}

namespace BusinessM.Masters;

/// <summary>Every refusal of Masters. Codes are never renamed.</summary>
public static class MastersErrors
{
    public static readonly ErrorCode CompanyNotFound = new("masters.company.not-found", ErrorKind.NotFound,
        "There is no such company.");

    public static readonly ErrorCode CompanyExists = new("masters.company.exists", ErrorKind.Conflict,
        "A company of this id or code is there already.");

    public static readonly ErrorCode PartyNotFound = new("masters.party.not-found", ErrorKind.NotFound,
        "There is no such party.");

    public static readonly ErrorCode ItemNotFound = new("masters.item.not-found", ErrorKind.NotFound,
        "There is no such item.");

    public static readonly ErrorCode CurrencyUnknown = new("masters.currency.unknown", ErrorKind.Invalid,
        "The currency is not one of ISO 4217 with minor units.");

    public static readonly ErrorCode ZoneUnknown = new("masters.zone.unknown", ErrorKind.Invalid,
        "The time zone is not one of the IANA database, such as Europe/London.");

    public static readonly ErrorCode TextInvalid = new("masters.text.invalid", ErrorKind.Invalid,
        "A code has 1 to 40 characters without blanks at its ends, a name 1 to 200; a country is two capital letters.");

    public static readonly ErrorCode MonthInvalid = new("masters.company.month-invalid", ErrorKind.Invalid,
        "The fiscal year starts in a month from 1 to 12.");

    public static readonly ErrorCode RateInvalid = new("masters.rate.invalid", ErrorKind.Invalid,
        "An exchange rate is above zero, with at most 12 decimals, between two currencies that differ.");

    public static readonly ErrorCode RateMissing = new("masters.rate.missing", ErrorKind.Conflict,
        "There is no exchange rate on the day, nor one young enough before it. Enter one; 1 is never assumed.");

    public static readonly ErrorCode TooManyAsked = new("masters.query.too-many", ErrorKind.Invalid,
        "At most 1,000 ids or codes are asked at once.");
}

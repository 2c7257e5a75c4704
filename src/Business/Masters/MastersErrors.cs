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

    public static readonly ErrorCode CompanyIsFounded = new("masters.company.is-founded", ErrorKind.Conflict,
        "A company is made with its books: POST /api/finance/companies.");

    public static readonly ErrorCode GroupCycle = new("masters.group.cycle", ErrorKind.Conflict,
        "A group cannot stand under itself, nor more than 10 deep. Choose another parent.");

    public static readonly ErrorCode ValidityReversed = new("masters.validity.reversed", ErrorKind.Invalid,
        "A validity ends on the day on which it begins, or after it.");

    public static readonly ErrorCode PartyErased = new("masters.party.data-erased", ErrorKind.Conflict,
        "The personal data of this party was erased; it is not filled again.");

    public static readonly ErrorCode PartyMerged = new("masters.party.stands-for-another", ErrorKind.Conflict,
        "The party was merged into another one and stays blocked. Use the other one.");

    public static readonly ErrorCode MergeInvalid = new("masters.party.merge-invalid", ErrorKind.Conflict,
        "A party is merged into another one of the same company that is not blocked, and once only.");

    public static readonly ErrorCode UnitRepeated = new("masters.item.unit-repeated", ErrorKind.Invalid,
        "Each unit of an item is named once; the base unit has the factor 1 and is not among them.");

    public static readonly ErrorCode UnitNotOfItem = new("masters.item.unit-foreign", ErrorKind.Invalid,
        "The unit is not the item's base unit, nor one that it has a factor for. Add it to the item's units.");

    public static readonly ErrorCode UnitFixed = new("masters.item.unit-fixed", ErrorKind.Conflict,
        "The base unit of goods never changes: quantities are kept in it. Make a new item.");

    public static readonly ErrorCode GtinInvalid = new("masters.item.gtin-invalid", ErrorKind.Invalid,
        "A GTIN has 8, 12, 13 or 14 digits, the last of which checks the others. Look for a wrong digit.");

    public static readonly ErrorCode ItemCodeRepeated = new("masters.item.code-repeated", ErrorKind.Invalid,
        "A supplier's or customer's code stands once on an item.");

    public static readonly ErrorCode WeightUnitMissing = new("masters.item.weight-unit-missing", ErrorKind.Invalid,
        "A weight needs its unit.");

    public static readonly ErrorCode KitInvalid = new("masters.item.kit-invalid", ErrorKind.Invalid,
        "A kit has components: other items, each once, that are no kits. Items of other kinds have none.");

    public static readonly ErrorCode PriceOverlaps = new("masters.price.overlaps", ErrorKind.Conflict,
        "The list has a price of the item for this unit and quantity on some of the days already. End that one first.");

    public static readonly ErrorCode PriceListNotFound = new("masters.price-list.not-found", ErrorKind.NotFound,
        "There is no price list of this code.");

    public static readonly ErrorCode PriceListNotValid = new("masters.price-list.not-valid", ErrorKind.Conflict,
        "The price list is blocked, or not valid on the day.");
}

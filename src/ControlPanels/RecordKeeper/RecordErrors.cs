namespace BusinessM.Records;

/// <summary>The refusals of the record-keeper.</summary>
public static class RecordErrors
{
    public static readonly ErrorCode Changed = new("record.document.changed", ErrorKind.Conflict,
        "A document that the decision stood on was changed by someone else meanwhile. Load it again and repeat.");

    public static readonly ErrorCode Exists = new("record.document.exists", ErrorKind.Conflict,
        "A document of this id exists already. Use a new id, or repeat the first call with its Idempotency-Key.");

    public static readonly ErrorCode Duplicate = new("record.document.duplicate", ErrorKind.Conflict,
        "Another document has the same value where it must be unique.");

    public static readonly ErrorCode OtherRefused = new("record.batch.refused", ErrorKind.Conflict,
        "The batch is all or nothing, and another of its documents was refused. See that one's refusal.");

    public static readonly ErrorCode KeyInFlight = new("record.key.in-flight", ErrorKind.Conflict,
        "A request with this Idempotency-Key is being worked on. Ask again after the time in Retry-After.");

    public static readonly ErrorCode KeyReused = new("record.key.reused", ErrorKind.Conflict,
        "This Idempotency-Key was used with other content; the fields that differ are named. Use a new key.");

    public static readonly ErrorCode KeyInvalid = new("record.key.invalid", ErrorKind.Invalid,
        "An Idempotency-Key has 1 to 200 visible ASCII characters.");

    public static readonly ErrorCode HeardBefore = new("record.event.heard", ErrorKind.Conflict,
        "The handler has heard this event before. Nothing is to be done.");

    public static readonly ErrorCode NotPermitted = new("record.permission.missing", ErrorKind.Forbidden,
        "The signed-in user lacks the permission that is named. Ask an administrator.");

    public static readonly ErrorCode Malformed = new("record.request.malformed", ErrorKind.Invalid,
        "The request could not be read: its path, query or body does not have the shape that the API states.");

    public static readonly ErrorCode TooLarge = new("record.request.too-large", ErrorKind.Invalid,
        "The request or its batch is larger than the limit that is named. Send it in parts.") { Status = 413 };

    public static readonly ErrorCode AttemptAborted = new("record.attempt.aborted", ErrorKind.Conflict,
        "The attempt was given up before this call arrived. A retry with the same Idempotency-Key begins a new one.");

    public static readonly ErrorCode ReservedOtherwise = new("record.reservation.other-content", ErrorKind.Conflict,
        "This part of the attempt is reserved with other content. Repeat the call as it was, or begin a new attempt.");

    public static readonly ErrorCode FarMoved = new("record.attempt.moved", ErrorKind.Conflict,
        "Another step of the same attempt came first. It is decided again; nothing is to be done.");

    public static readonly ErrorCode FieldPattern = new("record.field.pattern", ErrorKind.Invalid,
        "The text of the field does not have the form that it must have; the message says which.");

    public static readonly ErrorCode FieldChecksum = new("record.field.checksum", ErrorKind.Invalid,
        "The check digit does not fit the other characters: one of them is mistyped. Compare with the original.");

    public static readonly ErrorCode FieldOption = new("record.field.option", ErrorKind.Invalid,
        "A part of the field's text is none of the values that it may have; the message says which part.");

    public static readonly ErrorCode FieldRequired = new("record.field.required", ErrorKind.Invalid,
        "The field may not be empty here; the message says why.");

    public static readonly ErrorCode FieldInvalid = new("record.field.invalid", ErrorKind.Invalid,
        "The definition of a field, an administrator's or a region's, cannot be accepted; the message says why.");

    public static readonly ErrorCode TypeUnknown = new("record.document.type-unknown", ErrorKind.NotFound,
        "There is no document type of this name, or the caller may not read it. GET /api/meta lists them.");

    public static readonly ErrorCode NotFound = new("record.document.not-found", ErrorKind.NotFound,
        "There is no such document, or the caller does not see its company.");

    public static readonly ErrorCode CompanyNeeded = new("record.document.company-needed", ErrorKind.Invalid,
        "Documents of this type belong to a company: name it.");

    public static readonly ErrorCode Stale = new("record.document.stale", ErrorKind.Conflict,
        "Others changed the same fields since this version; they are named, with who and when. Look, and send it again.")
    { Status = 412 };

    public static readonly ErrorCode Kept = new("record.document.kept", ErrorKind.Conflict,
        "Documents of this type are not removed.");


    public static readonly ErrorCode BulkInvalid = new("record.bulk.invalid", ErrorKind.Invalid,
        "A bulk has 1 to 1,000 documents, each named once.");

    public static readonly ErrorCode FieldUnknown = new("record.field.unknown", ErrorKind.Invalid,
        "The document has no such field. GET /api/meta/{type} lists them.");

    public static readonly ErrorCode FieldValue = new("record.field.value", ErrorKind.Invalid,
        "The value does not fit the field: its kind, its length, its bounds or its choices.");

    public static readonly ErrorCode FieldReadOnly = new("record.field.read-only", ErrorKind.Invalid,
        "The field is set by the program, or was given when the document was made, and is never changed.");

    public static readonly ErrorCode LinkBroken = new("record.link.not-found", ErrorKind.Invalid,
        "The field leads to a document that is not there, or that the caller does not see.");

    public static readonly ErrorCode LineUnknown = new("record.line.not-found", ErrorKind.Invalid,
        "The document has no line of this id.");

    public static readonly ErrorCode LinesTooMany = new("record.line.too-many", ErrorKind.Invalid,
        "A child table has too many lines, or too few.");

    public static readonly ErrorCode QueryInvalid = new("record.query.invalid", ErrorKind.Invalid,
        "The list cannot be asked like this: its filter, sort, fields, page or search. docs/documents.md says how.");

    public static readonly ErrorCode MomentUnknown = new("record.history.moment-unknown", ErrorKind.NotFound,
        "The document was not there yet at that moment.");

    public static readonly ErrorCode ColumnThere = new("record.field.column-there", ErrorKind.Conflict,
        "The table has a column of this name already, of a field that was taken away: restore it, or purge it first.");

    public static readonly ErrorCode TableBusy = new("record.field.table-busy", ErrorKind.Conflict,
        "The table was in use for too long to add or drop a column. Nothing was changed; try again later.");

    public static readonly ErrorCode NoteInvalid = new("record.note.invalid", ErrorKind.Invalid,
        "A comment, tag or attachment has a text; an assignment or follower a user; an attachment a web address.");

    public static readonly ErrorCode FileUnreadable = new("record.file.unreadable", ErrorKind.Invalid,
        "The file cannot be read as a table; the place in it is named. Save it anew as XLSX, or as CSV in UTF-8.");

    public static readonly ErrorCode FileTooLarge = new("record.file.too-large", ErrorKind.Invalid,
        "The file has more bytes, rows, columns or characters of a cell than the limit that is named. Split it.")
    { Status = 413 };

    public static readonly ErrorCode FileEmpty = new("record.file.empty", ErrorKind.Invalid,
        "The file has no rows below its headings, or none on its first visible sheet.");

    public static readonly ErrorCode FileCell = new("record.file.cell", ErrorKind.Invalid,
        "The text of a cell is not what its column holds, or can be read in two ways. Correct the cell that is named.");

    public static readonly ErrorCode ImportMoved = new("record.import.moved", ErrorKind.Conflict,
        "The import cannot be taken back: a document was changed since, is in use, or it was taken back already.");
}

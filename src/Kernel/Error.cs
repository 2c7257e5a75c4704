namespace BusinessM;

/// <summary>What kind of refusal it is; decides the HTTP status (400, 404, 409, 403, 428).</summary>
public enum ErrorKind { Invalid, NotFound, Conflict, Forbidden, NeedsConfirmation }

/// <summary>A refusal: a fact that stands in the way, not an accident. One flat record, so that it crosses a bus and
/// HTTP unchanged. <paramref name="Code"/> is <c>context.thing.fact</c> and is never renamed;
/// <paramref name="Message"/> says what was wrong, where, and what to do; <paramref name="Field"/> is the path of the
/// field at fault as the caller wrote it (<c>lines[2].quantity</c>), null where no single field is.</summary>
public sealed record Error(ErrorKind Kind, string Code, string Message, string? Field = null)
{
    public static Error Invalid(string code, FormattableString message, string? field = null) =>
        new(ErrorKind.Invalid, code, FormattableString.Invariant(message), field);

    public static Error NotFound(string code, FormattableString message, string? field = null) =>
        new(ErrorKind.NotFound, code, FormattableString.Invariant(message), field);

    public static Error Conflict(string code, FormattableString message, string? field = null) =>
        new(ErrorKind.Conflict, code, FormattableString.Invariant(message), field);

    public static Error Forbidden(string code, FormattableString message, string? field = null) =>
        new(ErrorKind.Forbidden, code, FormattableString.Invariant(message), field);

    public static Error NeedsConfirmation(string code, FormattableString message, string? field = null) =>
        new(ErrorKind.NeedsConfirmation, code, FormattableString.Invariant(message), field);

    /// <summary>The same refusal, at a field further out: <c>quantity</c> becomes <c>lines[2].quantity</c>.</summary>
    public Error At(string outer) =>
        this with { Field = Field is null ? outer : Field[0] == '[' ? outer + Field : $"{outer}.{Field}" };
}

namespace BusinessM.Records.Files;

/// <summary>Carries a refusal out of the middle of a stream that is being read, where no result can: it never leaves
/// <see cref="TableFile.Read"/>.</summary>
internal sealed class FileRefused(Error failure) : Exception(failure.Message)
{
    public Error Failure { get; } = failure;

    public static FileRefused Unreadable(FormattableString message) => new(RecordErrors.FileUnreadable.With(message));

    public static FileRefused TooLarge(FormattableString message) => new(RecordErrors.FileTooLarge.With(message));

    public static FileRefused Empty(FormattableString message) => new(RecordErrors.FileEmpty.With(message));
}

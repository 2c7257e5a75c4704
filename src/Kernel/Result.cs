using System.Diagnostics.CodeAnalysis;

namespace BusinessM;

/// <summary>Either a value or a refusal. Early return is the only way to use it; reading the wrong side is a bug.
/// </summary>
public readonly struct Result<T>
{
    private readonly T _value;
    private readonly Error? _failure;
    private readonly bool _set;

    private Result(T value, Error? failure) => (_value, _failure, _set) = (value, failure, true);

    public bool Failed => _failure is not null;

    public T Value => _failure is not null
        ? throw new InvalidOperationException($"The value of a failed result was read: {_failure.Code}")
        : _set ? _value : throw new InvalidOperationException("A result was read that was never set");

    public Error Failure => _failure ?? throw new InvalidOperationException("The failure of a good result was read");

    internal static Result<T> Of(T value) => new(value, null);

    public static implicit operator Result<T>(T value) => new(value, null);

    public static implicit operator Result<T>(Error failure) =>
        new(default!, failure ?? throw new ArgumentNullException(nameof(failure)));

    public bool TryFailure([NotNullWhen(true)] out Error? failure) => (failure = _failure) is not null;

    /// <summary>The refusal where there is one, else the value.</summary>
    public bool TryFailure([NotNullWhen(true)] out Error? failure, [MaybeNullWhen(true)] out T value)
    {
        value = _value;
        return (failure = _failure) is not null;
    }
}

/// <summary>Makes results of interface types, which C# converts from implicitly only by name.</summary>
public static class Result
{
    public static Result<T> Of<T>(T value) => Result<T>.Of(value);
}

/// <summary>The answer of what has nothing to say but that it went well.</summary>
public readonly record struct Done
{
    public static readonly Result<Done> Ok = new Done();
}

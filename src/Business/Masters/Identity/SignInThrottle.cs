using System.Collections.Concurrent;

namespace BusinessM.Masters.Identity;

/// <summary>Slows down who guesses passwords, in this process's memory: failures of the last 15 minutes count per user
/// and address, per address, and per user; a user cannot easily be locked out from somewhere else.</summary>
internal sealed class SignInThrottle(TimeProvider clock)
{
    public const int WindowMinutes = 15;
    public const int PerUserAndAddress = 5;
    public const int PerAddress = 20;
    public const int PerUser = 100;

    private const int KnownMax = 10_000;

    private readonly ConcurrentDictionary<string, Failures> _failures = new(StringComparer.Ordinal);

    private sealed record Failures(int Count, DateTimeOffset Since);

    /// <summary>Counts an attempt before its password is looked at, so that many at once do not slip through.</summary>
    /// <returns>The time to wait; null: go on.</returns>
    public TimeSpan? Attempt(string user, string address)
    {
        var now = clock.GetUtcNow();
        if (_failures.Count > KnownMax) Clean(now);
        foreach (var (key, max) in Keys(user, address))
            if (_failures.TryGetValue(key, out var failures) && failures.Count >= max && Ends(failures) > now)
                return Ends(failures) - now;
        foreach (var (key, _) in Keys(user, address))
            _failures.AddOrUpdate(key, _ => new Failures(1, now),
                (_, old) => Ends(old) > now ? old with { Count = old.Count + 1 } : new Failures(1, now));
        return null;
    }

    /// <summary>It was the right password: the attempt was no failure, and the user's from here are
    /// forgotten.</summary>
    public void Succeeded(string user, string address)
    {
        _failures.TryRemove(Pair(user, address), out _);
        foreach (var (key, _) in Keys(user, address).Skip(1))
            if (_failures.TryGetValue(key, out var old))
                _failures.TryUpdate(key, old with { Count = old.Count - 1 }, old);
    }

    private static (string Key, int Max)[] Keys(string user, string address) =>
        [(Pair(user, address), PerUserAndAddress), ("a " + address, PerAddress), ("u " + user, PerUser)];

    private static string Pair(string user, string address) => "p " + address + " " + user;

    private static DateTimeOffset Ends(Failures failures) => failures.Since.AddMinutes(WindowMinutes);

    private void Clean(DateTimeOffset now)
    {
        foreach (var (key, failures) in _failures)
            if (Ends(failures) <= now) _failures.TryRemove(key, out _);
        if (_failures.Count > KnownMax) _failures.Clear();
    }
}

using System.Text.RegularExpressions;
using BusinessM.Records;

namespace BusinessM.Masters.Identity;

/// <summary>Permissions and companies as they are stored: words separated by one blank; companies <c>*</c>: all.
/// </summary>
internal static partial class Grants
{
    public const string All = "*";

    public static IReadOnlyList<string> Words(string stored) =>
        stored.Split(' ', StringSplitOptions.RemoveEmptyEntries);

    public static string Store(IEnumerable<string> words) =>
        string.Join(' ', words.Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal));

    public static string Store(IReadOnlyList<CompanyId>? companies) =>
        companies is null ? All : Store(companies.Select(c => c.ToString()));

    /// <summary>Null: all.</summary>
    public static IReadOnlySet<CompanyId>? Companies(string stored) => stored == All ? null
        : Words(stored).Select(word => new CompanyId(Guid.Parse(word))).ToHashSet();

    public static Error? Check(IEnumerable<string> permissions) =>
        permissions.FirstOrDefault(p => !Pattern().IsMatch(p)) is { } wrong
            ? IdentityErrors.PermissionInvalid.With($"{wrong} is no permission", "permissions") : null;

    /// <summary>Nobody gives what he has not: not by a role, not by a key, not to himself.</summary>
    public static Error? Exceeds(Caller caller, IEnumerable<string> permissions, IReadOnlySet<CompanyId>? companies)
    {
        if (permissions.FirstOrDefault(p => !caller.May(p)) is { } missing)
            return IdentityErrors.GrantExceeds.With($"{caller.Name} has not the permission {missing}", "permissions");
        if (companies is null ? caller.Companies is not null : companies.Any(c => !caller.Sees(c)))
            return IdentityErrors.GrantExceeds.With($"{caller.Name} does not see all these companies", "companies");
        return null;
    }

    /// <summary>Does the caller see all the companies that something was given for? Else it is not his to know.</summary>
    public static bool Sees(this Caller caller, string stored) => caller.Companies is null
        || (Companies(stored) is { } companies && companies.All(caller.Sees));

    /// <summary>What two sets of patterns both allow.</summary>
    public static IReadOnlySet<string> Both(IEnumerable<string> one, IEnumerable<string> other)
    {
        var (left, right) = (one.ToArray(), other.ToArray());
        return left.Where(p => right.Any(q => Covers(q, p))).Concat(right.Where(p => left.Any(q => Covers(q, p))))
            .ToHashSet();
    }

    public static IReadOnlySet<CompanyId>? Both(IReadOnlySet<CompanyId>? one, IReadOnlySet<CompanyId>? other) =>
        one is null ? other : other is null ? one : one.Where(other.Contains).ToHashSet();

    private static bool Covers(string pattern, string permission) => pattern == All || pattern == permission
        || (pattern.EndsWith(".*", StringComparison.Ordinal)
            && permission.StartsWith(pattern[..^1], StringComparison.Ordinal));

    [GeneratedRegex(@"\A(\*|[a-z0-9-]+(\.[a-z0-9-]+)*(\.\*)?)\z")]
    private static partial Regex Pattern();
}

namespace BusinessM.Host.Gateway;

/// <summary>All catalogues of refusals in this program: every <c>XxxErrors</c> class.</summary>
internal static class Catalogue
{
    private static readonly string[] Owners =
        ["business-m", "BusinessM.RecordKeeper", "BusinessM.BookKeeper", "BusinessM.Masters", "BusinessM.Finance"];

    private static readonly Lazy<IReadOnlyList<ErrorCode>> Codes = new(() =>
    [
        .. Owners.Select(System.Reflection.Assembly.Load).SelectMany(a => a.GetTypes())
            .Where(t => t.Name.EndsWith("Errors", StringComparison.Ordinal) && t.IsAbstract && t.IsSealed)
            .SelectMany(ErrorCode.In).OrderBy(c => c.Code, StringComparer.Ordinal),
    ]);

    public static IReadOnlyList<ErrorCode> All => Codes.Value;

    public static ErrorCode? Find(string code) => All.FirstOrDefault(c => c.Code == code);

    /// <summary>What an endpoint below api/{context} may answer where it does not say it itself: its context's
    /// refusals,
    /// and the book-keeper's where it posts.</summary>
    public static IEnumerable<ErrorCode> Of(string path)
    {
        var context = path.TrimStart('/').Split('/') is ["api", var name, ..] ? name : "";
        return All.Where(c => c.Status is not (401 or 429)).Where(c => c.Code.StartsWith(context + ".", StringComparison.Ordinal)
            || (context == "finance" && c.Code.StartsWith("books.", StringComparison.Ordinal)));
    }
}

namespace BusinessM.Finance.Import;

/// <summary>The maps that come with the program.</summary>
public static class ShippedMaps
{
    private const string Prefix = "BusinessM.Finance.Import.", Suffix = ".map.json";

    public static IReadOnlyList<string> Names { get; } = [.. typeof(ShippedMaps).Assembly.GetManifestResourceNames()
        .Where(name => name.StartsWith(Prefix, StringComparison.Ordinal) && name.EndsWith(Suffix, StringComparison.Ordinal))
        .Select(name => name[Prefix.Length..^Suffix.Length])];

    /// <summary>The text of a map, by its name.</summary>
    public static string? Text(string name)
    {
        using var stream = typeof(ShippedMaps).Assembly.GetManifestResourceStream(Prefix + name + Suffix);
        if (stream is null) return null;
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd();
    }
}

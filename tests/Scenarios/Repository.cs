using BusinessM.Finance.Import;

namespace BusinessM.Scenarios;

/// <summary>Where things stand in the repository.</summary>
internal static class Repository
{
    public static string Root { get; } = Find();

    /// <summary>The real data of the demo company; see the README beside it for source and licence.</summary>
    public static string Sample => Path.Combine(Root, "src", "Host", "Demo", "data", "online-retail-sample",
        "online_retail_2010-12-01_to_03.csv");

    public static string MapFile => Path.Combine(Root, "src", "Business", "Finance", "Import", "online-retail.map.json");

    public static ImportMap Map => ImportMap.Parse(File.ReadAllText(MapFile)).Value;

    /// <summary>The program, built as the tests are.</summary>
    public static string Program => Path.Combine(Root, "src", "Host", "bin",
        AppContext.BaseDirectory.Contains("Release", StringComparison.Ordinal) ? "Release" : "Debug", "net10.0", "business-m.dll");

    private static string Find()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
            if (File.Exists(Path.Combine(folder.FullName, "BusinessM.slnx"))) return folder.FullName;
        throw new InvalidOperationException("The tests do not run inside the repository");
    }
}

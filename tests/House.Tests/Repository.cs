namespace BusinessM.House.Tests;

/// <summary>The files of this project, and snapshots: compared, or rewritten with M_UPDATE=1 (<c>./test --update</c>).
/// </summary>
internal static class Repository
{
    public static string Root { get; } = Find();

    public static IEnumerable<string> Files(string folder, string pattern) =>
        Directory.EnumerateFiles(Path.Combine(Root, folder), pattern, SearchOption.AllDirectories)
            .Where(f => !f.Split(Path.DirectorySeparatorChar).Any(part => part is "bin" or "obj" or "node_modules"))
            .Order(StringComparer.Ordinal);

    public static string Name(string file) => Path.GetRelativePath(Root, file).Replace('\\', '/');

    public static void ShouldStandIn(this string text, string file)
    {
        var path = Path.Combine(Root, file);
        if (Environment.GetEnvironmentVariable("M_UPDATE") == "1") File.WriteAllText(path, text);
        var there = File.Exists(path) ? File.ReadAllText(path).ReplaceLineEndings("\n") : "";
        if (there == text) return;
        var (now, before) = (text.Split('\n'), there.Split('\n'));
        var line = now.Zip(before).TakeWhile(p => p.First == p.Second).Count();
        Assert.Fail($"{file} is out of date from line {line + 1} on: ./test --update rewrites it.\n"
            + $"there: {before.ElementAtOrDefault(line)}\nnow:   {now.ElementAtOrDefault(line)}");
    }

    private static string Find()
    {
        var folder = AppContext.BaseDirectory;
        while (!File.Exists(Path.Combine(folder, "BusinessM.slnx")))
            folder = Path.GetDirectoryName(folder)
                ?? throw new InvalidOperationException("No BusinessM.slnx above the tests");
        return folder;
    }
}

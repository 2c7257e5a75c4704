using System.Globalization;

namespace BusinessM.Bench;

/// <summary>The words of the command line, each with its default.</summary>
internal sealed class BenchArgs(string[] args)
{
    /// <summary>The program, where a release build puts it.</summary>
    public const string Program = "src/Host/bin/Release/net10.0/business-m.dll";

    /// <summary>The folder that the program keeps everything in.</summary>
    public static readonly string Data = Path.Combine(Path.GetTempPath(), "business-m-bench");

    public int Number(string name, int otherwise) =>
        Array.IndexOf(args, name) is var at and >= 0 ? int.Parse(args[at + 1], CultureInfo.InvariantCulture) : otherwise;

    public string Text(string name, string otherwise) => Array.IndexOf(args, name) is var at and >= 0 ? args[at + 1] : otherwise;
}

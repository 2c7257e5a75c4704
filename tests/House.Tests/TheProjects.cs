using System.Reflection;
using System.Xml.Linq;

namespace BusinessM.House.Tests;

/// <summary>The reference table of the design, section 1. A project that no rule knows fails.</summary>
public sealed class TheProjects
{
    private const string Kernel = "src/Kernel";
    private const string Contracts = "src/Contracts";
    private const string RecordKeeper = "src/ControlPanels/RecordKeeper";

    private static readonly string[] EfRelational = ["Microsoft.EntityFrameworkCore.Relational"];

    public static TheoryData<string> All() =>
        [.. Repository.Files("src", "*.csproj").Select(f => Repository.Name(Path.GetDirectoryName(f)!))];

    [Theory, MemberData(nameof(All))]
    public void reference_only_what_the_design_allows(string project)
    {
        var (projects, packages, aspnet) = Allowed(project);
        var read = XDocument.Load(Directory.EnumerateFiles(Path.Combine(Repository.Root, project), "*.csproj")
            .Single());
        foreach (var path in Values(read, "ProjectReference"))
        {
            var other =
                Repository.Name(Path.GetDirectoryName(Path.GetFullPath(Path.Combine(Repository.Root, project, path)))!);
            projects(other).ShouldBeTrue($"{project} may not reference {other}");
        }
        foreach (var package in Values(read, "PackageReference"))
            packages(package).ShouldBeTrue($"{project} may not use the package {package}");
        var isWeb = read.Root!.Attribute("Sdk")!.Value == "Microsoft.NET.Sdk.Web" || Values(read, "FrameworkReference")
            .Any();
        (isWeb && !aspnet).ShouldBeFalse($"{project} may not use ASP.NET");
    }

    [Fact]
    public void of_the_host_are_referenced_by_tests_only() => Repository.Files("src", "*.csproj")
        .SelectMany(f => Values(XDocument.Load(f), "ProjectReference")).ShouldNotContain(r =>
            r.Contains("Host", StringComparison.Ordinal));

    [Fact]
    public void are_all_in_the_solution()
    {
        var solution = File.ReadAllText(Path.Combine(Repository.Root, "BusinessM.slnx"));
        foreach (var file in Repository.Files("src", "*.csproj").Concat(Repository.Files("tests", "*.csproj")))
            solution.ShouldContain($"\"{Repository.Name(file)}\"");
    }

    [Fact]
    public void of_contracts_hold_ports_records_and_constants_only()
    {
        var contracts = typeof(Contracts.Masters.IMasters).Assembly;
        contracts.GetReferencedAssemblies().Select(a => a.Name!)
            .Where(n => !n.StartsWith("System.", StringComparison.Ordinal))
            .ShouldBeSubsetOf(["BusinessM.Kernel", "NodaTime", "netstandard"]);
        foreach (var type in contracts.GetExportedTypes())
        {
            var fits = type.IsInterface || type.IsEnum || IsRecord(type) || (type.IsAbstract && type.IsSealed);
            fits.ShouldBeTrue($"{type} is neither port, record, enum nor a class of constants");
        }
    }

    private static bool IsRecord(Type type) =>
        type.GetMethod("PrintMembers", BindingFlags.Instance | BindingFlags.NonPublic) is not null;

    private static (Func<string, bool> Projects, Func<string, bool> Packages, bool Aspnet) Allowed(string project) =>
        project.Split('/') switch
        {
            ["src", "Kernel"] => (_ => false, p => p == "NodaTime", false),
            ["src", "Contracts"] => (p => p == Kernel, _ => false, false),
            ["src", "Business", _] => (p => p is Kernel or Contracts or RecordKeeper, p => EfRelational.Contains(p)
                || p == "CsvHelper", true),
            ["src", "ControlPanels", "RecordKeeper"] => (p => p is Kernel or Contracts, EfRelational.Contains, true),
            ["src", "ControlPanels", _] => (p => p is Kernel or Contracts, _ => false, false),
            ["src", "Engines", _] =>
                (p => p is Kernel or Contracts || p.StartsWith("src/ControlPanels/", StringComparison.Ordinal),
                _ => true, true),
            ["src", "Regions", _] => (p => p is Kernel or Contracts, _ => false, false),
            ["src", "Host"] => (_ => true, _ => true, true),
            _ => throw new InvalidOperationException($"No rule of the design knows {project}"),
        };

    private static IEnumerable<string> Values(XDocument project, string element) =>
        project.Descendants(element).Select(e => e.Attribute("Include")!.Value);
}

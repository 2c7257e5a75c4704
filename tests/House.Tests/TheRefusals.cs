using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using BusinessM.Host.Gateway;
using BusinessM.Host.Gateway.Description;

namespace BusinessM.House.Tests;

/// <summary>The catalogues of refusals against docs/errors.md, the sources, and the tests.</summary>
public sealed partial class TheRefusals
{
    [Fact]
    public void are_listed_in_the_documents()
    {
        var text = new StringBuilder("""
            # Refusals

            Every refusal that the program knows, by its code. Codes are never renamed. Over HTTP a refusal is
            ProblemDetails (RFC 9457) with the status below, the code in `code` and, where one field is at fault, its path
            in `field`.
            `./test --update` rewrites this page from the catalogues (`XxxErrors.cs`).


            """.ReplaceLineEndings("\n"));
        foreach (var context in Catalogue.All.GroupBy(c => c.Code.Split('.')[0]))
        {
            text.Append(CultureInfo.InvariantCulture,
                $"## {context.Key}\n\n| code | status | meaning |\n| --- | --- | --- |\n");
            foreach (var code in context)
                text.Append(CultureInfo.InvariantCulture,
                    $"| `{code.Code}` | {Responses.StatusOf(code)} | {code.Meaning} |\n");
            text.Append('\n');
        }
        (text.ToString().TrimEnd('\n') + "\n").ShouldStandIn("docs/errors.md");
    }

    [Fact]
    public void have_codes_of_context_thing_and_fact_that_occur_once()
    {
        var all = Repository.Files("src", "*Errors.cs").SelectMany(f => Declared().Matches(File.ReadAllText(f)))
            .Select(m => m.Groups[1].Value).ToList();
        all.ShouldBe(Catalogue.All.Select(c => c.Code), ignoreOrder: true);
        all.ShouldBeUnique();
        foreach (var code in all) code.ShouldMatch(@"\A[a-z0-9-]+\.[a-z0-9-]+\.[a-z0-9-]+\z");
    }

    /// <summary>Nobody writes a code as text outside the catalogues: the permissions have the same form, and are no
    /// codes.
    /// </summary>
    [Fact]
    public void are_made_from_the_catalogues_only()
    {
        var contexts = Catalogue.All.Select(c => c.Code.Split('.')[0]).ToHashSet();
        var facts = Catalogue.All.Select(c => c.Code.Split('.')[^1]).ToHashSet();
        var known = Catalogue.All.Select(c => c.Code).ToHashSet();
        var found = from file in Repository.Files("src", "*.cs")
                    where !file.EndsWith("Errors.cs", StringComparison.Ordinal)
                    from line in File.ReadLines(file)
                    where !line.TrimStart().StartsWith("//", StringComparison.Ordinal)
                    from Match match in Literal().Matches(line)
                    let code = match.Groups[1].Value
                    let parts = code.Split('.')
                    where contexts.Contains(parts[0]) && (known.Contains(code) || facts.Contains(parts[^1]))
                        && !line.Contains("Catalogue.Find(", StringComparison.Ordinal)
                    select $"{Repository.Name(file)}: {code}";
        found.ShouldBeEmpty();
        var made = from file in Repository.Files("src", "*.cs")
                   where !file.EndsWith("Errors.cs", StringComparison.Ordinal)
                       && !file.EndsWith("Error.cs", StringComparison.Ordinal)
                   from line in File.ReadLines(file)
                   where MadeByHand().IsMatch(line)
                   select $"{Repository.Name(file)}: {line.Trim()}";
        made.ShouldBeEmpty();
    }

    /// <summary>Put [Produces("code")] on the test that does (docs/recipes/add-a-refusal.md).</summary>
    [Fact]
    public void are_each_produced_by_a_test()
    {
        var produced = Repository.Files("tests", "*.cs").SelectMany(f => Produced().Matches(File.ReadAllText(f)))
            .Select(m => m.Groups[1].Value).ToHashSet();
        var known = Catalogue.All.Select(c => c.Code).ToHashSet();
        produced.Except(known).ShouldBeEmpty("tests produce codes that no catalogue has");
        known.Except(produced).ShouldBeEmpty("no test produces these codes");
    }

    [GeneratedRegex("new\\(\\s*\"([^\"]+)\",\\s*ErrorKind\\.")]
    private static partial Regex Declared();

    [GeneratedRegex("\"([a-z0-9-]+\\.[a-z0-9-]+\\.[a-z0-9-]+)\"")]
    private static partial Regex Literal();

    [GeneratedRegex(@"new Error\(ErrorKind\.\w+, *\$?""|(?<!Console\.)Error\.[A-Z]\w+\( *\$?""")]
    private static partial Regex MadeByHand();

    [GeneratedRegex("Produces\\(\"([^\".]+\\.[^\"]+)\"\\)")]
    private static partial Regex Produced();
}

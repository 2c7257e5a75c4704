using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Xml.Linq;

namespace BusinessM.House.Tests;

/// <summary>Every package of the lock files with its licence: THIRD-PARTY.md for people, ops/sbom.json (CycloneDX 1.6)
/// for
/// programs.</summary>
public sealed class ThirdParties
{
    private static readonly JsonSerializerOptions Indented = new()
    {
        WriteIndented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    private sealed record Package(string Kind, string Name, string Version, string Licence, bool Ships)
    {
        public string Url => $"pkg:{Kind}/{Name.Replace("@", "%40", StringComparison.Ordinal)}@{Version}";
    }

    [Fact]
    public void are_listed_with_their_licences()
    {
        var text =
            new StringBuilder("# Third parties\n\nWhat this project uses of others, by the lock files, "
            + "with the licence that each package states. `./test --update` rewrites this page\nand `ops/sbom.json` (CycloneDX). "
            + ".NET itself and "
            + "PostgreSQL (PostgreSQL License) run beside it.\n");
        foreach (var group in Packages().GroupBy(p => (p.Ships, p.Kind)).OrderByDescending(g => g.Key.Ships)
            .ThenBy(g => g.Key.Kind))
        {
            text.Append(CultureInfo.InvariantCulture,
                $"\n## {(group.Key.Ships ? "In the program" : "For building and testing only")}: {group.Key.Kind}\n\n");
            text.Append("| package | version | licence |\n| --- | --- | --- |\n");
            foreach (var p in group)
                text.Append(CultureInfo.InvariantCulture, $"| {p.Name} | {p.Version} | {p.Licence} |\n");
        }
        text.ToString().ShouldStandIn("THIRD-PARTY.md");
    }

    [Fact]
    public void have_licences_that_ask_for_nothing_of_the_program() => Packages().Where(p => p.Ships)
        .Where(p => !p.Licence.Split(' ', '(', ')').Where(w => w is not ("" or "OR" or "AND"))
            .All(w =>
                w is "MIT" or "Apache-2.0" or "BSD-2-Clause" or "BSD-3-Clause" or "PostgreSQL"
                    or "MS-PL" or "0BSD" or "ISC" or "Unlicense"))
        .Select(p => $"{p.Name} {p.Version}: {p.Licence}").ShouldBeEmpty();

    [Fact]
    public void are_in_the_bill_of_materials()
    {
        var components = new JsonArray([.. Packages().Select(p => (JsonNode)new JsonObject
        {
            ["type"] = "library", ["bom-ref"] = p.Url, ["name"] = p.Name, ["version"] = p.Version, ["purl"] = p.Url,
            ["scope"] = p.Ships ? "required" : "excluded",
            ["licenses"] = new JsonArray(new JsonObject { ["expression"] = p.Licence }),
        })]);
        var digest = SHA256.HashData(Encoding.UTF8.GetBytes(components.ToJsonString()));
        var bom = new JsonObject
        {
            ["bomFormat"] = "CycloneDX", ["specVersion"] = "1.6", ["version"] = 1,
            ["serialNumber"] = "urn:uuid:" + new Guid(digest.AsSpan(0, 16)),
            ["metadata"] = new JsonObject
            {
                ["component"] = new JsonObject { ["type"] = "application", ["name"] = "business-m",
                    ["version"] = "0.1.0" },
            },
            ["components"] = components,
        };
        (bom.ToJsonString(Indented).ReplaceLineEndings("\n") + "\n").ShouldStandIn("ops/sbom.json");
    }

    private static List<Package> Packages() =>
    [
        .. Repository.Files("src", "packages.lock.json").SelectMany(f => Nuget(f, true))
            .Concat(Repository.Files("tests", "packages.lock.json").SelectMany(f => Nuget(f, false)))
            .Concat(Repository.Files("src", "package-lock.json").SelectMany(f => Npm(f, true)))
            .Concat(Repository.Files("tests", "package-lock.json").SelectMany(f => Npm(f, false)))
            .Concat(Npm(Path.Combine(Repository.Root, "desk", "package-lock.json"), true))
            .GroupBy(p => p.Url, StringComparer.OrdinalIgnoreCase)
                .Select(g => g.OrderByDescending(p => p.Ships).First())
            .OrderBy(p => p.Name, StringComparer.OrdinalIgnoreCase).ThenBy(p => p.Version, StringComparer.Ordinal),
    ];

    private static IEnumerable<Package> Nuget(string file, bool ships)
    {
        using var read = JsonDocument.Parse(File.ReadAllText(file));
        foreach (var package in read.RootElement.GetProperty("dependencies").EnumerateObject()
            .SelectMany(t => t.Value.EnumerateObject()))
        {
            if (package.Value.GetProperty("type").GetString() == "Project") continue;
            var version = package.Value.GetProperty("resolved").GetString()!;
            var analyzer = package.Name.EndsWith("Analyzers", StringComparison.Ordinal);
            yield return new Package("nuget", package.Name, version, NugetLicence(package.Name, version), ships
                && !analyzer);
        }
    }

    private static string NugetLicence(string name, string version)
    {
        var cache = Environment.GetEnvironmentVariable("NUGET_PACKAGES") is { Length: > 0 } given ? given
            : Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), ".nuget", "packages");
        var (id, folder) =
            (name.ToLowerInvariant(), Path.Combine(cache, name.ToLowerInvariant(), version.ToLowerInvariant()));
        var metadata = XDocument.Load(Path.Combine(folder, id + ".nuspec")).Root!.Elements()
            .First(e => e.Name.LocalName == "metadata");
        string? Value(string element) => metadata.Elements().FirstOrDefault(e => e.Name.LocalName == element)?.Value;
        var licence = metadata.Elements().FirstOrDefault(e => e.Name.LocalName == "license");
        if (licence?.Attribute("type")?.Value == "expression") return licence.Value;
        if (licence is not null && Path.Combine(folder, licence.Value) is var path && File.Exists(path))
            return OfText(File.ReadAllText(path));
        return Value("licenseUrl") switch
        {
            { } url when url.Contains("apache", StringComparison.OrdinalIgnoreCase) => "Apache-2.0",
            { } url when url.Contains("mit", StringComparison.OrdinalIgnoreCase) => "MIT",
            { } url => url,
            null => "unknown",
        };
    }

    private static string OfText(string text) => text switch
    {
        _ when text.Contains("Apache License", StringComparison.Ordinal) => "Apache-2.0",
        _ when text.Contains("Permission is hereby granted, free of charge", StringComparison.Ordinal) => "MIT",
        _ when text.Contains("Redistribution and use in source and binary forms", StringComparison.Ordinal) =>
            "BSD-3-Clause",
        _ when text.Contains("Microsoft Public License", StringComparison.Ordinal) => "MS-PL",
        _ => "unknown",
    };

    private static IEnumerable<Package> Npm(string file, bool ships)
    {
        using var read = JsonDocument.Parse(File.ReadAllText(file));
        foreach (var package in read.RootElement.GetProperty("packages").EnumerateObject()
            .Where(p => p.Name.Contains("node_modules/", StringComparison.Ordinal)
                && !p.Value.TryGetProperty("link", out _)))
        {
            var name = package.Name[(package.Name.LastIndexOf("node_modules/", StringComparison.Ordinal) + 13)..];
            var forBuilding = package.Value.TryGetProperty("dev", out _)
                || package.Value.TryGetProperty("devOptional", out _);
            yield return new Package("npm", name, package.Value.GetProperty("version").GetString()!,
                package.Value.TryGetProperty("license", out var licence) ? licence.GetString()! : NpmLicence(name),
                ships && !forBuilding);
        }
    }

    // Tamagui's smaller packages name no licence in their package.json; the LICENSE file in each is MIT's.
    private static string NpmLicence(string name) =>
        name.StartsWith("@tamagui/", StringComparison.Ordinal) ? "MIT" : "unknown";
}

using System.Diagnostics;
using BusinessM.HostTesting;

namespace BusinessM.House.Tests;

/// <summary>A TypeScript client made from the description (openapi-typescript), compiled strictly and run by node
/// against a running host.</summary>
public sealed class TheClient(RunningHost host) : IClassFixture<RunningHost>
{
    private static readonly string Sources = Path.Combine(Repository.Root, "tests", "House.Tests", "client");
    private static readonly string Work = Path.Combine(Repository.Root, "tests", "House.Tests", "obj", "client");

    [Fact, Trait("Category", "Slow")]
    public async Task made_from_the_description_compiles_and_works()
    {
        await Install();
        foreach (var file in (string[])["journey.ts", "tsconfig.json", "package.json"])
            File.Copy(Path.Combine(Sources, file), Path.Combine(Work, file), overwrite: true);
        await File.WriteAllTextAsync(Path.Combine(Work, "api.json"),
            await host.Anonymous().GetStringAsync("/openapi/v1.json"));
        await Run("node", "node_modules/openapi-typescript/bin/cli.js", "api.json", "-o", "api.ts");
        await Run("node", "node_modules/typescript/bin/tsc", "-p", ".");
        var said = await Run("node", "out/journey.js");
        said.Split('\n', StringSplitOptions.RemoveEmptyEntries).Length.ShouldBe(7, said);
    }

    private static async Task Install()
    {
        Directory.CreateDirectory(Work);
        var (wanted, there) = (Path.Combine(Sources, "package-lock.json"), Path.Combine(Work, "package-lock.json"));
        var installed = Path.Combine(Work, "node_modules", ".package-lock.json");
        if (File.Exists(installed) && File.Exists(there)
            && await File.ReadAllTextAsync(wanted) == await File.ReadAllTextAsync(there)) return;
        File.Copy(Path.Combine(Sources, "package.json"), Path.Combine(Work, "package.json"), overwrite: true);
        File.Copy(wanted, there, overwrite: true);
        await Run("npm", "ci", "--ignore-scripts", "--no-audit", "--no-fund", "--no-update-notifier", "--loglevel=error");
    }

    private static Task<string> Run(string program, params string[] words) => Run(program, words, []);

    private async Task<string> Run(string program, string script) => await Run(program, [script], new()
    {
        ["ADDRESS"] = host.Address.ToString().TrimEnd('/'), ["PASSWORD"] = host.AdministratorPassword,
    });

    private static async Task<string> Run(string program, string[] words, Dictionary<string, string> environment)
    {
        var start = new ProcessStartInfo(program, words)
        {
            WorkingDirectory = Work, RedirectStandardOutput = true, RedirectStandardError = true,
        };
        foreach (var (name, value) in environment) start.Environment[name] = value;
        using var process = Process.Start(start)!;
        var (said, complained) = (process.StandardOutput.ReadToEndAsync(), process.StandardError.ReadToEndAsync());
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        if (process.ExitCode != 0) Assert.Fail($"{program} {string.Join(' ', words)}: {await said}{await complained}");
        return await said;
    }
}

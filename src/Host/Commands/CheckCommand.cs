using System.CommandLine;
using BusinessM.Engines.Postgres;
using BusinessM.Host.Checks;

namespace BusinessM.Host.Commands;

/// <summary>Recomputes what the books promise from postings, links and documents alone, on one snapshot.</summary>
internal sealed class CheckCommand() : TopCommand("check", "Recompute what the books promise, and name each row that breaks a promise")
{
    private sealed record Row(string Check, string Promise, long Breaches, double Seconds, IReadOnlyList<Finding> Findings);

    protected override async Task<int> Run(Context context, CancellationToken ct)
    {
        await using var installation = await Installation.Command(context.Settings, ct);
        if (await installation.Migrator().Plan(ct) is not [])
            throw new StartupFault("The database is not of this version yet.", "business-m migrate");
        var rows = new List<Row>();
        IEnumerable<Check> checks = [.. RecordCheck.All, .. LedgerCheck.All, .. FinanceCheck.All];
        await foreach (var result in Engines.Postgres.Checks.Run(installation.Database, checks, ct))
        {
            rows.Add(new Row(result.Check.Name, result.Check.Promise, result.Breaches, result.Took.TotalSeconds, result.Findings));
            if (!context.AsJson) foreach (var line in Lines(rows[^1])) Console.Out.WriteLine(line);
        }
        var broken = rows.Count(row => row.Breaches > 0);
        if (context.AsJson) context.Answer(rows, []);
        else Console.Out.WriteLine(broken == 0 ? $"{rows.Count} promises kept" : $"{broken} of {rows.Count} promises broken");
        return broken == 0 ? 0 : 1;
    }

    private static IEnumerable<string> Lines(Row row)
    {
        yield return FormattableString.Invariant($"{(row.Breaches == 0 ? "ok  " : "BAD ")} {row.Check,-22} {row.Promise} ({row.Seconds:0.0} s)");
        foreach (var finding in row.Findings) yield return $"     {finding.Row}: {finding.What}";
        if (row.Breaches > row.Findings.Count) yield return $"     and {row.Breaches - row.Findings.Count} more";
    }
}

namespace BusinessM.Host.Commands;

internal sealed class ConfigCommand() : TopCommand("config", "Show every setting, its value and where it comes from")
{
    private sealed record Row(string Name, string? Value, Origin Origin, string From, string Flag, string Variable,
        string Text);

    protected override Task<int> Run(Context context, CancellationToken ct)
    {
        var rows = context.Settings.All.Select(v => new Row(v.Setting.Name, v.Shown, v.Origin, v.From,
            v.Setting.Flag, v.Setting.Variable, v.Setting.Text)).ToList();
        var (names, values) = (rows.Max(r => r.Name.Length), rows.Max(r => (r.Value ?? "-").Length));
        context.Answer(rows,
            rows.Select(r => $"{r.Name.PadRight(names)}  {(r.Value ?? "-").PadRight(values)}  {r.From}"));
        return Task.FromResult(0);
    }
}

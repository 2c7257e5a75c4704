using BusinessM.Host.Demo;
using BusinessM.Host.Import;

namespace BusinessM.Host.Commands;

internal sealed class DemoCommand() : TopCommand("demo", "Load the demo company: three days of a real wholesaler")
{
    protected override async Task<int> Run(Context context, CancellationToken ct)
    {
        await using var workshop = await Workshop.Open(context.Settings, ct);
        var loaded = await ProgressBar.Around("Loading the demo company", "lines", !context.AsJson, move =>
            DemoCompany.Load(workshop.Services, (done, all) => move(done, all), ct));
        context.Answer(loaded, loaded.New
            ? FormattableString.Invariant($"Company {loaded.Code}: {loaded.Counts!.Invoices} invoices, {loaded.Counts.CreditNotes} credit notes. Try: business-m report trial-balance --company {loaded.Code}")
            : $"Company {loaded.Code} is there already.");
        return 0;
    }
}

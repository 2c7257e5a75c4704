using BusinessM.Contracts.Masters;
using BusinessM.Finance.Import;
using BusinessM.Records;

namespace BusinessM.Host.Demo;

/// <summary>The demo company: three days of a real wholesaler (see the README beside the data), loaded by the importer as
/// a user's own file would be, and some invoices paid. Loading it again changes nothing.</summary>
internal static class DemoCompany
{
    public sealed record Loaded(Guid Company, string Code, bool New, ImportCounts? Counts);

    private static readonly DateOnly Paid = new(2010, 12, 3);

    private static string Data => Path.Combine(AppContext.BaseDirectory, "Demo", "data", "online-retail-sample",
        "online_retail_2010-12-01_to_03.csv");

    public static async Task<bool> IsNeeded(IServiceProvider services, CancellationToken ct)
    {
        var companies = await services.Do((IMasters masters) => masters.Companies(new CompaniesQuery(), ct));
        return companies is { Failed: false, Value.Count: 0 };
    }

    /// <summary>Sets it up where it is not there, imports the sample, takes the receipts.</summary>
    public static async Task<Loaded> Load(IServiceProvider services, Action<int, int> progress, CancellationToken ct)
    {
        var there = await services.Do((IMasters masters) => masters.Companies(new CompaniesQuery([DemoBooks.Company]), ct));
        var isNew = there.Value is [];
        if (isNew)
        {
            var today = Zones.DateAt(services.GetRequiredService<TimeProvider>().GetUtcNow(), "Europe/London");
            Good(await services.Do((DemoBooks demo) => demo.SetUp(today, ct)));
        }
        const string name = "online-retail";
        var text = ShippedMaps.Text(name)!;
        var imported = await services.GetRequiredService<SalesImporter>().Run(new ImportRequest(DemoBooks.Company, Data,
            ImportMap.Parse(text).Value, text, "demo"), new Listener(progress), ct);
        Good(imported);
        Good(await services.Do((DemoBooks demo) => demo.Receive("536365", Paid, null, 0, ct)));
        Good(await services.Do((DemoBooks demo) => demo.Receive("536367", Paid, 100m, 0, ct)));
        Good(await services.Do((DemoBooks demo) => demo.Receive("536370", Paid, null, 10m, ct)));
        return new Loaded(DemoBooks.Company.Value, "GIFTS", isNew, imported.Value.Counts);
    }

    private static void Good<T>(Result<T> result)
    {
        if (result.Failed) throw new InvalidOperationException($"The demo company: {result.Failure.Message} ({result.Failure.Code})");
    }

    private sealed class Listener(Action<int, int> progress) : IImportListener
    {
        private int _rows;

        public void Surveyed(int documents, int rows) => _rows = rows;

        public void Progress(int documents, int rows, int refused) => progress(rows, _rows);

        public void Refused(RowFault fault) =>
            throw new InvalidOperationException($"The demo company: line {fault.Line}: {fault.Error.Message} ({fault.Error.Code})");

        public void StockAdjustment(SalesDocument document)
        {
        }
    }
}

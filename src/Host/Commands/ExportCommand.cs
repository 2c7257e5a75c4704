using System.CommandLine;
using System.Text;
using BusinessM.Contracts.BookKeeper;
using BusinessM.Contracts.Masters;
using BusinessM.Engines.Postgres;
using BusinessM.Host.Export;

namespace BusinessM.Host.Commands;

internal sealed class ExportCommand : TopCommand
{
    public ExportCommand() : base("export", "Write what the books hold in a format of others") => Add(new ExportJournalCommand());

    protected override bool IsGroup => true;

    protected override Task<int> Run(Context context, CancellationToken ct) => throw new InvalidOperationException();
}

/// <summary>Every journal of a company in recorded order, a page at a time: the file may be larger than the memory.
/// </summary>
internal sealed class ExportJournalCommand : HostCommand
{
    private sealed record Answer(string? File, string Format, long Journals, long Lines);

    private const int Page = 500;

    private readonly CompanyChoice _company;
    private readonly Option<string> _format = new("--format") { Required = true, Description = "ledger, hledger, csv or json" };
    private readonly Option<AmountsIn> _amounts = new("--amounts")
    {
        Description = "For ledger and hledger: amounts in the company's currency or in the transaction's",
    };

    private readonly Option<FileInfo?> _output = new("--output") { Description = "The file to write; without it, standard output" };
    private readonly Option<DateOnly?> _from = Dates.Option("--from", "The first day");
    private readonly Option<DateOnly?> _to = Dates.Option("--to", "The last day");

    public ExportJournalCommand() : base("journal", "Write all journals, one transaction each")
    {
        _format.AcceptOnlyFromAmong([.. JournalWriter.Formats]);
        _company = CompanyChoice.Of(this);
        foreach (var option in new Option[] { _format, _amounts, _output, _from, _to }) Add(option);
    }

    protected override async Task<int> Run(Context context, CancellationToken ct)
    {
        await using var workshop = await Workshop.Open(context.Settings, ct);
        await using var scope = workshop.Scope();
        var company = await _company.In(context, scope.ServiceProvider.GetRequiredService<IMasters>(), ct);
        var books = scope.ServiceProvider.GetRequiredService<IBooks>();
        var file = context.Words.GetValue(_output);
        await using var output = file is null
            ? new StreamWriter(Console.OpenStandardOutput(), new UTF8Encoding(false), 1 << 16)
            : new StreamWriter(file.FullName, false, new UTF8Encoding(false), 1 << 16);
        output.NewLine = "\n";
        var format = context.Words.GetValue(_format)!;
        var accounts = Good(await books.Accounts(new AccountsQuery(company.Id), ct));
        var writer = JournalWriter.Of(format, output, accounts.ToDictionary(a => a.Code, a => a.Name, StringComparer.Ordinal), company.Currency,
            context.Words.GetValue(_amounts));
        var (journals, lines) = (0L, 0L);
        var query = new JournalsQuery(company.Id, context.Words.GetValue(_from), context.Words.GetValue(_to), Take: Page);
        writer.Begin();
        do
        {
            var page = Good(await books.Journals(query, ct));
            foreach (var journal in page.Journals)
            {
                writer.Write(journal);
                (journals, lines) = (journals + 1, lines + journal.Journal.Lines.Count);
            }
            query = query with { After = page.Next };
        }
        while (query.After is not null);
        writer.End();
        await output.FlushAsync(ct);
        if (file is not null)
            context.Answer(new Answer(file.FullName, format, journals, lines),
                FormattableString.Invariant($"{journals} journals with {lines} lines written to {file.FullName}"));
        return 0;
    }

    private static T Good<T>(Result<T> result) =>
        result.Failed ? throw new StartupFault(result.Failure.Message, $"({result.Failure.Code})") : result.Value;
}

using System.CommandLine;
using System.Globalization;
using BusinessM.Contracts.BookKeeper;
using BusinessM.Contracts.Masters;
using BusinessM.Engines.Postgres;
using BusinessM.Finance.Reports;

namespace BusinessM.Host.Commands;

internal sealed class ReportCommand : TopCommand
{
    public ReportCommand() : base("report", "Show what the books say")
    {
        Add(new TrialBalanceCommand());
        Add(new JournalReportCommand("journal", "Show journals in recorded order", account: false));
        Add(new JournalReportCommand("general-ledger", "Show the postings of an account, with its balance before and after", account: true));
        Add(new OpenItemsCommand());
    }

    protected override bool IsGroup => true;

    protected override Task<int> Run(Context context, CancellationToken ct) => throw new InvalidOperationException();
}

/// <summary>A report of one company's books.</summary>
internal abstract class BooksReport : HostCommand
{
    private readonly CompanyChoice _company;

    protected BooksReport(string name, string description) : base(name, description) => _company = CompanyChoice.Of(this);

    protected override async Task<int> Run(Context context, CancellationToken ct)
    {
        await using var workshop = await Workshop.Open(context.Settings, ct);
        await using var scope = workshop.Scope();
        var company = await _company.In(context, scope.ServiceProvider.GetRequiredService<IMasters>(), ct);
        await Show(context, company, scope.ServiceProvider, ct);
        return 0;
    }

    protected abstract Task Show(Context context, Company company, IServiceProvider services, CancellationToken ct);

    protected static T Good<T>(Result<T> result) =>
        result.Failed ? throw new StartupFault(result.Failure.Message, $"({result.Failure.Code})") : result.Value;

    protected static string Amount(decimal amount, string currency) => new Money(amount, Currency.Of(currency)).AmountText;

    protected static string Day(DateOnly? day) => day?.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture) ?? "";
}

internal sealed class TrialBalanceCommand : BooksReport
{
    private readonly Option<DateOnly?> _asOf = Dates.Option("--as-of", "The last day that counts [today]");
    private readonly Option<DateOnly?> _from = Dates.Option("--from", "The first day that counts [the beginning]");
    private readonly Option<bool> _byCurrency = new("--by-currency") { Description = "One row per account and currency" };
    private readonly Option<long?> _knownAt = new("--known-at") { Description = "As known at this recorded sequence" };

    public TrialBalanceCommand() : base("trial-balance", "Show the debits and credits of every account")
    {
        foreach (var option in new Option[] { _asOf, _from, _byCurrency, _knownAt }) Add(option);
    }

    protected override async Task Show(Context context, Company company, IServiceProvider services, CancellationToken ct)
    {
        var today = Zones.DateAt(services.GetRequiredService<TimeProvider>().GetUtcNow(), company.Zone);
        var balance = Good(await services.GetRequiredService<IBooks>().TrialBalance(new TrialBalanceQuery(company.Id,
            context.Words.GetValue(_asOf) ?? today, context.Words.GetValue(_from), context.Words.GetValue(_knownAt),
            context.Words.GetValue(_byCurrency)), ct));
        context.Answer(balance, Lines(balance, company));
    }

    private static IEnumerable<string> Lines(TrialBalance balance, Company company)
    {
        yield return $"{company.Name}: trial balance as of {Day(balance.AsOf)}, {balance.Currency}";
        foreach (var row in balance.Rows)
        {
            var own = row.Currency is { } code
                ? $"  {Amount(row.CurrencyDebit ?? 0, code),16} {Amount(row.CurrencyCredit ?? 0, code),16} {code}" : "";
            yield return $"{row.Account,-8} {row.Name,-40} {Amount(row.Debit, balance.Currency),16} "
                + $"{Amount(row.Credit, balance.Currency),16}{own}";
        }
        yield return $"{"",-49} {Amount(balance.TotalDebit, balance.Currency),16} {Amount(balance.TotalCredit, balance.Currency),16}";
    }
}

internal sealed class JournalReportCommand : BooksReport
{
    private sealed record Entry(DateOnly Date, string? Number, Guid Journal, string Kind, string Account, string Side,
        decimal Amount, string Currency, decimal BaseAmount, decimal? Balance, string? Party, string? Text);

    private sealed record View(string Currency, decimal? OpeningBalance, IReadOnlyList<Entry> Entries, string? Next);

    private readonly Option<DateOnly?> _from = Dates.Option("--from", "The first day");
    private readonly Option<DateOnly?> _to = Dates.Option("--to", "The last day");
    private readonly Option<string?> _after = new("--after") { Description = "The page after this one (next of the page before)" };
    private readonly Option<int> _take = new("--take") { Description = "Journals of one page, at most 500", DefaultValueFactory = _ => 100 };
    private readonly Option<string>? _account;

    public JournalReportCommand(string name, string description, bool account) : base(name, description)
    {
        if (account) Add(_account = new Option<string>("--account") { Required = true, Description = "The account's code" });
        foreach (var option in new Option[] { _from, _to, _after, _take }) Add(option);
    }

    protected override async Task Show(Context context, Company company, IServiceProvider services, CancellationToken ct)
    {
        var books = services.GetRequiredService<IBooks>();
        var (account, from, after) = (_account is null ? null : context.Words.GetValue(_account), context.Words.GetValue(_from),
            context.Words.GetValue(_after));
        decimal? balance = account is null || after is not null ? null : from is null ? 0
            : await Opening(books, company, account, from.Value.AddDays(-1), ct);
        var page = Good(await books.Journals(new JournalsQuery(company.Id, from, context.Words.GetValue(_to), account, After: after,
            Take: context.Words.GetValue(_take)), ct));
        var (opening, entries) = (balance, new List<Entry>());
        foreach (var journal in page.Journals.Select(j => j.Journal))
            foreach (var line in journal.Lines.Where(line => account is null || line.Account == account))
            {
                if (balance is not null) balance += line.Side == Side.Debit ? line.BaseAmount : -line.BaseAmount;
                entries.Add(new Entry(journal.Date, journal.Source.Number, journal.Id, journal.Source.Kind, line.Account,
                    line.Side == Side.Debit ? "debit" : "credit", line.Amount, line.Currency, line.BaseAmount, balance, line.Party,
                    line.Text ?? journal.Text));
            }
        context.Answer(new View(company.Currency, opening, entries, page.Next), Lines(company, opening, entries, page.Next));
    }

    private static async Task<decimal> Opening(IBooks books, Company company, string account, DateOnly day, CancellationToken ct)
    {
        var balance = Good(await books.Balance(new BalanceQuery(company.Id, account, day), ct));
        return balance.Debit - balance.Credit;
    }

    private static IEnumerable<string> Lines(Company company, decimal? opening, List<Entry> entries, string? next)
    {
        if (opening is { } before) yield return $"balance before {Amount(before, company.Currency),54} {company.Currency}";
        foreach (var e in entries)
            yield return $"{Day(e.Date)}  {e.Number ?? "",-16} {e.Account,-8} {(e.Side == "debit" ? Amount(e.BaseAmount, company.Currency) : ""),14} "
                + $"{(e.Side == "credit" ? Amount(e.BaseAmount, company.Currency) : ""),14} "
                + $"{(e.Balance is { } balance ? Amount(balance, company.Currency) : ""),16}"
                + (e.Currency == company.Currency ? "" : $"  {Amount(e.Amount, e.Currency)} {e.Currency}");
        if (next is not null) yield return $"there is more: --after {next}";
    }
}

internal sealed class OpenItemsCommand : BooksReport
{
    private readonly Option<string?> _party = new("--party") { Description = "Only of the customer of this code" };

    public OpenItemsCommand() : base("open-items", "Show what customers owe and what is owed to them") => Add(_party);

    protected override async Task Show(Context context, Company company, IServiceProvider services, CancellationToken ct)
    {
        var masters = services.GetRequiredService<IMasters>();
        PartyId? party = null;
        if (context.Words.GetValue(_party) is { } code)
        {
            var found = Good(await masters.Parties(new PartiesQuery(company.Id, Codes: [code]), ct));
            if (found is not [{ } one]) throw new StartupFault($"There is no party {code}.", "Codes are case-sensitive.");
            party = one.Id;
        }
        var view = Good(await services.GetRequiredService<OpenItemsReport>().Of(company.Id, party?.Value, ct));
        var names = new Dictionary<PartyId, string>();
        foreach (var ids in view.Items.Select(i => i.Party).Distinct().Chunk(1_000))
            foreach (var one in Good(await masters.Parties(new PartiesQuery(company.Id, ids), ct))) names[one.Id] = one.Code;
        context.Answer(view, view.Items.Select(item => $"{names.GetValueOrDefault(item.Party),-16} {item.Number,-16} {Day(item.Date)}  "
            + $"due {Day(item.DueDate),-10} {(item.Overdue ? "overdue" : ""),-8} {Amount(item.Open, item.Currency),14} {item.Currency}")
            .Append($"{view.Items.Count} items, {Amount(view.BaseTotal, view.Currency)} {view.Currency}"));
    }
}

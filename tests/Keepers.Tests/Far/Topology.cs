using BusinessM.Contracts.BookKeeper;
using BusinessM.Contracts.Finance;
using BusinessM.Contracts.RecordKeeper;
using BusinessM.Engines.Postgres;
using BusinessM.Keepers.Tests.Lanes;
using BusinessM.Records;
using BusinessM.Records.Far;
using Microsoft.Extensions.DependencyInjection;
using CompanyBooks = BusinessM.Contracts.BookKeeper.Books;
using ILedgerEngine = BusinessM.Books.ILedgerEngine;

namespace BusinessM.Keepers.Tests.Far;

/// <summary>The probe context and a ledger: in one process and database, or each in its own.</summary>
public sealed class Topology(FarDatabases databases) : IAsyncDisposable
{
    private FarHost? _probe, _finance, _middle;
    private bool _chain;

    public CompanyId Company { get; } = Ids.New<CompanyId>();

    public Network Network { get; } = new();

    public FarHost Probe => _probe!;

    public FarHost Finance => _finance!;

    public bool Far => _probe != _finance;

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public static async Task<Topology> Start(FarDatabases databases, string kind)
    {
        var topology = new Topology(databases);
        if (kind is "far" or "chain")
        {
            topology._chain = kind == "chain";
            await topology.StartMiddle();
            await topology.StartFinance();
            await topology.StartProbe();
        }
        else
        {
            topology._probe = topology._finance = await FarHost.Start("all", databases.Near, null,
                databases.Clock, services =>
            {
                services.AddContext<ProbeDb>("probe");
                if (kind == "near") services.AddScoped<ILedger, RoleLedger>();
                else services.AddScoped<ILedger, TextLedger>();
            });
        }
        await topology.OpenBooks();
        return topology;
    }

    public async Task StartProbe() => _probe = await FarHost.Start("probe", databases.Probe, Network,
        databases.Clock, services =>
        {
            services.AddContext<ProbeDb>("probe");
            if (_chain) services.AddScoped<ILedger, PassedOnLedger>();
            else services.AddFarLedger();
        }, "middle", "finance");

    public async Task StartMiddle() => _middle = await FarHost.Start("middle", databases.Near, Network,
        databases.Clock, services => services.AddFarLedger().AddScoped<IFarMethod, PassOn>(), "probe",
        "finance");

    public async Task StartFinance() => _finance = await FarHost.Start("finance", databases.Finance, Network,
        databases.Clock, services => services.AddScoped<ILedger, RoleLedger>().AddLedgerDoor(),
        "probe", "middle");

    public async Task Restart(string dead)
    {
        Network.Crash = Crash.Never;
        if (dead == "probe")
        {
            await Probe.DisposeAsync();
            await StartProbe();
        }
        else if (dead == "middle")
        {
            await _middle!.DisposeAsync();
            await StartMiddle();
        }
        else
        {
            await Finance.DisposeAsync();
            await StartFinance();
        }
    }

    /// <summary>Time passes, and nothing more goes wrong: what waits is repeated and asked for until nothing waits.
    /// </summary>
    public async Task Settle()
    {
        if (!Far) return;
        await Quiet();
        Network.Crash = Crash.Never;
        Network.Loses = _ => false;
        databases.Clock.Shift += TimeSpan.FromMinutes(1);
        for (var rounds = 0; await Waits(); rounds++)
        {
            rounds.ShouldBeLessThan(10,
                string.Join(Environment.NewLine, Hosts.Select(h => $"{h.Waiting().Result} {h.Warnings}")));
            foreach (var host in Hosts) await host.Far.Relay(Ct);
        }
    }

    private FarHost[] Hosts => _middle is null ? [Probe, Finance] : [Probe, _middle, Finance];

    /// <summary>Nothing flies any more. A message may bring forth another at the other end: several times.</summary>
    public async Task Quiet()
    {
        for (var i = 0; i < 3; i++)
            foreach (var host in Hosts) await host.Quiet();
    }

    private async Task<bool> Waits()
    {
        await Quiet();
        foreach (var host in Hosts)
        {
            var rows = await host.Store.Read(FarScope.WhatWaits, Ct);
            if (!rows.Open || rows.Confirms.Any(c => !c.Acknowledged)
                || rows.Reservations.Any(r => r.State == ReservationState.Reserved)) return true;
        }
        return false;
    }

    /// <summary>The slice under test: writes a note, numbered, and posts its amount. <paramref name="meanwhile"/>: what
    /// happens between the calls and the commit.</summary>
    public Task<Result<Note>> Submit(Guid id, decimal amount, string? key = null, string role = "1200", int month = 4,
        bool commit = true, string? code = null, int times = 1, Func<Task>? meanwhile = null) =>
        Probe.InUnit(async services =>
    {
        var (db, unit) = (services.GetRequiredService<ProbeDb>(), services.GetRequiredService<UnitOfWork>());
        if (key is not null) unit.Key = new AnswerKey("tester", key, [1], []);
        var note = new Note
        {
            Id = new NoteId(id), Company = Company, Code = code ?? id.ToString("N"), Amount = amount,
        };
        db.Add(note);
        unit.Number(new NumberWanted(Company, "notes", "N-{00000}", id, number => note.Number = number));
        for (var i = 0; i < times; i++)
        {
            var posted = await services.GetRequiredService<ILedger>().Post(Fact(id, amount, role, month, i), Ct);
            if (posted.Failed) return posted.Failure;
        }
        if (meanwhile is not null) await meanwhile();
        return commit ? await db.Commit(() => note, Ct) : note;
    });

    public Task<Result<Note>> Reverse(Guid id, Guid reversal) => Probe.InUnit(async services =>
    {
        var db = services.GetRequiredService<ProbeDb>();
        var note = new Note { Id = new NoteId(reversal), Company = Company, Code = reversal.ToString("N") };
        db.Add(note);
        var reversed = await services.GetRequiredService<ILedger>().Reverse(new ReverseFact(Company, FactId(id, 0),
            Ids.Derive(reversal, "fact"), new JournalSource("probe.note", reversal), "Wrong"), Ct);
        return reversed.Failed ? reversed.Failure : await db.Commit(() => note, Ct);
    });

    /// <summary>Submits as a client would: true where it was told that all is well.</summary>
    public async Task<bool> Try(Guid id, decimal amount, string key)
    {
        try
        {
            return !(await Submit(id, amount, key)).Failed;
        }
        catch (Exception fault) when (fault is CrashedException or TimeoutException)
        {
            return false;
        }
    }

    public async Task<bool> Answered(string key) => await Probe.Services.GetRequiredService<Answers>()
        .Find(new AnswerKey("tester", key, [1], []), Ct) is not null;

    public async Task<bool> Noted(Guid id) => await Probe.InUnit(async services =>
        await services.GetRequiredService<ProbeDb>().FindAsync<Note>([new NoteId(id)], Ct) is not null);

    /// <summary>The books as they are; a user's reads resolve first.</summary>
    public async Task<IReadOnlyList<RecordedJournal>> Journals() => (await Finance.Services
        .GetRequiredService<ILedgerEngine>().Journals(new JournalsQuery(Company, Take: 500), Ct)).Value.Journals;

    public async Task<Balance> Balance(string account = "1200") => (await Finance.Services
        .GetRequiredService<ILedgerEngine>()
        .Balance(new BalanceQuery(Company, account, new DateOnly(2026, 12, 31)), Ct)).Value;

    public BusinessFact Fact(Guid id, decimal amount, string role, int month, int i) => new(FactId(id, i), Company,
        new DateOnly(2026, month, 10), new JournalSource("probe.note", id),
        [new FactLine(role, Side.Debit, amount, "EUR"), new FactLine("4000", Side.Credit, amount, "EUR")]);

    public static Guid FactId(Guid id, int i) => Ids.Derive(id, "fact" + (char)('0' + i));

    public async ValueTask DisposeAsync()
    {
        await Probe.DisposeAsync();
        if (Far) await Finance.DisposeAsync();
        if (_middle is not null) await _middle.DisposeAsync();
    }

    /// <summary>Debits on 1200 up to 100; January closed.</summary>
    private async Task OpenBooks()
    {
        var opened = await Finance.InUnit(async services =>
        {
            var books = services.GetRequiredService<IBookKeeper>();
            await books.Open(new CompanyBooks(Company, "EUR", []), Ct);
            await books.PutAccounts([
                new Account(Company, "1200", "Debtors", AccountType.Asset, Limit: new(LimitScope.Account, 100m, null)),
                new Account(Company, "4000", "Sales", AccountType.Income)], Ct);
            await books.PutPeriods([.. Enumerable.Range(1, 12).Select(m => new Period(Company,
                FormattableString.Invariant($"2026-{m:00}"), new DateOnly(2026, m, 1),
                new DateOnly(2026, m, 1).AddMonths(1).AddDays(-1),
                m == 1 ? PeriodState.Closed : PeriodState.Open))], Ct);
            return await services.GetRequiredService<UnitOfWork>().Commit(() => new Done(), 204, Ct);
        });
        opened.Failed.ShouldBeFalse(opened.Failed ? opened.Failure.ToString() : "");
    }
}

using System.Data.Common;
using System.Text.Json;
using BusinessM.Books;
using BusinessM.Contracts.BookKeeper;
using BusinessM.Records;
using CompanyBooks = BusinessM.Contracts.BookKeeper.Books;

namespace BusinessM.Engines.Postgres;

/// <summary>The one statement that loads what operations touch, and how its rows become facts.</summary>
internal static class LedgerLook
{
    // One shape for all kinds of rows: kind, company, id, four texts, four numbers, two flags, two dates, JSON.
    // Plain posting: the accounts by code, the periods by date, the ids (hardly ever there), what limited accounts
    // carry.
    private const string Plain = """
        with acc as materialized (
          select a.* from unnest($2::uuid[], $3::text[]) w(company, code) join ledger.account a using (company, code)),
        limited as (select * from acc a where a.limit_scope is not null),
        pair as (
          select l.id, w.party from unnest($4::uuid[], $5::text[], $6::text[]) w(company, code, party)
            join limited l using (company, code)),
        reserved_here as (select r.* from ledger.reservation r where r.id = any($9))
        select 1, b.company, null::uuid, b.currency, null, null, null, null::numeric, null::numeric, null::numeric,
          null::numeric, null::boolean, null::boolean, null::date, null::date, array_to_json(b.dimensions)::text
          from ledger.books b where b.company = any($1)
        union all
        select 2, a.company, null, a.code, a.name, a.type, a.currency, a.max_debit, a.max_credit, a.id, 0, a.is_group,
          a.closed,
          null, null, a.limit_scope from acc a
        union all
        select 3, p.company, null, p.code, p.state, null, null, p.id, null, null, null, p.adjustment, null, p.first_day,
          p.last_day, null from unnest($7::uuid[], $8::date[]) w(company, day)
          join ledger.period p on p.company = w.company and w.day between p.first_day and p.last_day
        union all
        """;

    private const string Full = """
        with opened as (
          select p.account, p.party from ledger.posting p where p.journal = any($11)
          union all select r.account, r.party from ledger.reservation_line r where r.reservation = any($11)),
        put as (select company, code from unnest($12::uuid[], $13::text[]) w(company, code)),
        acc as (
          select a.* from unnest($2::uuid[], $3::text[]) w(company, code) join ledger.account a using (company, code)
          union select a.* from ledger.account a where a.id in (select account from opened)),
        limited as (
          select a.* from acc a where a.limit_scope is not null or (a.company, a.code) in (select company, code
            from put)),
        pair as (
          select l.id, w.party from unnest($4::uuid[], $5::text[], $6::text[]) w(company, code, party)
            join limited l using (company, code)
          union select o.account, o.party from opened o join limited l on l.id = o.account where o.party is not null),
        reserved_here as (
          select r.* from ledger.reservation r where r.id = any($10)
          union select r.* from ledger.reservation r where r.company = any($14) and r.state = 'Reserved')
        select 1, b.company, null::uuid, b.currency, null, null, null, null::numeric, null::numeric, null::numeric,
          null::numeric, null::boolean, null::boolean, null::date, null::date, array_to_json(b.dimensions)::text
          from ledger.books b where b.company = any($1)
        union all
        select 2, a.company, null, a.code, a.name, a.type, a.currency, a.max_debit, a.max_credit, a.id,
          case when (a.company, a.code) in (select company, code from put)
            and (exists (select 1 from ledger.balance b where b.account = a.id)
              or exists (select 1 from ledger.reservation_line r where r.account = a.id)) then 1 else 0 end,
          a.is_group, a.closed, null, null, a.limit_scope from acc a
        union all
        select 3, p.company, null, p.code, p.state, null, null, p.id, null, null, null, p.adjustment, null, p.first_day,
          p.last_day, null from ledger.period p where p.company = any($9) or exists (
            select 1 from unnest($7::uuid[], $8::date[]) w(company, day)
            where w.company = p.company and w.day between p.first_day and p.last_day)
        union all
        """;

    private const string JournalsThere = """
        select 4, j.company, j.id, j.source_kind, j.source_number, j.text, pd.code, pd.id, null, null, null,
          j.adjustment,
          null, j.date, null, json_build_object('source', j.source_id, 'reverses', j.reverses, 'reservation',
            j.reservation,
            'reversedBy', (select r.id from ledger.journal r where r.reverses = j.id),
            'lines', (select json_agg(json_build_array(a.code, p.credit, p.amount, p.currency, p.base_amount, p.party,
              p.text,
               p.dimensions) order by p.ordinal) from ledger.posting p join ledger.account a on a.id = p.account
               where p.journal = j.id))::text
          from ledger.journal j join ledger.period pd on pd.id = j.period where j.id = any(IDS)
        union all
        select 5, r.company, r.id, r.source_kind, r.source_number, r.text, pd.code, pd.id, r.part, null, null,
          r.adjustment,
          null, r.date, null, json_build_object('source', r.source_id, 'state', r.state, 'journal', r.journal,
            'lines', (select json_agg(json_build_array(a.code, p.credit, p.amount, p.currency, p.base_amount, p.party,
              p.text,
               p.dimensions) order by p.ordinal) from ledger.reservation_line p join ledger.account a on a.id = p.account
               where p.reservation = r.id))::text
          from reserved_here r join ledger.period pd on pd.id = r.period
        """;

    private const string Exposures = """
        union all
        select 6, l.company, null, l.code, '', null, null, b.debit, b.credit, r.debit, r.credit, null, null, null,
          null, null
          from limited l
          cross join lateral (select
            coalesce(sum(case when l.currency is null then b.base_debit else b.debit end), 0) debit,
            coalesce(sum(case when l.currency is null then b.base_credit else b.credit end), 0) credit
            from ledger.balance b where b.account = l.id) b
          cross join lateral (select
            coalesce(sum(case when l.currency is null then r.base_debit else r.debit end), 0) debit,
            coalesce(sum(case when l.currency is null then r.base_credit else r.credit end), 0) credit
            from ledger.reserved r where r.account = l.id and r.party = '') r
        union all
        select 6, l.company, null, l.code, pair.party, null, null, b.debit, b.credit, r.debit, r.credit, null, null,
          null,
          null, null
          from pair join limited l on l.id = pair.id
          cross join lateral (select
            coalesce(sum(case when l.currency is null then b.base_debit else b.debit end), 0) debit,
            coalesce(sum(case when l.currency is null then b.base_credit else b.credit end), 0) credit
            from ledger.party_balance b where b.account = l.id and b.party = pair.party) b
          cross join lateral (select
            coalesce(sum(case when l.currency is null then r.base_debit else r.debit end), 0) debit,
            coalesce(sum(case when l.currency is null then r.base_credit else r.credit end), 0) credit
            from ledger.reserved r where r.account = l.id and r.party = pair.party) r
        """;

    private static readonly string PlainText =
        Plain + "\n" + JournalsThere.Replace("IDS", "$9", StringComparison.Ordinal) + "\n" + Exposures;

    private static readonly string FullText =
        Full + "\n" + JournalsThere.Replace("IDS", "$10", StringComparison.Ordinal) + "\n" + Exposures;

    public static LaneCommand Of(LedgerWants wants) =>
        wants is { Opened.Count: 0, Periods.Count: 0, Put.Count: 0, PeriodsPut.Count: 0 }
            ? new(PlainText, A(wants.Companies, c => c.Value),
                A(wants.Accounts, a => a.Company.Value), A(wants.Accounts, a => a.Account),
                A(wants.Parties, p => p.Company.Value), A(wants.Parties, p => p.Account),
                    A(wants.Parties, p => p.Party),
                A(wants.Dates, d => d.Company.Value), A(wants.Dates, d => d.Date), A(wants.Ids, id => id))
            : new(FullText,
                A(wants.Companies, c => c.Value),
                A(wants.Accounts, a => a.Company.Value), A(wants.Accounts, a => a.Account),
                A(wants.Parties, p => p.Company.Value), A(wants.Parties, p => p.Account),
                    A(wants.Parties, p => p.Party),
                A(wants.Dates, d => d.Company.Value), A(wants.Dates, d => d.Date),
                A(wants.Periods, c => c.Value), A(wants.Ids, id => id), A(wants.Opened, id => id),
                A(wants.Put, a => a.Company.Value), A(wants.Put, a => a.Account), A(wants.PeriodsPut, c => c.Value));

    /// <summary>Adds what is not there yet: what was decided on stays as it is.</summary>
    public static async Task Read(DbDataReader rows, LedgerState state, CancellationToken ct)
    {
        while (await rows.ReadAsync(ct)) Take(rows, state);
    }

    private static void Take(DbDataReader rows, LedgerState state)
    {
        var company = CompanyId.From(rows.GetGuid(1));
        switch (rows.GetInt32(0))
        {
            case 1:
                state.Companies.TryAdd(company, new CompanyFacts(new CompanyBooks(company, rows.GetString(3),
                    JsonSerializer.Deserialize<string[]>(rows.GetString(15))!)));
                break;
            case 2 when state.Companies.TryGetValue(company, out var facts): ReadAccount(rows, facts); break;
            case 3 when state.Companies.TryGetValue(company, out var facts): ReadPeriod(rows, facts); break;
            case 2 or 3: break;     // another company's, found by an id that is not the caller's
            case 4: ReadJournal(rows, company, state); break;
            case 5: ReadReservation(rows, company, state); break;
            default: ReadExposure(rows, company, state); break;
        }
    }

    private static void ReadAccount(DbDataReader rows, CompanyFacts facts)
    {
        var limit = TextOrNull(rows, 15) is { } scope
            ? new AccountLimit(Enum.Parse<LimitScope>(scope), Number(rows, 7), Number(rows, 8)) : null;
        var account = new Account(facts.Books.Company, rows.GetString(3), rows.GetString(4),
            Enum.Parse<AccountType>(rows.GetString(5)), TextOrNull(rows, 6), rows.GetBoolean(11), rows.GetBoolean(12),
            limit);
        facts.Accounts.TryAdd(account.Code,
            new AccountEntry(account, (int)rows.GetDecimal(9)) { Uses = (int)rows.GetDecimal(10) });
    }

    private static void ReadPeriod(DbDataReader rows, CompanyFacts facts)
    {
        var period = new Period(facts.Books.Company, rows.GetString(3), rows.GetFieldValue<DateOnly>(13),
            rows.GetFieldValue<DateOnly>(14), Enum.Parse<PeriodState>(rows.GetString(4)), rows.GetBoolean(11));
        facts.Periods.TryAdd(period.Code, period);
        facts.PeriodIds[period.Code] = (int)rows.GetDecimal(7);
    }

    private static void ReadJournal(DbDataReader rows, CompanyId company, LedgerState state)
    {
        using var json = JsonDocument.Parse(rows.GetString(15));
        var journal = Content(rows, company, json.RootElement);
        state.Journals.TryAdd(journal.Id, JournalEntry.Of(journal, rows.GetString(6), Id(json, "reverses"),
            Id(json, "reservation"), null));
        if (Id(json, "reversedBy") is { } by) state.ReversedBy.TryAdd(journal.Id, by);
        KeepPeriod(rows, company, state);
    }

    private static void ReadReservation(DbDataReader rows, CompanyId company, LedgerState state)
    {
        using var json = JsonDocument.Parse(rows.GetString(15));
        var content = Content(rows, company, json.RootElement);
        state.Reservations.TryAdd(content.Id, new ReservationEntry(content, rows.GetString(6),
            Enum.Parse<ReservationState>(json.RootElement.GetProperty("state").GetString()!), Id(json, "journal"),
            Number(rows, 8)));
        KeepPeriod(rows, company, state);
    }

    // The period of a reservation that is confirmed now is not looked up by its date.
    private static void KeepPeriod(DbDataReader rows, CompanyId company, LedgerState state)
    {
        if (state.Companies.TryGetValue(company,
            out var facts)) facts.PeriodIds[rows.GetString(6)] = (int)rows.GetDecimal(7);
    }

    private static void ReadExposure(DbDataReader rows, CompanyId company, LedgerState state)
    {
        var key = (company, rows.GetString(3), rows.GetString(4));
        if (state.Exposures.ContainsKey(key)) return;
        var exposure = state.ExposureOf(key.company, key.Item2, key.Item3);
        exposure.Add(Side.Debit, rows.GetDecimal(7), reserved: false);
        exposure.Add(Side.Credit, rows.GetDecimal(8), reserved: false);
        exposure.Add(Side.Debit, rows.GetDecimal(9), reserved: true);
        exposure.Add(Side.Credit, rows.GetDecimal(10), reserved: true);
    }

    private static Journal Content(DbDataReader rows, CompanyId company, JsonElement json) =>
        new(rows.GetGuid(2), company,
        rows.GetFieldValue<DateOnly>(13),
        new JournalSource(rows.GetString(3), json.GetProperty("source").GetGuid(), TextOrNull(rows, 4)),
        [.. json.GetProperty("lines").EnumerateArray().Select(Line)], TextOrNull(rows, 5), rows.GetBoolean(11));

    private static JournalLine Line(JsonElement line) => new(line[0].GetString()!, line[1].GetBoolean() ? Side.Credit
        : Side.Debit,
        line[2].GetDecimal(), line[3].GetString()!, line[4].GetDecimal(), line[5].GetString(), line[6].GetString(),
        line[7].ValueKind == JsonValueKind.Null ? null : line[7].Deserialize<Dictionary<string, string>>());

    private static Guid? Id(JsonDocument json, string name) =>
        json.RootElement.GetProperty(name) is { ValueKind: JsonValueKind.String } id ? id.GetGuid() : null;

    private static string? TextOrNull(DbDataReader rows, int column) => rows.IsDBNull(column) ? null
        : rows.GetString(column);

    private static decimal? Number(DbDataReader rows, int column) => rows.IsDBNull(column) ? null
        : rows.GetDecimal(column);

    private static T[] A<TSource, T>(IReadOnlyCollection<TSource> source, Func<TSource, T> value) =>
        [.. source.Select(value)];
}

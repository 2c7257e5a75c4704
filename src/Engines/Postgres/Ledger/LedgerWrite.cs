using System.Text.Json;
using BusinessM.Books;
using BusinessM.Contracts.BookKeeper;
using BusinessM.Records;

namespace BusinessM.Engines.Postgres;

/// <summary>A journal or reservation with its place in the audit chain.</summary>
internal readonly record struct Placed<T>(T What, Recorded At, int Ordinal);

/// <summary>The statements that write what was accepted besides journals: reservations and charts, set-based.</summary>
internal static class LedgerWrite
{
    private const string Sums = "coalesce(sum(amount) filter (where not credit), 0), "
        + "coalesce(sum(amount) filter (where credit), 0), coalesce(sum(base_amount) filter (where not credit), 0), "
        + "coalesce(sum(base_amount) filter (where credit), 0)";

    internal const string Added = "debit = b.debit + excluded.debit, credit = b.credit + excluded.credit, "
        + "base_debit = b.base_debit + excluded.base_debit, base_credit = b.base_credit + excluded.base_credit";

    private const string Reserved = """
        with line as materialized (
          select l.reservation, l.ordinal, coalesce(nullif(l.account, 0), (select a.id from ledger.account a
              where a.company = l.company and a.code = l.code)) as account,
            l.credit, l.amount, l.currency, l.base_amount, l.party, l.text, l.dimensions::jsonb as dimensions
          from unnest($13::uuid[], $14::int[], $15::uuid[], $16::int[], $17::text[], $18::boolean[], $19::numeric[],
            $20::text[],
            $21::numeric[], $22::text[], $23::text[], $24::text[])
            l(reservation, ordinal, company, account, code, credit, amount, currency, base_amount, party, text,
              dimensions)),
        lines as (
          insert into ledger.reservation_line (reservation, ordinal, account, credit, amount, currency, base_amount,
            party,
            text, dimensions)
          select reservation, ordinal, account, credit, amount, currency, base_amount, party, text, dimensions
            from line),
        opened as (
          insert into ledger.reservation (id, company, date, period, source_kind, source_id, source_number, text,
            adjustment,
            seal, reserved_seq, state)
          select r.id, r.company, r.date, coalesce(nullif(r.period, 0), (select p.id from ledger.period p
              where p.company = r.company and p.code = r.period_code)),
            r.kind, r.source, r.number, r.text, r.adjustment, r.seal, r.seq, 'Reserved'
          from unnest($1::uuid[], $2::uuid[], $3::date[], $4::int[], $5::text[], $6::text[], $7::uuid[], $8::text[],
            $9::text[],
            $10::boolean[], $11::bytea[], $12::bigint[])
            r(id, company, date, period, period_code, kind, source, number, text, adjustment, seal, seq))
        insert into ledger.reserved as b (account, party, currency, debit, credit, base_debit, base_credit)
        select account, party, currency, SUMS from (
          select account, '' as party, currency, credit, amount, base_amount from line
          union all select account, party, currency, credit, amount, base_amount from line where party is not null) line
        group by account, party, currency
        on conflict (account, party, currency) do update set ADDED
        """;

    private const string Resolved = """
        with resolved as (
          update ledger.reservation r set state = u.state, resolved_seq = u.seq, journal = u.journal, part = u.part
          from unnest($1::uuid[], $2::text[], $3::bigint[], $4::uuid[], $5::numeric[]) u(id, state, seq, journal, part)
          where r.id = u.id),
        line as (
          select l.account, l.party, l.currency, l.credit, -l.amount as amount, -l.base_amount as base_amount
          from ledger.reservation_line l where l.reservation = any($1))
        insert into ledger.reserved as b (account, party, currency, debit, credit, base_debit, base_credit)
        select account, party, currency, SUMS from (
          select account, '' as party, currency, credit, amount, base_amount from line
          union all select account, party, currency, credit, amount, base_amount from line where party is not null) line
        group by account, party, currency
        on conflict (account, party, currency) do update set ADDED
        """;

    private static readonly string ReservedText = Filled(Reserved), ResolvedText = Filled(Resolved);

    public static LaneCommand Reservations(LedgerState state, IReadOnlyList<Placed<LedgerChange.Reserved>> reserved)
    {
        var lines = new List<(Guid Id, int Ordinal, JournalLine Line, CompanyFacts Facts)>();
        foreach (var placed in reserved)
        {
            var content = placed.What.Entry.Content;
            for (var i = 0; i < content.Lines.Count; i++)
                lines.Add((content.Id, i + 1, content.Lines[i], state.Companies[content.Company]));
        }
        T[] R<T>(Func<ReservationEntry, Placed<LedgerChange.Reserved>, T> value) =>
            [.. reserved.Select(r => value(r.What.Entry, r))];
        T[] L<T>(Func<(Guid Id, int Ordinal, JournalLine Line, CompanyFacts Facts), T> value) =>
            [.. lines.Select(value)];
        return new LaneCommand(ReservedText,
            R((r, _) => r.Content.Id), R((r, _) => r.Content.Company.Value), R((r, _) => r.Content.Date),
            R((r, _) => state.Companies[r.Content.Company].PeriodIds.GetValueOrDefault(r.Period)),
                R((r, _) => r.Period),
            R((r, _) => r.Content.Source.Kind), R((r, _) => r.Content.Source.Id),
            R((r, p) => r.Content.Source.Number ?? p.What.By.Number), R((r, _) => r.Content.Text),
            R((r, _) => r.Content.Adjustment), R((r, _) => JournalContent.Seal(r.Content, null, null).Hash),
                R((_, p) => p.At.Sequence),
            L(l => l.Id), L(l => l.Ordinal), L(l => l.Facts.Books.Company.Value),
                L(l => l.Facts.Accounts[l.Line.Account].Id),
            L(l => l.Line.Account), L(l => l.Line.Side == Side.Credit), L(l => l.Line.Amount), L(l => l.Line.Currency),
            L(l => l.Line.BaseAmount), L(l => l.Line.Party), L(l => l.Line.Text), L(l => Json(l.Line)));
    }

    public static LaneCommand Resolutions(IReadOnlyList<Placed<LedgerChange.Resolved>> resolved)
    {
        T[] R<T>(Func<Placed<LedgerChange.Resolved>, T> value) => [.. resolved.Select(value)];
        return new LaneCommand(ResolvedText, R(r => r.What.Entry.Content.Id), R(r => r.What.Entry.State.ToString()),
            R(r => r.At.Sequence), R(r => r.What.Entry.Journal), R(r => r.What.Entry.Part));
    }

    private const string Chart = """
        with books as (
          insert into ledger.books (company, currency, dimensions)
          select b.company, b.currency, array(select json_array_elements_text(b.dimensions::json))
          from unnest($1::uuid[], $2::text[], $3::text[]) b(company, currency, dimensions)
          on conflict (company) do update set dimensions = excluded.dimensions),
        account as (
          insert into ledger.account (company, code, name, type, currency, is_group, closed, limit_scope, max_debit,
            max_credit)
          select * from unnest($4::uuid[], $5::text[], $6::text[], $7::text[], $8::text[], $9::boolean[],
            $10::boolean[],
            $11::text[], $12::numeric[], $13::numeric[])
          on conflict (company, code) do update set name = excluded.name, type = excluded.type,
            currency = excluded.currency,
            is_group = excluded.is_group, closed = excluded.closed, limit_scope = excluded.limit_scope,
            max_debit = excluded.max_debit, max_credit = excluded.max_credit)
        insert into ledger.period (company, code, first_day, last_day, state, adjustment)
        select * from unnest($14::uuid[], $15::text[], $16::date[], $17::date[], $18::text[], $19::boolean[])
        on conflict (company, code) do update set state = excluded.state
        """;

    /// <summary>Books, accounts and periods as they are after all changes.</summary>
    public static LaneCommand Charts(IReadOnlyList<LedgerChange> changes)
    {
        var books = changes.OfType<LedgerChange.BooksPut>().GroupBy(c => c.Books.Company).Select(g =>
            g.Last().Books).ToList();
        var accounts = changes.OfType<LedgerChange.AccountPut>().GroupBy(c => (c.Account.Company, c.Account.Code))
            .Select(g => g.Last().Account).ToList();
        var periods = changes.OfType<LedgerChange.PeriodPut>().GroupBy(c => (c.Period.Company, c.Period.Code))
            .Select(g => g.Last().Period).ToList();
        T[] A<T>(Func<Account, T> value) => [.. accounts.Select(value)];
        T[] P<T>(Func<Period, T> value) => [.. periods.Select(value)];
        return new LaneCommand(Chart,
            books.Select(b => b.Company.Value).ToArray(), books.Select(b => b.Currency).ToArray(),
            books.Select(b => JsonSerializer.Serialize(b.Dimensions)).ToArray(),
            A(a => a.Company.Value), A(a => a.Code), A(a => a.Name), A(a => a.Type.ToString()), A(a => a.Currency),
            A(a => a.Group), A(a => a.Closed), A(a => a.Limit?.Scope.ToString()), A(a => a.Limit?.MaxDebitBalance),
            A(a => a.Limit?.MaxCreditBalance),
            P(p => p.Company.Value), P(p => p.Code), P(p => p.From), P(p => p.To), P(p => p.State.ToString()),
                P(p => p.Adjustment));
    }

    internal static string? Json(JournalLine line) =>
        line.Dimensions is { Count: > 0 } dimensions ? JsonSerializer.Serialize(dimensions) : null;

    private static string Filled(string text) => text.Replace("SUMS", Sums, StringComparison.Ordinal)
        .Replace("ADDED", Added, StringComparison.Ordinal);
}

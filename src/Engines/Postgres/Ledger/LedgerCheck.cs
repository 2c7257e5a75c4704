namespace BusinessM.Engines.Postgres;

/// <summary>What the book-keeper promises, recomputed by SQL from journals and postings alone.</summary>
public static class LedgerCheck
{
    private const string LineText = "ledger.line_text(a.code, p.credit, p.amount, p.currency, p.base_amount, "
        + "p.party, p.text, p.dimensions)";

    public static IReadOnlyList<Check> All { get; } =
    [
        new("journal-balanced", "Debits equal credits in each journal, in the company's and in each currency", """
            select format('ledger.journal %s', journal),
              format('debits less credits are %s in the company''s currency', sum(base))
            from (select journal, case when credit then -base_amount else base_amount end as base
              from ledger.posting) line
            group by journal having sum(base) <> 0
            union all
            select format('ledger.journal %s', journal), format('debits less credits are %s %s', sum(amount), currency)
            from (select journal, currency, case when credit then -amount else amount end as amount
              from ledger.posting) line
            group by journal, currency having sum(amount) <> 0
            """),
        new("journal-sealed", "Each journal and each of its lines is as it was sealed", $"""
            with line as (
              select p.journal, p.ordinal, p.mark, {LineText} as text from ledger.posting p
                left join ledger.account a on a.id = p.account),
            body as (select journal, count(*) as lines, string_agg(text, '' order by ordinal) as text
              from line group by journal),
            broken as (
              select j.id, j.lines, coalesce(b.lines, 0) as found from ledger.journal j left join body b
                on b.journal = j.id
              where j.seal is distinct from sha256(convert_to(ledger.header_text(j.id, j.company, j.date, j.source_kind,
                j.source_id, j.text, j.adjustment, j.reverses, j.reservation) || b.text, 'UTF8')) or b.lines <> j.lines)
            select format('ledger.posting journal %s ordinal %s', l.journal, l.ordinal),
              'the line is not the one that was sealed'
            from broken b join line l on l.journal = b.id where l.mark is distinct from ledger.mark(l.text)
            union all
            select format('ledger.posting journal %s ordinal %s', b.id, n), 'the line is missing'
            from broken b cross join generate_series(1, b.lines) n
            where not exists (select 1 from ledger.posting p where p.journal = b.id and p.ordinal = n)
            union all
            select format('ledger.journal %s', b.id), format('not as it was sealed; %s lines of %s', b.found, b.lines)
              from broken b
            """),
        new("posting-journal", "Each posting belongs to a journal, and carries its date, period and sequence", """
            select format('ledger.posting journal %s ordinal %s', p.journal, p.ordinal),
              case when j.id is null then 'there is no such journal' when p.date <> j.date
                then 'another date than its journal'
                when p.recorded_seq <> j.recorded_seq then 'another recorded sequence than its journal'
                when p.period <> j.period then 'another period than its journal'
                when a.company is distinct from j.company then 'the account is not the company''s'
                else 'beyond the lines of its journal' end
            from ledger.posting p left join ledger.journal j on j.id = p.journal left join ledger.account a
              on a.id = p.account
            where j.id is null or (p.date, p.recorded_seq, p.period, a.company)
              is distinct from (j.date, j.recorded_seq, j.period, j.company) or p.ordinal > j.lines
            """),
        new("journal-period", "Each journal stands in a period of its company that holds its date", """
            select format('ledger.journal %s', j.id), 'its period does not hold its date'
            from ledger.journal j left join ledger.period p on p.id = j.period and p.company = j.company
              and j.date between p.first_day and p.last_day and p.adjustment = j.adjustment
            where p.id is null
            """),
        new("reversal-mirror", "A reversal is the mirror of what it reverses, line by line", """
            select format('ledger.posting journal %s ordinal %s', r.id, m.ordinal),
              format('not the mirror of journal %s', r.reverses)
            from ledger.journal r join ledger.posting m on m.journal = r.id
            where r.reverses is not null and not exists (
              select 1 from ledger.posting o where o.journal = r.reverses and o.ordinal = m.ordinal
                and o.account = m.account
                and o.credit <> m.credit and o.amount = m.amount and o.currency = m.currency
                  and o.base_amount = m.base_amount
                and o.party is not distinct from m.party and o.dimensions is not distinct from m.dimensions)
            union all
            select format('ledger.journal %s', r.id),
              format('there is no journal %s to reverse, or it has other lines', r.reverses)
            from ledger.journal r left join ledger.journal o on o.id = r.reverses and o.company = r.company
              and o.lines = r.lines
            where r.reverses is not null and o.id is null
            """),
        Sums("balance", "account, period, currency", "true", "ledger.posting p"),
        Sums("party_balance", "account, party, period, currency", "party is not null", "ledger.posting p"),
        Sums("dimension_balance", "account, dimension, value, period, currency", "true",
            "(select q.*, d.key as dimension, d.value as value from ledger.posting q "
            + "cross join lateral jsonb_each_text(q.dimensions) d) p"),
        Sums("reserved", "account, party, currency", "true", """
            (select l.account, x.party, l.currency, l.credit, l.amount, l.base_amount
              from ledger.reservation r join ledger.reservation_line l on l.reservation = r.id
              cross join lateral (select '' as party union all select l.party where l.party is not null) x
              where r.state = 'Reserved') p
            """),
        new("reservation-sealed", "Each reservation is as it was sealed, and a confirmed one has its journal", $"""
            select format('ledger.reservation %s', r.id), 'not as it was sealed'
            from ledger.reservation r left join lateral (
              select string_agg({LineText}, '' order by p.ordinal) as text from ledger.reservation_line p
                join ledger.account a on a.id = p.account where p.reservation = r.id) body on true
            where r.seal is distinct from sha256(convert_to(ledger.header_text(r.id, r.company, r.date, r.source_kind,
              r.source_id,
              r.text, r.adjustment, null, null) || body.text, 'UTF8'))
            union all
            select format('ledger.reservation %s', r.id), format('%s without its journal', r.state)
            from ledger.reservation r left join ledger.journal j on j.id = r.journal and j.reservation = r.id
            where (r.state = 'Confirmed') <> (j.id is not null)
            """),
        new("journal-chained", "The audit chain seals each journal and reservation where it was recorded", """
            with piece as (
              select company, recorded_seq as seq, 1 as kind, ordinal, id, seal as bytes from ledger.journal
              union all select company, reserved_seq, 2, 0, id, seal from ledger.reservation
              union all select company, resolved_seq, 3, 0, id, convert_to(id || state, 'UTF8') from ledger.reservation
                where resolved_seq is not null),
            digest as (
              select company, seq, sha256(string_agg(bytes, ''::bytea order by kind, ordinal, id)) as digest,
                min(id::text) filter (where kind = 1) as journal, min(id::text) as first from piece group by company,
                  seq)
            select case when d.company is null then format('record.audit company %s seq %s', a.company, a.seq)
                when d.journal is null then format('ledger.reservation %s', d.first)
                  else format('ledger.journal %s', d.journal) end,
              case when d.company is null then 'what the link seals is not in the ledger'
                else format('not what link %s of the audit chain seals', d.seq) end
            from digest d full join (select * from record.audit where effects_digest is not null) a
              on a.company = d.company and a.seq = d.seq
            where a.effects_digest is distinct from d.digest
            """),
    ];

    private static Check Sums(string table, string key, string which, string lines)
    {
        string Each(string format) => string.Join(", ", key.Split(", ").Select(column => string.Format(
            System.Globalization.CultureInfo.InvariantCulture, format, column)));
        var both = string.Join(" and ", key.Split(", ").Select(column => $"k.{column} = s.{column}"));
        return new Check(table.Replace('_', '-') + "-sums", $"Each row of ledger.{table} is the sum of its lines", $"""
            with sums as (
              select {key}, coalesce(sum(amount) filter (where not credit), 0) as debit,
                coalesce(sum(amount) filter (where credit), 0) as credit,
                coalesce(sum(base_amount) filter (where not credit), 0) as base_debit,
                coalesce(sum(base_amount) filter (where credit), 0) as base_credit
              from {lines} where {which} group by {key})
            select concat_ws(' ', 'ledger.{table}', {Each("'{0}', coalesce(k.{0}, s.{0})")}),
              format('debit %s credit %s (%s, %s); its lines have %s %s (%s, %s)', k.debit, k.credit, k.base_debit,
                k.base_credit,
                s.debit, s.credit, s.base_debit, s.base_credit)
            from ledger.{table} k full join sums s on {both}
            where (coalesce(k.debit, 0), coalesce(k.credit, 0), coalesce(k.base_debit, 0), coalesce(k.base_credit, 0))
              is distinct from (coalesce(s.debit, 0), coalesce(s.credit, 0), coalesce(s.base_debit, 0),
                coalesce(s.base_credit, 0))
            """);
    }
}

using BusinessM.Contracts.BookKeeper;

namespace BusinessM.Engines.Postgres;

/// <summary>Trial balances: maintained rows of all periods that end in time, and the postings of the one that does not.
/// </summary>
internal static class TrialBalanceSql
{
    // $1 company, $2 last day, $3 the day before the first
    public static string Now(bool byCurrency, bool from) => $"""
        with turnover as ({UpTo("$2::date", "")}{(from ? " union all " + UpTo("$3::date", "-") : "")})
        {Rows(byCurrency)}
        """;

    private static string UpTo(string day, string sign) => $"""
        select b.account, b.currency, {sign}b.debit as debit, {sign}b.credit as credit, {sign}b.base_debit as base_debit,
          {sign}b.base_credit as base_credit
        from ledger.period p join ledger.balance b on b.period = p.id where p.company = $1 and p.last_day <= {day}
        union all
        select l.account, l.currency, {sign}case when l.credit then 0 else l.amount end,
          {sign}case when l.credit then l.amount else 0 end, {sign}case when l.credit then 0 else l.base_amount end,
          {sign}case when l.credit then l.base_amount else 0 end
        from ledger.period p join ledger.account a on a.company = p.company
          join ledger.posting l on l.account = a.id and l.period = p.id and l.date between p.first_day and {day}
        where p.company = $1 and p.first_day <= {day} and p.last_day > {day}
        """;

    // $1 company, $2 last day, $3 first day, $4 recorded sequence
    public static string KnownAt(bool byCurrency) => $"""
        with turnover as (
          select l.account, l.currency, case when l.credit then 0 else l.amount end as debit,
            case when l.credit then l.amount else 0 end as credit, case when l.credit then 0 else l.base_amount end as base_debit,
            case when l.credit then l.base_amount else 0 end as base_credit
          from ledger.posting l
          where l.account in (select id from ledger.account where company = $1) and l.date between $3 and $2
            and l.recorded_seq <= $4)
        {Rows(byCurrency)}
        """;

    private static string Rows(bool byCurrency)
    {
        var own = byCurrency ? "currency, sum(debit) debit, sum(credit) credit"
            : "null::text currency, null::numeric debit, null::numeric credit";
        return $"""
            , total as (
              select account, {own}, sum(base_debit) base_debit, sum(base_credit) base_credit
              from turnover group by account{(byCurrency ? ", currency" : "")})
            select a.code, a.name, a.type, t.base_debit, t.base_credit, t.currency, t.debit, t.credit
            from total t join ledger.account a on a.id = t.account where a.company = $1
              and (t.base_debit <> 0 or t.base_credit <> 0 or coalesce(t.debit, 0) <> 0 or coalesce(t.credit, 0) <> 0)
            order by a.code, t.currency collate "C"
            """;
    }
}

/// <summary>One account's balance. $1 company, $2 account, $3 day, $4 party, $5 currency, $6 dimension, $7 its value
/// (blank: any), $8 recorded sequence.</summary>
internal static class BalanceSql
{
    private const string Asked = " and ($4 = '' or l.party = $4) and ($5 = '' or l.currency = $5) "
        + "and ($6 = '' or (l.dimensions ? $6 and ($7 = '' or l.dimensions ->> $6 = $7)))";

    public static string Of(BalanceQuery query)
    {
        var (debit, credit, amount) = query.Currency is null
            ? ("base_debit", "base_credit", "base_amount") : ("debit", "credit", "amount");
        var maintained = query.Party is not null ? "ledger.party_balance"
            : query.Dimension is not null ? "ledger.dimension_balance" : "ledger.balance";
        var its = query.Party is not null ? "b.party = $4"
            : query.Dimension is not null ? "b.dimension = $6 and ($7 = '' or b.value = $7)" : "true";
        // what is maintained for neither party and dimension together, nor for earlier moments, is summed from postings
        var now = query.KnownAt is null && (query.Party is null || query.Dimension is null);
        var turnover = now
            ? $"""
              select b.{debit} as debit, b.{credit} as credit from acc join ledger.period p on p.company = $1 and p.last_day <= $3
                join {maintained} b on b.account = acc.id and b.period = p.id and {its} where $5 = '' or b.currency = $5
              union all
              select case when l.credit then 0 else l.{amount} end, case when l.credit then l.{amount} else 0 end
              from acc join ledger.period p on p.company = $1 and p.first_day <= $3 and p.last_day > $3
                join ledger.posting l on l.account = acc.id and l.period = p.id and l.date between p.first_day and $3
              where true{Asked}
              """
            : $"""
              select case when l.credit then 0 else l.{amount} end as debit, case when l.credit then l.{amount} else 0 end as credit
              from acc join ledger.posting l on l.account = acc.id and l.date <= $3 and l.recorded_seq <= $8 where true{Asked}
              """;
        return $"""
            with acc as (select id from ledger.account where company = $1 and code = $2),
            known as (select $8::bigint as sequence),
            turnover as ({turnover}),
            reserved as (
              select coalesce(sum(l.{amount}) filter (where not l.credit), 0) as debit,
                coalesce(sum(l.{amount}) filter (where l.credit), 0) as credit
              from acc join ledger.reservation_line l on l.account = acc.id
                join ledger.reservation r on r.id = l.reservation and r.state = 'Reserved' and r.date <= $3 where true{Asked})
            select coalesce(sum(t.debit), 0), coalesce(sum(t.credit), 0), (select debit from reserved), (select credit from reserved)
            from acc left join turnover t on true group by acc.id
            """;
    }
}

/// <summary>Journals in recorded order. $1 company, $2 $3 the cursor, $4 rows, $5 $6 dates, $7 account, $8 party,
/// $9 source.</summary>
internal static class JournalsSql
{
    public const string Lines = """
        select p.journal, a.code, p.credit, p.amount, p.currency, p.base_amount, p.party, p.text, p.dimensions::text
        from ledger.posting p join ledger.account a on a.id = p.account where p.journal = any($1) order by p.journal, p.ordinal
        """;

    public static string Page(JournalsQuery query)
    {
        var lines = query.Account is null && query.Party is null ? ""
            : $"""
               and exists (select 1 from ledger.posting p join ledger.account a on a.id = p.account where p.journal = j.id
                 {(query.Account is null ? "" : "and a.code = $7")} {(query.Party is null ? "" : "and p.party = $8")})
               """;
        return $"""
            with given as (select $7::text, $8::text, $9::uuid)
            select j.id, j.recorded_seq, j.ordinal, j.recorded_at, j.date, j.source_kind, j.source_id, j.source_number, j.text,
              j.adjustment, j.reverses
            from ledger.journal j where j.company = $1 and (j.recorded_seq, j.ordinal) > ($2, $3) and j.date between $5 and $6
              {(query.Source is null ? "" : "and j.source_id = $9")} {lines}
            order by j.recorded_seq, j.ordinal limit $4
            """;
    }
}

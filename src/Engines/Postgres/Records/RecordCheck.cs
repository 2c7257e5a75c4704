namespace BusinessM.Engines.Postgres;

/// <summary>What the record-keeper promises, recomputed by SQL alone.</summary>
public static class RecordCheck
{
    public static IReadOnlyList<Check> All { get; } =
    [
        new("audit-sequence", "The links of a company's chain are numbered from 1 without a gap", """
            select format('record.audit company %s seq %s', company, seq),
                format('the link before it is %s', coalesce(before::text, 'missing: the chain begins here'))
            from (select company, seq, lag(seq) over (partition by company order by seq) as before from record.audit) link
            where seq <> coalesce(before, 0) + 1
            """),
        new("audit-chain", "Each link's hash follows from the one before, from who, when and what, and from the digests", """
            select format('record.audit company %s seq %s', company, seq), 'the hash does not follow from the link'
            from (select company, seq, hash, sha256(coalesce(lag(hash) over (partition by company order by seq), '')
                || convert_to(concat_ws('|', company, seq, to_char(at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"'), unit,
                    actor, action), 'UTF8') || values_digest || coalesce(effects_digest, '')) as expected
                from record.audit) link
            where hash is distinct from expected
            """),
        new("audit-head", "Each company's head is the last link of its chain", """
            select format('record.head company %s', coalesce(h.company, a.company)),
                format('the head stands at %s, the last link is %s', coalesce(h.seq::text, 'nothing'), coalesce(a.seq::text, 'missing'))
            from record.head h full join (select distinct on (company) company, seq, hash, at from record.audit
                order by company, seq desc) a on a.company = h.company
            where (coalesce(h.seq, 0), h.hash, case when a.seq is null then null else h.at end)
                is distinct from (coalesce(a.seq, 0), coalesce(a.hash, ''), a.at)
            """),
        new("audit-values", "The digest of a link is that of the values beside it (of what an erasure left of them)", """
            select format('record.audit_value company %s seq %s', v.company, v.seq),
                case when a.seq is null then 'values without a link' else 'the values are not those that were sealed' end
            from record.audit_value v left join record.audit a on a.company = v.company and a.seq = v.seq
                left join record.erased_value e on e.company = v.company and e.seq = v.seq
            where a.seq is null or sha256(v.salt || convert_to(v.changes, 'UTF8')) <> coalesce(e.digest, a.values_digest)
            """),
        new("audit-erasure", "Values are erased only where a later link of the company ordered it", """
            select format('record.erased_value company %s seq %s', e.company, e.seq), 'no link orders an erasure'
            from record.erased_value e where not exists (select from record.erasure o
                join record.audit_value v on v.company = o.company and v.seq = o.seq
                where o.company = e.company and o.seq > e.seq and v.changes like '%"table":"erasure"%' || o.document || '%')
            """),
        new("number-gap", "The numbers of a series have no gap, and the last one given is where the series stands", """
            select format('record.number_given company %s series %s value %s', company, series, value),
                format('the number before it is %s', coalesce(before::text, 'missing: the series begins here'))
            from (select company, series, value, lag(value) over (partition by company, series order by value) as before
                from record.number_given) given
            where value <> coalesce(before, 0) + 1
            union all
            select format('record.series company %s series %s', coalesce(s.company, g.company), coalesce(s.code, g.series)),
                format('the series stands at %s, the last number given is %s', coalesce(s.last, 0), coalesce(g.last, 0))
            from record.series s full join (select company, series, max(value) as last from record.number_given
                group by company, series) g on g.company = s.company and g.series = s.code
            where coalesce(s.last, 0) <> coalesce(g.last, 0)
            """),
        new("number-twice", "No number is given twice in a company", """
            select format('record.number_given company %s number %s', company, number), format('given %s times', count(*))
            from record.number_given group by company, number having count(*) > 1
            """),
    ];
}

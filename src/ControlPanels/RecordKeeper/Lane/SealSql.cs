namespace BusinessM.Records;

/// <summary>The steps of the seal; @0 is the recorded moment, @1 the number of companies.</summary>
internal static class SealSql
{
    public static readonly LaneStatement Statement = new("seal",
        "record.insist((select count(*) from head) = @1, 'another process has written to the company')", 2,
        new(["uuid", "bigint", "bytea", "bigint"], new LaneStatement.Step("head", """
            update record.head h set seq = u.seq, hash = u.hash, at = @0::timestamptz
            from ROWS u(company, seq, hash, before) where h.company = u.company and h.seq = u.before returning 1
            """)),
        new(["uuid", "text", "bigint"], new LaneStatement.Step("series", """
            insert into record.series (company, code, last) select * from ROWS u
            on conflict (company, code) do update set last = excluded.last
            """)),
        new(["uuid", "text", "bigint", "text", "uuid"], new LaneStatement.Step("given",
            "insert into record.number_given (company, series, value, number, document) select * from ROWS u")),
        new(["uuid", "bigint", "uuid", "text", "text", "bytea", "bytea", "bytea", "bytea", "text"],
            new LaneStatement.Step("link", """
                insert into record.audit (company, seq, unit, actor, action, values_digest, effects_digest, hash, at)
                select u.*, @0::timestamptz from ROWS u
                """, 0, 1, 2, 3, 4, 5, 6, 7),
            new LaneStatement.Step("content",
                "insert into record.audit_value (company, seq, salt, changes) select * from ROWS u", 0, 1, 8, 9)),
        new(["text", "text", "bytea", "bytea", "int", "text", "bytea"], new LaneStatement.Step("answer", """
            insert into record.answer (scope, key, fingerprint, request, status, content_type, body, at)
            select u.*, @0::timestamptz from ROWS u
            """)),
        new(["uuid", "uuid", "text", "text"], new LaneStatement.Step("outbox",
            "insert into record.outbox (id, company, subject, body, at) select u.*, @0::timestamptz from ROWS u")),
        new(["text", "uuid"], new LaneStatement.Step("inbox",
            "insert into record.inbox (handler, id, at) select u.*, @0::timestamptz from ROWS u")),
        new(["uuid", "int", "uuid", "bigint"], new LaneStatement.Step("changed",
            "insert into record.change (document, version, company, seq) select * from ROWS u")));
}

using BusinessM.Books;
using BusinessM.Contracts.BookKeeper;
using BusinessM.Records;

namespace BusinessM.Engines.Postgres;

/// <summary>The steps that write journals: the same for a whole batch, with balances added up here, once per account.
/// </summary>
internal static class JournalWrite
{
    // Where nobody looked, whether an id is one of a reservation is asked here: no constraint would say it.
    private static readonly LaneStatement Looked = Statement("journals", null, isNew: false),
        Unlooked = Statement("new journals", "record.insist(not exists (select from journal j "
            + "join ledger.reservation r using (id)), 'a reservation has the id')", isNew: false),
        WithNewChart = Statement("journals of a new chart", null, isNew: true);

    /// <summary>All journals with their postings and balances. <paramref name="unlooked"/>: nobody has looked whether
    /// their ids are taken.</summary>
    public static LaneSteps Of(LedgerState state, IReadOnlyList<Placed<JournalEntry>> journals, bool unlooked)
    {
        var batch = new JournalBatch(state, journals);
        var (lines, isNew) = (batch.Lines, batch.HasNewChart);
        var statement = isNew ? WithNewChart : unlooked ? Unlooked : Looked;
        T[] J<T>(Func<Placed<JournalEntry>, T> value) => [.. journals.Select(value)];
        T[] L<T>(Func<PostingRow, T> value) => [.. lines.Select(value)];
        return statement.Of([],
            new(journals.Count, J(j => j.What.Content.Id), J(j => j.What.Content.Company.Value), J(j => j.At.Sequence),
                J(j => j.Ordinal), J(j => j.At.At), J(j => j.What.Content.Date),
                J(j => state.Companies[j.What.Content.Company].PeriodIds.GetValueOrDefault(j.What.Period)),
                J(j => j.What.Period), J(j => j.What.Content.Source.Kind), J(j => j.What.Content.Source.Id),
                J(j => j.What.Content.Source.Number ?? j.What.By?.Number), J(j => j.What.Content.Text),
                J(j => j.What.Content.Adjustment), J(j => j.What.Reverses), J(j => j.What.Reservation),
                J(j => j.What.Content.Lines.Count), J(j => j.What.Seal.Hash)),
            new(lines.Count, [.. Places([.. lines.Select(l => l.Place)], isNew), L(l => l.Entry.Content.Id),
                L(l => l.Ordinal), L(l => l.Entry.Content.Date), L(l => l.Line.Side == Side.Credit),
                L(l => l.Line.Amount), L(l => l.Line.Currency), L(l => l.Line.BaseAmount), L(l => l.Sequence),
                L(l => l.Entry.Seal.Marks[l.Ordinal - 1]), L(l => l.Line.Party), L(l => l.Line.Text),
                L(l => LedgerWrite.Json(l.Line))]),
            Sums(batch.Accounts.Rows, isNew), Sums(batch.Parties.Rows, isNew, r => r.One),
            Sums(batch.Dimensions.Rows, isNew, r => r.One, r => r.Other));
    }

    private static LaneStatement.Arrays Sums(List<SumRows.Sum> rows, bool isNew,
        params Func<SumRows.Sum, string>[] keys)
    {
        T[] S<T>(Func<SumRows.Sum, T> value) => [.. rows.Select(value)];
        return new(rows.Count, [.. Places([.. rows.Select(r => r.Place)], isNew), .. keys.Select(S), S(r => r.Currency),
            S(r => r.Debit), S(r => r.Credit), S(r => r.BaseDebit), S(r => r.BaseCredit)]);
    }

    private static object[] Places(Place[] places, bool isNew)
    {
        T[] P<T>(Func<Place, T> value) => [.. places.Select(value)];
        return !isNew ? [P(p => p.Account), P(p => p.Period)]
            : [P(p => p.Account), P(p => p.Period), P(p => p.Company), P(p => p.Code), P(p => p.PeriodCode)];
    }

    private static LaneStatement Statement(string name, string? insists, bool isNew)
    {
        var account = isNew ? "coalesce(nullif(u.account, 0), (select a.id from ledger.account a "
            + "where a.company = u.company and a.code = u.code))" : "u.account";
        var period = isNew ? "coalesce(nullif(u.period, 0), (select p.id from ledger.period p "
            + "where p.company = u.company and p.code = u.period_code))" : "u.period";
        string[] types = isNew ? ["int", "int", "uuid", "text", "text"] : ["int", "int"];
        var names = isNew ? "account, period, company, code, period_code" : "account, period";
        return new LaneStatement(name, insists, 0, Journals(period), Postings(types, names, account, period),
            Sum("balance"), Sum("party_balance", "party"), Sum("dimension_balance", "dimension", "value"));

        LaneStatement.Section Sum(string table, params string[] keys)
        {
            var more = string.Concat(keys.Select(key => key + ", "));
            return new([.. types, .. keys.Select(_ => "text"), "text", "numeric", "numeric", "numeric", "numeric"],
                new LaneStatement.Step(table, $"""
                    insert into ledger.{table} as b (account, period, {more}currency, debit, credit, base_debit,
                      base_credit)
                    select {account}, {period}, {more}currency, debit, credit, base_debit, base_credit
                    from ROWS u({names}, {more}currency, debit, credit, base_debit, base_credit)
                    on conflict (account, {more}period, currency) do update set {LedgerWrite.Added}
                    """));
        }
    }

    private static LaneStatement.Section Journals(string period) => new(["uuid", "uuid", "bigint", "int", "timestamptz",
        "date", "int", "text", "text", "uuid", "text", "text", "boolean", "uuid", "uuid", "int", "bytea"],
        new LaneStatement.Step("journal", $"""
            insert into ledger.journal (id, company, recorded_seq, ordinal, recorded_at, date, period, source_kind,
              source_id, source_number, text, adjustment, reverses, reservation, lines, seal)
            select id, company, seq, ordinal, at, date, {period}, kind, source, number, text, adjustment, reverses,
              reservation, lines, seal
            from ROWS u(id, company, seq, ordinal, at, date, period, period_code, kind, source, number, text,
              adjustment, reverses, reservation, lines, seal)
            returning id
            """));

    private static LaneStatement.Section Postings(string[] types, string names, string account, string period) =>
        new([.. types, "uuid", "int", "date", "boolean", "numeric", "text", "numeric", "bigint", "int", "text", "text",
            "text"], new LaneStatement.Step("posting", $"""
            insert into ledger.posting (journal, ordinal, account, period, date, credit, amount, currency, base_amount,
              recorded_seq, mark, party, text, dimensions)
            select journal, ordinal, {account}, {period}, date, credit, amount, currency, base_amount, seq, mark, party,
              text, dimensions::jsonb
            from ROWS u({names}, journal, ordinal, date, credit, amount, currency, base_amount, seq, mark, party, text,
              dimensions)
            """));
}

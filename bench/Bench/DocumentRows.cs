using System.Globalization;
using Npgsql;

namespace BusinessM.Bench;

/// <summary>Parties and items by the hundred thousand, put into the tables by SQL: names of words as frequent as words
/// are, groups and countries of very different sizes, and some of everything left empty.</summary>
internal sealed class DocumentRows(NpgsqlConnection admin, string company)
{
    /// <summary>The ids of filled rows are these and twelve decimal digits, so that a script can name one by its
    /// number.</summary>
    public const string PartyIds = "01900000-0000-7000-8000-";

    private const string ItemIds = "01900001-0000-7000-8000-";

    /// <summary>A word of one name in ten thousand.</summary>
    public const string RareWord = "zephyr";

    /// <summary>A word of every third name.</summary>
    public const string CommonWord = "limited";

    public Task<long> Parties() => Count("masters.party");

    /// <summary>Makes the two tables as large as is asked, and lets the server look at them.</summary>
    public async Task Fill(long rows)
    {
        await Run("""
            insert into masters.party_group (id, company, version, created_at, created_by, changed_at, changed_by,
              code, name, blocked)
            select gen_random_uuid(), @company, 1, now(), 'bench', now(), 'bench', 'G' || n, 'Group ' || n, false
            from generate_series(1, 200) n on conflict do nothing
            """);
        await Run("""
            insert into masters.item_group (id, company, version, created_at, created_by, changed_at, changed_by,
              code, name, blocked)
            select gen_random_uuid(), @company, 1, now(), 'bench', now(), 'bench', 'G' || n, 'Group ' || n, false
            from generate_series(1, 200) n on conflict do nothing
            """);
        await Grow("party", PartyIds, Party, rows);
        await Grow("item", ItemIds, Item, rows);
    }

    // Few are many: the cube of an even number between 0 and 1 is small most of the time.
    private const string Words = """
        (array['Alder','Baker','Carter','Dixon','Evans','Fisher','Grant','Harper','Irwin','Jensen','Keller','Larsen',
        'Mason','Novak','Olsen','Parker','Quinn','Reed','Sutton','Turner','Ullman','Vogel','Walker','Xavier',
        'Young','Zimmer'])
        [1 + floor(26 * power(random(), 3))::int]
        """;

    private const string Trades = """
        (array['Trading','Foods','Steel','Paper','Textiles','Chemicals','Tools','Glass','Timber','Motors'])
        [1 + floor(10 * power(random(), 2))::int]
        """;

    private const string Name = $"""
        {Words} || ' ' || {Trades} || ' ' || n % 5000 || case when n % 3 = 0 then ' Limited' else '' end
          || case when n % 10000 = 7 then ' Zephyr' else '' end
        """;

    private const string Party = $"""
        insert into masters.party (id, company, version, created_at, created_by, changed_at, changed_by,
          code, name, country, blocked, party_group, kind, email, phone, erased)
        select (@ids || lpad(n::text, 12, '0'))::uuid, @company, 1,
          now() - n * interval '1 second', 'bench', now(), 'bench',
          'N' || lpad(n::text, 8, '0'), {Name},
          (select array_agg(code order by code) from masters.country)[1 + floor(200 * power(random(), 3))::int], false,
          case when n % 5 > 0 then 'G' || 1 + floor(200 * power(random(), 3))::int end,
          case when n % 9 = 0 then 'Person' else 'Organisation' end,
          'info@firm' || n || '.example', '+44 20 ' || 70000000 + n, false
        from generate_series(@first, @last) n
        """;

    private const string Item = $"""
        insert into masters.item (id, company, version, created_at, created_by, changed_at, changed_by,
          code, name, kind, unit, blocked, item_group, gtin, hs_code, tax_class)
        select (@ids || lpad(n::text, 12, '0'))::uuid, @company, 1,
          now() - n * interval '1 second', 'bench', now(), 'bench',
          'N' || lpad(n::text, 8, '0'), {Name},
          (array['Stock','Stock','Stock','Service','Expense'])[1 + n % 5],
          (array['C62','KGM','MTR','LTR'])[1 + n % 4], false,
          case when n % 5 > 0 then 'G' || 1 + floor(200 * power(random(), 3))::int end,
          case when n % 2 = 0 then lpad(n::text, 13, '4') end,
          (8400 + floor(200 * power(random(), 3))::int)::text,
          case when n % 4 > 0 then (array['standard','reduced','zero'])[1 + floor(3 * power(random(), 4))::int] end
        from generate_series(@first, @last) n
        """;

    // Indexes are made again after the rows, which is many times faster; those of constraints stay.
    private async Task Grow(string table, string ids, string insert, long rows)
    {
        var there = await Count($"masters.{table} where id::text like '{ids}%'");
        if (there >= rows) return;
        var indexes = await Texts($"""
            select indexname || '=' || indexdef from pg_indexes where schemaname = 'masters' and tablename = '{table}'
            and indexname not in (select conname from pg_constraint)
            """);
        foreach (var index in indexes) await Run($"drop index masters.{index.Split('=', 2)[0]}");
        await Run(insert, ("ids", ids), ("first", there + 1), ("last", rows));
        foreach (var index in indexes) await Run(index.Split('=', 2)[1]);
        await Run($"vacuum (analyze) masters.{table}");
    }

    /// <summary>Values of a column, some of any row, so mostly frequent ones, and some of the rarest that a look
    /// finds.</summary>
    public Task<IReadOnlyList<string>> Values(string table, string column) => Texts($"""
        with seen as (select "{column}"::text as value from {table} tablesample system (2)
            where "{column}" is not null),
          counted as (select value, count(*) as times from seen group by value)
        (select value from seen order by random() limit 20)
        union all (select value from counted order by times limit 20)
        """);

    public async Task<IReadOnlyList<string>> Texts(string sql)
    {
        await using var command = new NpgsqlCommand(sql, admin) { CommandTimeout = 0 };
        await using var rows = await command.ExecuteReaderAsync();
        var texts = new List<string>();
        while (await rows.ReadAsync()) texts.Add(rows.GetString(0));
        return texts;
    }

    private async Task<long> Count(string from) =>
        long.Parse((await Texts($"select count(*)::text from {from}"))[0], CultureInfo.InvariantCulture);

    private async Task Run(string sql, params (string Name, object Value)[] values)
    {
        await using var command = new NpgsqlCommand(sql, admin) { CommandTimeout = 0 };
        if (sql.Contains("@company", StringComparison.Ordinal))
            command.Parameters.AddWithValue("company", Guid.Parse(company));
        foreach (var (name, value) in values) command.Parameters.AddWithValue(name, value);
        await command.ExecuteNonQueryAsync();
    }
}

using BusinessM.Engines.Postgres;
using BusinessM.Masters.Units;
using BusinessM.Testing;
using CsvHelper;
using Npgsql;

namespace BusinessM.Masters.Tests;

/// <summary>What the migrations seed, and what they make of what was there.</summary>
public sealed class Migrating(Migrating.Masters masters) : IClassFixture<Migrating.Masters>
{
    public sealed class Masters() : TestDatabase(Set());

    private const string Old = "'00000000-0000-0000-0000-00000000000c', 1, now(), 'ann', now(), 'ben'";

    private static MigrationSet Set(int until = int.MaxValue) =>
        new("masters", typeof(MastersModule).Assembly, Until: until);

    [Fact]
    public async Task Units_have_the_codes_and_names_of_the_recommendation()
    {
        var listed = List("UNECERec20-11e");
        var seeded = await Pairs(masters, "select code, name from masters.unit_of_measure");
        seeded.Count.ShouldBeGreaterThan(100);
        foreach (var (code, name) in seeded) listed.GetValueOrDefault(code).ShouldBe(name, code);
        foreach (var usual in new[] { "C62", "H87", "KGM", "MTR", "LTR", "HUR", "KWH", "XBX", "XPX" })
            seeded.ShouldContainKey(usual);
        (await Pairs(masters, """
            select dimension, min(code) from masters.unit_of_measure group by dimension
            """)).Keys.ShouldBe(Enum.GetNames<Dimension>(), ignoreOrder: true);
    }

    [Fact]
    public async Task Countries_are_those_of_the_list() =>
        (await Pairs(masters, "select code, name from masters.country")).OrderBy(c => c.Key, StringComparer.Ordinal)
            .ShouldBe(List("ISO3166-1_Alpha2").OrderBy(c => c.Key, StringComparer.Ordinal));

    /// <summary>The kernel's list is held against ISO's own in Kernel.Tests.</summary>
    [Fact]
    public async Task Currencies_are_those_that_the_program_reckons_in() =>
        (await Pairs(masters, "select code, digits::text from masters.currency"))
            .OrderBy(c => c.Key, StringComparer.Ordinal)
            .ShouldBe(Currency.All.Select(c => KeyValuePair.Create(c.Code, $"{c.Digits}"))
                .OrderBy(c => c.Key, StringComparer.Ordinal));

    [Fact]
    public async Task What_was_there_stays()
    {
        await using var old = await TestDatabase.Create(Set(until: 2));
        await Run(old, $"""
            insert into masters.party values (gen_random_uuid(), {Old}, 'C1', 'Customer', 'GB', true, 'WHOLESALE');
            insert into masters.item values (gen_random_uuid(), {Old}, 'I1', 'Rare', 'Stock', 'ZZ9', false, 'RARE');
            insert into masters.branch values (gen_random_uuid(), {Old}, 'MAIN', 'Main');
            """);
        await new Migrator(old.Database, [Set()]).Migrate(default);
        (await Pairs(old, """
            select code, concat_ws('|', version, name, country, blocked, party_group, kind, erased, merged_into)
            from masters.party
            """)).ShouldBe([KeyValuePair.Create("C1", "1|Customer|GB|t|WHOLESALE|Organisation|f")]);
        (await Pairs(old, "select code, concat_ws('|', name, kind, unit, item_group) from masters.item"))
            .ShouldBe([KeyValuePair.Create("I1", "Rare|Stock|ZZ9|RARE")]);
        (await Pairs(old, "select code, concat_ws('|', name, blocked) from masters.branch"))
            .ShouldBe([KeyValuePair.Create("MAIN", "Main|f")]);
        (await Pairs(old, "select code, company::text from masters.party_group union all select code, company::text "
            + "from masters.item_group")).ShouldBe([
                KeyValuePair.Create("WHOLESALE", "00000000-0000-0000-0000-00000000000c"),
                KeyValuePair.Create("RARE", "00000000-0000-0000-0000-00000000000c")]);
        (await Pairs(old, "select code, name from masters.unit_of_measure where code = 'ZZ9'")).Count.ShouldBe(1);
        (await Pairs(old, "select code, name from masters.party where search @@ to_tsquery('simple', 'cust:*')")).Count
            .ShouldBe(1);
    }

    private static Dictionary<string, string> List(string name)
    {
        using var reader = File.OpenText(Path.Combine(AppContext.BaseDirectory, "data", "codelists", name + ".csv"));
        using var csv = CsvReader.Create(reader, new CsvReaderOptions { DetectSeparatorHint = false });
        csv.ReadHeader();
        var names = new Dictionary<string, string>();
        while (csv.Read()) names.Add(csv.GetString(0), csv.GetString(1));
        return names;
    }

    private static async Task<Dictionary<string, string>> Pairs(TestDatabase database, string sql)
    {
        await using var source = NpgsqlDataSource.Create(database.SuperuserConnection + ";Pooling=false");
        await using var command = source.CreateCommand(sql);
        var pairs = new Dictionary<string, string>();
        await using var rows = await command.ExecuteReaderAsync();
        while (await rows.ReadAsync()) pairs.Add(rows.GetString(0), rows.GetString(1));
        return pairs;
    }

    private static async Task Run(TestDatabase database, string sql)
    {
        await using var source = NpgsqlDataSource.Create(database.SuperuserConnection + ";Pooling=false");
        await using var command = source.CreateCommand(sql);
        await command.ExecuteNonQueryAsync();
    }
}

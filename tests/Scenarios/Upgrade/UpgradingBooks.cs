using BusinessM.Host;
using BusinessM.Scenarios.Checking;
using BusinessM.Testing;

namespace BusinessM.Scenarios.Upgrade;

/// <summary>Books that an earlier version kept go on under this one: an archived copy of every table is put into a
/// database of that version's migrations, this program migrates it, and every promise holds. A new archive is made by
/// <c>M_ARCHIVE=FILE ./test Scenarios</c> on the last commit of a version.</summary>
[Trait("Category", "NoCulture")]
public sealed class UpgradingBooks(DamagedBooks books) : IClassFixture<DamagedBooks>
{
    public static TheoryData<string> Archives { get; } =
        [.. Directory.GetFiles(Folder, "*.zip").Select(file => Path.GetFileName(file)).Order(StringComparer.Ordinal)];

    private static string Folder => Path.Combine(Repository.Root, "tests", "Scenarios", "data", "archives");

    [Theory]
    [MemberData(nameof(Archives))]
    public Task of_an_earlier_version(string archive) => Upgrades(new Archive(Path.Combine(Folder, archive)));

    [Fact]
    public async Task of_this_version()
    {
        using var scratch = new Scratch();
        var file = Environment.GetEnvironmentVariable("M_ARCHIVE") ?? scratch.File("books.zip");
        await new Archive(file).Write(books.SuperuserConnection);
        await Upgrades(new Archive(file));
    }

    // Of the invoice over 10.00 + 2 x 10.00 a receipt settled 4.00.
    private static async Task Upgrades(Archive archive)
    {
        await using var database = await TestDatabase.Create(archive.Of(Schemas.All));
        await archive.Restore(database.SuperuserConnection);
        await Cli.Good(database.SuperuserConnection, "migrate");
        (await Cli.Good(database.SuperuserConnection, "check")).Output.ShouldContain("promises kept");
        await using var connection = new Npgsql.NpgsqlConnection(database.SuperuserConnection);
        await connection.OpenAsync();
        await using var open = new Npgsql.NpgsqlCommand(
            "select open from finance.sales_invoice where number = 'SI-2010-00001'", connection);
        (await open.ExecuteScalarAsync()).ShouldBe(26.00m);
    }
}

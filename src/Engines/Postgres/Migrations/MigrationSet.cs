using System.Globalization;
using System.Reflection;
using System.Security.Cryptography;
using System.Text;

namespace BusinessM.Engines.Postgres;

/// <summary>
/// The migrations of one schema: the SQL files <c>Migrations/NNNN-name.sql</c> that an assembly carries (the build
/// embeds every <c>**/Migrations/*.sql</c> of a project under its path). Numbers start at 1 and have no gap.
/// </summary>
/// <param name="Until">The last number: an earlier version of the program carried no more.</param>
public sealed record MigrationSet(string Schema, Assembly Assembly, string Folder = "Migrations",
    int Until = int.MaxValue)
{
    /// <summary>The role that reads this schema and no other.</summary>
    public string Reader => "m_" + Schema;

    public IReadOnlyList<Migration> Files()
    {
        var files = Assembly.GetManifestResourceNames()
            .Where(n => n.StartsWith(Folder + "/", StringComparison.Ordinal)
                && n.EndsWith(".sql", StringComparison.Ordinal))
            .Order(StringComparer.Ordinal).Select(Load).Take(Until).ToList();
        for (var i = 0; i < files.Count; i++)
            if (files[i].Number != i + 1)
                throw new InvalidOperationException($"Numbers have no gap: {files[i]} should be {i + 1:0000}.");
        return files;
    }

    private Migration Load(string resource)
    {
        using var reader = new StreamReader(Assembly.GetManifestResourceStream(resource)!, Encoding.UTF8);
        var sql = reader.ReadToEnd().ReplaceLineEndings("\n");
        var file = Path.GetFileNameWithoutExtension(resource);
        if (file.Length < 6 || file[4] != '-' || !int.TryParse(file[..4], CultureInfo.InvariantCulture, out var number))
            throw new InvalidOperationException($"{resource}: a migration is named NNNN-name.sql.");
        return new Migration(Schema, number, file[5..],
            Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(sql))), sql);
    }
}

/// <summary>
/// One numbered SQL file. Once applied anywhere it is never edited: its checksum is kept in the database.
/// </summary>
public sealed record Migration(string Schema, int Number, string Name, string Checksum, string Sql)
{
    public override string ToString() => $"{Schema} {Number.ToString("0000", CultureInfo.InvariantCulture)}-{Name}";
}

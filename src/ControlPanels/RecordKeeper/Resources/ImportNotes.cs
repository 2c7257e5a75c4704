using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace BusinessM.Records;

public readonly record struct ImportNoteId(Guid Value) : ITypedId<ImportNoteId>
{
    public static ImportNoteId From(Guid value) => new(value);

    public override string ToString() => Value.ToString();
}

/// <summary>A file that was imported.</summary>
internal sealed class ImportNote : Document<ImportNoteId>
{
    public string Type { get; init; } = "";

    public string File { get; init; } = "";

    public string FileHash { get; init; } = "";

    public int Rows { get; init; }

    public int Added { get; init; }

    public int Changed { get; init; }

    public bool Undone { get; set; }
}

/// <summary>A document that an import made, or changed from <see cref="Before"/>; and its version after it.</summary>
internal sealed class ImportedRow
{
    public Guid Import { get; init; }

    public Guid Document { get; init; }

    public int Version { get; init; }

    public string? Before { get; init; }
}

internal sealed class ImportMap : IEntityTypeConfiguration<ImportNote>, IEntityTypeConfiguration<ImportedRow>
{
    public void Configure(EntityTypeBuilder<ImportNote> import) => import.ToTable("import");

    public void Configure(EntityTypeBuilder<ImportedRow> row)
    {
        row.ToTable("import_row");
        row.HasKey(r => new { r.Import, r.Document });
        row.Property(r => r.Before).HasColumnType("jsonb");
    }
}

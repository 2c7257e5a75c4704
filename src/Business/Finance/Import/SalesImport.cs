using BusinessM.Records;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace BusinessM.Finance.Import;

public readonly record struct ImportId(Guid Value) : ITypedId<ImportId>
{
    public static ImportId From(Guid value) => new(value);

    public override string ToString() => Value.ToString();
}

/// <summary>Running: begun, and to be repeated if it was cut off. Undone: all of its documents are reversed; the same file
/// may be imported anew.</summary>
public enum ImportState { Running, Done, Undone }

/// <summary>One file of sales, imported. Its id follows from company, file and map, and the documents' ids from it and
/// their numbers: repeating an import that was cut off, or is done, changes nothing that is there.</summary>
public sealed class SalesImport : Document<ImportId>
{
    public string File { get; init; } = "";

    /// <summary>SHA-256 of the file's content, hexadecimal.</summary>
    public string FileHash { get; init; } = "";

    public string Map { get; init; } = "";

    public string MapHash { get; init; } = "";

    public ImportState State { get; private set; }

    /// <summary>Lines of the file without the heading.</summary>
    public int Rows { get; private set; }

    public int Invoices { get; private set; }

    public int CreditNotes { get; private set; }

    public int Journals { get; private set; }

    /// <summary>Documents of zero prices: reported, not invoiced.</summary>
    public int StockAdjustments { get; private set; }

    /// <summary>Documents refused or not readable.</summary>
    public int Refused { get; private set; }

    public void Finish(ImportCounts counts)
    {
        State = ImportState.Done;
        (Rows, Invoices, CreditNotes) = (counts.Rows, counts.Invoices, counts.CreditNotes);
        (Journals, StockAdjustments, Refused) = (counts.Journals, counts.StockAdjustments, counts.Refused);
    }

    public void Undo() => State = ImportState.Undone;

    /// <summary>The id of the n-th import of a file: it counts how often the file's import was undone.</summary>
    public static ImportId IdOf(CompanyId company, string fileHash, string mapHash, int undone) =>
        new(Ids.Derive(company.Value, FormattableString.Invariant($"sales import {fileHash} {mapHash} {undone}")));

    public static Guid DocumentId(ImportId import, string number) => Ids.Derive(import.Value, number);
}

/// <summary>Counted over the whole file, what an earlier try had imported included.</summary>
public sealed record ImportCounts(int Rows, int Documents, int Invoices, int CreditNotes, int Journals,
    int StockAdjustments, int Refused, int AlreadyThere);

/// <summary>A document of an import, written in the commit of the document itself.</summary>
public sealed class ImportedDocument
{
    public ImportId Import { get; init; }

    public Guid Document { get; init; }

    public string Number { get; init; } = "";

    public SalesDocumentKind Kind { get; init; }
}

internal sealed class SalesImportMap : IEntityTypeConfiguration<SalesImport>, IEntityTypeConfiguration<ImportedDocument>
{
    public void Configure(EntityTypeBuilder<SalesImport> import) => import.ToTable("sales_import");

    public void Configure(EntityTypeBuilder<ImportedDocument> document)
    {
        document.ToTable("imported_document");
        document.HasKey(d => new { d.Import, d.Document });
    }
}

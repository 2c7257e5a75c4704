using BusinessM.Contracts.RecordKeeper;
using BusinessM.Contracts.Regions;
using BusinessM.Engines.Postgres;
using BusinessM.HostTesting;
using BusinessM.Records;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace BusinessM.Documents.Tests;

public readonly record struct BookId(Guid Value) : ITypedId<BookId>
{
    public static BookId From(Guid value) => new(value);

    public override string ToString() => Value.ToString();
}

public readonly record struct AuthorId(Guid Value) : ITypedId<AuthorId>
{
    public static AuthorId From(Guid value) => new(value);

    public override string ToString() => Value.ToString();
}

public enum Binding { Hardback, Paperback, AudioBook }

/// <summary>A document that the program does not know: all else follows from this declaration.</summary>
[DocumentType("book", "Book", "Books", Title = nameof(Title), Series = "B-{0000}")]
public sealed class Book : Master<BookId>
{
    [Field("Code", Length = 20, Required = true, Unique = true, InList = true, InSearch = true)]
    public string Code { get; init; } = "";

    [Field("Title", Length = 200, Required = true, InList = true, InSearch = true)]
    public string Title { get; set; } = "";

    [Field("Author", InList = true, Indexed = true), Link("shelf.author")]
    public AuthorId? Author { get; set; }

    [Field("Binding", InList = true, Default = "paperback")]
    public Binding Binding { get; set; }

    [Field("Price", Scale = 2, Min = "0", InList = true)]
    public decimal? Price { get; set; }

    [Field("Pages", Min = "1", Max = "10000")]
    public int? Pages { get; set; }

    [Field("Published")]
    public DateOnly? Published { get; set; }

    [Field("Lent until")]
    public DateTimeOffset? LentUntil { get; set; }

    [Field("In print")]
    public bool InPrint { get; set; }

    [Field("Purchase price", Scale = 2, Sensitive = true)]
    public decimal? Cost { get; set; }

    [Field("Note", Long = true)]
    public string? Note { get; set; }

    [Children("Chapters")]
    public List<Chapter> Chapters { get; } = [];
}

public sealed class Chapter : Part<BookId>
{
    [Field("Heading", Length = 100, Required = true)]
    public string Heading { get; set; } = "";

    [Field("From page", Min = "1")]
    public int? FromPage { get; set; }
}

[DocumentType("author", "Author", "Authors")]
public sealed class Author : Master<AuthorId>
{
    [Field("Code", Length = 20, Required = true, Unique = true, InList = true)]
    public string Code { get; init; } = "";

    [Field("Name", Length = 100, Required = true, InList = true)]
    public string Name { get; set; } = "";
}

public readonly record struct LeafletId(Guid Value) : ITypedId<LeafletId>
{
    public static LeafletId From(Guid value) => new(value);
}

/// <summary>Neither blocked nor removed.</summary>
[DocumentType("leaflet", "Leaflet", "Leaflets", Code = null)]
public sealed class Leaflet : Document<LeafletId>
{
    [Field("Name", Length = 100, Required = true, InList = true)]
    public string Name { get; set; } = "";
}

public sealed class ShelfDb(DbContextOptions<ShelfDb> options) : ContextDb(options)
{
    public static readonly MigrationSet Migrations = new("shelf", typeof(ShelfDb).Assembly, "Shelf/Migrations");

    public override string Schema => "shelf";
}

/// <summary>A region of the test: books of its companies have an ISBN-13, whose check digit is GS1's (EAN-13: weights 1
/// and 3, ISO 2108).</summary>
public sealed class Bookland : IRegion
{
    public RegionContribution Contribution { get; } = new("Bookland", ["GB"], ["shelf"], ["nowhere"],
    [
        new("shelf.book", new("isbn", "ISBN", FieldKind.Text)
        {
            Length = 13, InList = true, Indexed = true, Section = "Trade",
            Checks =
            [
                new("pattern", "An ISBN has 13 digits and begins with 978 or 979.") { Pattern = "97[89][0-9]{10}" },
                new("checksum", "The check digit of the ISBN is wrong.")
                {
                    Checksum = new("weighted") { Count = 12, CheckStart = 12, Weights = [1, 3], Modulus = 10,
                        Result = "complement" },
                },
            ],
        }),
        new("nowhere.thing", new("colour", "Colour", FieldKind.Text)),
    ]);
}

/// <summary>The whole program, with the test's context and region.</summary>
public class ShelfHost() : RunningHost(ShelfDb.Migrations)
{
    protected override void Shape(WebApplicationBuilder builder) =>
        builder.Services.AddContext<ShelfDb>("shelf").AddSingleton<IRegion, Bookland>();

    protected override void More(IEndpointRouteBuilder app) => app.MapDocuments("shelf");
}

using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace BusinessM.Finance.Import;

/// <summary>How a CSV file of sales is to be read: which column is which field, how numbers and dates are written, which
/// numbers are credit notes. One line of the file is one line of a document; lines of one number are one document. The
/// format is documented in <c>docs/guide/import.md</c>.</summary>
public sealed record ImportMap
{
    private static readonly JsonSerializerOptions Options = new(JsonSerializerDefaults.Web)
    {
        UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
        ReadCommentHandling = JsonCommentHandling.Skip,
        AllowTrailingCommas = true,
        RespectNullableAnnotations = true,
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.KebabCaseLower, allowIntegerValues: false) },
    };

    public required string Name { get; init; }

    public required ImportColumns Columns { get; init; }

    public string Delimiter { get; init; } = ",";

    /// <summary>utf-8, utf-16, latin1 or us-ascii; a byte order mark in the file wins.</summary>
    public string Encoding { get; init; } = "utf-8";

    public string DecimalSeparator { get; init; } = ".";

    /// <summary>Null: numbers have no grouping.</summary>
    public string? GroupSeparator { get; init; }

    /// <summary>.NET date formats, tried in order; a time in them is read and left out.</summary>
    public IReadOnlyList<string> DateFormats { get; init; } = ["yyyy-MM-dd"];

    /// <summary>Where the file has no column of it. Null: the company's.</summary>
    public string? Currency { get; init; }

    /// <summary>What a document is, by how its number begins; the longest prefix wins. None matches: an invoice.</summary>
    public IReadOnlyList<ImportKindRule> Kinds { get; init; } = [];

    /// <summary>What a document is whose prices are all zero.</summary>
    public ZeroPrice ZeroPrice { get; init; } = ZeroPrice.StockAdjustment;

    /// <summary>Whether quantities of credit notes are written below zero.</summary>
    public bool NegativeCreditNotes { get; init; } = true;

    /// <summary>The customer of documents that name none. Null: they are refused.</summary>
    public ImportParty? WalkIn { get; init; }

    /// <summary>The tax code of every line. Null: the company's usual one.</summary>
    public string? TaxCode { get; init; }

    /// <summary>Item codes that are services, not goods.</summary>
    public IReadOnlyList<string> Services { get; init; } = [];

    /// <summary>Country names of the file and their ISO 3166 codes.</summary>
    public IReadOnlyDictionary<string, string> Countries { get; init; } = new Dictionary<string, string>();

    /// <summary>Reads a map; refuses what is no map, naming what is wrong with it.</summary>
    public static Result<ImportMap> Parse(string json)
    {
        try
        {
            return JsonSerializer.Deserialize<ImportMap>(json, Options) is not { } map
                ? FinanceErrors.ImportMapInvalid.With($"The map is empty")
                : map.Fault() is { } fault ? FinanceErrors.ImportMapInvalid.With($"{fault}") : map;
        }
        catch (JsonException e)
        {
            return FinanceErrors.ImportMapInvalid.With($"{e.Message}", e.Path);
        }
    }

    internal Encoding TextEncoding => Known(Encoding)!;

    internal NumberFormatInfo NumberFormat => new()
    {
        NumberDecimalSeparator = DecimalSeparator,
        NumberGroupSeparator = GroupSeparator ?? "\u0001",
    };

    internal ImportKind KindOf(string number)
    {
        var (kind, length) = (ImportKind.Invoice, -1);
        foreach (var rule in Kinds)
            if (rule.Prefix.Length > length && number.StartsWith(rule.Prefix, StringComparison.Ordinal))
                (kind, length) = (rule.Kind, rule.Prefix.Length);
        return kind;
    }

    private string? Fault() =>
        Delimiter.Length != 1 || Delimiter is "\"" or "\n" or "\r" ? "delimiter is one character, no quote"
        : Known(Encoding) is null ? $"encoding '{Encoding}' is not one of utf-8, utf-16, latin1, us-ascii"
        : DecimalSeparator.Length != 1 || DecimalSeparator == GroupSeparator ? "decimalSeparator is one character of its own"
        : DateFormats.Count == 0 ? "dateFormats is empty"
        : Currency is not null && !BusinessM.Currency.TryParse(Currency, out _) ? $"currency '{Currency}' is not of ISO 4217"
        : Kinds.Any(rule => rule.Prefix.Length == 0) ? "a prefix of kinds is empty"
        : WalkIn is { Code: "" } or { Name: "" } ? "walkIn has an empty code or name"
        : null;

    // Strict: a byte that is none of the encoding's is a fault to be told, not a question mark in the books.
    private static Encoding? Known(string name) => name.ToLowerInvariant() switch
    {
        "utf-8" => new UTF8Encoding(false, throwOnInvalidBytes: true),
        "utf-16" => new UnicodeEncoding(false, true, throwOnInvalidBytes: true),
        "latin1" => System.Text.Encoding.Latin1,
        "us-ascii" => System.Text.Encoding.GetEncoding("us-ascii", EncoderFallback.ExceptionFallback,
            DecoderFallback.ExceptionFallback),
        _ => null,
    };
}

/// <summary>The headings of the file's columns. Null: the file has none of it.</summary>
public sealed record ImportColumns
{
    public required string Number { get; init; }

    public required string Date { get; init; }

    public required string Quantity { get; init; }

    public required string Price { get; init; }

    public string? Item { get; init; }

    public string? Description { get; init; }

    public string? Customer { get; init; }

    public string? CustomerName { get; init; }

    public string? Country { get; init; }

    public string? Currency { get; init; }
}

/// <summary>What becomes of a document.</summary>
public enum ImportKind { Invoice, CreditNote, BadDebt }

/// <summary>What a document of zero prices is: a movement of stock, which is reported and not invoiced, or an invoice
/// like any other.</summary>
public enum ZeroPrice { StockAdjustment, Invoice }

public sealed record ImportKindRule(string Prefix, ImportKind Kind);

public sealed record ImportParty(string Code, string Name);

using System.Collections.Frozen;
using System.Globalization;
using Microsoft.AspNetCore.Http;

namespace BusinessM.Records;

/// <summary>A field to sort by.</summary>
internal sealed record SortBy(DocumentField Field, bool Descending);

/// <summary>What a list is asked for (docs/documents.md, Reading), checked against the type's shape and what the caller
/// may see.</summary>
internal sealed record ListQuery(DocumentShape Shape, CompanyId? Company, IReadOnlyList<DocumentField> Fields,
    IReadOnlyList<SortBy> Sort, FilterTerm? Filter, string? Search, string? After, int Take,
    IReadOnlyList<DocumentField> Sums, bool Counts)
{
    /// <summary>The companies whose documents the caller sees; null: all.</summary>
    public IReadOnlySet<CompanyId>? Visible { get; init; }

    /// <summary>Whether one plan is the best for all values: an index has the rows of the filter in the order of the
    /// list.</summary>
    public bool HasOnePlan => Search is null && (Filter is null
        ? Sort[0].Field == (Shape.Type.Code ?? Shape.Type.Latest)
        : Filter.IsIndexed && Sort[0].Field == Shape.Type.Code);

    /// <summary>Words of the search that many documents have.</summary>
    public IReadOnlySet<string> Frequent { get; init; } = FrozenSet<string>.Empty;

    /// <summary>Rows of a page where it is not said.</summary>
    public const int Usual = 50;

    public const int SortMax = 3;

    /// <summary>Fields that may be named in one parameter.</summary>
    public const int FieldsMax = 400;

    /// <summary>Characters of a search.</summary>
    public const int SearchMax = 200;

    private static readonly string[] Known =
        ["company", "take", "after", "sort", "fields", "filter", "search", "totals", "format"];

    public static Result<ListQuery> Of(HttpContext http, DocumentShape shape, Caller caller)
    {
        var query = http.Request.Query;
        if (query.Keys.FirstOrDefault(key => !Known.Contains(key)) is { } unknown)
            return RecordErrors.QueryInvalid.With($"A list has no parameter {unknown}", unknown);
        var company = CompanyOf(query["company"], shape, caller);
        if (company.Failed) return company.Failure;
        if (!int.TryParse(One(query["take"], Usual.ToString(CultureInfo.InvariantCulture)), NumberStyles.None,
            CultureInfo.InvariantCulture, out var take) || take is < 1 or > Pages.Max)
            return RecordErrors.QueryInvalid.With($"A page has 1 to {Pages.Max} rows", "take");
        var search = One(query["search"], "").Trim();
        if (search.Length > SearchMax || (search.Length > 0 && !shape.Type.IsSearched))
            return RecordErrors.QueryInvalid.With(
                $"{shape.Type.Declared.Plural} cannot be searched for this; a search has up to {SearchMax} characters",
                "search");
        var fields = FieldsOf(One(query["fields"], ""), shape, caller);
        if (fields.Failed) return fields.Failure;
        var sort = SortOf(One(query["sort"], ""), shape, caller);
        if (sort.Failed) return sort.Failure;
        var filter = FilterTerm.Parse(One(query["filter"], ""), shape, caller);
        if (filter.Failed) return filter.Failure;
        var totals = TotalsOf(One(query["totals"], ""), shape, caller);
        if (totals.Failed) return totals.Failure;
        var after = One(query["after"], "");
        if (search.Length > 0 && (after.Length > 0 || query.ContainsKey("sort") || query.ContainsKey("totals")))
            return RecordErrors.QueryInvalid.With($"What is searched for has its own order and one page", "search");
        return new ListQuery(shape, company.Value.Value == Guid.Empty ? null : company.Value, fields.Value, sort.Value,
            filter.Value.Term, search.Length > 0 ? search : null, after.Length > 0 ? after : null, take,
            totals.Value.Sums, totals.Value.Counts);
    }

    /// <summary>The company asked for, as far as the caller sees it; the empty id for types of the installation.</summary>
    internal static Result<CompanyId> CompanyOf(string? text, DocumentShape shape, Caller caller)
    {
        if (shape.Type.Declared.Scope == DocumentScope.Installation) return default(CompanyId);
        if (string.IsNullOrEmpty(text))
            return RecordErrors.CompanyNeeded.With($"{shape.Type.Declared.Plural} belong to a company: say which",
                "company");
        if (!Guid.TryParseExact(text, "D", out var id))
            return RecordErrors.QueryInvalid.With($"The company is not an id", "company");
        return caller.Sees(new CompanyId(id)) ? new CompanyId(id)
            : RecordErrors.NotFound.With($"There is no company {id}");
    }

    private static string One(string? text, string usual) => string.IsNullOrEmpty(text) ? usual : text;

    private static Result<IReadOnlyList<DocumentField>> FieldsOf(string text, DocumentShape shape, Caller caller)
    {
        if (text.Length == 0) return Seen(shape.Listed, shape, caller);
        if (text == "*") return Seen(shape.Fields, shape, caller);
        var names = text.Split(',');
        if (names.Length > FieldsMax)
            return RecordErrors.QueryInvalid.With($"At most {FieldsMax} fields are named", "fields");
        var fields = new List<DocumentField>();
        foreach (var name in names.Distinct(StringComparer.Ordinal))
        {
            if (Find(shape, name, caller) is not { } field)
                return RecordErrors.QueryInvalid.With($"{shape.Type.Declared.Label} has no field '{name}'", "fields");
            if (field.Name is not ("id" or "version")) fields.Add(field);       // they are always there
        }
        return fields;
    }

    private static List<DocumentField> Seen(IReadOnlyList<DocumentField> fields, DocumentShape shape, Caller caller) =>
        [.. fields.Where(field => shape.IsSeen(field, caller))];

    private static Result<IReadOnlyList<SortBy>> SortOf(string text, DocumentShape shape, Caller caller)
    {
        var code = shape.Type.Code;
        if (text.Length == 0)
            return new List<SortBy> { new(code ?? shape.Type.Latest ?? shape.Find("createdAt")!, code is null) };
        var names = text.Split(',');
        if (names.Length > SortMax)
            return RecordErrors.QueryInvalid.With($"A list is sorted by up to {SortMax} fields", "sort");
        var sort = new List<SortBy>();
        foreach (var name in names)
        {
            if (Find(shape, name.TrimStart('-'), caller) is not { Definition.Kind: not Contracts.RecordKeeper.FieldKind
                .Json } field || sort.Exists(by => by.Field == field))
                return RecordErrors.QueryInvalid.With($"It cannot be sorted by '{name}'", "sort");
            sort.Add(new SortBy(field, name[0] == '-'));
        }
        // Then by code, as the indexes of fields go on.
        if (code is not null && !sort.Exists(by => by.Field.Definition.Unique))
            sort.Add(new SortBy(code, sort[0].Descending));
        return sort;
    }

    private static Result<(IReadOnlyList<DocumentField> Sums, bool Counts)> TotalsOf(string text, DocumentShape shape,
        Caller caller)
    {
        var (sums, counts) = (new List<DocumentField>(), false);
        foreach (var name in text.Split(',', StringSplitOptions.RemoveEmptyEntries).Distinct(StringComparer.Ordinal))
        {
            if (name == "count") counts = true;
            else if (Find(shape, name, caller) is { Definition.Kind: Contracts.RecordKeeper.FieldKind.Decimal or
                Contracts.RecordKeeper.FieldKind.Whole } field) sums.Add(field);
            else return RecordErrors.QueryInvalid.With($"There is no total of '{name}'", "totals");
        }
        return (sums, counts);
    }

    internal static DocumentField? Find(DocumentShape shape, string name, Caller caller) =>
        shape.Find(name) is { } field && shape.IsSeen(field, caller) ? field : null;
}

using System.Text.Json;
using BusinessM.Contracts.RecordKeeper;

namespace BusinessM.Records;

/// <summary>A term of a list's filter, as JSON: <c>["country","eq","GB"]</c>, <c>["and", t, t]</c>.</summary>
internal abstract record FilterTerm
{
    public const int TermsMax = 50;

    public const int DepthMax = 5;

    public const int ValuesMax = 200;

    /// <summary>Characters of a filter.</summary>
    public const int TextMax = 20_000;

    private static readonly Dictionary<string, string> Operators = new(StringComparer.Ordinal)
    {
        ["eq"] = "=", ["ne"] = "is distinct from", ["lt"] = "<", ["le"] = "<=", ["gt"] = ">", ["ge"] = ">=",
        ["like"] = "ilike",
    };

    /// <summary>The condition in SQL; values are parameters.</summary>
    public abstract string Sql(SqlText sql);

    /// <summary>Whether an index leads to the rows, whatever the value.</summary>
    public virtual bool IsIndexed => false;

    /// <summary>Of no text there is no term.</summary>
    public static Result<(FilterTerm? Term, int Count)> Parse(string text, DocumentShape shape, Caller caller)
    {
        if (text.Length == 0) return ((FilterTerm?)null, 0);
        if (text.Length > TextMax) return Wrong($"A filter has up to {TextMax} characters");
        try
        {
            using var json = JsonDocument.Parse(text, new JsonDocumentOptions { MaxDepth = DepthMax + 2 });
            var count = 0;
            var term = Term(json.RootElement, shape, caller, 1, ref count);
            return term.Failed ? term.Failure : ((FilterTerm?)term.Value, count);
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)   // the latter: half a surrogate pair
        {
            return Wrong($"A filter is a term as JSON, such as [\"name\",\"like\",\"A%\"], up to {DepthMax} deep");
        }
    }

    private static Result<FilterTerm> Term(JsonElement json, DocumentShape shape, Caller caller, int depth, ref int count)
    {
        if (depth > DepthMax || ++count > TermsMax)
            return Wrong($"A filter has up to {TermsMax} terms, {DepthMax} deep");
        if (json.ValueKind != JsonValueKind.Array || json.GetArrayLength() < 2
            || json[0].ValueKind != JsonValueKind.String) return Wrong($"A term begins with a field, or with and, or");
        var first = json[0].GetString()!;
        if (first is "and" or "or")
        {
            var terms = new List<FilterTerm>();
            foreach (var inner in json.EnumerateArray().Skip(1))
            {
                var term = Term(inner, shape, caller, depth + 1, ref count);
                if (term.Failed) return term.Failure;
                terms.Add(term.Value);
            }
            return new Several(first, terms);
        }
        if (ListQuery.Find(shape, first, caller) is not { } field || field.Definition.Kind == FieldKind.Json)
            return Wrong($"{shape.Type.Declared.Label} has no field '{first}' to filter by");
        return json[1].ValueKind == JsonValueKind.String ? Compare(field, json[1].GetString()!, json)
            : Wrong($"After the field comes eq, ne, lt, le, gt, ge, like, in or null");
    }

    private static Result<FilterTerm> Compare(DocumentField field, string operation, JsonElement json)
    {
        var length = json.GetArrayLength();
        if (operation == "null" && (length == 2 || (length == 3 && json[2].ValueKind is JsonValueKind.True
            or JsonValueKind.False)))
            return new Empty(field, length == 2 || json[2].GetBoolean());
        if (length != 3) return Wrong($"{field.Name} {operation} takes one value");
        if (operation == "in") return In(field, json[2]);
        if (!Operators.TryGetValue(operation, out var sign)) return Wrong($"'{operation}' is no comparison");
        if (operation == "like")
            return field.Value == typeof(string) && json[2].ValueKind == JsonValueKind.String
                && json[2].GetString() is { Length: <= ListQuery.SearchMax } pattern && !pattern.Contains('\0', StringComparison.Ordinal)
                ? new One(field, sign, pattern) : Wrong($"like compares a text, of up to {ListQuery.SearchMax} characters");
        var value = ValueOf(field, json[2]);
        if (value.Failed) return value.Failure;
        return value.Value is null ? Wrong($"{field.Name} is compared with nothing: say null")
            : new One(field, sign, value.Value);
    }

    private static Result<FilterTerm> In(DocumentField field, JsonElement json)
    {
        if (json.ValueKind != JsonValueKind.Array || json.GetArrayLength() is 0 or > ValuesMax)
            return Wrong($"in takes a list of 1 to {ValuesMax} values");
        var values = new List<object>();
        foreach (var item in json.EnumerateArray())
        {
            var value = ValueOf(field, item);
            if (value.Failed) return value.Failure;
            if (value.Value is not null) values.Add(value.Value);
        }
        var typed = Array.CreateInstance(field.Value, values.Count);
        for (var i = 0; i < values.Count; i++) typed.SetValue(values[i], i);
        return new Any(field, typed);
    }

    // A value that the field could never have is no fault of who looks for it, but one of another kind is.
    private static Result<object?> ValueOf(DocumentField field, JsonElement json)
    {
        var value = FieldValue.Read(field, json);
        return value.Failed ? RecordErrors.QueryInvalid.With($"{value.Failure.Message}", "filter") : value;
    }

    private static Error Wrong(FormattableString message) => RecordErrors.QueryInvalid.With(message, "filter");

    private sealed record Several(string Word, IReadOnlyList<FilterTerm> Terms) : FilterTerm
    {
        public override string Sql(SqlText sql) => "(" + string.Join($" {Word} ", Terms.Select(t => t.Sql(sql))) + ")";
    }

    private sealed record One(DocumentField Field, string Sign, object Value) : FilterTerm
    {
        public override bool IsIndexed => Sign == "=" && Field.Definition.Indexed;

        public override string Sql(SqlText sql) => $"d.\"{Field.Column}\" {Sign} {sql.Parameter(Value)}";
    }

    private sealed record Any(DocumentField Field, Array Values) : FilterTerm
    {
        public override string Sql(SqlText sql) => $"d.\"{Field.Column}\" = any({sql.Parameter(Values)})";
    }

    private sealed record Empty(DocumentField Field, bool IsEmpty) : FilterTerm
    {
        public override string Sql(SqlText sql) => $"d.\"{Field.Column}\" is {(IsEmpty ? "" : "not ")}null";
    }
}

/// <summary>The parameters of a statement, in the order in which they are named.</summary>
internal sealed class SqlText
{
    public List<object> Parameters { get; } = [];

    public string Parameter(object value)
    {
        Parameters.Add(value);
        return FormattableString.Invariant($"${Parameters.Count}");
    }

    public void AddTo(System.Data.Common.DbParameterCollection parameters, Func<System.Data.Common.DbParameter> make)
    {
        foreach (var value in Parameters)
        {
            var parameter = make();
            parameter.Value = value;
            parameters.Add(parameter);
        }
    }
}

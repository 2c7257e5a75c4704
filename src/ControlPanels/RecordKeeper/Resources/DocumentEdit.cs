using System.Text.Json;
using BusinessM.Contracts.RecordKeeper;

namespace BusinessM.Records;

/// <summary>One document while it is made or changed from JSON: sets what is given, remembers what that was, and checks
/// the whole against its declaration.</summary>
internal sealed class DocumentEdit(DocumentShape shape, IExtended document, bool isNew, Caller caller)
{
    private static readonly string[] Own = ["id", "company", "version"];

    private readonly List<(DocumentField Field, object Value, string Path)> _links = [];

    /// <summary>Names of the fields and child tables that were given.</summary>
    public HashSet<string> Changed { get; } = new(StringComparer.Ordinal);

    /// <summary>What was given, line by line: <c>name</c>, <c>units/ID/factor</c>; a line that goes is <c>units/ID</c>.
    /// </summary>
    public HashSet<string> Touched { get; } = new(StringComparer.Ordinal);

    public DocumentShape Shape { get; } = shape;

    public IExtended Document { get; } = document;

    public bool IsNew { get; } = isNew;

    /// <summary>Links that were given, and where.</summary>
    public IReadOnlyList<(DocumentField Field, object Value, string Path)> Links => _links;

    /// <summary>Sets what the JSON gives.</summary>
    public Result<Done> Apply(JsonElement json)
    {
        if (json.ValueKind != JsonValueKind.Object)
            return RecordErrors.Malformed.With($"A document is an object of its fields");
        foreach (var given in json.EnumerateObject())
        {
            if (Own.Contains(given.Name)) continue;
            var done = Shape.Type.Children.FirstOrDefault(c => c.IsPart && c.Name == given.Name) is { } child
                ? Lines(child, given.Value) : Field(given);
            if (done.Failed) return done;
        }
        if (IsNew) return Defaults();
        return Done.Ok;
    }

    /// <summary>Checks what is required, how long child tables are, and every rule of every field.</summary>
    public Error? Check()
    {
        foreach (var field in Shape.Fields)
        {
            var text = FieldValue.ToText(field, Value(field));
            if (string.IsNullOrEmpty(text) && field.Definition.Required && (IsNew || Changed.Contains(field.Name))
                && !(IsNew && field == Shape.Type.Code && Shape.Type.Declared.Series is not null))
                return Missing(field, field.Name);
            if (field.Definition.Checks is not null
                && FieldChecks.Check(field.Definition, text ?? "", Other) is { } refused) return refused;
        }
        foreach (var child in Shape.Type.Children.Where(child => child.IsPart))
            if (CheckLines(child) is { } wrong) return wrong;
        return null;
    }

    /// <summary>What a field holds now, in the shape of the store.</summary>
    public object? Value(DocumentField field) => field.Get(Document);

    private string? Other(string name) =>
        Shape.Find(name) is { } field && Shape.Fields.Contains(field) ? FieldValue.ToText(field, Value(field)) : null;

    private Result<Done> Field(JsonProperty given)
    {
        if (Shape.Find(given.Name) is not { } field || !Shape.IsSeen(field, caller))
            return RecordErrors.FieldUnknown.With($"{Shape.Type.Declared.Label} has no field '{given.Name}'", given.Name);
        var definition = field.Definition;
        if (definition.ReadOnly || (definition.CreateOnly && !IsNew) || DocumentShape.System.Contains(field))
            return RecordErrors.FieldReadOnly.With($"{definition.Label} is not changed like this", given.Name);
        var value = FieldValue.Read(field, given.Value);
        if (value.Failed) return value.Failure;
        field.Set(Document, value.Value);
        Changed.Add(field.Name);
        Touched.Add(field.Name);
        Link(field, value.Value, field.Name);
        return Done.Ok;
    }

    private Result<Done> Defaults()
    {
        foreach (var field in Shape.Fields)
        {
            if (field.Definition.Default is not { } text || Changed.Contains(field.Name)) continue;
            var value = FieldValue.Parse(field, text);
            if (value.Failed) return value.Failure;
            field.Set(Document, value.Value);
            Link(field, value.Value, field.Name);
        }
        return Done.Ok;
    }

    private Result<Done> Lines(ChildType child, JsonElement json)
    {
        if (json.ValueKind != JsonValueKind.Array || json.GetArrayLength() > ChildrenAttribute.LinesMax)
            return RecordErrors.LinesTooMany.With(
                $"{child.Label} are a list of up to {ChildrenAttribute.LinesMax} lines", child.Name);
        Changed.Add(child.Name);
        var rows = child.Of(Document);
        var place = 0;
        foreach (var line in json.EnumerateArray())
        {
            var path = FormattableString.Invariant($"{child.Name}[{place++}]");
            var done = Line(child, rows, line, path);
            if (done.Failed) return done.Failure.At(path);
        }
        return rows.Count <= ChildrenAttribute.LinesMax ? Done.Ok
            : RecordErrors.LinesTooMany.With($"{child.Label} are up to {ChildrenAttribute.LinesMax} lines", child.Name);
    }

    private Result<Done> Line(ChildType child, System.Collections.IList rows, JsonElement json, string path)
    {
        if (json.ValueKind != JsonValueKind.Object) return RecordErrors.Malformed.With($"A line is an object of its fields");
        var row = Named(child, rows, json);
        if (row.Failed) return row.Failure;
        var key = $"{child.Name}/{row.Value.Id}";
        if (json.TryGetProperty("removed", out var removed) && removed.ValueKind == JsonValueKind.True)
        {
            rows.Remove(row.Value);
            Touched.Add(key);
            return Done.Ok;
        }
        foreach (var given in json.EnumerateObject())
        {
            if (given.Name is "id" or "seq" or "removed") continue;
            if (child.Fields.FirstOrDefault(f => f.Name == given.Name) is not { } field)
                return RecordErrors.FieldUnknown.With($"{child.Label} have no field '{given.Name}'", given.Name);
            if (field.Definition.ReadOnly)
                return RecordErrors.FieldReadOnly.With($"{field.Definition.Label} is not changed like this", given.Name);
            var value = FieldValue.Read(field, given.Value);
            if (value.Failed) return value.Failure;
            field.Set(row.Value, value.Value);
            Touched.Add($"{key}/{field.Name}");
            Link(field, value.Value, $"{path}.{field.Name}");
        }
        return Done.Ok;
    }

    // The line of the id, or a new one: without an id, or, of a new document, with one of the caller's.
    private Result<IPart> Named(ChildType child, System.Collections.IList rows, JsonElement json)
    {
        Guid? id = json.TryGetProperty("id", out var given) && given.ValueKind == JsonValueKind.String
            && given.TryGetGuid(out var named) ? named : null;
        if (given.ValueKind is not (JsonValueKind.Undefined or JsonValueKind.Null) && id is null)
            return RecordErrors.LineUnknown.With($"A line has no id like this", "id");
        if (id is { } wanted)
        {
            foreach (IPart there in rows)
                if (there.Id == wanted) return Result.Of(there);
            if (!IsNew) return RecordErrors.LineUnknown.With($"There is no line {wanted}", "id");
        }
        var row = (IPart)Activator.CreateInstance(child.Clr)!;
        if (id is { } made) typeof(Part<>).MakeGenericType(DocumentType.BaseOf(child.Clr, typeof(Part<>))!
            .GetGenericArguments()).GetProperty(nameof(IPart.Id))!.SetValue(row, made);
        row.Seq = rows.Count == 0 ? 1 : rows.Cast<IPart>().Max(r => r.Seq) + 1;
        foreach (var field in child.Fields)
            if (field.Definition.Default is { } text && FieldValue.Parse(field, text) is { Failed: false } usual)
                field.Set(row, usual.Value);
        rows.Add(row);
        return Result.Of(row);
    }

    private Error? CheckLines(ChildType child)
    {
        var rows = child.Of(Document);
        if (rows.Count < child.Min && (IsNew || Changed.Contains(child.Name)))
            return RecordErrors.LinesTooMany.With($"{child.Label} have {child.Min} lines at least", child.Name);
        for (var i = 0; i < rows.Count; i++)
        {
            var row = rows[i]!;
            foreach (var field in child.Fields)
            {
                var text = FieldValue.ToText(field, field.Get(row)) ?? "";
                var error = text.Length == 0 && field.Definition.Required ? Missing(field, field.Name)
                    : field.Definition.Checks is null ? null : FieldChecks.Check(field.Definition, text,
                        name => child.Fields.FirstOrDefault(f => f.Name == name) is { } other
                            ? FieldValue.ToText(other, other.Get(row)) : null);
                if (error is not null) return error.At(FormattableString.Invariant($"{child.Name}[{i}]"));
            }
        }
        return null;
    }

    private static Error Missing(DocumentField field, string path) =>
        RecordErrors.FieldRequired.With($"{field.Definition.Label} is required", path);

    private void Link(DocumentField field, object? value, string path)
    {
        if (value is not null && field.Definition is { Kind: FieldKind.Link, Target: not null })
            _links.Add((field, value, path));
    }
}

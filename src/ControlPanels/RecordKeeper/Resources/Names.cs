namespace BusinessM.Records;

/// <summary>What a person reads in place of the ids of other documents: code and title of what links lead to, in one
/// question for each type, as far as the caller may read it.</summary>
internal sealed class Names(IRecordDatabase database, DocumentCatalogue catalogue)
{
    private readonly Dictionary<(string Target, bool ByCode), HashSet<object>> _wanted = [];
    private readonly Dictionary<string, string> _names = new(StringComparer.Ordinal);

    /// <summary>Notes what a link leads to.</summary>
    public void Want(DocumentField field, object value)
    {
        var key = (field.Definition.Target!, field.Definition.ByCode);
        if (!_wanted.TryGetValue(key, out var values)) _wanted[key] = values = [];
        values.Add(value);
    }

    /// <summary>Notes the name of what a link leads to, where it came with the row.</summary>
    public void Add(DocumentField field, object value, string? code, string? title) => _names[field.Definition.ByCode
        ? $"{field.Definition.Target}/{value}" : value.ToString()!] = Name(code, title);

    /// <summary>Names by id; of links by code by <c>type/code</c>.</summary>
    public async Task<IReadOnlyDictionary<string, string>> Find(Caller caller, CompanyId company, CancellationToken ct)
    {
        foreach (var ((target, byCode), values) in _wanted)
        {
            if (catalogue.Current.Find(target)?.Type is not { } type || !caller.May(type.Permission("read"))) continue;
            foreach (var (id, code, title) in await Read(type, byCode, values, caller, company, ct))
                _names[byCode ? $"{target}/{code}" : id.ToString()] = Name(code, title);
        }
        return _names;
    }

    /// <summary>Those documents of a type that are there and that the caller sees, by id or code.</summary>
    public async Task<IReadOnlyList<(Guid Id, string? Code, string? Title)>> Read(DocumentType type, bool byCode,
        IReadOnlyCollection<object> values, Caller caller, CompanyId company, CancellationToken ct)
    {
        var sql = new SqlText();
        var key = byCode ? type.Code!.Column : "id";
        var wanted = Array.CreateInstance(byCode ? typeof(string) : typeof(Guid), values.Count);
        var place = 0;
        foreach (var value in values) wanted.SetValue(value, place++);
        var text = $"select d.id, {Column(type.Code, "d")}, {Column(type.Title, "d")} "
            + $"from {type.Schema}.\"{type.Table}\" d where d.\"{key}\" = any({sql.Parameter(wanted)})";
        if (type.Declared.Scope == DocumentScope.Company) text += $" and d.company = {sql.Parameter(company.Value)}";
        else if (caller.Companies is { } seen)
            text += $" and (d.company = any({sql.Parameter(seen.Select(c => c.Value).Append(Guid.Empty).ToArray())}))";
        await using var command = database.Reader(type.Schema).CreateCommand(text);
        sql.AddTo(command.Parameters, command.CreateParameter);
        await using var rows = await command.ExecuteReaderAsync(ct);
        var found = new List<(Guid, string?, string?)>();
        while (await rows.ReadAsync(ct))
            found.Add((rows.GetGuid(0), rows.IsDBNull(1) ? null : rows.GetString(1),
                rows.IsDBNull(2) ? null : rows.GetString(2)));
        return found;
    }

    internal static string Column(DocumentField? field, string row) =>
        field is null ? "null::text" : $"{row}.\"{field.Column}\"::text";

    private static string Name(string? code, string? title) =>
        code is null || code == title ? title ?? "" : title is null ? code : $"{code} {title}";
}

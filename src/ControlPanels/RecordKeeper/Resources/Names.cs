namespace BusinessM.Records;

/// <summary>What a person reads in place of the ids of other documents: code and title of what links lead to, in one
/// question for each type, as far as the caller may read it.</summary>
internal sealed class Names(IRecordDatabase database, DocumentCatalogue catalogue)
{
    private readonly Dictionary<(string Target, bool ByCode), HashSet<object>> _wanted = [];

    /// <summary>Notes what a link leads to.</summary>
    public void Want(DocumentField field, object value)
    {
        var key = (field.Definition.Target!, field.Definition.ByCode);
        if (!_wanted.TryGetValue(key, out var values)) _wanted[key] = values = [];
        values.Add(value);
    }

    /// <summary>Names by id; of links by code by <c>type/code</c>.</summary>
    public async Task<IReadOnlyDictionary<string, string>> Find(Caller caller, CompanyId company, CancellationToken ct)
    {
        if (_wanted.Count == 0) return new Dictionary<string, string>();
        var names = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var ((target, byCode), values) in _wanted)
        {
            if (catalogue.Current.Find(target)?.Type is not { } type || !caller.May(type.Permission("read"))) continue;
            foreach (var (id, code, title) in await Read(type, byCode, values, caller, company, ct))
                names[byCode ? $"{target}/{code}" : id.ToString()] =
                    code is null || code == title ? title ?? "" : title is null ? code : $"{code} {title}";
        }
        return names;
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
        var text = $"select d.id, {Column(type.Code)}, {Column(type.Title)} from {type.Schema}.\"{type.Table}\" d "
            + $"where d.\"{key}\" = any({sql.Parameter(wanted)})";
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

    private static string Column(DocumentField? field) => field is null ? "null::text" : $"d.\"{field.Column}\"::text";
}

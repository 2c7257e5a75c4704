using System.Data.Common;

namespace BusinessM.Records;

/// <summary>What the links of a row lead to, joined to the row where the target stands in the same schema and the
/// caller may read it, so that the names need no journey of their own. Other links are left to <see cref="Names"/>.
/// </summary>
internal sealed class LinkNames
{
    private readonly List<(DocumentField Field, DocumentType Target, HashSet<object> Seen)> _links;
    private readonly Caller _caller;

    private LinkNames(List<(DocumentField, DocumentType, HashSet<object>)> links, Caller caller) =>
        (_links, _caller) = (links, caller);

    public static LinkNames Of(DocumentType type, IEnumerable<DocumentField> fields, CatalogueSnapshot catalogue,
        Caller caller)
    {
        var links = new List<(DocumentField, DocumentType, HashSet<object>)>();
        foreach (var field in fields)
            if (field.Definition.Target is { } name && catalogue.Find(name)?.Type is { } target
                && target.Schema == type.Schema && caller.May(target.Permission("read")))
                links.Add((field, target, []));
        return new LinkNames(links, caller);
    }

    public bool IsEmpty => _links.Count == 0;

    /// <summary>Two columns for each link, after all others.</summary>
    public string Columns => string.Concat(_links.Select((link, i) => FormattableString.Invariant($"""
        , {Names.Column(link.Target.Code, $"n{i}")}, {Names.Column(link.Target.Title, $"n{i}")}, n{i}.id is not null
        """)));

    /// <summary>The joins to a row of that alias; <paramref name="company"/> is that of the row.</summary>
    public string Joins(string row, string company, SqlText sql) => string.Concat(_links.Select((link, i) =>
    {
        var key = link.Field.Definition.ByCode ? link.Target.Code!.Column : "id";
        var table = $"{link.Target.Schema}.\"{link.Target.Table}\"";
        var join = FormattableString.Invariant(
            $" left join {table} n{i} on n{i}.\"{key}\" = {row}.\"{link.Field.Column}\"");
        if (link.Target.Declared.Scope == DocumentScope.Company)
            return join + FormattableString.Invariant($" and n{i}.company = {company}");
        // A code that every company uses is of a document that belongs to none.
        if (link.Field.Definition.ByCode)
            return join + FormattableString.Invariant($" and n{i}.company = '{Guid.Empty}'");
        return _caller.Companies is not { } seen ? join : join + FormattableString.Invariant(
            $" and n{i}.company = any({sql.Parameter(seen.Select(c => c.Value).Append(Guid.Empty).ToArray())})");
    }));

    /// <summary>Takes the name of a link's value from the row, once for each value; false: the link is not joined.
    /// </summary>
    public bool Read(DocumentField field, object value, DbDataReader row, Names names)
    {
        for (var i = 0; i < _links.Count; i++)
        {
            if (_links[i].Field != field) continue;
            var first = row.FieldCount - (3 * (_links.Count - i));
            if (_links[i].Seen.Add(value) && row.GetBoolean(first + 2))
                names.Add(field, value, row.IsDBNull(first) ? null : row.GetString(first),
                    row.IsDBNull(first + 1) ? null : row.GetString(first + 1));
            return true;
        }
        return false;
    }
}

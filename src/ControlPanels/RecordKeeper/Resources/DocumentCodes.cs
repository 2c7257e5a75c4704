using System.Collections.Concurrent;
using System.Globalization;

namespace BusinessM.Records;

/// <summary>Codes of masters where none is given: the next after the greatest that is there. Other than the numbers of
/// transactions they may have gaps, and a person may give others.</summary>
internal sealed class DocumentCodes(IRecordDatabase database, DocumentCodeMemory memory)
{
    public async Task Give(DocumentEdit edit, CompanyId company, CancellationToken ct)
    {
        var type = edit.Shape.Type;
        if (type.Declared.Series is not { } series || type.Code is not { } code) return;
        if (!string.IsNullOrEmpty((string?)code.Get(edit.Document))) return;
        var open = series.IndexOf('{', StringComparison.Ordinal);
        var (prefix, digits) = (series[..open], series.Length - open - 2);
        await using var command = database.Reader(type.Schema).CreateCommand($"""
            select substr("{code.Column}", {prefix.Length + 1}) from {type.Schema}."{type.Table}"
            where company = $1 and "{code.Column}" >= $2 and "{code.Column}" < $3
              and "{code.Column}" ~ ('^' || $2 || '[0-9]{FormattableString.Invariant($"{{{digits}}}")}$')
            order by "{code.Column}" desc limit 1
            """);
        foreach (var value in new object[] { company.Value, prefix, prefix + ":" })
        {
            var parameter = command.CreateParameter();
            parameter.Value = value;
            command.Parameters.Add(parameter);
        }
        var last = await command.ExecuteScalarAsync(ct) is string text
            ? long.Parse(text, CultureInfo.InvariantCulture) : 0;
        var next = memory.Next((company, type.Name), last);
        code.Set(edit.Document, prefix + next.ToString("D" + digits, CultureInfo.InvariantCulture));
    }
}

/// <summary>The last codes that this process gave: two that are made at once do not get the same.</summary>
internal sealed class DocumentCodeMemory
{
    private readonly ConcurrentDictionary<(CompanyId Company, string Type), long> _last = new();

    public long Next((CompanyId Company, string Type) key, long there) =>
        _last.AddOrUpdate(key, there + 1, (_, last) => Math.Max(last, there) + 1);
}

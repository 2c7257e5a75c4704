namespace BusinessM.Finance.Import;

/// <summary>The first reading of a file: how many lines each number has, so that the second one knows when a document is
/// complete (its lines need not stand together), and which customers and items it names, so that they are registered
/// once.</summary>
public sealed class SalesSurvey
{
    private readonly Dictionary<string, int> _lines = new(StringComparer.Ordinal);
    private readonly Dictionary<string, (string Name, string Country)> _customers = new(StringComparer.Ordinal);
    private readonly Dictionary<string, string> _items = new(StringComparer.Ordinal);
    private readonly HashSet<string> _broken = new(StringComparer.Ordinal);
    private readonly List<RowFault> _faults = [];

    /// <summary>How many faults are kept and reported; all are counted.</summary>
    public const int FaultsMax = 100_000;

    /// <summary>Why nothing of the file can be imported; null where it can.</summary>
    public RowFault? Refusal { get; private set; }

    public int Rows { get; private set; }

    public int FaultyRows { get; private set; }

    public IReadOnlyList<RowFault> Faults => _faults;

    /// <summary>Numbers with at least one line that can be read, those with an unreadable line included.</summary>
    public int Documents => _lines.Count;

    /// <summary>Documents left out because a line of theirs cannot be read.</summary>
    public int BrokenDocuments => _broken.Count;

    /// <summary>Code to name and country as the file writes it; the first that is not empty stands.</summary>
    public IReadOnlyDictionary<string, (string Name, string Country)> Customers => _customers;

    /// <summary>Code to name; the first that is not empty stands.</summary>
    public IReadOnlyDictionary<string, string> Items => _items;

    /// <summary>Whether a line of the document could not be read: then all of it is left out.</summary>
    public bool IsBroken(string number) => _broken.Contains(number);

    public int LinesOf(string number) => _lines[number];

    public static SalesSurvey Of(SalesFile file, CancellationToken ct)
    {
        var survey = new SalesSurvey();
        foreach (var row in file.Rows(survey.Add))
        {
            if ((++survey.Rows & 0xFFF) == 0) ct.ThrowIfCancellationRequested();
            if (!row.Failed) survey.Add(row.Value);
        }
        return survey;
    }

    private void Add(RowFault fault)
    {
        FaultyRows++;
        if (fault.OfFile) Refusal ??= fault;
        if (_faults.Count < FaultsMax) _faults.Add(fault);
        if (fault.Number.Trim() is { Length: > 0 } number) _broken.Add(number);
    }

    private void Add(SalesRow row)
    {
        _lines[row.Number] = _lines.GetValueOrDefault(row.Number) + 1;
        if (row.Customer.Length > 0 && _customers.GetValueOrDefault(row.Customer) is not { Name.Length: > 0, Country.Length: > 0 })
        {
            var known = _customers.GetValueOrDefault(row.Customer, ("", ""));
            _customers[row.Customer] = (known.Item1.Length > 0 ? known.Item1 : row.CustomerName,
                known.Item2.Length > 0 ? known.Item2 : row.Country);
        }
        if (row.Item.Length > 0 && _items.GetValueOrDefault(row.Item) is not { Length: > 0 })
            _items[row.Item] = row.Description;
    }
}

namespace BusinessM.Finance.Import;

/// <summary>What a document of the file is: what is to be invoiced, credited or written off, or a movement of stock that
/// is only reported (policy: zero prices; below zero is a loss, above is found).</summary>
public enum SalesDocumentKind { Invoice, CreditNote, BadDebt, StockAdjustment }

/// <summary>All lines of one number, in the file's order. Repeated lines are real: each counts.</summary>
public sealed record SalesDocument(string Number, SalesDocumentKind Kind, IReadOnlyList<SalesRow> Rows)
{
    public SalesRow First => Rows[0];

    /// <summary>The second reading: documents in the order in which their last lines stand. Those with a line that
    /// cannot be read are left out; their faults were told by the survey.</summary>
    public static IEnumerable<SalesDocument> In(SalesFile file, ImportMap map, SalesSurvey survey)
    {
        var open = new Dictionary<string, List<SalesRow>>(StringComparer.Ordinal);
        foreach (var read in file.Rows(static _ => { }))
        {
            if (read.Failed || survey.IsBroken(read.Value.Number)) continue;
            var row = read.Value;
            if (!open.TryGetValue(row.Number, out var rows)) open[row.Number] = rows = [];
            rows.Add(row);
            if (rows.Count < survey.LinesOf(row.Number)) continue;
            open.Remove(row.Number);
            yield return new SalesDocument(row.Number, KindOf(rows, map), rows);
        }
    }

    /// <summary>What the lines of one document have to agree in: day, customer, currency.</summary>
    public RowFault? Disagreement()
    {
        foreach (var row in Rows)
        {
            var field = row.Date != First.Date ? "date" : row.Customer != First.Customer ? "customer"
                : row.Currency != First.Currency ? "currency" : null;
            if (field is not null) return new RowFault(row.Line, Number, FinanceErrors.ImportRowsDiffer.With(
                $"Line {row.Line} differs from line {First.Line} of the same number in its {field}", field));
        }
        return null;
    }

    private static SalesDocumentKind KindOf(List<SalesRow> rows, ImportMap map)
    {
        if (map.ZeroPrice == ZeroPrice.StockAdjustment && rows.TrueForAll(row => row.Price == 0))
            return SalesDocumentKind.StockAdjustment;
        return map.KindOf(rows[0].Number) switch
        {
            ImportKind.CreditNote => SalesDocumentKind.CreditNote,
            ImportKind.BadDebt => SalesDocumentKind.BadDebt,
            _ => SalesDocumentKind.Invoice,
        };
    }
}

using BusinessM.Contracts.RecordKeeper;

namespace BusinessM.Records.Files;

/// <summary>Which field each column of a file is likely to be, by its heading alone. A guess: a person looks at it
/// before the import.</summary>
public static class ColumnGuess
{
    // From sure to less so. Where a step has two columns for a field, or two fields for a column, it gives neither, and
    // no later step decides between them.
    private static readonly IReadOnlyList<Func<Heading, FieldWords, bool>> Steps =
    [
        (heading, field) => heading.Words == field.Name || heading.Raw == field.Raw,
        (heading, field) => heading.Words == field.Label,
        (heading, field) => field.IsLink && heading.Owner.Length > 0 && heading.Kind == "code"
            && (heading.Owner == field.Name || heading.Owner == field.Label),
        (heading, field) => heading.Meaning.Length > 0
            && (heading.Meaning == field.NameMeaning || heading.Meaning == field.LabelMeaning),
        (heading, field) => heading.Owner.Length > 0 && (heading.Kind == field.Name || heading.Kind == field.Label
            || heading.Kind == field.NameMeaning),
    ];

    /// <summary>The field of each heading, null where unsure; no field twice.</summary>
    public static IReadOnlyList<FieldDefinition?> Of(IReadOnlyList<string> header,
        IReadOnlyList<FieldDefinition> fields)
    {
        var headings = header.Select(Heading.Of).ToList();
        var words = fields.Select(FieldWords.Of).ToList();
        var owners = words.SelectMany(w => (string[])[w.Name, w.Label]).ToHashSet(StringComparer.Ordinal);
        var guesses = new FieldDefinition?[header.Count];
        var (columnsDone, fieldsDone) = (new HashSet<int>(), new HashSet<int>());
        foreach (var (step, fits) in Steps.Index())
        {
            var pairs = (from c in Enumerable.Range(0, headings.Count)
                         where !columnsDone.Contains(c) && headings[c].Words.Length > 0
                         // "Customer name" is no name of this document where it has a field "customer".
                         where step < Steps.Count - 1 || !owners.Contains(headings[c].Owner)
                         from f in Enumerable.Range(0, words.Count)
                         where !fieldsDone.Contains(f) && fits(headings[c], words[f])
                         select (Column: c, Field: f)).ToList();
            foreach (var (column, field) in pairs)
                if (pairs.Count(p => p.Column == column) == 1 && pairs.Count(p => p.Field == field) == 1)
                    guesses[column] = fields[field];
            columnsDone.UnionWith(pairs.Select(p => p.Column));
            fieldsDone.UnionWith(pairs.Select(p => p.Field));
        }
        return guesses;
    }

    /// <summary>A heading of a file in the forms in which it is compared.</summary>
    /// <param name="Owner">What comes before the last part, where that is a word for a code or a name: "customer" of
    /// "Customer no."; else empty.</param>
    /// <param name="Kind">The meaning of that last part.</param>
    private sealed record Heading(string Raw, string Words, string Meaning, string Owner, string Kind)
    {
        public static Heading Of(string text)
        {
            var words = ColumnWords.Of(text);
            var joined = string.Concat(words);
            var (owner, rest) = ColumnWords.Owned(words);
            var kind = ColumnWords.Meaning(rest) is { Length: > 0 } known ? known : rest;
            return new Heading(text.Trim(), joined, ColumnWords.Meaning(joined), owner, kind);
        }
    }

    private sealed record FieldWords(string Raw, string Name, string Label, string NameMeaning, string LabelMeaning,
        bool IsLink)
    {
        public static FieldWords Of(FieldDefinition field)
        {
            var (name, label) = (string.Concat(ColumnWords.Of(field.Name)), string.Concat(ColumnWords.Of(field.Label)));
            return new FieldWords(field.Name, name, label, ColumnWords.Meaning(name), ColumnWords.Meaning(label),
                field.Kind == FieldKind.Link);
        }
    }
}

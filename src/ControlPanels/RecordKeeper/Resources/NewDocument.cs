namespace BusinessM.Records;

/// <summary>Makes documents by their type at run time.</summary>
internal static class NewDocument
{
    public static IExtended Of(DocumentType type, Guid id, CompanyId company)
    {
        var document = (IExtended)Activator.CreateInstance(type.Clr, nonPublic: true)!;
        var key = type.Clr.GetProperty("Id")!;
        key.SetValue(document, TypedId.Of(key.PropertyType, id));
        type.Clr.GetProperty("Company")!.SetValue(document, company);
        return document;
    }
}

/// <summary>Lines stand in the order in which they were written.</summary>
internal static class LineOrder
{
    public static void Sort(ChildType child, IDocument document)
    {
        var rows = child.Of(document);
        var sorted = rows.Cast<IPart>().OrderBy(row => row.Seq).ToArray();
        for (var i = 0; i < sorted.Length; i++) rows[i] = sorted[i];
    }
}

/// <summary>The rules of a type's owner, by the type at run time.</summary>
internal abstract class OwnersRules
{
    private static readonly System.Collections.Concurrent.ConcurrentDictionary<Type, OwnersRules> Known = new();

    public static OwnersRules Of(DocumentType type) => Known.GetOrAdd(type.Clr, static clr =>
        (OwnersRules)Activator.CreateInstance(typeof(RulesOf<>).MakeGenericType(clr))!);

    public abstract Task<Result<Done>> Before(IServiceProvider services, DocumentEdit edit, CancellationToken ct);

    public abstract Task<Result<Done>> BeforeRemoval(IServiceProvider services, IDocument document,
        CancellationToken ct);

    private sealed class RulesOf<TDocument> : OwnersRules where TDocument : class
    {
        public override Task<Result<Done>> Before(IServiceProvider services, DocumentEdit edit, CancellationToken ct)
        {
            var change = new DocumentChange<TDocument>((TDocument)edit.Document, edit.IsNew, edit.Changed);
            return All(services, rules => rules.Before(change, ct));
        }

        public override Task<Result<Done>> BeforeRemoval(IServiceProvider services, IDocument document,
            CancellationToken ct) => All(services, rules => rules.BeforeRemoval((TDocument)document, ct));

        private static async Task<Result<Done>> All(IServiceProvider services,
            Func<IDocumentRules<TDocument>, Task<Result<Done>>> ask)
        {
            foreach (var rules in (IEnumerable<IDocumentRules<TDocument>>)services.GetService(
                typeof(IEnumerable<IDocumentRules<TDocument>>))!)
            {
                var allowed = await ask(rules);
                if (allowed.Failed) return allowed;
            }
            return Done.Ok;
        }
    }
}

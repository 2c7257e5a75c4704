namespace BusinessM.Records;

/// <summary>What the owner of a document type checks and includes besides its declaration, before each commit of a
/// document that the record-keeper makes or changes. Registered by the owner as a scoped service.</summary>
public interface IDocumentRules<TDocument> where TDocument : class
{
    /// <summary>Refuses the change, completes the document, or includes effects in the unit of work. Shape, lengths,
    /// checks and links have been checked by then.</summary>
    Task<Result<Done>> Before(DocumentChange<TDocument> change, CancellationToken ct);

    /// <summary>Refuses that a document goes, or includes what goes with it. Nothing links to it by then.</summary>
    Task<Result<Done>> BeforeRemoval(TDocument document, CancellationToken ct) => Task.FromResult(Done.Ok);
}

/// <summary>A document as it will be written. <paramref name="Changed"/>: the names of the fields and child tables that
/// were given.</summary>
public sealed record DocumentChange<TDocument>(TDocument Document, bool IsNew, IReadOnlySet<string> Changed);

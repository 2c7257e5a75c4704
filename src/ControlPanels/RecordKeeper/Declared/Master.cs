namespace BusinessM.Records;

/// <summary>The base of masters: edited as they are, never removed, blocked when they are not to be used any more.
/// </summary>
public abstract class Master<TId> : Document<TId> where TId : struct, ITypedId<TId>
{
    /// <summary>Not used in new documents any more; what stands on it stays.</summary>
    [Field("Blocked", Help = "Not used in new documents any more.")]
    public bool Blocked { get; set; }
}

/// <summary>The base of the rows of a child table: an id of their own, by which they are changed, and their order.
/// </summary>
public abstract class Part<TParent> : IPart where TParent : struct, ITypedId<TParent>
{
    public Guid Id { get; init; } = Ids.New();

    public TParent Parent { get; set; }

    public int Seq { get; set; }
}

/// <summary>A row of a child table.</summary>
public interface IPart
{
    Guid Id { get; }

    int Seq { get; set; }
}

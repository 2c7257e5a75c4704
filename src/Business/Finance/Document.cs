namespace BusinessM.Finance;

public abstract class Document<TId> where TId : struct, ITypedId<TId>
{
    public TId Id { get; init; } = Ids.New<TId>();
    public CompanyId Company { get; init; }
    public int Version { get; private set; }
}

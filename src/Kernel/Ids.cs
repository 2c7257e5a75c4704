namespace BusinessM;

/// <summary>A typed id: a <c>readonly record struct XId(Guid Value)</c>, version 7, made by the caller.</summary>
public interface ITypedId<TSelf> where TSelf : struct, ITypedId<TSelf>
{
    Guid Value { get; }

    static abstract TSelf From(Guid value);
}

/// <summary>Makes ids: RFC 9562 version 7, so that they sort by the time they were made.</summary>
public static class Ids
{
    public static Guid New() => Guid.CreateVersion7();

    public static T New<T>() where T : struct, ITypedId<T> => T.From(New());

    /// <summary>An id that follows from another one and a name: the same two always give the same id (so a repeat is
    /// harmless). RFC 9562 version 8: SHA-256 of both, version and variant set.</summary>
    public static Guid Derive(Guid from, string name)
    {
        var input = new byte[16 + System.Text.Encoding.UTF8.GetByteCount(name)];
        from.TryWriteBytes(input, bigEndian: true, out _);
        System.Text.Encoding.UTF8.GetBytes(name, input.AsSpan(16));
        var hash = System.Security.Cryptography.SHA256.HashData(input).AsSpan(0, 16);
        hash[6] = (byte)((hash[6] & 0x0F) | 0x80);
        hash[8] = (byte)((hash[8] & 0x3F) | 0x80);
        return new Guid(hash, bigEndian: true);
    }
}

/// <summary>A company: a legal entity with books of its own. Every document, journal and series belongs to one.
/// </summary>
public readonly record struct CompanyId(Guid Value) : ITypedId<CompanyId>
{
    public static CompanyId From(Guid value) => new(value);

    public override string ToString() => Value.ToString();
}

/// <summary>A branch of a company: a tax registration with an address.</summary>
public readonly record struct BranchId(Guid Value) : ITypedId<BranchId>
{
    public static BranchId From(Guid value) => new(value);

    public override string ToString() => Value.ToString();
}

/// <summary>A party: whoever one trades with.</summary>
public readonly record struct PartyId(Guid Value) : ITypedId<PartyId>
{
    public static PartyId From(Guid value) => new(value);

    public override string ToString() => Value.ToString();
}

/// <summary>An item: what is bought, stocked, made or sold, services included.</summary>
public readonly record struct ItemId(Guid Value) : ITypedId<ItemId>
{
    public static ItemId From(Guid value) => new(value);

    public override string ToString() => Value.ToString();
}

/// <summary>An address of a party: what a tax registration is kept for.</summary>
public readonly record struct AddressId(Guid Value) : ITypedId<AddressId>
{
    public static AddressId From(Guid value) => new(value);

    public override string ToString() => Value.ToString();
}

using BusinessM.Contracts.Masters;
using BusinessM.Records;

namespace BusinessM.Masters;

/// <summary>A legal entity with books of its own.</summary>
internal sealed class Company : Document<CompanyId>
{
    public string Code { get; init; } = "";
    public string Name { get; set; } = "";
    public string Currency { get; init; } = "";
    public string Country { get; init; } = "";
    public string Zone { get; init; } = "";
    public int FiscalYearStartMonth { get; init; }

    public Contracts.Masters.Company ToContract() =>
        new(Id, Code, Name, Currency, Country, Zone, FiscalYearStartMonth, Version);
}

/// <summary>A tax registration of a company, with an address (policy 3).</summary>
internal sealed class Branch : Document<BranchId>
{
    public string Code { get; init; } = "";
    public string Name { get; set; } = "";

    public Contracts.Masters.Branch ToContract() => new(Id, Company, Code, Name, Version);
}

/// <summary>Whoever one trades with.</summary>
internal sealed class Party : Document<PartyId>
{
    public string Code { get; init; } = "";
    public string Name { get; set; } = "";
    public string? Country { get; set; }
    public bool Blocked { get; set; }
    public string? PartyGroup { get; set; }

    public Contracts.Masters.Party ToContract() => new(Id, Company, Code, Name, Country, Blocked, Version, PartyGroup);

    public static Party From(Contracts.Masters.Party party) => new()
    {
        Id = party.Id, Company = party.Company, Code = party.Code, Name = party.Name, Country = party.Country,
        Blocked = party.Blocked, PartyGroup = party.Group,
    };
}

/// <summary>What is bought, stocked, made or sold.</summary>
internal sealed class Item : Document<ItemId>
{
    public string Code { get; init; } = "";
    public string Name { get; set; } = "";
    public ItemKind Kind { get; init; }
    public string Unit { get; set; } = "C62";
    public bool Blocked { get; set; }
    public string? ItemGroup { get; set; }

    public Contracts.Masters.Item ToContract() => new(Id, Company, Code, Name, Kind, Unit, Blocked, Version, ItemGroup);

    public static Item From(Contracts.Masters.Item item) => new()
    {
        Id = item.Id, Company = item.Company, Code = item.Code, Name = item.Name, Kind = item.Kind, Unit = item.Unit,
        Blocked = item.Blocked, ItemGroup = item.Group,
    };
}

public readonly record struct ExchangeRateId(Guid Value) : ITypedId<ExchangeRateId>
{
    public static ExchangeRateId From(Guid value) => new(value);
    public override string ToString() => Value.ToString();
}

/// <summary>Units of <see cref="ToCurrency"/> for one <see cref="FromCurrency"/> on a day.</summary>
internal sealed class ExchangeRate : Document<ExchangeRateId>
{
    public string FromCurrency { get; init; } = "";
    public string ToCurrency { get; init; } = "";
    public DateOnly Day { get; init; }
    public decimal Value { get; set; }
    public string Source { get; set; } = "";
}

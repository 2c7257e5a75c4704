using System.Collections.Frozen;
using BusinessM.Contracts.BookKeeper;

namespace BusinessM.Finance.Ledger;

/// <summary>One account of the chart. <paramref name="Role"/> is what the program posts to it (policy 17), empty where
/// it posts nothing by itself; <paramref name="Default"/> marks the one account that stands for the role.</summary>
public sealed record ChartAccount(string Code, string Name, string? Parent, string? StatementLine, AccountType Type,
    Side NormalSide, bool Group, string? Role, bool Default, string? CashFlow)
{
    internal Account ToAccount(CompanyId company) => new(company, Code, Name, Type, Group: Group);
}

/// <summary>The charts that ship with the program.</summary>
public static class ChartOfAccounts
{
    private static readonly Lazy<IReadOnlyList<ChartAccount>> Shipped = new(() =>
        Read("BusinessM.Finance.Charts.generic.csv"));

    /// <summary>The generic chart: one default account per role.</summary>
    public static IReadOnlyList<ChartAccount> Generic => Shipped.Value;

    private static IReadOnlyList<ChartAccount> Read(string resource)
    {
        using var stream = typeof(ChartOfAccounts).Assembly.GetManifestResourceStream(resource)
            ?? throw new InvalidOperationException($"The chart {resource} is not in the program");
        using var reader = new StreamReader(stream);
        reader.ReadLine();
        var accounts = new List<ChartAccount>();
        while (reader.ReadLine() is { } line) accounts.Add(Parse(Fields(line)));
        return accounts;
    }

    private static ChartAccount Parse(List<string> row) => new(row[0], row[1], Text(row[2]), Text(row[3]),
        Enum.Parse<AccountType>(row[4], ignoreCase: true), Enum.Parse<Side>(row[5], ignoreCase: true), row[6] == "G",
        Text(row[7]), row[8] == "yes", Text(row[9]));

    private static string? Text(string field) => field.Length == 0 ? null : field;

    private static List<string> Fields(string line)
    {
        var (fields, field, quoted) = (new List<string>(), new System.Text.StringBuilder(), false);
        foreach (var letter in line)
        {
            if (letter == '"') quoted = !quoted;
            else if (letter == ',' && !quoted) (fields, field) = (Add(fields, field), new());
            else field.Append(letter);
        }
        return Add(fields, field);
    }

    private static List<string> Add(List<string> fields, System.Text.StringBuilder field)
    {
        fields.Add(field.ToString());
        return fields;
    }
}

/// <summary>Where an override of a role counts: for one item, an item group, a party group or a tax code.</summary>
public enum RoleScope { Company, Item, ItemGroup, PartyGroup, TaxCode, Warehouse }

/// <summary>Which account stands for a role, in the company or in a narrower scope.</summary>
public sealed record RoleAccount(string Role, RoleScope Scope, string Key, string Account);

/// <summary>Accounts by role (policy 17): one default per role, overridable; the narrowest wins.</summary>
public sealed class AccountRoles
{
    private readonly FrozenDictionary<string, string> _defaults;
    private readonly FrozenDictionary<(string Role, RoleScope Scope, string Key), string> _overrides;

    public AccountRoles(IEnumerable<RoleAccount> accounts)
    {
        var all = accounts.ToArray();
        _defaults = all.Where(a => a.Scope == RoleScope.Company)
            .ToFrozenDictionary(a => a.Role, a => a.Account, StringComparer.Ordinal);
        _overrides = all.Where(a => a.Scope != RoleScope.Company)
            .ToFrozenDictionary(a => (a.Role, a.Scope, a.Key), a => a.Account);
    }

    public Result<string> Of(string role) => _defaults.TryGetValue(role, out var account) ? account
        : FinanceErrors.NoAccountForRole.With($"No account has the role {role}");

    /// <summary>The first override that is there, from the narrowest scope on; else the default.</summary>
    public Result<string> Of(string role, RoleScope scope, string? key, RoleScope scope2 = RoleScope.Company,
        string? key2 = null, RoleScope scope3 = RoleScope.Company, string? key3 = null)
    {
        if (_overrides.Count == 0) return Of(role);
        if (key is not null && _overrides.TryGetValue((role, scope, key), out var account)) return account;
        if (key2 is not null && _overrides.TryGetValue((role, scope2, key2), out account)) return account;
        if (key3 is not null && _overrides.TryGetValue((role, scope3, key3), out account)) return account;
        return Of(role);
    }
}

/// <summary>The names of the roles that Finance posts to.</summary>
public static class Roles
{
    public const string Receivable = "receivable-control";
    public const string Sales = "sales";
    public const string ServiceSales = "service-sales";
    public const string SalesReturns = "sales-returns";
    public const string SalesDiscount = "sales-discount";
    public const string SalesCharge = "freight-charged";
    public const string OutputTax = "output-tax";
    public const string TaxPending = "tax-pending";
    public const string Rounding = "rounding";
    public const string Clearing = "clearing";
    public const string CustomerAdvance = "customer-advance";
    public const string DiscountGiven = "settlement-discount-given";
    public const string PaymentDifference = "payment-difference";
    public const string ExchangeGain = "exchange-gain";
    public const string ExchangeLoss = "exchange-loss";
    public const string BadDebt = "bad-debt";
}

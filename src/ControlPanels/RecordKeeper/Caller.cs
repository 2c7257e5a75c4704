namespace BusinessM.Records;

/// <summary>Who acts in the current request: name, permissions, companies. Set once at the edge.</summary>
public sealed class Caller
{
    private IReadOnlySet<string> _permissions = new HashSet<string>();
    private IReadOnlySet<CompanyId>? _companies = new HashSet<CompanyId>();

    /// <summary>The user name or the name of the API key; "system" for the program's own work.</summary>
    public string Name { get; private set; } = "nobody";

    /// <summary>An unlimited caller for the command line on the machine itself and for the program's own work.
    /// </summary>
    public void ActAsSystem(string name = "system") => Set(name, new HashSet<string> { "*" }, null);

    /// <summary>companies null: all. A permission may end in <c>*</c>: <c>finance.*</c>, or be <c>*</c>.</summary>
    public void Set(string name, IReadOnlySet<string> permissions, IReadOnlySet<CompanyId>? companies) =>
        (Name, _permissions, _companies) = (name, permissions, companies);

    /// <summary>The same caller in another unit of work: each document of a bulk has its own.</summary>
    public void ActAs(Caller other) => Set(other.Name, other._permissions, other._companies);

    /// <summary>The companies that the caller sees; null: all.</summary>
    public IReadOnlySet<CompanyId>? Companies => _companies;

    public bool Sees(CompanyId company) => _companies is null || _companies.Contains(company);

    public bool May(string permission)
    {
        if (_permissions.Contains(permission) || _permissions.Contains("*")) return true;
        for (var dot = permission.LastIndexOf('.'); dot > 0; dot = permission.LastIndexOf('.', dot - 1))
            if (_permissions.Contains(string.Concat(permission.AsSpan(0, dot), ".*"))) return true;
        return false;
    }
}

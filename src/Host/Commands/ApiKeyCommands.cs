using System.CommandLine;
using BusinessM.Contracts.Masters;

namespace BusinessM.Host.Commands;

internal sealed class ApiKeyCommand : TopCommand
{
    public ApiKeyCommand() : base("api-key", "API keys: create, list, revoke")
    {
        Add(new CreateApiKeyCommand());
        Add(new ListApiKeysCommand());
        Add(new RevokeApiKeyCommand());
    }

    protected override bool IsGroup => true;

    protected override Task<int> Run(Context context, CancellationToken ct) => Task.FromResult(0);
}

internal sealed class CreateApiKeyCommand : AccessCommand
{
    private readonly Argument<string> _name = new("name") { Description = "a-z, 0-9, . _ @ -" };
    private readonly Option<string> _user = new("--user") { Description = "On whose behalf it acts",
        DefaultValueFactory = _ => "admin" };
    private readonly Option<string[]> _permissions =
        new("--permission") { Description = "A permission such as finance.*; may be repeated", Required = true };
    private readonly Option<string[]?> _companies =
        new("--company") { Description = "Id of a company it sees; may be repeated; all of its user's when not given" };
    private readonly Option<int> _days = new("--days") { Description = "Days until it expires, 1 to 400",
        DefaultValueFactory = _ => 90 };

    public CreateApiKeyCommand() : base("create", "Create an API key; its token is shown once")
    {
        Add(_name);
        Add(_user);
        Add(_permissions);
        Add(_companies);
        Add(_days);
    }

    protected override Task<int> Run(Context context, CancellationToken ct)
    {
        var words = context.Words;
        var key = new AddUserApiKey(words.GetValue(_name)!, words.GetValue(_user)!, words.GetValue(_permissions)!,
            Companies(words.GetValue(_companies)), words.GetValue(_days));
        return Do<ApiKeyView>(context, access => access.AddApiKey(key, ct), made =>
            [$"{made.Token}   (shown once; expires {made.ExpiresAt:yyyy-MM-dd})",
             $"curl -H 'Authorization: Bearer {made.Token}' ..."], ct);
    }
}

internal sealed class ListApiKeysCommand() : AccessCommand("list", "List the API keys")
{
    protected override Task<int> Run(Context context, CancellationToken ct) => Do<IReadOnlyList<ApiKeyView>>(context,
        access => access.ApiKeys(ct), keys => keys.Select(k => $"{k.Name,-24} {string.Join(' ', k.Permissions),-32} "
            + $"expires {k.ExpiresAt:yyyy-MM-dd}{(k.Revoked ? "  revoked" : "")}"), ct);
}

internal sealed class RevokeApiKeyCommand : AccessCommand
{
    private readonly Argument<string> _name = new("name");

    public RevokeApiKeyCommand() : base("revoke", "Revoke an API key") => Add(_name);

    protected override Task<int> Run(Context context, CancellationToken ct) => Do<ApiKeyView>(context,
        access => access.RevokeApiKey(new RevokeUserApiKey(context.Words.GetValue(_name)!), ct),
        key => [$"API key {key.Name} is revoked"], ct);
}

using System.CommandLine;
using BusinessM.Contracts.Masters;

namespace BusinessM.Host.Commands;

internal sealed class UserCommand : TopCommand
{
    public UserCommand() : base("user", "Users: add, list, password, disable, enable")
    {
        Add(new AddUserCommand());
        Add(new ListUsersCommand());
        Add(new UserPasswordCommand());
        Add(new DisableUserCommand("disable", "Keep a user from signing in, and end what it is signed in to",
            disabled: true));
        Add(new DisableUserCommand("enable", "Let a disabled user sign in again", disabled: false));
    }

    protected override bool IsGroup => true;

    protected override Task<int> Run(Context context, CancellationToken ct) => Task.FromResult(0);
}

/// <summary>A command at the door of who may do what.</summary>
internal abstract class AccessCommand(string name, string description) : HostCommand(name, description)
{
    protected static async Task<int> Do<T>(Context context, Func<IAccess, Task<Result<T>>> work, Func<T,
        IEnumerable<string>> text,
        CancellationToken ct)
    {
        await using var workshop = await Workshop.Open(context.Settings, ct);
        var first = await workshop.Do((IAccess access) => access.OpenFirst(ct));
        var done = await workshop.Do(work);
        if (done.Failed) return context.Refuse(done.Failure);
        context.Answer(done.Value, text(done.Value).Concat(first is { Failed: false, Value: { } made }
            ? Lines(made) : []));
        return 0;
    }

    protected static IEnumerable<string> Lines(NewUser user)
    {
        yield return $"User {user.User.Name}, roles {string.Join(' ', user.User.Roles)}";
        if (user.Password is not null) yield return $"Password {user.Password}   (shown once)";
    }

    protected static string? ReadPassword(bool fromInput) => !fromInput ? null
        : Console.In.ReadLine() ?? throw new InvalidOperationException("No password on the standard input");

    protected static IReadOnlyList<CompanyId>? Companies(string[]? ids) =>
        ids is null or [] ? null : [.. ids.Select(id => new CompanyId(Guid.Parse(id)))];
}

internal sealed class AddUserCommand : AccessCommand
{
    private readonly Argument<string> _name = new("name") { Description = "a-z, 0-9, . _ @ -" };
    private readonly Option<string[]> _roles = new("--role") { Description = "A role; may be repeated",
        DefaultValueFactory = _ => ["accountant"] };
    private readonly Option<string[]?> _companies =
        new("--company") { Description = "Id of a company the user sees; may be repeated; all when not given" };
    private readonly Option<bool> _input = new("--password-stdin") { Description =
        "Read the password from the standard input" };

    public AddUserCommand() : base("add", "Add a user")
    {
        Add(_name);
        Add(_roles);
        Add(_companies);
        Add(_input);
    }

    protected override Task<int> Run(Context context, CancellationToken ct)
    {
        var words = context.Words;
        var user = new AddUserAccount(words.GetValue(_name)!, words.GetValue(_roles)!,
            Companies(words.GetValue(_companies)),
            ReadPassword(words.GetValue(_input)));
        return Do<NewUser>(context, access => access.AddUser(user, ct), Lines, ct);
    }
}

internal sealed class ListUsersCommand() : AccessCommand("list", "List the users")
{
    protected override Task<int> Run(Context context, CancellationToken ct) => Do<IReadOnlyList<UserView>>(context,
        access => access.Users(ct), users => users.Select(u => $"{u.Name,-24} {string.Join(' ', u.Roles),-24} "
            + $"{(u.Companies is null ? "all companies" : $"{u.Companies.Count} companies")}{(u.Disabled ? "  disabled" : "")}"), ct);
}

internal sealed class UserPasswordCommand : AccessCommand
{
    private readonly Argument<string> _name = new("name");
    private readonly Option<bool> _input = new("--password-stdin") { Description =
        "Read the password from the standard input" };

    public UserPasswordCommand() : base("password", "Give a user a new password, and end what it is signed in to")
    {
        Add(_name);
        Add(_input);
    }

    protected override Task<int> Run(Context context, CancellationToken ct)
    {
        var user = new SetUserPassword(context.Words.GetValue(_name)!, ReadPassword(context.Words.GetValue(_input)));
        return Do<NewUser>(context, access => access.SetPassword(user, ct), Lines, ct);
    }
}

internal sealed class DisableUserCommand : AccessCommand
{
    private readonly Argument<string> _name = new("name");
    private readonly bool _disabled;

    public DisableUserCommand(string name, string description, bool disabled) : base(name, description)
    {
        _disabled = disabled;
        Add(_name);
    }

    protected override Task<int> Run(Context context, CancellationToken ct) => Do<UserView>(context,
        access => access.SetDisabled(new SetUserDisabled(context.Words.GetValue(_name)!, _disabled), ct),
        user => [$"User {user.Name} is {(user.Disabled ? "disabled" : "enabled")}"], ct);
}

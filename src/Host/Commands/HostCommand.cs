using System.CommandLine;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace BusinessM.Host.Commands;

/// <summary>
/// What a command is given besides its own words: the settings in force, and a way to answer in both forms.
/// </summary>
internal sealed record Context(ParseResult Words, Settings Settings, bool AsJson)
{
    public static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web)
    {
        WriteIndented = true,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.KebabCaseLower) },
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    };

    public static Context Of(ParseResult words, Dictionary<string, Option<string?>> flags, Option<bool> json) =>
        new(words, Settings.Read(s => words.GetValue(flags[s.Name]), Environment.GetEnvironmentVariable,
            Environment.CurrentDirectory), words.GetValue(json));

    /// <summary>With --json the answer as JSON; else the lines of <paramref name="text"/>.</summary>
    public void Answer<T>(T answer, IEnumerable<string> text)
    {
        if (AsJson) Console.Out.WriteLine(JsonSerializer.Serialize(answer, Json));
        else foreach (var line in text) Console.Out.WriteLine(line);
    }

    /// <summary>A refusal: with --json as JSON on the standard output, else in words; the exit code is 1.</summary>
    public int Refuse(Error refusal)
    {
        if (AsJson) Console.Out.WriteLine(JsonSerializer.Serialize(new { error = refusal }, Json));
        else Console.Error.WriteLine($"{refusal.Message} ({refusal.Code})");
        return 1;
    }

    public void Answer<T>(T answer, string text) => Answer(answer, [text]);
}

/// <summary>One command or subcommand: its words in the constructor, what it does in <see cref="Run"/>.</summary>
internal abstract class HostCommand(string name, string description) : Command(name, description)
{
    /// <returns>The exit code: 0 done, 1 not.</returns>
    protected abstract Task<int> Run(Context context, CancellationToken ct);

    internal void Attach(Func<ParseResult, Context> context)
    {
        foreach (var child in Subcommands.OfType<HostCommand>()) child.Attach(context);
        if (!IsGroup) SetAction((words, ct) => UntilStopped(context(words), ct));
    }

    private async Task<int> UntilStopped(Context context, CancellationToken ct)
    {
        try
        {
            return await Run(context, ct);
        }
        catch (OperationCanceledException) when (ct.IsCancellationRequested)
        {
            return 130;     // stopped by a signal before it was done
        }
    }

    /// <summary>True for a command that only has subcommands, such as <c>user</c>.</summary>
    protected virtual bool IsGroup => false;
}

/// <summary>A command right below <c>business-m</c>; found and added by itself.</summary>
internal abstract class TopCommand(string name, string description) : HostCommand(name, description);

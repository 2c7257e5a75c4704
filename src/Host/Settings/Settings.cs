using System.Text.Json;
using BusinessM.Engines.Postgres;

namespace BusinessM.Host;

/// <summary>
/// The settings in force. The list of all there are is <see cref="Known"/>: a name in m.json that is not in it is
/// refused, so that a misspelt one is not silently ignored.
/// </summary>
internal sealed class Settings
{
    public const string FileName = "m.json";
    public const string FileVariable = "M_SETTINGS";

    public static readonly IReadOnlyList<Setting> Known =
    [
        new("data", "./data", "Folder of the private database and of files", "DIR"),
        new("urls", "http://127.0.0.1:5080", "Addresses to serve, separated by ';'", "URLS"),
        new("database", null, "Connection string of a PostgreSQL elsewhere (15 or newer), in place of the private one",
            "STRING", Secret: true),
        new("secret", null, "Secret that the program roles' passwords on an outside server derive from "
            + "(else M_DATABASE's password)", "TEXT", Secret: true),
        new("postgres-bin", null, "Folder with initdb, pg_ctl and postgres (15 or newer)", "DIR"),
        new("mode", "indie", "indie: every role in this process; enterprise: those named by roles", "MODE"),
        new("roles", "all", "Roles of this process, separated by ','", "ROLES"),
        new("log", "text", "Form of the log: text or json", "FORM"),
        new("otlp", null, "Endpoint for traces and metrics (OTLP); none when not set", "URL"),
    ];

    private readonly Dictionary<string, SettingValue> _values;

    private Settings(Dictionary<string, SettingValue> values) => _values = values;

    public IEnumerable<SettingValue> All => Known.Select(k => _values[k.Name]);

    public string? this[string name] => _values[name].Value;

    public string Data => Path.GetFullPath(this["data"]!);

    /// <exception cref="StartupFault">m.json is not JSON, or names what is no setting.</exception>
    public static Settings Read(Func<Setting, string?> flag, Func<string, string?> environment, string folder)
    {
        var path = environment(FileVariable) is { Length: > 0 } given ? Path.GetFullPath(given, folder)
            : Path.Combine(folder, FileName);
        var file = ReadFile(path);
        return new Settings(Known.ToDictionary(s => s.Name, s => Of(s, flag, environment, file, path)));
    }

    private static SettingValue Of(Setting s, Func<Setting, string?> flag, Func<string, string?> environment,
        Dictionary<string, string> file, string path)
    {
        if (flag(s) is { } byFlag) return new SettingValue(s, byFlag, Origin.Flag, s.Flag);
        if (environment(s.Variable) is { Length: > 0 } byVariable)
            return new SettingValue(s, byVariable, Origin.Environment, s.Variable);
        if (file.TryGetValue(s.Name, out var byFile)) return new SettingValue(s, byFile, Origin.File, path);
        return new SettingValue(s, s.Default, Origin.Default, "default");
    }

    private static Dictionary<string, string> ReadFile(string path)
    {
        if (!File.Exists(path)) return [];
        Dictionary<string, JsonElement>? read;
        try
        {
            read = JsonSerializer.Deserialize<Dictionary<string, JsonElement>>(File.ReadAllText(path),
                new JsonSerializerOptions
                {
                    ReadCommentHandling = JsonCommentHandling.Skip,
                    AllowTrailingCommas = true,
                });
        }
        catch (JsonException e)
        {
            throw new StartupFault($"{path} is not valid JSON: {e.Message}", "Correct it there, or remove the file.",
                e);
        }
        foreach (var name in read!.Keys)
            if (Known.All(k => k.Name != name))
                throw new StartupFault($"{path} sets \"{name}\", which is no setting.",
                    "The settings are: " + string.Join(", ", Known.Select(k => k.Name)) + ".");
        return read.ToDictionary(p => p.Key,
            p => p.Value.ValueKind == JsonValueKind.String ? p.Value.GetString()! : p.Value.GetRawText());
    }
}

namespace BusinessM.Host;

/// <summary>Where a value came from, strongest first.</summary>
internal enum Origin { Flag, Environment, File, Default }

/// <summary>
/// One thing that can be set: <c>--name</c>, else <c>M_NAME</c>, else <c>"name"</c> in m.json, else the default.
/// </summary>
internal sealed record Setting(string Name, string? Default, string Text, string Value = "VALUE", bool Secret = false)
{
    public string Flag => "--" + Name;
    public string Variable => "M_" + Name.Replace('-', '_').ToUpperInvariant();
}

/// <summary>A setting's value as it is in force.</summary>
internal sealed record SettingValue(Setting Setting, string? Value, Origin Origin, string From)
{
    /// <summary>What may be shown: secrets are masked, of a connection string only the password.</summary>
    public string? Shown => Value is null || !Setting.Secret ? Value : Mask(Value);

    private static string Mask(string value)
    {
        var parts = value.Split(';');
        if (parts.Length == 1 && !value.Contains('=', StringComparison.Ordinal)) return "***";
        return string.Join(';',
            parts.Select(p => p.Split('=', 2) is [var key, _] && IsSecretKey(key) ? key + "=***" : p));
    }

    private static bool IsSecretKey(string key)
    {
        var name = key.Trim();
        return name.Contains("pass", StringComparison.OrdinalIgnoreCase)
            || name.Equals("pwd", StringComparison.OrdinalIgnoreCase)
                || name.Equals("psw", StringComparison.OrdinalIgnoreCase);
    }
}

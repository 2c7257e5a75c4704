namespace BusinessM.Masters;

/// <summary>What codes, names and countries may look like.</summary>
internal static class Texts
{
    public static Error? Check(string code, string name, string? country)
    {
        if (code.Length is 0 or > 40 || code.Trim().Length != code.Length || code.Any(char.IsControl))
            return MastersErrors.TextInvalid.With($"'{code}' is no code", "code");
        if (string.IsNullOrWhiteSpace(name) || name.Length > 200)
            return MastersErrors.TextInvalid.With($"A name has 1 to 200 characters", "name");
        if (country is not null && (country.Length != 2 || !country.All(char.IsAsciiLetterUpper)))
            return MastersErrors.TextInvalid.With($"'{country}' is no country code", "country");
        return null;
    }

    public static Error? Group(string? group) => group is null || (group.Length is > 0 and <= 40
        && group.Trim() == group)
        ? null : MastersErrors.TextInvalid.With($"'{group}' is no group", "group");

    public static Error? Unit(string unit) => unit.Length is > 0 and <= 10 && unit.All(char.IsAsciiLetterOrDigit)
        ? null : MastersErrors.TextInvalid.With($"'{unit}' is no unit of UN/ECE Rec 20", "unit");
}

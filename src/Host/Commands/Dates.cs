using System.CommandLine;
using System.Globalization;

namespace BusinessM.Host.Commands;

/// <summary>Dates on the command line: as 2026-04-30, whatever the culture.</summary>
internal static class Dates
{
    public static Option<DateOnly?> Option(string name, string description) => new(name)
    {
        Description = description,
        HelpName = "YYYY-MM-DD",
        CustomParser = result =>
        {
            if (result.Tokens is not [{ Value: var text }]) return null;
            if (DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var date))
                return date;
            result.AddError($"{name}: '{text}' is not a date such as 2026-04-30");
            return null;
        },
    };
}

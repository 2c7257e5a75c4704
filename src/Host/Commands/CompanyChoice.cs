using System.CommandLine;
using BusinessM.Contracts.Masters;
using BusinessM.Engines.Postgres;

namespace BusinessM.Host.Commands;

/// <summary>Which company a command means: the one of <c>--company</c>, else the only one there is.</summary>
internal sealed class CompanyChoice() : Option<string?>("--company")
{
    public static CompanyChoice Of(Command command)
    {
        var made = new CompanyChoice { Description = "The company's code, where there are several", HelpName = "CODE" };
        command.Add(made);
        return made;
    }

    public async Task<Company> In(Context context, IMasters masters, CancellationToken ct)
    {
        var found = await masters.Companies(new CompaniesQuery(), ct);
        var companies = found.Failed ? throw new StartupFault(found.Failure.Message, "business-m doctor") : found.Value;
        if (context.Words.GetValue(this) is { } code)
            return companies.FirstOrDefault(company => company.Code == code) ?? throw new StartupFault(
                $"There is no company {code}.", $"There are: {Names(companies)}");
        return companies switch
        {
            [var only] => only,
            [] => throw new StartupFault("There is no company yet.", "business-m demo loads one to try."),
            _ => throw new StartupFault("There are several companies.", $"Say which: --company {Names(companies)}"),
        };
    }

    private static string Names(IReadOnlyList<Company> companies) => string.Join(", ", companies.Select(c => c.Code));
}

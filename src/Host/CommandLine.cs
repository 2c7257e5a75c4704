using System.CommandLine;
using System.Text.Json;
using BusinessM.Engines.Postgres;
using BusinessM.Host.Commands;

namespace BusinessM.Host;

/// <summary>
/// The command line. Each file in <c>Commands</c> that derives from <see cref="TopCommand"/> is a command: it is
/// found by itself.
/// </summary>
internal static class CommandLine
{
    public static async Task<int> Run(string[] words)
    {
        var root = new RootCommand("""
            Business M: an ERP that starts as one process on one folder.

            business-m serve        serves the program; the database is a private one in ./data
            business-m doctor       looks whether everything is in place, and says what to do
            business-m config       shows every setting, its value and where it comes from
            business-m user add     adds a user; api-key create makes a key for a program
            """);
        var flags = Settings.Known.ToDictionary(s => s.Name, s => new Option<string?>(s.Flag)
        {
            Description = $"{s.Text}{(s.Default is null ? "" : $" [{s.Default}]")} ({s.Variable})",
            HelpName = s.Value,
            Recursive = true,
        });
        var json = new Option<bool>("--json") { Description = "Answer as JSON", Recursive = true };
        foreach (var flag in flags.Values) root.Add(flag);
        root.Add(json);
        foreach (var command in Commands())
        {
            command.Attach(result => Context.Of(result, flags, json));
            root.Add(command);
        }
        var parsed = root.Parse(words is [] ? ["--help"] : words);
        try
        {
            return await parsed.InvokeAsync(new InvocationConfiguration
            {
                EnableDefaultExceptionHandler = false,
                ProcessTerminationTimeout = TimeSpan.FromSeconds(90),      // a stop waits for the database's own
            });
        }
        catch (StartupFault fault)
        {
            Tell(fault, parsed.GetValue(json));
            return 1;
        }
        catch (IOException e) when (e.InnerException is Microsoft.AspNetCore.Connections.AddressInUseException)
        {
            Tell(new StartupFault(e.Message,
                "Another program has this port. Stop it, or choose another: --urls http://127.0.0.1:5081"),
                parsed.GetValue(json));
            return 1;
        }
        catch (Npgsql.NpgsqlException e) when (e is not Npgsql.PostgresException || e.SqlState?[..2] is "28" or "3D"
            or "57" or "53")
        {
            Tell(new StartupFault($"The database cannot be used: {e.Message}",
                "business-m doctor says what is wrong; business-m config shows which database is meant."),
                    parsed.GetValue(json));
            return 1;
        }
    }

    private static void Tell(StartupFault fault, bool json)
    {
        if (json) Console.Out.WriteLine(JsonSerializer.Serialize(new { error = fault.What, remedy = fault.Remedy },
            Context.Json));
        else Console.Error.WriteLine(fault.What + Environment.NewLine + "-> " + fault.Remedy);
    }

    private static IEnumerable<TopCommand> Commands() => typeof(TopCommand).Assembly.GetTypes()
        .Where(t => t.IsSubclassOf(typeof(TopCommand)) && !t.IsAbstract)
        .Select(t => (TopCommand)Activator.CreateInstance(t)!)
        .OrderBy(c => c.Name, StringComparer.Ordinal);
}

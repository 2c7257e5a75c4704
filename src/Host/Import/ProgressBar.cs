using System.Globalization;
using Spectre.Console;
using Spectre.Console.Rendering;

namespace BusinessM.Host.Import;

/// <summary>A bar with rate and time left where somebody looks at it; nothing where the output goes to a file.</summary>
internal static class ProgressBar
{
    public static async Task<T> Around<T>(string what, string unit, bool shown, Func<Action<double, double>, Task<T>> work)
    {
        if (!shown || Console.IsErrorRedirected) return await work(static (_, _) => { });
        var console = AnsiConsole.Create(new AnsiConsoleSettings { Out = new AnsiConsoleOutput(Console.Error) });
        return await console.Progress().Columns(new TaskDescriptionColumn(), new ProgressBarColumn(), new PercentageColumn(),
            new RateColumn(unit), new RemainingTimeColumn()).StartAsync(context =>
            {
                var task = context.AddTask(what, maxValue: 1);
                task.IsIndeterminate = true;
                return work((done, all) =>
                {
                    task.IsIndeterminate = all == 0;
                    task.MaxValue = Math.Max(all, 1);
                    task.Value = done;
                });
            });
    }

    private sealed class RateColumn(string unit) : ProgressColumn
    {
        public override IRenderable Render(RenderOptions options, ProgressTask task, TimeSpan deltaTime) => new Text(
            task.Speed is { } speed ? string.Create(CultureInfo.InvariantCulture, $"{speed:N0} {unit}/s") : "");
    }
}

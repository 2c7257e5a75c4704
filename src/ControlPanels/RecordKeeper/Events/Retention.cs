using System.Data.Common;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace BusinessM.Records;

/// <summary>Forgets, once an hour, answers older than 30 days (policy 7) and inbox rows older than 90.</summary>
public sealed partial class Retention(Lane lane, TimeProvider clock, ILogger<Retention> log) : BackgroundService
{
    /// <summary>Days that the inbox remembers an event; a redelivery later than that would take effect again.</summary>
    public const int InboxDays = 90;

    public async Task Forget()
    {
        var now = clock.GetUtcNow();
        await lane.Remove("delete from record.answer where at < $1", now.AddDays(-Answers.KeptDays));
        await lane.Remove("delete from record.inbox where at < $1", now.AddDays(-InboxDays));
    }

    protected override async Task ExecuteAsync(CancellationToken ct)
    {
        using var hourly = new PeriodicTimer(TimeSpan.FromHours(1), clock);
        while (await hourly.WaitForNextTickAsync(ct))
        {
            try
            {
                await Forget();
            }
            catch (DbException fault)
            {
                Failed(fault);
            }
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "Old answers could not be removed; trying again in an hour")]
    private partial void Failed(Exception fault);
}

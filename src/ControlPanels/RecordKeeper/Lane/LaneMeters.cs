using System.Diagnostics.Metrics;

namespace BusinessM.Records;

/// <summary>What the lane tells of itself: the meter BusinessM.Records.</summary>
internal static class LaneMeters
{
    private static readonly Meter Meter = new("BusinessM.Records");
    private static int _waiting;

    public static readonly Histogram<int> BatchUnits =
        Meter.CreateHistogram<int>("businessm.lane.batch.units", "{unit}",
        "Units of work written by one database transaction",
        advice: new InstrumentAdvice<int> { HistogramBucketBoundaries = [1, 2, 4, 8, 16, 32, 64, 128, 256, 1000] });

    public static readonly Histogram<double> CommitSeconds =
        Meter.CreateHistogram<double>("businessm.lane.commit.duration", "s",
        "Time of one batch, from its first statement to its commit",
        advice: new InstrumentAdvice<double>
        {
            HistogramBucketBoundaries = [0.001, 0.002, 0.005, 0.01, 0.02, 0.05, 0.1, 0.2, 0.5, 1, 2, 5, 10],
        });

    public static readonly Counter<long> Refused = Meter.CreateCounter<long>("businessm.lane.refusals", "{unit}",
        "Units that the lane refused, by code");

    private static readonly ObservableGauge<int> Queue = Meter.CreateObservableGauge("businessm.lane.queue.groups",
        () => Volatile.Read(ref _waiting), "{group}", "Groups of units that wait for the lane");

    public static void Enqueued() => Interlocked.Increment(ref _waiting);

    public static void Taken(int groups) => Interlocked.Add(ref _waiting, -groups);

    public static void Settled(IReadOnlyList<LaneGroup> groups, TimeSpan took)
    {
        BatchUnits.Record(groups.Sum(g => g.Units.Count));
        CommitSeconds.Record(took.TotalSeconds);
        foreach (var unit in groups.SelectMany(g => g.Units))
            if (unit.Refusal is { } refusal) Refused.Add(1, new KeyValuePair<string, object?>("code", refusal.Code));
    }
}

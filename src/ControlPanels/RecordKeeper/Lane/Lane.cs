using System.Data.Common;
using System.Threading.Channels;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace BusinessM.Records;

/// <summary>The one way in which business transactions are written. What queued while the previous commit ran becomes
/// one set-based database transaction; one unit's refusal never touches its neighbours. One lane per database and
/// process; several processes on one database are safe, because a batch locks its companies' heads first.</summary>
public sealed partial class Lane(IRecordDatabase database, IEnumerable<ILanePart> parts, TimeProvider clock,
    ILogger<Lane> log) : BackgroundService
{
    /// <summary>Units of one database transaction, unless one bulk is larger.</summary>
    public const int BatchMax = 256;

    /// <summary>Groups that may wait; a request beyond that waits for its turn to enqueue.</summary>
    public const int QueueMax = 10_000;

    /// <summary>Documents of one bulk.</summary>
    public const int BulkMax = 1_000;

    private const int Attempts = 9;

    /// <summary>Serialisation failure: also what <c>record.insist</c> raises.</summary>
    private const string Moved = "40001";

    private readonly Channel<LaneGroup> _queue = Channel.CreateBounded<LaneGroup>(QueueMax);
    private readonly SemaphoreSlim _free = new(0, 1);       // not before the start
    private readonly ILanePart[] _parts = [.. parts];
    private readonly LaneMemory _memory = new();
    private DbConnection? _connection;
    private volatile Ahead? _ahead;
    private volatile Enough? _enough;

    /// <summary>Commits units as one enqueue; the results stand in the units' order. With
    /// <paramref name="allOrNothing"/> the first refusal refuses all.</summary>
    public async Task<IReadOnlyList<Result<StoredAnswer>>> Commit(IReadOnlyList<Prepared> prepared, bool allOrNothing)
    {
        if (prepared.Count > BulkMax)
            throw new ArgumentException($"A bulk has at most {BulkMax} documents");
        var group = new LaneGroup([.. prepared.Select(p => p.Unit)], allOrNothing);
        await _queue.Writer.WriteAsync(group);
        LaneMeters.Enqueued();
        if (_enough is { } enough && _queue.Reader.Count >= enough.Groups) enough.Waits.TrySetResult();
        await Drive(group);
        await group.Settled.Task;
        return [.. group.Units.Select(Outcome)];
    }

    /// <summary>Takes away rows that are nobody's record (answers past their time, events delivered); outside the
    /// batches, on a connection of its own.</summary>
    internal async Task Remove(string delete, object parameter)
    {
        await using var connection = await database.OpenLane(CancellationToken.None);
        await connection.Execute([new LaneCommand(delete, parameter)]);
    }

    protected override async Task ExecuteAsync(CancellationToken ct)
    {
        _free.Release();
        await Drive(null);
        await _queue.Reader.Completion;
        await _free.WaitAsync(CancellationToken.None);          // the last batch is written, but for one made ahead
        while (_ahead is not null) await Settle(Next());
        await Disconnect();
    }

    /// <summary>Takes no more units, writes those that wait, and stops.</summary>
    public override async Task StopAsync(CancellationToken ct)
    {
        _queue.Writer.TryComplete();
        if (ExecuteTask is { } running) await running.WaitAsync(ct);
        await base.StopAsync(ct);
    }

    // Who finds the lane free drives it, on his own thread, until his own group is settled: a lone request changes no
    // thread. What waits by then is driven on by a thread of the pool.
    private async Task Drive(LaneGroup? own)
    {
        while (Waits && await _free.WaitAsync(0))
        {
            try
            {
                while (!IsDone(own) && Waits) await Settle(Next());
            }
            finally
            {
                _free.Release();
            }
            if (!IsDone(own)) continue;
            if (Waits) _ = Task.Run(() => Drive(null));
            return;
        }
    }

    private bool Waits => _ahead is not null || _queue.Reader.TryPeek(out _);

    private static bool IsDone(LaneGroup? own) => own?.Settled.Task.IsCompleted == true;

    private static Result<StoredAnswer> Outcome(LaneUnit unit) => unit.Refusal is { } refusal ? refusal
        : unit.Stored ?? new StoredAnswer(204, "", []);

    private Ahead Next()
    {
        var next = _ahead ?? new Ahead(Drain(), null);
        _ahead = null;
        return next;
    }

    private List<LaneGroup> Drain()
    {
        var groups = new List<LaneGroup>();
        for (var units = 0; units < BatchMax && _queue.Reader.TryRead(out var group); units += group.Units.Count)
            groups.Add(group);
        LaneMeters.Taken(groups.Count);
        return groups;
    }

    // A fault of many is nobody's refusal: each is tried alone, so that the one at fault is found. Where the database
    // stayed away the outcome is unknown to all of them: they hear of the accident, and repeat with their keys.
    private async Task Settle(Ahead next)
    {
        var groups = next.Groups;
        try
        {
            var began = clock.GetTimestamp();
            await Write(groups, next.Batch);
            LaneMeters.Settled(groups, clock.GetElapsedTime(began));
        }
        catch (Exception fault) when (groups.Count > 1 && fault is not DbException { SqlState: null })
        {
            BatchFailed(fault, groups.Count);
            foreach (var group in groups) await Settle(new Ahead([group], null));
            return;
        }
        catch (Exception fault)
        {
            foreach (var group in groups) group.Settled.TrySetException(fault);
            return;
        }
        foreach (var group in groups) group.Settled.TrySetResult();
    }

    private async Task Write(List<LaneGroup> groups, LaneBatch? ready)
    {
        LaneBatch? earlier = null;
        var fromMemory = true;
        for (var attempt = 1; ; attempt++)
        {
            var batch = ready ?? new LaneBatch(groups, _parts, _memory, clock, earlier);
            ready = null;
            try
            {
                _connection ??= await database.OpenLane(CancellationToken.None);
                if (fromMemory && batch.Recall())
                {
                    await SendAndPrepare(batch, groups.Count);
                    return;
                }
                if (fromMemory) batch = new LaneBatch(groups, _parts, _memory, clock, earlier);
                fromMemory = false;
                await batch.Run(_connection);
                return;
            }
            catch (DbException fault) when (batch.Recalled && fault.SqlState is not null && !Lost(fault))
            {
                // Nothing was written. What stands in the way is found, and answered, by a look.
                Forget(batch, moved: fault.SqlState == Moved);
                fromMemory = false;
            }
            catch (DbException fault) when (attempt < Attempts && Passing(fault))
            {
                WriteFailed(fault, attempt);
                earlier = batch.WasSent ? batch : earlier;
                Forget(batch, moved: false);
                fromMemory = false;
                await Disconnect();
                if (fault.SqlState is not (Moved or "40P01")) await Task.Delay(Math.Min(1000, 25 << attempt));
            }
            catch (DbException fault) when (batch.Unique(fault) is { } refused)
            {
                await Disconnect();
                if (groups is not [{ Units: [var only] }]) throw;
                only.Refuse(refused);
                return;
            }
            catch
            {
                Forget(batch, moved: false);
                await Disconnect();
                throw;
            }
        }
    }

    // While the server writes a batch of several, the next one is made ready, once as many wait for it.
    private async Task SendAndPrepare(LaneBatch batch, int groups)
    {
        var sent = batch.Send(_connection!);
        if (groups > 1 && !sent.IsCompleted)
        {
            _enough = new Enough(groups, new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously));
            if (_queue.Reader.Count < groups) await Task.WhenAny(sent, _enough.Waits.Task);
            _enough = null;
            if (!sent.IsCompleted && _queue.Reader.Count > 0) PrepareAhead();
        }
        await sent;
        batch.Committed();
    }

    private void PrepareAhead()
    {
        var groups = Drain();
        _ahead = new Ahead(groups, null);
        try
        {
            var batch = new LaneBatch(groups, _parts, _memory, clock, null);
            if (batch.Recall()) _ahead = new Ahead(groups, batch);
        }
        catch (Exception fault)
        {
            BatchFailed(fault, groups.Count);       // its turn comes, and then its members are tried one by one
        }
    }

    // What was made ready stands on the batch that did not commit.
    private void Forget(LaneBatch batch, bool moved)
    {
        batch.Forget(moved);
        if (_ahead is not { Batch: { } next } ahead) return;
        next.Forget(moved: false);
        _ahead = ahead with { Batch = null };
    }

    /// <summary>Groups taken from the queue, and the batch of them where it is ready.</summary>
    private sealed record Ahead(List<LaneGroup> Groups, LaneBatch? Batch);

    /// <summary>So many groups that wait are worth making the next batch ready.</summary>
    private sealed record Enough(int Groups, TaskCompletionSource Waits);

    // Connection lost, server starting or stopping, deadlock, serialisation: worth another try of the same.
    private static bool Passing(DbException fault) => Lost(fault) || fault.SqlState is Moved or "40P01";

    private static bool Lost(DbException fault) => fault.SqlState is null or "57P01" or "57P02" or "57P03"
        || fault.SqlState.StartsWith("08", StringComparison.Ordinal);

    // The next batch opens it anew.
    private async Task Disconnect()
    {
        var lost = _connection;
        _connection = null;
        if (lost is null) return;
        try
        {
            await lost.DisposeAsync();
        }
        catch (DbException)
        {
            // It is gone; that is what was wanted.
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "A batch of {Groups} failed; its members are tried one by one")]
    private partial void BatchFailed(Exception fault, int groups);

    [LoggerMessage(Level = LogLevel.Warning, Message = "Writing failed in attempt {Attempt}; trying again")]
    private partial void WriteFailed(Exception fault, int attempt);
}

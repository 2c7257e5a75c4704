using System.Data.Common;
using BusinessM.Contracts.RecordKeeper;

namespace BusinessM.Records;

/// <summary>One database transaction of the lane. Where memory says all that a look would, it is one round trip, which
/// insists that the heads have not moved; else two: lock and look, then write and commit.</summary>
internal sealed class LaneBatch
{
    private readonly IReadOnlyList<LaneGroup> _groups;
    private readonly IReadOnlyList<LaneUnit> _units;
    private readonly IReadOnlyList<ILaneWork> _works;
    private readonly ILanePart[] _parts;
    private readonly LaneChecks _checks;
    private readonly LaneMemory _memory;
    private readonly LaneBatch? _earlier;
    private readonly TimeProvider _clock;
    private IReadOnlyList<(LaneUnit Unit, Error Refusal)> _refusals = [];
    private IReadOnlyList<LaneCommand> _commands = [];

    public LaneBatch(IReadOnlyList<LaneGroup> groups, ILanePart[] parts, LaneMemory memory, TimeProvider clock,
        LaneBatch? earlier)
    {
        foreach (var unit in groups.SelectMany(group => group.Units)) unit.Restart();
        (_groups, _parts, _memory, _clock, _earlier) = (groups, parts, memory, clock, earlier);
        _units = [.. groups.SelectMany(group => group.Units).Where(unit => unit.Refusal is null)];
        _works = [.. parts.Select(part => part.Begin(_units)).OfType<ILaneWork>()];
        _checks = new LaneChecks(_units, earlier?.Accepted ?? []);
    }

    /// <summary>Whether the writes were sent: then, after a lost connection, the outcome is unknown until looked up.
    /// </summary>
    public bool WasSent { get; private set; }

    public IReadOnlyList<LaneUnit> Accepted { get; private set; } = [];

    /// <summary>The batch stands on memory alone: a fault of its write may be memory's, and is no answer to anybody.
    /// </summary>
    public bool Recalled { get; private set; }

    /// <summary>Makes the batch ready for one round trip, if memory alone accepts all of it. Memory never refuses: false
    /// where a look has to say. From here on memory tells what will be once the batch has committed: if it does not,
    /// <see cref="Forget"/>.</summary>
    public bool Recall()
    {
        if (Recalled) return true;
        if (_units.Count == 0 || !_checks.Recall(_memory)) return false;
        foreach (var work in _works) if (!work.Recall()) return false;
        Decide();
        if (_refusals.Count > 0) return false;
        Recalled = true;
        (var seal, _commands) = Statements();
        _memory.Keep(seal.Heads, seal.Series, [], Accepted);
        return true;
    }

    /// <summary>Sends what is ready.</summary>
    public Task Send(DbConnection connection)
    {
        WasSent = true;
        return connection.Execute(_commands);
    }

    /// <summary>Tells the parts that it has committed.</summary>
    public void Committed()
    {
        foreach (var work in _works) work.Committed(Accepted);
    }

    /// <summary>Forgets what was remembered of the batch's companies.</summary>
    public void Forget(bool moved)
    {
        foreach (var company in _checks.Companies) Forget(company, moved);
    }

    private void Forget(Guid company, bool moved)
    {
        _memory.Forget(company, moved);
        foreach (var part in _parts) part.Forget(CompanyId.From(company));
    }

    // A head that another process has moved takes all with it that was remembered under the old one.
    private void ForgetWhatMoved()
    {
        foreach (var company in _checks.Companies)
            if (_memory.Agrees(company, _checks.HeadOf(CompanyId.From(company))) is not true and var agrees)
                Forget(company, moved: agrees is false);
    }

    public async Task Run(DbConnection connection)
    {
        if (_units.Count == 0) return;
        if (await Look(connection) is { } found)
        {
            found.Restore();
            return;
        }
        ForgetWhatMoved();
        Decide();
        foreach (var document in _checks.Stale)
            foreach (var part in _parts) part.Stale(document);
        if (Accepted.Count == 0)
        {
            await connection.Execute([new LaneCommand("ROLLBACK")]);
            return;
        }
        var (seal, commands) = Statements();
        WasSent = true;
        await connection.Execute([.. commands, new LaneCommand("COMMIT")]);
        _memory.Keep(seal.Heads, seal.Series, _checks.Seen, Accepted);
        Committed();
    }

    // One statement mostly. What is sent at once outside a transaction is a transaction of its own.
    private (LaneSeal Seal, IReadOnlyList<LaneCommand> Commands) Statements()
    {
        var seal = new LaneSeal(Accepted, _works, _checks, _clock.GetUtcNow());
        DocumentWriter.Stamp(Accepted, seal.At);
        var (commands, steps) = (new List<LaneCommand>(), new List<LaneSteps> { seal.Write() });
        foreach (var writes in _works.Select(work => work.Write(Accepted)).Prepend(DocumentWriter.Write(Accepted)))
        {
            commands.AddRange(writes.First);
            steps.AddRange(writes.Steps);
        }
        return (seal, [.. commands, LaneSteps.Join(steps)]);
    }

    /// <summary>The refusal that a violated unique constraint is; null for other faults.</summary>
    public Error? Unique(DbException fault)
    {
        if (fault.SqlState != "23505") return null;
        var (constraint, detail) = (fault.Data["ConstraintName"] as string, fault.Data["Detail"] as string);
        return RecordErrors.Duplicate.With($"Another document has the same value ({constraint}): {detail}");
    }

    // The transaction is left open, with the heads locked, for Decide and the writes.
    private async Task<LaneBatch?> Look(DbConnection connection)
    {
        List<LaneCommand> commands = [new("BEGIN"), _checks.Lock()];
        var check = _checks.Check();
        if (check is { } asked) commands.Add(asked);
        var looks = _works.Select(work => work.Look()).ToArray();
        foreach (var look in looks) commands.AddRange(look);

        await using var batch = connection.Batch(commands);
        await using var reader = await batch.ExecuteReaderAsync();
        var missing = await _checks.ReadHeads(reader);
        if (missing.Count > 0)
        {
            await reader.DisposeAsync();
            await OpenHeads(connection, missing);
            return await Look(connection);
        }
        if (check is not null)
        {
            await reader.NextResultAsync();
            await _checks.ReadChecks(reader);
        }
        foreach (var (work, look) in _works.Zip(looks))
        {
            if (look.Count == 0) continue;
            await reader.NextResultAsync();
            await work.Read(reader, CancellationToken.None);
        }
        if (!_checks.EarlierCommitted) return null;
        await reader.DisposeAsync();
        await connection.Execute([new LaneCommand("ROLLBACK")]);
        return _earlier;
    }

    private static async Task OpenHeads(DbConnection connection, IReadOnlyList<Guid> companies)
    {
        await connection.Execute([new LaneCommand("ROLLBACK"), new LaneCommand(
            "insert into record.head (company, seq, hash, at) select c, 0, '\\x', '-infinity' from unnest($1::uuid[]) c "
            + "order by c on conflict do nothing", companies.ToArray())]);
    }

    // A refusal leaves nothing behind; where something of it had been taken in (an all-or-nothing neighbour, or this
    // unit by an earlier part), the pass begins again without the refused.
    private void Decide()
    {
        foreach (var group in _groups.Where(group => group.AllOrNothing))
            if (group.Units.FirstOrDefault(unit => unit.Refusal is not null) is { } doomed) RefuseOthers(group, doomed);
        do
        {
            _checks.Reset();
            foreach (var work in _works) work.Reset();
        }
        while (!_groups.All(TakeIn));
        Accepted = [.. _units.Where(unit => unit.Refusal is null)];
        _refusals = [.. _units.Where(unit => unit.Refusal is not null).Select(unit => (unit, unit.Refusal!))];
    }

    private bool TakeIn(LaneGroup group)
    {
        var taken = 0;
        foreach (var unit in group.Units.Where(unit => unit.Refusal is null))
        {
            if (Refusal(unit, out var halfIn) is not { } refusal)
            {
                taken++;
                continue;
            }
            unit.Refuse(refusal);
            if (group.AllOrNothing) RefuseOthers(group, unit);
            if (halfIn || (group.AllOrNothing && taken > 0)) return false;
        }
        return true;
    }

    private static void RefuseOthers(LaneGroup group, LaneUnit culprit)
    {
        foreach (var other in group.Units)
            other.Refuse(RecordErrors.OtherRefused.With(
                $"Refused because another document of the batch was: {culprit.Refusal!.Message}"));
    }

    private Error? Refusal(LaneUnit unit, out bool halfIn)
    {
        halfIn = false;
        if (_checks.Decide(unit) is { } stale) return stale;
        foreach (var work in _works)
        {
            if (work.Decide(unit) is { Failed: true } refused) return refused.Failure;
            halfIn = true;
        }
        _checks.Take(unit);
        return null;
    }

    // The try whose outcome was unknown had committed: its refusals stand too.
    private void Restore()
    {
        foreach (var (unit, refusal) in _refusals) unit.Refuse(refusal);
    }
}

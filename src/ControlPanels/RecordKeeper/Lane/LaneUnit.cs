using BusinessM.Contracts.RecordKeeper;

namespace BusinessM.Records;

/// <summary>One business transaction in the lane.</summary>
public sealed class LaneUnit
{
    private readonly Dictionary<CompanyId, Recorded> _recorded = [];
    private Error? _doom;

    internal LaneUnit(string actor, string action, IReadOnlyList<RowChange> changes, IReadOnlyList<Relied> relied,
        IReadOnlyList<IEffect> effects, IReadOnlyList<NumberWanted> numbers, AnswerKey? key, Func<object>? answer, int status)
    {
        (Actor, Action, Changes, Relied, Effects) = (actor, action, changes, relied, effects);
        (Numbers, Key, Answer, Status) = (numbers, key, answer, status);
        Companies = [.. changes.Where(c => c.Document is not null).Select(c => c.Document!.Company)
            .Concat(effects.Select(e => e.Company)).Concat(numbers.Select(n => n.Company)).Distinct()];
    }

    /// <summary>The transaction's id: in the audit trail, and how a commit of unknown outcome is found again.</summary>
    public Guid Id { get; } = Ids.New();

    public string Actor { get; }

    public string Action { get; }

    public IReadOnlyList<IEffect> Effects { get; }

    /// <summary>The companies whose audit chains get a link.</summary>
    public IReadOnlyList<CompanyId> Companies { get; }

    /// <summary>Why the unit is refused; null while it is not.</summary>
    public Error? Refusal { get; private set; }

    internal IReadOnlyList<RowChange> Changes { get; }

    internal IReadOnlyList<Relied> Relied { get; }

    internal IReadOnlyList<NumberWanted> Numbers { get; }

    internal AnswerKey? Key { get; }

    internal Func<object>? Answer { get; }

    internal int Status { get; }

    internal InboxRow? Inbox { get; set; }

    internal StoredAnswer? Stored { get; set; }

    internal List<GivenNumber> Given { get; } = [];

    /// <summary>The recorded sequence and moment in the company's chain; known once all are decided.</summary>
    public Recorded Recorded(CompanyId company) => _recorded[company];

    internal void SetRecorded(CompanyId company, Recorded recorded) => _recorded[company] = recorded;

    internal void Refuse(Error refusal) => Refusal ??= refusal;

    /// <summary>Refused before it reached the lane, whatever the lane finds.</summary>
    internal void Doom(Error refusal) => Refusal = _doom = refusal;

    /// <summary>Another try begins: only what doomed it stays.</summary>
    internal void Restart()
    {
        Refusal = _doom;
        Given.Clear();
    }
}

/// <summary>A place in a company's audit chain: sequence (from 1, without gaps) and moment, in commit order.</summary>
public readonly record struct Recorded(long Sequence, DateTimeOffset At);

internal sealed record GivenNumber(NumberWanted Wanted, long Value, string Text);

/// <summary>Units that were enqueued together: a single request is a group of one, a bulk is one group.</summary>
internal sealed class LaneGroup(IReadOnlyList<LaneUnit> units, bool allOrNothing)
{
    public IReadOnlyList<LaneUnit> Units { get; } = units;

    public bool AllOrNothing { get; } = allOrNothing;

    public TaskCompletionSource Settled { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);
}

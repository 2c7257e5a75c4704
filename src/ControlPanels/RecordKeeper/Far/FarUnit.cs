using System.Collections.Immutable;

namespace BusinessM.Records.Far;

/// <summary>The far calls of one unit of work. The first one binds the Idempotency-Key to an attempt; the outcome goes
/// with the unit's commit; a unit that ends without one is aborted, durably, and its participants are told. In a unit
/// that serves another context's call, the calls are parts of that attempt. One per request (scope).</summary>
public sealed class FarUnit(FarStore store, FarPost post, IFarTransport transport, UnitOfWork unit, TimeProvider clock)
    : IAsyncDisposable
{
    /// <summary>After this a participant may ask what became of the attempt.</summary>
    public static readonly TimeSpan DeadlineAfter = TimeSpan.FromSeconds(30);

    private const int AsksMax = 3;
    private FarAttempt? _attempt;
    private FarDecision? _commit;
    private (FarRows Rows, Reserve Message)? _serving;
    private readonly Dictionary<FarId, FarNumber> _numbers = [];

    /// <summary>What the calls of a serving unit reserved in turn.</summary>
    public ImmutableArray<FarPart> Parts { get; private set; } = [];

    /// <summary>Calls a method of another context; takes effect with the unit's commit, and only with it.
    /// <paramref name="source"/>: the document that it comes from, whose number goes along with the confirmation.
    /// </summary>
    /// <returns>The callee's answer, or its refusal, which dooms the unit.</returns>
    public async Task<Result<string>> Call(CompanyId company, string callee, FarCall call, Guid source,
        CancellationToken ct)
    {
        if (_serving is { } serving) return await CallInTurn(serving.Rows, serving.Message, callee, call, ct);
        if (_attempt is null && await Bind(company, ct) is { } refused) return unit.Doom(refused);
        (_attempt, var message) = _attempt!.Call(callee, call);
        var number = new FarNumber(company, source);
        _numbers[_attempt.Calls[^1].Id] = number;
        unit.Include(number);
        var answer = await Ask(message, ct);
        _attempt = _attempt.Answered(answer.Message);
        return Answer(answer);
    }

    internal void Serve(FarRows rows, Reserve message) => _serving = (rows, message);

    public async ValueTask DisposeAsync()
    {
        if (_attempt is null || _commit?.Taken is not null) return;
        var attempt = _attempt;
        var verdict = await store.Step(new FarScope([attempt.Id]), rows =>
        {
            var (step, found) = FarOrigin.Abort(rows, attempt.Id);
            return (step, (object)found);
        }, CancellationToken.None);
        if (verdict is Verdict.Aborted) post.Send(attempt.Releases(attempt.Id.Incarnation));
    }

    private async Task<Error?> Bind(CompanyId company, CancellationToken ct)
    {
        var id = Ids.New();
        var key = unit.Key is { } given ? $"{given.Scope} {given.Key}" : id.ToString();
        var content = unit.Key is null ? "" : Convert.ToHexStringLower(unit.Key.Fingerprint);
        var bound = await store.Step(new FarScope([], key), rows =>
        {
            var found = FarOrigin.Bind(rows, key, content, id, clock.GetUtcNow() + DeadlineAfter);
            return (found.Step, found);
        }, ct);
        if (bound is { OtherContent: true })
            return RecordErrors.KeyReused.With($"The Idempotency-Key {unit.Key!.Key} was used with other content");
        if (bound?.Attempt is not { } attempt)
            return RecordErrors.KeyInFlight.With(
                $"The Idempotency-Key {unit.Key?.Key} is being worked on; ask again in 1 s");
        _attempt = attempt;
        _commit = new FarDecision(company, new FarScope([attempt.Id]), [], Commit) { Numbers = _numbers };
        unit.Include(_commit);
        return null;
    }

    private Result<FarStep> Commit(FarRows rows) => rows.OutcomeOf(_attempt!.Id) is null
        ? FarOrigin.Commit(rows, _attempt, "")
        : RecordErrors.AttemptAborted.With($"The attempt {_attempt.Id} was given up before its commit");

    private async Task<Result<string>> CallInTurn(FarRows rows, Reserve message, string callee, FarCall call,
        CancellationToken ct)
    {
        var answer = await Ask(FarCallee.Nested(rows, message, Parts.Length + 1, callee, call), ct);
        if (answer.Message is Reserved reserved) Parts = Parts.Add(new(reserved.Id, callee, reserved.Effect));
        return Answer(answer);
    }

    private Result<string> Answer(Envelope answer) => answer.Message switch
    {
        Reserved r => r.Effect.Answer,
        Refused r => unit.Doom(r.Error),
        _ => throw new InvalidOperationException($"{answer.Message.GetType().Name} is no answer to a call"),
    };

    // A repeat has the same id, so it finds what the one before reserved.
    private async Task<Envelope> Ask(Envelope message, CancellationToken ct)
    {
        for (var asked = 1; ; asked++)
        {
            if (await transport.Ask(message, ct) is { } answer) return answer;
            if (asked == AsksMax) throw new TimeoutException($"{message.To} does not answer");
        }
    }
}

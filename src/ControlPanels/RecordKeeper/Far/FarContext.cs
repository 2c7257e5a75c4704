using System.Collections.Concurrent;
using System.Collections.Immutable;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace BusinessM.Records.Far;

/// <summary>A method that other contexts may call, at its owner's end. What it includes in the unit of work takes
/// effect with that unit's commit. One per scope.</summary>
public interface IFarMethod
{
    string Method { get; }

    /// <summary>Checks in full and reserves; answers the whole effect, fixed.</summary>
    Task<Result<FarEffect>> Reserve(FarId id, FarCall call, CancellationToken ct);

    /// <summary>Makes the effect final, from the reservation or, where that is unknown, from its content.</summary>
    Task<Result<Done>> Post(FarId id, FarEffect effect, bool reserved, CancellationToken ct);

    Task<Result<Done>> Release(FarId id, FarEffect effect, CancellationToken ct);

    CompanyId CompanyOf(string body);
}

/// <summary>This context in the protocol: receives envelopes, drives the machine on the database, and repeats what
/// waits. One per process and database.</summary>
public sealed partial class FarContext(FarStore store, FarPost post, IServiceScopeFactory scopes, TimeProvider clock,
    ILogger<FarContext> log)
{
    private const int TriesMax = 5;

    /// <summary>How long the answer of an origin is waited for before it is asked again, or given up.</summary>
    public static readonly TimeSpan AnswerWait = TimeSpan.FromSeconds(2);

    private readonly ConcurrentDictionary<FarId, TaskCompletionSource> _awaited = [];

    /// <summary>The one door for envelopes from other contexts. Answers a reserve; null where there is nothing to say
    /// (then the caller asks again).</summary>
    public async Task<Envelope?> Receive(Envelope envelope, CancellationToken ct)
    {
        if (envelope.Message is Reserve reserve) return await Reserve(envelope, reserve, ct);
        await Take(FarScope.Of(envelope.Message, envelope.From),
            rows => FarNode.Receive(rows, envelope, clock.GetUtcNow()), ct);
        if (FarNode.PartOf(envelope.Message) is { } part && _awaited.TryRemove(part, out var awaited))
            awaited.TrySetResult();
        return null;
    }

    /// <summary>Repeats confirmations that are not acknowledged, asks for outcomes past their deadline, and, after a
    /// restore, for the answers that open.</summary>
    public async Task Relay(CancellationToken ct)
    {
        var rows = await store.Read(FarScope.WhatWaits, ct);
        post.Send(FarOrigin.Relay(rows));
        post.Send(FarCallee.InDoubt(rows, clock.GetUtcNow()));
        post.Send(FarRestore.Ask(rows));
    }

    /// <summary>Asks the origins at once for the outcome of the reservations that somebody touches, whatever the time,
    /// and waits until their answers are taken in (rule 7); no longer than <see cref="AnswerWait"/>.</summary>
    /// <returns>How many were asked about, and how many of them are still reserved.</returns>
    public async Task<(int Asked, int Left)> Resolve(Func<ReservationRow, bool> touched, CancellationToken ct)
    {
        var rows = await store.Read(FarScope.WhatWaits, ct);
        var asked = FarCallee.Touch(rows, touched);
        if (asked.Sends.IsEmpty) return (0, 0);
        FarId[] parts = [.. asked.Sends.Select(e => ((Inquire)e.Message).Id)];
        var answers = Task.WhenAll(parts.Select(p => _awaited.GetOrAdd(p,
            _ => new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously)).Task));
        post.Send(asked);
        await Task.WhenAny(answers, Task.Delay(AnswerWait, ct));
        foreach (var part in parts) _awaited.TryRemove(part, out _);
        rows = await store.Read(new FarScope([.. parts.Select(p => p.Attempt).Distinct()]), ct);
        return (parts.Length, parts.Count(p => rows.Reservation(p) is { State: ReservationState.Reserved }));
    }

    /// <summary>The database was restored and <see cref="FarHome"/> cannot notice it: renews the incarnation, closes,
    /// asks all others.</summary>
    public async Task Renew(IReadOnlyCollection<string> others, CancellationToken ct) =>
        await Take(new FarScope([]), rows => FarRestore.Renew(rows,
            FarRestore.Next(rows, clock.GetUtcNow()), [.. others]), ct);

    private async Task Take(FarScope scope, Func<FarRows, FarStep> machine, CancellationToken ct)
    {
        for (var tries = 1; tries <= TriesMax; tries++)
        {
            var planned = machine(await store.Read(scope, ct));
            if (planned.Ops.IsEmpty)
            {
                var taken = await store.Step(scope, rows =>
                {
                    var step = machine(rows);
                    return step.Ops.IsEmpty ? (step, step) : (FarStep.Nothing, step);
                }, ct);
                if (taken is null) return;
                if (!taken.Ops.IsEmpty) continue;
                post.Send(taken);
                return;
            }
            if (await Commit(scope, planned.Ops, rows => machine(rows), null, ct) is not { } refused) return;
            if (refused.Code != RecordErrors.FarMoved.Code) Stays(planned.Ops[0].Id, refused.Code, refused.Message);
            if (refused.Code != RecordErrors.FarMoved.Code) return;
        }
    }

    private async Task<Envelope?> Reserve(Envelope envelope, Reserve message, CancellationToken ct)
    {
        var scope = FarScope.Of(message, envelope.From);
        var asked = false;
        for (var tries = 1; tries <= TriesMax; tries++)
        {
            var rows = await store.Read(scope, ct);
            var (admitted, learnt) = FarNode.Admit(rows, envelope);
            if (!admitted) return null;
            rows = rows.With(learnt.Rows);
            if (FarCallee.Plan(rows, message) is { Answer: { } known }) return Reply(rows, envelope, known);

            var (decided, first) = await Decide(scope, rows, envelope, message, ct);
            if (decided is { Failed: true } && decided.Failure.Code == RecordErrors.FarMoved.Code) continue;
            if (decided.Failed && !first.IsEmpty)
                await Take(scope, r => FarCallee.Plan(r, message).First, ct);      // given up all the same
            if (decided.Failed && !asked && (asked = true) && await ResolveBefore(message, ct)) continue;
            return Reply(rows, envelope,
                decided.Failed ? new Refused(message.Id, decided.Failure) : new Reserved(message.Id, decided.Value));
        }
        return null;
    }

    // What is refused may stand on a reservation whose origin has decided long ago: its user saw it done, or undone.
    private async Task<bool> ResolveBefore(Reserve message, CancellationToken ct)
    {
        await using var services = scopes.CreateAsyncScope();
        CompanyId Of(string method, string body) => Method(services.ServiceProvider, method).CompanyOf(body);
        var company = Of(message.Call.Method, message.Call.Body);
        var (asked, left) = await Resolve(r => r.Id.Attempt != message.Id.Attempt
            && Of(r.Effect.Method, r.Effect.Body) == company, ct);
        return left < asked;
    }

    // Gives up what is superseded, lets the method reserve, and commits both as one.
    private async Task<(Result<FarEffect> Decided, ImmutableArray<FarOp> First)> Decide(FarScope scope, FarRows rows,
        Envelope envelope, Reserve message, CancellationToken ct)
    {
        var first = FarCallee.Plan(rows, message).First.Ops;
        FarEffect? fixedEffect = null;
        var refused = await Commit(scope, first, r =>
        {
            var (admitted, learnt) = FarNode.Admit(r, envelope);
            if (!admitted) return RecordErrors.FarMoved.With($"A newer incarnation of {envelope.From} was heard");
            var plan = FarCallee.Plan(r.With(learnt.Rows), message);
            if (plan.Answer is not null) return RecordErrors.FarMoved.With($"The same call came twice at once");
            var step = learnt.Then(FarCallee.Reserve(r.With(learnt.Rows), envelope.From, message, fixedEffect!));
            return step with { Sends = step.Sends.RemoveAll(e => e.Message is Reserved) };
        }, async services =>
        {
            var unit = services.GetRequiredService<FarUnit>();
            unit.Serve(rows, message);
            var reserved = await Method(services, message.Call.Method).Reserve(message.Id, message.Call, ct);
            if (reserved.Failed) return reserved.Failure;
            fixedEffect = reserved.Value with { Parts = [.. reserved.Value.Parts, .. unit.Parts] };
            return new Done();
        }, ct, await CompanyOf(message.Call));
        return (refused is null ? fixedEffect! : refused, first);
    }

    private async Task<Error?> Commit(FarScope scope, ImmutableArray<FarOp> ops, Func<FarRows, Result<FarStep>> decide,
        Func<IServiceProvider, Task<Result<Done>>>? then, CancellationToken ct, CompanyId? company = null)
    {
        await using var services = scopes.CreateAsyncScope();
        services.ServiceProvider.GetRequiredService<Caller>().ActAsSystem("far");
        var unit = services.ServiceProvider.GetRequiredService<UnitOfWork>();
        unit.Action = ops is [var only, ..] ? $"{only.Effect.Method}.{only.Kind}" : "far.reserve";
        foreach (var op in ops)
        {
            var method = Method(services.ServiceProvider, op.Effect.Method);
            company ??= method.CompanyOf(op.Effect.Body);
            var done = op.Kind == FarOpKind.Release ? await method.Release(op.Id, op.Effect, ct)
                : await method.Post(op.Id, op.Effect, op.Kind == FarOpKind.Post, ct);
            if (done.Failed) return done.Failure;
        }
        if (then is not null && await then(services.ServiceProvider) is { Failed: true } refused)
            return refused.Failure;
        unit.Include(new FarDecision(company!.Value, scope, ops, decide));
        var committed = await unit.Commit(() => new Done(), 204, ct);
        return committed.Failed ? committed.Failure : null;
    }

    private async Task<CompanyId> CompanyOf(FarCall call)
    {
        await using var services = scopes.CreateAsyncScope();
        return Method(services.ServiceProvider, call.Method).CompanyOf(call.Body);
    }

    private static IFarMethod Method(IServiceProvider services, string name) =>
        services.GetServices<IFarMethod>().Single(m => m.Method == name);

    private static Envelope Reply(FarRows rows, Envelope to, FarMessage message) =>
        new(rows.Self.Context, rows.Self.Incarnation, to.From, to.Origin, message);

    [LoggerMessage(Level = LogLevel.Error,
        Message = "{Part} could not be settled ({Code}: {Reason}); it is tried again")]
    private partial void Stays(FarId part, string code, string reason);
}

using BusinessM.Records.Far;

namespace BusinessM.Keepers.Tests.Far.Search;

/// <summary>The production machine, every entrance of it. Tests break one rule by overriding one entrance.</summary>
internal class Rules
{
    public static readonly DateTimeOffset Deadline = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);

    // Time decides nothing, it only allows to ask: so asking is allowed always, which contains every clock.
    public static readonly DateTimeOffset Now = Deadline.AddDays(1);

    public virtual Bound Bind(FarRows rows, string key, Guid id) => FarOrigin.Bind(rows, key, "same", id, Deadline);

    public virtual FarStep Commit(FarRows rows, FarAttempt attempt) => FarOrigin.Commit(rows, attempt, "done");

    public virtual (FarStep Step, Verdict Verdict) Abort(FarRows rows, AttemptId id) => FarOrigin.Abort(rows, id);

    /// <summary>After an error in COMMIT: what the caller may believe.</summary>
    public virtual (FarStep Step, Verdict Verdict) InDoubt(FarRows rows, AttemptId id) => FarOrigin.Abort(rows, id);

    public virtual bool WaitsForLock => true;

    public virtual FarStep Relay(FarRows rows) => FarOrigin.Relay(rows);

    public virtual (bool In, FarStep Learnt) Admit(FarRows rows, Envelope envelope) => FarNode.Admit(rows, envelope);

    public virtual FarStep Receive(FarRows rows, Envelope envelope) => FarNode.Receive(rows, envelope, Now);

    public virtual ReservePlan Plan(FarRows rows, Reserve message) => FarCallee.Plan(rows, message);

    public virtual FarStep Reserve(FarRows rows, string from, Reserve message, Result<FarEffect> decided) =>
        FarCallee.Reserve(rows, from, message, decided);

    public virtual FarStep InDoubt(FarRows rows) => FarCallee.InDoubt(rows, Now);

    public virtual FarStep Renew(FarRows rows, long incarnation, string[] others) =>
        FarRestore.Renew(rows, incarnation, [.. others]);

    public virtual FarStep AskAgain(FarRows rows) => FarRestore.Ask(rows);
}

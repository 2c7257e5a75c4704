using System.Collections;

namespace BusinessM;

/// <summary>The legal steps of a document's state, as one table:
/// <c>[(Draft, Posted), (Posted, Reversed)]</c>.</summary>
public sealed class Transitions<TState> : IEnumerable<(TState From, TState To)> where TState : struct, Enum
{
    private readonly HashSet<(TState, TState)> _steps = [];

    public void Add((TState From, TState To) step)
    {
        if (!_steps.Add(step)) throw new ArgumentException($"The step {step.From} to {step.To} is listed twice");
    }

    public bool Allows(TState from, TState to) => _steps.Contains((from, to));

    /// <summary>Takes the step, or refuses with <paramref name="refusal"/> and leaves the state as it was.</summary>
    public Result<Done> Step(ref TState state, TState to, Func<TState, Error> refusal)
    {
        if (!Allows(state, to)) return refusal(state);
        state = to;
        return new Done();
    }

    public IEnumerator<(TState From, TState To)> GetEnumerator() => _steps.GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
}

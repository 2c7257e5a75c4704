using BusinessM.Keepers.Tests.Far.Search;

namespace BusinessM.Keepers.Tests.Far;

/// <summary>Searches the whole state space of the production machine, within bounds that it prints: every interleaving
/// of crash, loss, repetition, delay, deadline against commit, connection lost in COMMIT, superseding retry, refusal,
/// and the restore of one side to any earlier moment.</summary>
[Trait("Category", "NoCulture")]
public sealed class TheFarProtocol(ITestOutputHelper output)
{
    [Fact]
    public void one_participant() => Holds(new("one participant", 1, false, 2, 2, Refusing: true));

    [Fact]
    public void two_participants() => Holds(new("two participants", 2, false, 2, 1));

    [Fact]
    public void a_chain() => Holds(new("a chain", 2, true, 2, 0, Wavering: true, Refusing: true));

    [Fact]
    public void a_restored_origin() => Holds(new("a restored origin", 1, false, 2, 0, "A"));

    [Fact]
    public void a_restored_callee() => Holds(new("a restored callee", 1, false, 2, 0, "B"));

    [Fact, Trait("Category", "Slow")]
    public void one_participant_and_three_attempts() => Holds(new("three attempts", 1, false, 3, 1));

    [Fact, Trait("Category", "Slow")]
    public void two_participants_and_two_faults() => Holds(new("two faults", 2, false, 2, 2));

    [Fact, Trait("Category", "Slow")]
    public void a_chain_with_faults() => Holds(new("a chain", 2, true, 2, 1, Wavering: true));

    [Theory, Trait("Category", "Slow")]
    [InlineData("A")]
    [InlineData("B")]
    public void one_participant_a_retry_a_fault_and_a_restore(string restored) =>
        Holds(new("retry and restore", 1, false, 2, 1, restored));

    [Theory, Trait("Category", "Slow")]
    [InlineData("A")]
    [InlineData("B")]
    public void two_participants_a_fault_and_a_restore(string restored) =>
        Holds(new("two and a restore", 2, false, 1, 1, restored));

    [Theory, Trait("Category", "Slow")]
    [InlineData("A")]
    [InlineData("B")]
    [InlineData("C")]
    public void a_chain_a_fault_and_a_restore(string restored) =>
        Holds(new("a chain and a restore", 2, true, 1, 1, restored));

    [Fact, Trait("Category", "Long")]
    public void one_participant_three_attempts_and_two_faults() => Holds(new("three attempts", 1, false, 3, 2));

    [Fact, Trait("Category", "Long")]
    public void a_chain_with_faults_and_refusals() =>
        Holds(new("a chain that refuses", 2, true, 2, 1, Wavering: true, Refusing: true));

    [Theory, Trait("Category", "Long")]
    [InlineData(false, "A")]
    [InlineData(false, "B")]
    [InlineData(true, "A")]
    [InlineData(true, "B")]
    [InlineData(true, "C")]
    public void three_contexts_a_retry_and_a_restore(bool chain, string restored) =>
        Holds(new("three contexts, retry and restore", 2, chain, 2, 0, restored));

    private void Holds(Scenario scenario)
    {
        var space = new StateSpace(scenario, new Rules());
        var found = space.Run();
        output.WriteLine(space.ToString());
        found?.ToString().ShouldBeNull();
        space.Complete.ShouldBeTrue();
    }
}

using BusinessM.Records.Far;

namespace BusinessM.Keepers.Tests.Far;

/// <summary>What may come in (rules 8 and 9).</summary>
public sealed class TheDoor
{
    private static readonly AttemptId T = new("A", 2, new Guid(1, 0, 0, new byte[8]));
    private static readonly FarEffect Effect = new("m", "e", "", []);
    private static readonly FarRows Rows = new()
    {
        Self = new("C", 1), Peers = [new("A", 2)],
        Reservations = [new(new FarId(T, "1/1"), "B", "k", ReservationState.Reserved, default, null, Effect)],
    };

    [Theory]
    [InlineData("A", "A", 2, "1", true)]            // the origin about its own call
    [InlineData("B", "A", 1, "1/1", true)]          // the one that reserved it
    [InlineData("D", "A", 1, "1", false)]           // a stranger in the origin's name
    [InlineData("D", "A", 1, "1/1", false)]         // a stranger in the name of the one that reserved it
    [InlineData("B", "B", 1, "1/1", false)]         // a subject that names another origin
    [InlineData("A", "A", 1, "1", false)]           // from before the origin's restore
    public void lets_a_confirmation_in_from_whom_it_concerns(string from, string origin, long incarnation, string path,
        bool comesIn)
    {
        var confirm = new Confirm(new FarId(T, path), "k", Effect, incarnation, 1);
        var step = FarNode.Receive(Rows, new Envelope(from, incarnation, "C", origin, confirm), default);
        step.Ops.Length.ShouldBe(comesIn ? 1 : 0);
        step.Sends.Length.ShouldBe(comesIn ? 1 : 0);
        if (!comesIn && incarnation == 2 || from is "D")
            step.Alerts.ShouldHaveSingleItem().Kind.ShouldBe(FarAlertKind.ForeignSubject);
    }

    [Fact]
    public void stays_shut_while_others_have_not_answered()
    {
        var closed = Rows with { Reopening = new(["B"], []) };
        var confirm = new Confirm(new FarId(T, "1"), "k", Effect, 2, 1);
        FarNode.Receive(closed, new Envelope("A", 2, "C", "A", confirm), default).ShouldBe(FarStep.Nothing);
        Should.Throw<FarClosedException>(() => FarOrigin.Bind(closed, "k", "", T.Id, default));
    }
}

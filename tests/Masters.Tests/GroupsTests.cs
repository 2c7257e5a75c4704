namespace BusinessM.Masters.Tests;

public sealed class GroupsTests
{
    [Fact]
    public void A_tree_has_no_circle()
    {
        Cycle("A", null).ShouldBeNull();
        Cycle("A", "B").ShouldBeNull();
        Cycle("A", "B", ("B", "C"), ("C", null)).ShouldBeNull();
    }

    [Fact]
    public void A_group_stands_neither_under_itself_nor_under_what_stands_under_it()
    {
        Cycle("A", "A")!.Code.ShouldBe(MastersErrors.GroupCycle.Code);
        Cycle("A", "B", ("B", "A"))!.Code.ShouldBe(MastersErrors.GroupCycle.Code);
        Cycle("A", "B", ("B", "C"), ("C", "A"))!.Field.ShouldBe("parent");
    }

    /// <summary>A circle that the group is not part of, which should not be there, ends all the same.</summary>
    [Fact]
    public void A_circle_above_is_refused() =>
        Cycle("A", "B", ("B", "C"), ("C", "B"))!.Code.ShouldBe(MastersErrors.GroupCycle.Code);

    [Theory]
    [InlineData(Groups.DepthMax, false)]
    [InlineData(Groups.DepthMax + 1, true)]
    public void Trees_are_not_deeper_than_anyone_can_read(int above, bool refused)
    {
        var chain = Enumerable.Range(1, above).Select(i => ("G" + i, i == above ? null : "G" + (i + 1))).ToArray();
        (Cycle("A", "G1", chain) is not null).ShouldBe(refused);
    }

    private static Error? Cycle(string code, string? parent, params (string Code, string? Parent)[] above) =>
        Groups.Cycle(code, parent, above.ToDictionary(g => g.Code, g => g.Parent));
}

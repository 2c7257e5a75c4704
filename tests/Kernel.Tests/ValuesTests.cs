namespace BusinessM.Tests;

public class Ids_of_the_kernel
{
    [Fact]
    public void are_version_seven_and_sort_by_time()
    {
        var first = Ids.New<CompanyId>();
        first.Value.Version.ShouldBe(7);
        Thread.Sleep(2);
        string.CompareOrdinal(first.ToString(), Ids.New().ToString()).ShouldBeLessThan(0);
    }

    // SHA-256 of the 16 bytes 00 01 .. 0f and "reversal", first 16 bytes, version 8 and variant set:
    // printf '\x00\x01...\x0freversal' | sha256sum
    [Fact]
    public void follow_from_another_always_the_same()
    {
        var from = new Guid("00010203-0405-0607-0809-0a0b0c0d0e0f");
        Ids.Derive(from, "reversal").ShouldBe(new Guid("839aaea3-b609-83bb-afe3-f1289b84b2bd"));
        Ids.Derive(from, "reversal").Version.ShouldBe(8);
        Ids.Derive(from, "other").ShouldNotBe(Ids.Derive(from, "reversal"));
        Ids.Derive(Ids.New(), "reversal").ShouldNotBe(Ids.Derive(from, "reversal"));
    }
}

public class A_result
{
    private static readonly Error Refusal = Error.Conflict("a.b.c", $"no");

    [Fact]
    public void has_a_value_or_a_refusal()
    {
        Result<int> good = 1, bad = Refusal;
        good.Failed.ShouldBeFalse();
        good.Value.ShouldBe(1);
        bad.Failed.ShouldBeTrue();
        bad.Failure.ShouldBe(Refusal);
        bad.TryFailure(out var failure).ShouldBeTrue();
        failure.ShouldBe(Refusal);
        good.TryFailure(out _).ShouldBeFalse();
        Done.Ok.Failed.ShouldBeFalse();
    }

    [Fact]
    public void read_on_the_wrong_side_is_a_bug()
    {
        Result<int> good = 1, bad = Refusal;
        Should.Throw<InvalidOperationException>(() => good.Failure);
        Should.Throw<InvalidOperationException>(() => bad.Value).Message.ShouldContain("a.b.c");
        Should.Throw<ArgumentNullException>(() => { Result<int> none = (Error)null!; });
    }

    [Fact]
    public void that_was_never_set_is_a_bug() =>
        Should.Throw<InvalidOperationException>(() => default(Result<string>).Value);
}

public class An_error
{
    [Fact]
    public void moves_out_with_its_field()
    {
        var error = Error.Invalid("a.b.c", $"no", "quantity");
        error.At("lines[2]").Field.ShouldBe("lines[2].quantity");
        Error.Invalid("a.b.c", $"no").At("lines[2]").Field.ShouldBe("lines[2]");
        Error.Invalid("a.b.c", $"no", "[3].code").At("accounts").Field.ShouldBe("accounts[3].code");
    }

    [Fact]
    public void comes_from_its_catalogue()
    {
        ErrorCode.In(typeof(Catalogue)).Select(code => code.Code).ShouldBe(["a.first.fact", "a.second.fact"]);
        Catalogue.Second.With($"{1.5m} is no", "x")
            .ShouldBe(new Error(ErrorKind.NotFound, "a.second.fact", "1.5 is no", "x"));
    }

    private static class Catalogue
    {
        public static readonly ErrorCode First = new("a.first.fact", ErrorKind.Invalid, "First");
        public static readonly ErrorCode Second = new("a.second.fact", ErrorKind.NotFound, "Second");
    }
}

public class Transitions_of_a_state
{
    private enum State { Draft, Posted, Reversed }

    private static readonly Transitions<State> Moves = [(State.Draft, State.Posted), (State.Posted, State.Reversed)];

    [Theory]
    [InlineData(0, 0, false)]
    [InlineData(0, 1, true)]
    [InlineData(0, 2, false)]
    [InlineData(1, 0, false)]
    [InlineData(1, 2, true)]
    [InlineData(2, 1, false)]
    public void allow_what_is_listed_only(int from, int to, bool allowed)
    {
        var state = (State)from;
        var step = Moves.Step(ref state, (State)to, was => Error.Conflict("a.b.c", $"is {was}"));
        step.Failed.ShouldBe(!allowed);
        state.ShouldBe((State)(allowed ? to : from));
    }

    [Fact]
    public void list_a_step_once() => Should.Throw<ArgumentException>(() =>
        new Transitions<State> { (State.Draft, State.Posted), (State.Draft, State.Posted) });
}

using System.Globalization;
using BusinessM.Finance.Tests.Slices;
using BusinessM.Records.Far;

namespace BusinessM.Finance.Tests.Far;

/// <summary>Policy 31, over HTTP, while another context with a database of its own posts to the ledger.</summary>
[Trait("Category", "NoCulture")]
public sealed class ClosingAPeriod(FarFinance app, ITestOutputHelper output) : IClassFixture<FarFinance>
{
    [Fact]
    public async Task Brings_in_what_was_committed_and_gives_up_what_was_not()
    {
        var company = await TestCompany.SetUp(app);
        app.Line.Loses = e => e.Message is Confirm or Release;
        (await app.Sales.Post(company.Id, "2024-11-20", 50m)).Failed.ShouldBeFalse();
        (await app.Sales.Post(company.Id, "2024-11-21", 7m, commit: false)).Failed.ShouldBeFalse();
        (await Reserved(company)).ShouldBe("2");
        (await Close(company, "2024-11")).Status.ShouldBe(200);
        (await State(company, "2024-11")).ShouldBe("closed");
        (await Reserved(company)).ShouldBe("0");
        (await company.Balances()).ShouldBe(["1110 50.00", "1150 -50.00"]);
        (await app.Sales.Post(company.Id, "2024-11-20", 1m)).Failure.Code.ShouldBe("books.period.closed");

        app.Line.Loses = _ => false;
        await app.Sales.Repeat();                                      // late: it is there already
        (await company.Balances()).ShouldBe(["1110 50.00", "1150 -50.00"]);
    }

    [Fact]
    public async Task Opens_it_again_where_something_stays_undecided()
    {
        var company = await TestCompany.SetUp(app);
        var meanwhile = Result.Of(new Done());
        app.Line.Loses = e =>
        {
            if (e.Message is Inquire && !meanwhile.Failed)
                meanwhile = app.Sales.Post(company.Id, "2024-11-22", 1m).Result;
            return false;
        };
        var posted = await app.Sales.Post(company.Id, "2024-11-20", 50m, meanwhile: async () =>
        {
            (await Close(company, "2024-12")).Status.ShouldBe(200);            // nothing is reserved in that one
            var refused = await Close(company, "2024-11");
            (refused.Status, refused.Code).ShouldBe((409, "books.period.reserved"), refused.Text);
            (await State(company, "2024-11")).ShouldBe("open");
        });
        meanwhile.Failure.Code.ShouldBe("books.period.closing");       // nothing new while it was being closed
        posted.Failed.ShouldBeFalse();
        (await Close(company, "2024-11")).Status.ShouldBe(200);
        (await company.Balances()).ShouldBe(["1110 50.00", "1150 -50.00"]);
    }

    [Fact]
    public async Task Waits_for_an_attempt_that_is_about_to_commit()
    {
        var company = await TestCompany.SetUp(app);
        app.Line.Loses = _ => false;
        Task<Answer>? closing = null;
        (await app.Sales.Post(company.Id, "2024-11-20", 50m, meanwhile: async () =>
        {
            closing = Close(company, "2024-11");
            while (await State(company, "2024-11") != "closing") await Task.Delay(10);
        })).Failed.ShouldBeFalse();
        (await closing!).Status.ShouldBe(200);
        (await company.Balances()).ShouldBe(["1110 50.00", "1150 -50.00"]);
    }

    // Three points in each of three commits: closing, what the origin answered, closed.
    [Fact, Trait("Category", "Slow")]
    public async Task Goes_on_after_a_crash_at_any_point()
    {
        var company = await TestCompany.SetUp(app);
        app.Line.Loses = e => e.Message is Confirm;
        var states = new SortedDictionary<string, int>(StringComparer.Ordinal);
        var crashes = 0;
        for (var died = true; died; crashes++)
        {
            (await app.Sales.Post(company.Id, "2024-11-20", 1m)).Failed.ShouldBeFalse();
            app.Cut = new Cut(crashes + 1);
            died = (await Close(company, "2024-11", "crash " + crashes)).Status != 200;
            if (!died) break;
            await app.BeginAgain();
            var state = await State(company, "2024-11");
            states[state] = states.GetValueOrDefault(state) + 1;
            var closed = await Close(company, "2024-11", "crash " + crashes);
            closed.Status.ShouldBe(200, closed.Text);
            (await State(company, "2024-11")).ShouldBe("closed");
            (await Reserved(company)).ShouldBe("0");
            var balance = (crashes + 1).ToString(CultureInfo.InvariantCulture);
            (await company.Balances()).ShouldBe([$"1110 {balance}.00", $"1150 -{balance}.00"]);
            await app.Good(Path(company, "2024-11"), new { state = "open" });
        }
        app.Cut = new Cut();
        output.WriteLine($"{crashes} crashes; then the period was {string.Join(", ", states)}");
        crashes.ShouldBe(9);
        states.Keys.ShouldBe(["closed", "closing", "open"]);
    }

    private Task<Answer> Close(TestCompany company, string period, string? key = null) =>
        app.Send(Path(company, period), new { state = "closed" }, key: key?.Replace(' ', '-'));

    private static string Path(TestCompany company, string period) =>
        $"/api/finance/companies/{company.Id}/periods/{period}";

    private async Task<string> State(TestCompany company, string period) =>
        (await app.Good("/api/finance/companies/" + company.Id)).Json!["periods"]!.AsArray()
            .Single(p => (string?)p!["code"] == period && !(bool)p["adjustment"]!)!["state"]!.ToString();

    private Task<string> Reserved(TestCompany company) => app.Sql(
        "select count(*) from ledger.reservation where company = $1 and state = 'Reserved'", company.Id);
}

using System.Collections.Concurrent;
using BusinessM.Contracts.Masters;
using BusinessM.Documents.Tests.Walk;
using BusinessM.Testing;

namespace BusinessM.Documents.Tests;

/// <summary>Every endpoint of the running program, found by asking its routing: who may not, gets nothing and changes
/// nothing; who may, does get there. One that is new is walked as well, or stops the test until it is said
/// how.</summary>
[Trait("Category", "NoCulture")]
public sealed class EveryEndpoint(ShelfHost host) : IClassFixture<ShelfHost>
{
    private static readonly Dictionary<string, string> Open = new()
    {
        ["POST /api/session"] = "signs in",
        ["GET /health/live"] = "asked by what looks after the process",
        ["GET /health/ready"] = "asked by what looks after the process",
        ["GET /openapi/{documentName}.json"] = "the description holds nothing of anybody's",
    };

    // A period that has drafts or a field that is still used: the owner's rule answers, so the call got there.
    private static readonly Dictionary<string, string> RefusedByItsRule = new()
    {
        ["POST /api/masters/companies"] = "masters.company.is-founded",
        ["POST /api/masters/companies/bulk"] = "masters.company.is-founded",
        ["POST /api/record/fields/{id:guid}/purge"] = "record.field.invalid",
    };

    private readonly IReadOnlyList<Endpoint> _all = Endpoint.All(host);

    [Fact]
    public async Task is_closed_to_who_may_not_and_open_to_who_may()
    {
        var sample = await Sample.Of(host);
        var wrong = new ConcurrentBag<string>();
        _all.Where(e => e.IsAnonymous).Select(e => e.ToString()).ShouldBe(Open.Keys, ignoreOrder: true);
        _all.Where(e => e is { IsAnonymous: false, Permission: null }).ShouldBeEmpty("closed to everybody");
        var closed = _all.Where(e => !e.IsAnonymous).ToList();
        closed.Count.ShouldBeGreaterThan(300);

        var without = await KeysWithoutOne(sample, closed);
        using var readOnly = await host.WithKey([.. closed.Select(e => e.Permission!).Distinct()
            .Where(p => p.EndsWith(".read", StringComparison.Ordinal))], [new CompanyId(sample.Company)]);
        using var elsewhere = await host.WithKey(["*"], [new CompanyId(await host.Company())]);
        using var nobody = host.Anonymous();
        await Unchanged.During(host, async () =>
        {
            await AtOnce(closed, async endpoint =>
            {
                var call = sample.For(endpoint);
                await Expect(nobody, call, "nobody", wrong, 401);
                if (sample.IsOfCompany(endpoint))
                    await Expect(elsewhere, call, "of another company", wrong, 401, 403, 404);
                if (endpoint.Permission == Tokens.OwnSession) return;     // whoever is signed in has this one
                await Expect(without[endpoint.Permission!], call, "without its permission", wrong, 403);
                if (endpoint.Changes) await Expect(readOnly, call, "with a key that reads", wrong, 403);
            });
            return true;
        });
        await OfTheInstallation(sample, elsewhere, closed, wrong);
        await GetsThere(sample, closed, wrong);
        wrong.ShouldBeEmpty();
    }

    // Nothing of the company is told; what is the installation's may be changed by whoever has the permission.
    private static async Task OfTheInstallation(Sample sample, HttpClient elsewhere, IEnumerable<Endpoint> closed,
        ConcurrentBag<string> wrong)
    {
        foreach (var endpoint in closed.Where(e => !e.Changes && !sample.IsOfCompany(e)))
        {
            var call = sample.For(endpoint);
            var reply = await elsewhere.Call(call.Method, call.Path, call.Body);
            if (reply.Status is >= 200 and < 300
                && reply.Text.Contains(sample.Company.ToString(), StringComparison.Ordinal))
                wrong.Add($"tells another company's key of the company: {call}: {reply.Text}");
        }
    }

    // The same calls with every permission: what was refused above was refused for who asked, not for what was asked.
    // What takes documents away comes last, a document after its notes.
    private async Task GetsThere(Sample sample, IEnumerable<Endpoint> closed, ConcurrentBag<string> wrong)
    {
        foreach (var endpoint in closed.OrderBy(e => e.Changes).ThenBy(e => e.Method != "DELETE"
            && !e.Pattern.EndsWith("/erase", StringComparison.Ordinal)
            && !e.Pattern.EndsWith("/merge", StringComparison.Ordinal)
            ? 0 : e.Pattern.Contains("/notes/", StringComparison.Ordinal) ? 1 : 2))
        {
            var call = sample.For(endpoint);
            var reply = await host.Client.Call(call.Method, call.Path, call.Body);
            var nothingToUndo = endpoint.Of is { Name: "undo" } of && !sample.Imports.ContainsKey(of.Type.Name);
            var got = reply.Status is (>= 200 and < 300) or 409 or 428 || (nothingToUndo && reply.Status == 404)
                || (reply.Code is not null && reply.Code == RefusedByItsRule.GetValueOrDefault(endpoint.ToString()));
            if (!got) wrong.Add($"does not get there with every permission: {call}: {reply.Status} {reply.Text}");
        }
    }

    private static async Task Expect(HttpClient client, Call call, string who, ConcurrentBag<string> wrong,
        params int[] statuses)
    {
        var reply = await client.Call(call.Method, call.Path, call.Body);
        if (!statuses.Contains(reply.Status) || reply.Code is null)
            wrong.Add($"{who}: {call}: {reply.Status} {reply.Text}");
    }

    private async Task<IReadOnlyDictionary<string, HttpClient>> KeysWithoutOne(Sample sample,
        IReadOnlyList<Endpoint> closed)
    {
        var permissions = closed.Select(e => e.Permission!).Distinct().ToList();
        var keys = new ConcurrentDictionary<string, HttpClient>();
        await AtOnce(permissions, async one =>
            keys[one] = await host.WithKey([.. permissions.Where(p => p != one)], [new CompanyId(sample.Company)]));
        return keys;
    }

    private static Task AtOnce<T>(IEnumerable<T> all, Func<T, Task> act) => Parallel.ForEachAsync(all,
        new ParallelOptions { MaxDegreeOfParallelism = 6 }, async (one, _) => await act(one));
}

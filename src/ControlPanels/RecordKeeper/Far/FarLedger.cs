using System.Text.Json;
using BusinessM.Contracts.BookKeeper;
using BusinessM.Contracts.Finance;
using BusinessM.Contracts.RecordKeeper;
using Microsoft.Extensions.DependencyInjection;

namespace BusinessM.Records.Far;

/// <summary>The ledger of a Finance that is elsewhere: the same contract, far.</summary>
public sealed class FarLedger(FarUnit far) : ILedger
{
    public const string Callee = "finance";
    public const string PostMethod = "finance.ledger.post";
    public const string ReverseMethod = "finance.ledger.reverse";

    /// <summary>Whether a reservation here is one of this port's.</summary>
    internal static bool Reserves(ReservationRow row) => row.Effect.Method is PostMethod or ReverseMethod;

    public Task<Result<FactPosted>> Post(BusinessFact fact, CancellationToken ct) =>
        Call(fact.Company, PostMethod, fact, fact.Source.Id, ct);

    public Task<Result<FactPosted>> Reverse(ReverseFact reversal, CancellationToken ct) =>
        Call(reversal.Company, ReverseMethod, reversal, reversal.Source.Id, ct);

    private async Task<Result<FactPosted>> Call<T>(CompanyId company, string method, T request, Guid source,
        CancellationToken ct)
    {
        var call = new FarCall(method, JsonSerializer.Serialize(request, Wire.Options));
        var answer = await far.Call(company, Callee, call, source, ct);
        return answer.Failed ? answer.Failure : JsonSerializer.Deserialize<FactPosted>(answer.Value, Wire.Options)!;
    }
}

/// <summary>Finance's end of it: the near ledger decides, as ever; while a far call reserves, what it posts is reserved
/// and written down (<see cref="ReservingBooks"/>), and becomes final with the confirmation.</summary>
public abstract class LedgerDoor<TRequest>(IBookKeeper books, IUnitOfWork unit, FarReserving reserving)
    : IFarMethod
{
    public abstract string Method { get; }

    protected abstract Task<Result<FactPosted>> Decide(TRequest request, CancellationToken ct);

    protected abstract CompanyId CompanyOf(TRequest request);

    public CompanyId CompanyOf(string body) => body.StartsWith("{\"journals\"", StringComparison.Ordinal)
        ? ReservedBooks.Read(body).Company : CompanyOf(Request(body));

    public async Task<Result<FarEffect>> Reserve(FarId id, FarCall call, CancellationToken ct)
    {
        var request = Request(call.Body);
        reserving.Begin(id);
        var answer = await Decide(request, ct);
        var reserved = reserving.End();
        if (answer.Failed) return answer.Failure;
        var body = JsonSerializer.Serialize(reserved with { Company = CompanyOf(request) }, Wire.Options);
        return new FarEffect(Method, body, JsonSerializer.Serialize(answer.Value, Wire.Options), []);
    }

    public async Task<Result<Done>> Post(FarId id, FarEffect effect, bool reserved, CancellationToken ct)
    {
        var content = ReservedBooks.Read(effect.Body);
        foreach (var journal in content.Journals)
        {
            var posted = await Post(journal, reserved, ct);
            if (posted.Failed) return posted.Failure;
        }
        foreach (var reversal in content.Reversals)
        {
            var posted = await books.Reverse(reversal, ct);
            if (posted.Failed) return posted.Failure;
        }
        if (effect.Number is { } number)
            foreach (var numbered in unit.Effects.OfType<INumberedEffect>()) numbered.Numbered(number);
        return Done.Ok;
    }

    public async Task<Result<Done>> Release(FarId id, FarEffect effect, CancellationToken ct)
    {
        foreach (var (journal, reservation) in ReservedBooks.Read(effect.Body).Journals)
        {
            var released = await books.Release(new ReleaseJournal(journal.Company, reservation), ct);
            if (released.Failed) return released.Failure;
        }
        return Done.Ok;
    }

    // Posted meanwhile under the same id and content: once is enough.
    private async Task<Result<Posted>> Post(ReservedJournal one, bool reserved, CancellationToken ct)
    {
        if (!reserved) return await books.Post(one.Journal, ct);
        var there = await books.DryRun(one.Journal, ct);
        return there is { Failed: false, Value.AlreadyThere: true }
            ? await books.Release(new ReleaseJournal(one.Journal.Company, one.Reservation), ct)
            : await books.Confirm(new ConfirmJournal(one.Journal.Company, one.Reservation, one.Journal.Id), ct);
    }

    private static TRequest Request(string body) => JsonSerializer.Deserialize<TRequest>(body, Wire.Options)
        ?? throw new JsonException("A far call without a request");
}

/// <summary>The door of <see cref="ILedger.Post"/>.</summary>
public sealed class LedgerPostDoor(ILedger ledger, IBookKeeper books, IUnitOfWork unit, FarReserving reserving)
    : LedgerDoor<BusinessFact>(books, unit, reserving)
{
    public override string Method => FarLedger.PostMethod;

    protected override CompanyId CompanyOf(BusinessFact request) => request.Company;

    protected override Task<Result<FactPosted>> Decide(BusinessFact request, CancellationToken ct) =>
        ledger.Post(request, ct);
}

/// <summary>The door of <see cref="ILedger.Reverse"/>.</summary>
public sealed class LedgerReverseDoor(ILedger ledger, IBookKeeper books, IUnitOfWork unit, FarReserving reserving)
    : LedgerDoor<ReverseFact>(books, unit, reserving)
{
    public override string Method => FarLedger.ReverseMethod;

    protected override CompanyId CompanyOf(ReverseFact request) => request.Company;

    protected override Task<Result<FactPosted>> Decide(ReverseFact request, CancellationToken ct) =>
        ledger.Reverse(request, ct);
}

using System.Text.Json;
using BusinessM.Contracts.BookKeeper;
using BusinessM.Contracts.RecordKeeper;

namespace BusinessM.Records.Far;

/// <summary>A journal and the reservation that stands for it until the outcome is known.</summary>
public sealed record ReservedJournal(Journal Journal, Guid Reservation);

/// <summary>All that a far call will do to the books, fixed when it is reserved.</summary>
public sealed record ReservedBooks(IReadOnlyList<ReservedJournal> Journals, IReadOnlyList<ReverseJournal> Reversals,
    CompanyId Company)
{
    public static ReservedBooks Read(string body) => JsonSerializer.Deserialize<ReservedBooks>(body, Wire.Options)
        ?? throw new JsonException("An effect without content");
}

/// <summary>Whether the unit of this scope reserves for a far call, and what it has reserved. One per scope.</summary>
public sealed class FarReserving
{
    private readonly List<ReservedJournal> _journals = [];
    private readonly List<ReverseJournal> _reversals = [];

    internal FarId? For { get; private set; }

    internal void Begin(FarId id) => For = id;

    internal ReservedBooks End()
    {
        For = null;
        return new([.. _journals], [.. _reversals], default);
    }

    internal void Add(ReservedJournal journal) => _journals.Add(journal);

    internal void Add(ReverseJournal reversal) => _reversals.Add(reversal);
}

/// <summary>The book-keeper, with a difference while a far call reserves: a journal that is posted is reserved, under
/// an id of its own, so that another attempt at the same journal is not in the way of this one.</summary>
public sealed class ReservingBooks(IBookKeeper books, Func<IBookKeeper> apart, IUnitOfWork unit, FarReserving reserving)
    : IBookKeeper
{
    public async Task<Result<Posted>> Post(Journal journal, CancellationToken ct)
    {
        if (reserving.For is not { } part) return await books.Post(journal, ct);
        var there = await books.DryRun(journal, ct);
        if (there.Failed) return unit.Doom(there.Failure);
        if (there.Value.AlreadyThere) return there;

        var reservation = Ids.Derive(journal.Id, part.ToString());
        var reserved = await books.Reserve(journal with { Id = reservation }, ct);
        if (reserved.Failed) return reserved;
        reserving.Add(new ReservedJournal(journal, reservation));
        return new Posted(journal.Id);
    }

    // The books cannot reserve a reversal: it is checked apart, and dated with its confirmation (policy 5), so that a
    // period which closes meanwhile is no obstacle.
    public async Task<Result<Posted>> Reverse(ReverseJournal reversal, CancellationToken ct)
    {
        if (reserving.For is null) return await books.Reverse(reversal, ct);
        var would = await apart().Reverse(reversal, ct);
        if (would.Failed) return unit.Doom(would.Failure);
        if (!would.Value.AlreadyThere) reserving.Add(reversal);
        return would;
    }

    public async Task<Result<IReadOnlyList<Result<Posted>>>> PostBatch(JournalBatch batch, CancellationToken ct)
    {
        if (reserving.For is null) return await books.PostBatch(batch, ct);
        var answers = new List<Result<Posted>>();
        foreach (var journal in batch.Journals)
        {
            var answer = await Post(journal, ct);
            if (answer.Failed) return answer.Failure;
            answers.Add(answer);
        }
        return answers;
    }

    public Task<Result<Posted>> DryRun(Journal journal, CancellationToken ct) => books.DryRun(journal, ct);

    public Task<Result<Posted>> Reserve(Journal journal, CancellationToken ct) => books.Reserve(journal, ct);

    public Task<Result<Posted>> Confirm(ConfirmJournal confirm, CancellationToken ct) => books.Confirm(confirm, ct);

    public Task<Result<Posted>> Release(ReleaseJournal release, CancellationToken ct) => books.Release(release, ct);

    public Task<Result<Done>> Open(Contracts.BookKeeper.Books opened, CancellationToken ct) => books.Open(opened, ct);

    public Task<Result<Done>> PutAccounts(IReadOnlyList<Account> accounts, CancellationToken ct) =>
        books.PutAccounts(accounts, ct);

    public Task<Result<Done>> PutPeriods(IReadOnlyList<Period> periods, CancellationToken ct) =>
        books.PutPeriods(periods, ct);
}

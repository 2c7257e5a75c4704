using System.Data.Common;
using System.Security.Cryptography;
using System.Text;
using BusinessM.Books;
using BusinessM.Contracts.BookKeeper;
using BusinessM.Records;

namespace BusinessM.Engines.Postgres;

/// <summary>The ledger's part in the lane: one statement to look, one to write the postings of a whole batch (others
/// only for reservations and charts); decisions by <see cref="LedgerRules"/>.</summary>
public sealed class LedgerLanePart(PostgresLedger ledger) : ILanePart
{
    private readonly LedgerMemory _memory = new();

    public ILaneWork? Begin(IReadOnlyList<LaneUnit> units) =>
        units.Any(unit => unit.Effects.Any(effect => effect is LedgerEffect)) ? new Work(units, ledger, _memory) : null;

    void ILanePart.Forget(CompanyId company) => _memory.Forget(company);

    private sealed class Work(IReadOnlyList<LaneUnit> units, PostgresLedger ledger, LedgerMemory memory) : ILaneWork
    {
        private readonly LedgerState _state = new();
        private readonly LedgerWants _wants = LedgerWants.Of(units.SelectMany(Operations));
        private readonly Dictionary<LaneUnit, (int From, int To)> _changes = [];
        private bool _recalled;

        public bool Recall() => _recalled = memory.Recall(_wants, _state);

        public IReadOnlyList<LaneCommand> Look() => [LedgerLook.Of(_wants)];

        public Task Read(DbDataReader reader, CancellationToken ct) => LedgerLook.Read(reader, _state, ct);

        public void Reset()
        {
            _state.UndoTo(0);
            _changes.Clear();
        }

        public Result<Done> Decide(LaneUnit unit)
        {
            LedgerEffect[] effects = [.. unit.Effects.OfType<LedgerEffect>()];
            if (effects.Length == 0) return Done.Ok;
            var from = _state.Changes.Count;
            var decided = LedgerRules.Decide(_state, new LedgerUnit([.. effects.Select(effect => effect.Operation)]));
            if (decided.Failed) return decided.Failure;
            for (var i = 0; i < effects.Length; i++) effects[i].Answer = decided.Value[i];
            _changes[unit] = (from, _state.Changes.Count);
            return Done.Ok;
        }

        /// <summary>SHA-256 of the seals, as <c>ledger.digest</c> makes it from what is stored.</summary>
        public byte[]? Digest(LaneUnit unit, CompanyId company)
        {
            var changes = Of(unit);
            var reserved = changes.OfType<LedgerChange.Reserved>().Where(r => r.Entry.Content.Company == company)
                .OrderBy(r => r.Entry.Content.Id).Select(r => JournalContent.Seal(r.Entry.Content, null, null).Hash);
            var resolved = changes.OfType<LedgerChange.Resolved>().Where(r => r.Entry.Content.Company == company)
                .OrderBy(r => r.Entry.Content.Id).Select(r =>
                    Encoding.UTF8.GetBytes($"{r.Entry.Content.Id}{r.Entry.State}"));
            byte[][] pieces = [.. changes.OfType<LedgerChange.JournalPosted>().Select(j => j.Entry)
                .Where(j => j.Content.Company == company).Select(j => j.Seal.Hash), .. reserved, .. resolved];
            return pieces.Length == 0 ? null : SHA256.HashData([.. pieces.SelectMany(piece => piece)]);
        }

        public LaneWrites Write(IReadOnlyList<LaneUnit> accepted)
        {
            var journals = new List<Placed<JournalEntry>>();
            var reserved = new List<Placed<LedgerChange.Reserved>>();
            var resolved = new List<Placed<LedgerChange.Resolved>>();
            var charts = new List<LedgerChange>();
            foreach (var unit in accepted)
            {
                var ordinals = new Dictionary<CompanyId, int>();
                foreach (var change in Of(unit))
                    switch (change)
                    {
                        case LedgerChange.JournalPosted posted:
                            var company = posted.Entry.Content.Company;
                            ordinals[company] = ordinals.GetValueOrDefault(company) + 1;
                            journals.Add(new(posted.Entry, unit.Recorded(company), ordinals[company]));
                            break;
                        case LedgerChange.Reserved r: reserved.Add(new(r, unit.Recorded(r.Entry.Content.Company),
                            0)); break;
                        case LedgerChange.Resolved r: resolved.Add(new(r, unit.Recorded(r.Entry.Content.Company),
                            0)); break;
                        default: charts.Add(change); break;
                    }
            }
            var commands = new List<LaneCommand>();
            if (charts.Count > 0) commands.Add(LedgerWrite.Charts(charts));
            if (reserved.Count > 0) commands.Add(LedgerWrite.Reservations(_state, reserved));
            if (resolved.Count > 0) commands.Add(LedgerWrite.Resolutions(resolved));
            return journals.Count == 0 ? new LaneWrites(commands)
                : new LaneWrites(commands, JournalWrite.Of(_state, journals, unlooked: _recalled));
        }

        public void Committed(IReadOnlyList<LaneUnit> accepted)
        {
            if (!_recalled) memory.Keep(_wants, _state);
            foreach (var operation in accepted.SelectMany(Operations))
                if (operation is LedgerOperation.Open or LedgerOperation.PutAccounts or LedgerOperation.PutPeriods)
                    ledger.Forget(operation.Company);
        }

        private static IEnumerable<LedgerOperation> Operations(LaneUnit unit) =>
            unit.Effects.OfType<LedgerEffect>().Select(effect => effect.Operation);

        private IReadOnlyList<LedgerChange> Of(LaneUnit unit) => !_changes.TryGetValue(unit, out var range) ? []
            : [.. Enumerable.Range(range.From, range.To - range.From).Select(i => _state.Changes[i])];
    }
}

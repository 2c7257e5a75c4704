using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Microsoft.EntityFrameworkCore;

namespace BusinessM.Records;

/// <summary>The first steps of what a batch writes: heads, series, numbers given, audit links, answers and outbox. It
/// insists that the heads stand where they were seen. Making it hands out the recorded sequences and the numbers, and
/// reads the answers.</summary>
internal sealed class LaneSeal
{
    /// <summary>From so many units on, what they seal is made side by side.</summary>
    private const int SideBySideMin = 4;

    private readonly IReadOnlyList<LaneUnit> _units;
    private readonly IReadOnlyList<ILaneWork> _works;
    private readonly LaneChecks _checks;
    private readonly Dictionary<CompanyId, Head> _heads = [];
    private readonly Dictionary<(CompanyId Company, string Series), long> _series = [];

    public LaneSeal(IReadOnlyList<LaneUnit> units, IReadOnlyList<ILaneWork> works, LaneChecks checks, DateTimeOffset now)
    {
        (_units, _works, _checks) = (units, works, checks);
        foreach (var company in units.SelectMany(unit => unit.Companies).Distinct())
            _heads[company] = checks.HeadOf(company);

        // PostgreSQL keeps microseconds; and the moments of a chain never run backwards, whatever the clock does.
        At = new DateTimeOffset(now.UtcTicks - (now.UtcTicks % TimeSpan.TicksPerMicrosecond), TimeSpan.Zero);
        foreach (var head in _heads.Values) if (head.At > At) At = head.At;
        foreach (var unit in units)
        {
            foreach (var company in unit.Companies)
            {
                var head = _heads[company];
                _heads[company] = head with { Sequence = head.Sequence + 1 };
                unit.SetRecorded(company, new Recorded(head.Sequence + 1, At));
            }
            foreach (var wanted in unit.Numbers) Give(unit, wanted);
        }
        foreach (var company in units.SelectMany(unit => unit.Companies).Distinct())
            _heads[company] = checks.HeadOf(company);
    }

    /// <summary>The recorded moment of the batch.</summary>
    public DateTimeOffset At { get; }

    /// <summary>The heads, once the links are chained.</summary>
    public IReadOnlyDictionary<CompanyId, Head> Heads => _heads;

    /// <summary>The last numbers given.</summary>
    public IReadOnlyDictionary<(CompanyId Company, string Series), long> Series => _series;

    public LaneSteps Write()
    {
        var contents = new IReadOnlyList<Content>[_units.Count];
        if (_units.Count < SideBySideMin) for (var i = 0; i < contents.Length; i++) contents[i] = Contents(_units[i]);
        else Parallel.For(0, contents.Length, i => contents[i] = Contents(_units[i]));
        Link[] links = [.. contents.SelectMany(of => of).Select(Chain)];
        var given = _units.SelectMany(unit => unit.Given).ToArray();
        var keyed = _units.Where(unit => unit is { Key: not null, Stored: not null }).ToArray();
        var events = _units.SelectMany(unit => unit.Effects.OfType<Contracts.RecordKeeper.OutboxEffect>()).ToArray();
        var heard = _units.Where(unit => unit.Inbox is not null).Select(unit => unit.Inbox!.Value).ToArray();
        var changed = _units.SelectMany(unit => unit.Changes, (unit, change) => (Unit: unit, Change: change))
            .Where(c => c.Change is { Document: not null, Kind: EntityState.Modified }).ToArray();
        return SealSql.Statement.Of([At, (long)_heads.Count],
            new(_heads.Count, A(_heads, h => h.Key.Value), A(_heads, h => h.Value.Sequence), A(_heads, h => h.Value.Hash),
                A(_heads, h => _checks.HeadOf(h.Key).Sequence)),
            new(_series.Count, A(_series, s => s.Key.Company.Value), A(_series, s => s.Key.Series),
                A(_series, s => s.Value)),
            new(given.Length, A(given, g => g.Wanted.Company.Value), A(given, g => g.Wanted.Series),
                A(given, g => g.Value), A(given, g => g.Text), A(given, g => g.Wanted.Document)),
            new(links.Length, A(links, l => l.Company), A(links, l => l.Sequence), A(links, l => l.Unit.Id),
                A(links, l => l.Unit.Actor), A(links, l => l.Unit.Action), A(links, l => l.Values),
                A(links, l => l.Effects!), A(links, l => l.Hash), A(links, l => l.Salt), A(links, l => l.Changes)),
            new(keyed.Length, A(keyed, u => u.Key!.Scope), A(keyed, u => u.Key!.Key), A(keyed, u => u.Key!.Fingerprint),
                A(keyed, u => u.Key!.Request), A(keyed, u => u.Stored!.Status), A(keyed, u => u.Stored!.ContentType),
                A(keyed, u => u.Stored!.Body)),
            new(events.Length, A(events, e => e.Id), A(events, e => e.Company.Value), A(events, e => e.Subject),
                A(events, e => e.Body)),
            new(heard.Length, A(heard, h => h.Handler), A(heard, h => h.Event)),
            new(changed.Length, A(changed, c => c.Change.Document!.Key), A(changed, c => c.Change.SeenVersion + 1),
                A(changed, c => c.Change.Document!.Company.Value),
                A(changed, c => c.Unit.Recorded(c.Change.Document!.Company).Sequence)));
    }

    private static T[] A<TSource, T>(IEnumerable<TSource> source, Func<TSource, T> value) => [.. source.Select(value)];

    private void Give(LaneUnit unit, Contracts.RecordKeeper.NumberWanted wanted)
    {
        var key = (wanted.Company, wanted.Series);
        if (!_series.TryGetValue(key, out var last)) last = _checks.LastOf(wanted.Company, wanted.Series);
        _series[key] = ++last;
        var text = Numbers.Format(wanted.Format, last);
        unit.Given.Add(new GivenNumber(wanted, last, text));
        wanted.Assign(text);
        foreach (var effect in unit.Effects)
            if (effect is Contracts.RecordKeeper.INumberedEffect numbered && numbered.Source == wanted.Document)
                numbered.Numbered(text);
    }

    // What of a unit depends on no other one: its answer, and what its links will seal.
    private IReadOnlyList<Content> Contents(LaneUnit unit)
    {
        if (unit.Answer is { } answer) unit.Stored = Wire.Answer(unit.Status, answer());
        var contents = new Content[unit.Companies.Count];
        for (var i = 0; i < contents.Length; i++)
        {
            var changes = ChangeLog.Of(unit, unit.Companies[i]);
            var salt = RandomNumberGenerator.GetBytes(16);
            var values = SHA256.HashData([.. salt, .. Encoding.UTF8.GetBytes(changes)]);
            contents[i] = new Content(unit, unit.Companies[i], salt, changes, values, Effects(unit, unit.Companies[i]));
        }
        return contents;
    }

    // hash = SHA-256(previous hash, who when what in text, digest of the values, digest of the effects); `check`
    // computes the same in SQL.
    private Link Chain(Content content)
    {
        var (unit, company) = (content.Unit, content.Company);
        var (sequence, at) = unit.Recorded(company);
        var text = string.Create(CultureInfo.InvariantCulture,
            $"{company}|{sequence}|{at.UtcDateTime:yyyy-MM-ddTHH:mm:ss.ffffffZ}|{unit.Id}|{unit.Actor}|{unit.Action}");
        byte[] hash = SHA256.HashData([.. _heads[company].Hash, .. Encoding.UTF8.GetBytes(text), .. content.Values,
            .. content.Effects ?? []]);
        _heads[company] = new Head(sequence, hash, at);
        return new Link(unit, company.Value, sequence, content.Salt, content.Changes, content.Values, content.Effects, hash);
    }

    private byte[]? Effects(LaneUnit unit, CompanyId company)
    {
        var digests = _works.Select(work => work.Digest(unit, company)).OfType<byte[]>().ToArray();
        return digests.Length switch { 0 => null, 1 => digests[0], _ => SHA256.HashData([.. digests.SelectMany(d => d)]) };
    }

    private sealed record Content(LaneUnit Unit, CompanyId Company, byte[] Salt, string Changes, byte[] Values,
        byte[]? Effects);

    private sealed record Link(LaneUnit Unit, Guid Company, long Sequence, byte[] Salt, string Changes, byte[] Values,
        byte[]? Effects, byte[] Hash);
}

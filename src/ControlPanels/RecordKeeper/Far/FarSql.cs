using System.Collections.Immutable;
using System.Data.Common;
using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace BusinessM.Records.Far;

/// <summary>Rows of the far protocol to and from the tables <c>far_row</c> and <c>far_outcome</c>.</summary>
internal static class FarSql
{
    /// <summary>One row is the lock of the whole protocol in this database: whoever decides holds it until its commit.
    /// </summary>
    public static readonly LaneCommand Lock =
        new("select 1 from record.far_row where kind = 'self' for update");

    private const string Rows = """
        select kind, body::text from record.far_row where kind in ('self', 'peer', 'reopening', 'counter', 'inbox')
        union select kind, body::text from record.far_row where attempt = any($1)
        union select kind, body::text from record.far_row where attempt in
            (select attempt from record.far_row where kind = 'attempt' and key = any($2))
        union select kind, body::text from record.far_row where waiting and $3
        union select kind, body::text from record.far_row where peer = any($4)
        union select 'outcome', jsonb_build_object('attempt', attempt, 'outcome', outcome, 'answer', answer)::text
            from record.far_outcome where attempt = any($1) or attempt in
            (select attempt from record.far_row where kind = 'attempt' and key = any($2))
        union select 'mark', mark::text from record.far_home
        """;

    private const string Put = """
        insert into record.far_row (kind, id, attempt, key, peer, waiting, body)
        select * from unnest($1::text[], $2::text[], $3::text[], $4::text[], $5::text[], $6::boolean[], $7::jsonb[])
        on conflict (kind, id) do update set waiting = excluded.waiting, body = excluded.body
        """;

    // Without "on conflict": the second outcome of an attempt fails, whoever writes it.
    private const string Decide = """
        insert into record.far_outcome (attempt, outcome, answer)
        select * from unnest($1::text[], $2::text[], $3::text[])
        """;

    public static LaneCommand Look(IReadOnlyList<FarScope> scopes) => new(Rows,
        scopes.SelectMany(s => s.Attempts).Select(a => a.ToString()).Distinct().ToArray(),
        scopes.Select(s => s.Key).OfType<string>().Distinct().ToArray(),
        scopes.Any(s => s.Waiting), scopes.Select(s => s.AllOf).OfType<string>().Distinct().ToArray());

    public static async Task<FarRows?> Read(DbDataReader reader, CancellationToken ct)
    {
        var rows = new List<FarRow>();
        var mark = 0L;
        while (await reader.ReadAsync(ct))
        {
            var (kind, body) = (reader.GetString(0), reader.GetString(1));
            if (kind == "mark") mark = long.Parse(body, CultureInfo.InvariantCulture);
            else rows.Add(Row(kind, body));
        }
        return rows.OfType<SelfRow>().SingleOrDefault() is { } self
            ? new FarRows { Self = self, Mark = mark }.With(rows) : null;
    }

    /// <summary>The statements that write a step's rows; of one key the last one counts.</summary>
    public static IEnumerable<LaneCommand> Write(IEnumerable<FarRow> changes)
    {
        var outcomes = new List<OutcomeRow>();
        var rows = new Dictionary<(string, string), (FarRow Row, Place Place)>();
        foreach (var row in changes)
        {
            if (row is OutcomeRow outcome) outcomes.Add(outcome);
            else if (PlaceOf(row) is var place) rows[(place.Kind, place.Id)] = (row, place);
        }
        if (outcomes.Count > 0)
            yield return new LaneCommand(Decide, outcomes.Select(o => o.Id.ToString()).ToArray(),
                outcomes.Select(o => o.Outcome.ToString()).ToArray(), outcomes.Select(o => o.Answer!).ToArray());
        if (rows.Count + outcomes.Count > 0) yield return new LaneCommand("update record.far_home set mark = mark + 1");
        if (rows.Count == 0) yield break;
        var all = rows.Values;
        yield return new LaneCommand(Put,
            all.Select(r => r.Place.Kind).ToArray(), all.Select(r => r.Place.Id).ToArray(),
            all.Select(r => r.Place.Attempt?.ToString()!).ToArray(), all.Select(r => r.Place.Key!).ToArray(),
            all.Select(r => r.Place.Peer!).ToArray(), all.Select(r => r.Place.Waiting).ToArray(),
            all.Select(r => JsonSerializer.Serialize(r.Row, r.Row.GetType(), Wire.Options)).ToArray());
    }

    private static Place PlaceOf(FarRow row) => row switch
    {
        SelfRow => new("self", ""),
        PeerRow r => new("peer", r.Context),
        ReopeningRow => new("reopening", ""),
        AttemptRow r => new("attempt", r.Id.ToString(), r.Id, r.Key),
        ConfirmRow r => new("confirm", $"{r.Callee} {r.Id}", r.Id.Attempt, null, r.Callee, !r.Acknowledged),
        CounterRow r => new("counter", Numbered(r.Callee, r.Incarnation)),
        ReservationRow r => new("reservation", r.Id.ToString(), r.Id.Attempt, null, r.Id.Attempt.Origin,
            r.State == ReservationState.Reserved),
        SealRow r => new("seal", r.Attempt.ToString(), r.Attempt),
        InboxRow r => new("inbox", Numbered(r.From, r.Incarnation)),
        _ => throw new InvalidOperationException($"No place for {row.GetType().Name}"),
    };

    private static string Numbered(string context, long incarnation) =>
        string.Create(CultureInfo.InvariantCulture, $"{context} {incarnation}");

    private static FarRow Row(string kind, string body) => kind switch
    {
        "self" => As<SelfRow>(body),
        "peer" => As<PeerRow>(body),
        "reopening" => As<ReopeningRow>(body),
        "attempt" => As<AttemptRow>(body),
        "confirm" => As<ConfirmRow>(body),
        "counter" => As<CounterRow>(body),
        "reservation" => As<ReservationRow>(body),
        "seal" => As<SealRow>(body),
        "inbox" => As<InboxRow>(body),
        "outcome" => OutcomeOf(JsonNode.Parse(body)!),
        _ => throw new InvalidOperationException($"A row of the unknown kind {kind}"),
    };

    private static OutcomeRow OutcomeOf(JsonNode node) => new(AttemptId.Parse((string)node["attempt"]!),
        Enum.Parse<Outcome>((string)node["outcome"]!), (string?)node["answer"]);

    private static T As<T>(string body) => JsonSerializer.Deserialize<T>(body, Wire.Options)!;

    private sealed record Place(string Kind, string Id, AttemptId? Attempt = null, string? Key = null,
        string? Peer = null, bool Waiting = false);
}

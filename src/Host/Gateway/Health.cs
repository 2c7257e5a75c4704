using BusinessM.Engines.Postgres;
using BusinessM.Records;

namespace BusinessM.Host.Gateway;

/// <summary>What looks after the process asks here: does it live, and can it do its work.</summary>
internal static class Health
{
    /// <summary>One line per thing that must be: ok, or what is wrong.</summary>
    public sealed record Readiness(bool Ready, string Database, string Migrations, string Lane);

    public static void MapHealth(this IEndpointRouteBuilder app, Database database)
    {
        var health = app.MapGroup("/health").WithTags("health");
        health.MapGet("/live", () => TypedResults.NoContent()).AllowAnonymous().Refuses();
        health.MapGet("/ready", async (Lane lane, CancellationToken ct) =>
        {
            var readiness = await Look(database, lane, ct);
            return TypedResults.Json(readiness, statusCode: readiness.Ready ? 200 : 503);
        }).AllowAnonymous().Refuses().Produces<Readiness>(200).Produces<Readiness>(503);
    }

    private static async Task<Readiness> Look(Database database, Lane lane, CancellationToken ct)
    {
        var running = lane.ExecuteTask is { IsCompleted: false };
        try
        {
            await using var ask = database.Reader("record").CreateCommand(
                "select schema, max(number) from record.migration group by schema");
            ask.CommandTimeout = 2;
            var applied = new Dictionary<string, int>();
            await using var rows = await ask.ExecuteReaderAsync(ct);
            while (await rows.ReadAsync(ct)) applied.Add(rows.GetString(0), rows.GetInt32(1));
            var behind = Known.Value.Where(k => applied.GetValueOrDefault(k.Key) < k.Value).Select(k => k.Key).ToList();
            return new Readiness(running && behind is [], "ok", behind is [] ? "ok" : "behind: "
                + string.Join(", ", behind),
                running ? "ok" : "stopped");
        }
        catch (Exception fault) when (fault is Npgsql.NpgsqlException or TimeoutException)
        {
            return new Readiness(false, "away", "unknown", running ? "ok" : "stopped");
        }
    }

    // Migrations that this program knows, by schema.
    private static readonly Lazy<Dictionary<string, int>> Known = new(() =>
        Schemas.All.ToDictionary(set => set.Schema, set => set.Files().Count));
}

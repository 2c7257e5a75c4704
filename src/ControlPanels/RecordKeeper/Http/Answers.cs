using System.Data.Common;
using System.Globalization;

namespace BusinessM.Records;

/// <summary>The answers kept under Idempotency-Keys.</summary>
public sealed class Answers(IRecordDatabase database, Lane lane)
{
    /// <summary>Requests up to this many bytes are kept, so that what differs can be named.</summary>
    public const int RequestKeptMax = 256 * 1024;

    /// <summary>Days that an answer is kept.</summary>
    public const int KeptDays = 30;

    internal sealed record Found(StoredAnswer Answer, Error? Differs);

    internal async Task<Found?> Find(AnswerKey key, CancellationToken ct)
    {
        await using var command = database.Reader("record").CreateCommand(
            "select fingerprint, request, status, content_type, body from record.answer where scope = $1 and key = $2");
        Add(command, key.Scope);
        Add(command, key.Key);
        await using var reader = await command.ExecuteReaderAsync(ct);
        if (!await reader.ReadAsync(ct)) return null;
        var answer = new StoredAnswer(reader.GetInt32(2), reader.GetString(3), reader.GetFieldValue<byte[]>(4));
        return reader.GetFieldValue<byte[]>(0).AsSpan().SequenceEqual(key.Fingerprint) ? new Found(answer, null)
            : new Found(answer, Reused(key, reader.GetFieldValue<byte[]>(1)));
    }

    /// <summary>Keeps a refusal. Where the key was answered meanwhile, that answer stays.</summary>
    internal async Task Keep(AnswerKey key, StoredAnswer answer)
    {
        var unit = new LaneUnit("", "", [], [], [], [], key, null, answer.Status) { Stored = answer };
        await lane.Commit([new Prepared(unit)], allOrNothing: false);
    }

    private static Error Reused(AnswerKey key, byte[] before)
    {
        var differences = Fingerprint.Differences(before, key.Request);
        var fields = differences.Count == 0 ? "the body" : string.Join(", ", differences);
        return RecordErrors.KeyReused.With($"The Idempotency-Key {key.Key} was used with other content: {fields} differ",
            differences.Count == 0 ? null : differences[0]);
    }

    private static void Add(DbCommand command, object value)
    {
        var parameter = command.CreateParameter();
        parameter.Value = value;
        command.Parameters.Add(parameter);
    }
}

using Npgsql;
using NpgsqlTypes;

namespace BusinessM.Engines.Postgres;

/// <summary>
/// Brings a database's schemas up to what this program carries: forward only, each file once, in a transaction of its
/// own, as <c>m_owner</c>, under an advisory lock, so that several hosts may start at once.
/// </summary>
public sealed class Migrator(Database database, IReadOnlyList<MigrationSet> sets)
{
    private const long LockKey = 0x62_75_73_6d_69_67_72_74;     // one migrating host at a time

    /// <summary>What would run, in order. Changes nothing.</summary>
    /// <exception cref="StartupFault">A file was changed after it was applied, or the database is newer than this
    /// program.</exception>
    public async Task<IReadOnlyList<Migration>> Plan(CancellationToken ct)
    {
        await using var admin = await database.Admin.OpenConnectionAsync(ct);
        return await Pending(admin, ct);
    }

    /// <summary>Applies what is pending and returns it.</summary>
    /// <exception cref="StartupFault">As for <see cref="Plan"/>; or the login may not make roles.</exception>
    public async Task<IReadOnlyList<Migration>> Migrate(CancellationToken ct)
    {
        await using var admin = await database.Admin.OpenConnectionAsync(ct);
        await Run(admin, $"select pg_advisory_lock({LockKey})", ct);
        try
        {
            await Prepare(admin, ct);
            var pending = await Pending(admin, ct);
            foreach (var migration in pending) await Apply(admin, migration, ct);
            return pending;
        }
        finally
        {
            if (admin.State == System.Data.ConnectionState.Open)        // else the lock is gone with it
                await Run(admin, $"reset role; select pg_advisory_unlock({LockKey})", CancellationToken.None);
        }
    }

    private async Task Prepare(NpgsqlConnection admin, CancellationToken ct)
    {
        try
        {
            await ProgramRoles.Make(admin, sets, database.Secret, ct);
            await ProgramRoles.OpenDatabase(admin, sets, ct);
            await Run(admin, $"set role {ProgramRoles.Owner}", ct);
            foreach (var set in sets) await ProgramRoles.OpenSchema(admin, set, ct);
        }
        catch (PostgresException e) when (e.SqlState == PostgresErrorCodes.InsufficientPrivilege)
        {
            throw new StartupFault(
                $"The database login may not set up this program's roles and schemas: {e.MessageText}",
                "Give it CREATEROLE and its database: "
                + "alter role LOGIN createrole; alter database NAME owner to LOGIN.", e);
        }
        await Run(admin, $"""
            create schema if not exists record;
            create table if not exists record.migration
            (
                schema     text        not null,
                number     integer     not null,
                name       text        not null,
                checksum   text        not null,
                applied_at timestamptz not null default now(),
                primary key (schema, number)
            );
            revoke all on record.migration from {ProgramRoles.Lane};
            """, ct);
    }

    private async Task<IReadOnlyList<Migration>> Pending(NpgsqlConnection admin, CancellationToken ct)
    {
        var applied = await Applied(admin, ct);
        var pending = new List<Migration>();
        foreach (var set in sets)
        {
            var files = set.Files();
            var last = applied.Keys.Where(k => k.Schema == set.Schema).Select(k => k.Number).DefaultIfEmpty(0).Max();
            if (last > files.Count) throw Newer(set.Schema, last, applied[(set.Schema, last)].Name, files.Count);
            foreach (var file in files.Take(last))
                if (applied.TryGetValue((file.Schema, file.Number), out var row)
                    && row.Checksum != file.Checksum) throw Changed(file);
            pending.AddRange(files.Skip(last));
        }
        return pending;
    }

    private static async Task<Dictionary<(string Schema, int Number), (string Name, string Checksum)>> Applied(
        NpgsqlConnection admin, CancellationToken ct)
    {
        var applied = new Dictionary<(string, int), (string, string)>();
        await using var exists = new NpgsqlCommand("select to_regclass('record.migration') is not null", admin);
        if (await exists.ExecuteScalarAsync(ct) is false) return applied;
        await using var read = new NpgsqlCommand("select schema, number, name, checksum from record.migration", admin);
        await using var rows = await read.ExecuteReaderAsync(ct);
        while (await rows.ReadAsync(ct))
            applied.Add((rows.GetString(0), rows.GetInt32(1)), (rows.GetString(2), rows.GetString(3)));
        return applied;
    }

    private static async Task Apply(NpgsqlConnection owner, Migration migration, CancellationToken ct)
    {
        await using var transaction = await owner.BeginTransactionAsync(ct);
        try
        {
            await Run(owner, $"set local search_path = {migration.Schema}, pg_catalog", ct);
            await Run(owner, migration.Sql, ct);
        }
        catch (PostgresException e)
        {
            throw new InvalidOperationException($"Migration {migration} failed: {e.MessageText}", e);
        }
        await using var note = new NpgsqlCommand(
            "insert into record.migration (schema, number, name, checksum) values ($1, $2, $3, $4)", owner);
        note.Parameters.Add(new NpgsqlParameter<string> { TypedValue = migration.Schema });
        note.Parameters.Add(new NpgsqlParameter<int> { TypedValue = migration.Number,
            NpgsqlDbType = NpgsqlDbType.Integer });
        note.Parameters.Add(new NpgsqlParameter<string> { TypedValue = migration.Name });
        note.Parameters.Add(new NpgsqlParameter<string> { TypedValue = migration.Checksum });
        await note.ExecuteNonQueryAsync(ct);
        await transaction.CommitAsync(ct);
    }

    private static async Task Run(NpgsqlConnection connection, string sql, CancellationToken ct)
    {
        await using var command = new NpgsqlCommand(sql, connection) { CommandTimeout = 0 };
        await command.ExecuteNonQueryAsync(ct);
    }

    private static StartupFault Newer(string schema, int last, string name, int known) => new(
        $"The database is newer than this program: schema {schema} has migration {last:0000}-{name}, "
        + $"this program knows {known}.",
        "Start the newer program again, or restore a backup made before it ran. Nothing was changed.");

    private static StartupFault Changed(Migration file) => new(
        $"Migration {file} was changed after it had been applied to this database.",
        "Put the file back as it was released; a change belongs in a new migration with the next number. "
        + "Nothing was changed.");
}

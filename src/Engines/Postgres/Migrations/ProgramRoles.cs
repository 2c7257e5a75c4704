using System.Security.Cryptography;
using System.Text;
using Npgsql;

namespace BusinessM.Engines.Postgres;

/// <summary>
/// The roles of an installation. <c>m_owner</c> owns every object and nobody signs in as it; the running program
/// signs in
/// as <c>m_lane</c> (writes the schemas of its process) and as one reader per schema. None is a member of another.
/// </summary>
public static class ProgramRoles
{
    public const string Owner = "m_owner";
    public const string Lane = "m_lane";

    /// <summary>
    /// The password of a program role, the same in every host that has the secret; null where none is needed
    /// (a private cluster: who can open its socket's folder may do everything anyway).
    /// </summary>
    internal static string? Password(string? secret, string role) => secret is null ? null
        : Convert.ToHexStringLower(HMACSHA256.HashData(Encoding.UTF8.GetBytes(secret),
            Encoding.UTF8.GetBytes("business-m role " + role)));

    /// <summary>Makes the roles and brings their passwords and settings up to date. Repeating it is harmless.</summary>
    internal static async Task Make(NpgsqlConnection admin, IReadOnlyList<MigrationSet> sets, string? secret,
        CancellationToken ct)
    {
        var readers = sets.Select(s => s.Reader).Distinct().ToList();
        await Make(admin, Owner, "nologin", ct);
        await Make(admin, Lane, "login", ct);
        foreach (var reader in readers) await Make(admin, reader, "login", ct);
        var sql = new StringBuilder();
        sql.AppendLine($"""
            do $$ begin
                if not (select rolsuper from pg_roles where rolname = current_user) and not pg_has_role('{Owner}', 'usage') then
                    grant {Owner} to current_user;
                end if;
            end $$;
            """);
        foreach (var set in sets) sql.AppendLine($"alter role {set.Reader} set search_path = {set.Schema};");
        foreach (var reader in readers) sql.AppendLine($"alter role {reader} set default_transaction_read_only = on;");
        foreach (var role in readers.Append(Lane))
            if (Password(secret, role) is { } password) sql.AppendLine($"alter role {role} password '{password}';");
        await Run(admin, sql.ToString(), ct);
    }

    /// <summary>What is granted on the database itself: not copied when a database is made from a template.</summary>
    public static async Task OpenDatabase(NpgsqlConnection admin, IReadOnlyList<MigrationSet> sets,
        CancellationToken ct)
    {
        var database = '"' + admin.Database.Replace("\"", "\"\"", StringComparison.Ordinal) + '"';
        var programs = string.Join(", ", sets.Select(s => s.Reader).Distinct().Append(Lane));
        await Run(admin, $"""
            revoke all on database {database} from public;
            grant connect on database {database} to {programs};
            grant temporary on database {database} to {Lane};
            grant create on database {database} to {Owner};
            """, ct);
    }

    /// <summary>
    /// A schema of the owner's: its reader may look, the lane may write, unless a migration takes it away.
    /// </summary>
    internal static Task OpenSchema(NpgsqlConnection owner, MigrationSet set, CancellationToken ct) => Run(owner, $"""
        create schema if not exists {set.Schema};
        grant usage on schema {set.Schema} to {Lane}, {set.Reader};
        alter default privileges in schema {set.Schema} grant select on tables to {set.Reader};
        alter default privileges in schema {set.Schema} grant select, insert, update, delete on tables to {Lane};
        alter default privileges in schema {set.Schema} grant usage, select on sequences to {Lane};
        """, ct);

    private static Task Make(NpgsqlConnection admin, string role, string login, CancellationToken ct) => Run(admin, $"""
        do $$ begin
            if not exists (select from pg_roles where rolname = '{role}') then create role {role} {login} noinherit; end if;
        exception when duplicate_object or unique_violation then null;      -- another host was quicker
        end $$;
        """, ct);

    private static async Task Run(NpgsqlConnection connection, string sql, CancellationToken ct)
    {
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                await using var command = new NpgsqlCommand(sql, connection);
                await command.ExecuteNonQueryAsync(ct);
                return;
            }
            catch (PostgresException e) when (attempt < 20
                && e.MessageText.Contains("concurrently", StringComparison.Ordinal))
            {
                // roles belong to the whole server: hosts of other databases change them too
                await Task.Delay(50 * attempt, ct);
            }
        }
    }
}
